"""`nearling models`: which models there are, which are here, and which one fits."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace

from nearling.cli.house import House
from nearling.cli.terminal import Terminal
from nearling.core.language import gettext as _


def add_arguments(parser: ArgumentParser) -> None:
    rows = parser.add_subparsers(metavar=_("WHAT"), required=True)

    def row(name: str, help: str) -> ArgumentParser:
        added: ArgumentParser = rows.add_parser(name, help=help)
        # SUPPRESS: a --json that stood before this word is not taken back by its absence here.
        added.add_argument("--json", action="store_true", default=SUPPRESS, help=SUPPRESS)
        added.set_defaults(act=name)
        return added

    row("list", _("the models that are here"))
    recommend = row("recommend", _("which speech model fits this computer, and why"))
    recommend.add_argument(
        "--english", action="store_true", help=_("where English is all that is spoken")
    )
    row("find", _("models that other programs have fetched to this computer"))
    add = row("add", _("use the model in a folder"))
    add.add_argument(
        "folder", metavar=_("FOLDER"), help=_("the one with model.bin or config.json in it")
    )
    add.add_argument("--copy", action="store_true", help=_("copy it, so that the folder may go"))
    remove = row("remove", _("take a model off the list; a copy is deleted"))
    remove.add_argument("id", metavar=_("ID"), help=_("as `nearling models list` shows it"))
    verify = row("verify", _("see whether models are whole and do what they are for"))
    measure = row("measure", _("measure how fast models write on this computer"))
    for each in (verify, measure):
        each.add_argument("id", metavar=_("ID"), nargs="?", help=_("default: all of them"))


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    # Whoever wants another verb, or only --help, does not wait for these.
    from nearling.cli.shelf.adding import add_model
    from nearling.cli.shelf.finding import find_models
    from nearling.cli.shelf.listing import list_models, remove_model
    from nearling.cli.shelf.measuring import measure_models
    from nearling.cli.shelf.recommending import recommend_model
    from nearling.cli.shelf.verifying import verify_models

    acts = {
        "list": list_models,
        "recommend": recommend_model,
        "find": find_models,
        "add": add_model,
        "remove": remove_model,
        "verify": verify_models,
        "measure": measure_models,
    }
    return acts[arguments.act](arguments, house, terminal)
