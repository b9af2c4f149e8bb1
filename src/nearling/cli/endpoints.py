"""`nearling endpoints`: servers beyond this computer that may be asked, and what they have."""

from __future__ import annotations

import json
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace

from nearling.cli.house import House
from nearling.cli.terminal import Terminal
from nearling.core.language import gettext as _


def add_arguments(parser: ArgumentParser) -> None:
    parser.set_defaults(act="list")
    rows = parser.add_subparsers(metavar=_("WHAT"))

    def row(name: str, help: str) -> ArgumentParser:
        added: ArgumentParser = rows.add_parser(name, help=help, allow_abbrev=False)
        # SUPPRESS: a --json that stood before this word is not taken back by its absence here.
        added.add_argument("--json", action="store_true", default=SUPPRESS, help=SUPPRESS)
        added.set_defaults(act=name)
        return added

    def named(name: str, help: str) -> ArgumentParser:
        added = row(name, help)
        added.add_argument(
            "name", metavar=_("NAME"), help=_("as `nearling endpoints list` shows it")
        )
        return added

    row("list", _("the endpoints that were added"))
    row("presets", _("endpoints that many people use, with their addresses"))
    _add_adding(row("add", _("add an endpoint")))
    key = named("key", _("keep an endpoint's key, read from standard input, in the keyring"))
    key.add_argument(
        "--env", metavar=_("VARIABLE"), help=_("take the key from this environment variable")
    )
    test = named("test", _("see whether an endpoint answers; nothing of yours is sent"))
    test.add_argument("--model", metavar=_("MODEL"), help=_("default: its first one"))
    named("models", _("what an endpoint has, with what is known of it"))
    order = row("order", _("which endpoint is asked before which"))
    order.add_argument("names", metavar=_("NAME"), nargs="+", help=_("the first ones, in order"))
    named("remove", _("remove an endpoint, and its key from the keyring"))


def _add_adding(add: ArgumentParser) -> None:
    add.add_argument(
        "name", metavar=_("NAME"), help=_("what you call it: small letters, digits, . - _")
    )
    add.add_argument(
        "--preset", metavar=_("PRESET"), help=_("as `nearling endpoints presets` shows it")
    )
    add.add_argument(
        "--base-url", metavar=_("URL"), help=_("its address, such as https://api.openai.com/v1")
    )
    add.add_argument(
        "--model",
        metavar=_("MODEL"),
        action="append",
        default=[],
        help=_("a model of it, as it spells it; may be given several times"),
    )
    key = add.add_mutually_exclusive_group()
    key.add_argument(
        "--key-env", metavar=_("VARIABLE"), help=_("take the key from this environment variable")
    )
    key.add_argument(
        "--key",
        metavar="-",
        type=_dash,
        help=_("- reads the key from standard input and keeps it in the keyring"),
    )
    add.add_argument(
        "--zone",
        choices=("network", "cloud"),
        help=_("where it is; default: as its address says"),
    )
    add.add_argument(
        "--header",
        metavar=_("NAME=VALUE"),
        type=_pair,
        action="append",
        default=[],
        help=_("sent with every request; never a key"),
    )
    add.add_argument(
        "--query",
        metavar=_("NAME=VALUE"),
        type=_pair,
        action="append",
        default=[],
        help=_("added to the address of every request; never a key"),
    )
    add.add_argument(
        "--body",
        metavar="JSON",
        type=_object,
        default={},
        help=_("a JSON object, added to every question that is sent"),
    )
    add.add_argument(
        "--replace", action="store_true", help=_("in place of the endpoint of this name")
    )


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    # Whoever wants another verb, or only --help, does not wait for these.
    from nearling.cli.beyond.adding import add_endpoint, set_key
    from nearling.cli.beyond.listing import (
        list_endpoints,
        list_presets,
        order_endpoints,
        remove_endpoint,
    )
    from nearling.cli.beyond.trying import list_models, try_endpoint

    acts = {
        "list": list_endpoints,
        "presets": list_presets,
        "add": add_endpoint,
        "key": set_key,
        "test": try_endpoint,
        "models": list_models,
        "order": order_endpoints,
        "remove": remove_endpoint,
    }
    return acts[arguments.act](arguments, house, terminal)


def _dash(word: str) -> bool:
    if word != "-":  # without the word itself, which may be a key
        raise ArgumentTypeError(
            _("a key is never taken from the command line, where others on this computer see it; "
              "write --key - and hand it over on standard input")
        )  # fmt: skip
    return True


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals or not name:
        raise ArgumentTypeError(_("it has the form NAME=VALUE"))
    return name, value


def _object(word: str) -> dict[str, object]:
    try:
        read = json.loads(word)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise ArgumentTypeError(_("it is a JSON object, such as {example}").format(
            example='{"top_k": 20}'
        ))  # fmt: skip
    return read
