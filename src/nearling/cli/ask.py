"""`nearling ask`: one question, typed or spoken, with pictures and recordings or without."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from nearling.assistant.actions import action_called, all_actions
from nearling.assistant.routing import Preference, Rules
from nearling.capture.files import (
    LARGEST_PICTURE,
    capture_clip,
    capture_document,
    capture_file,
    capture_input,
    capture_picture,
)
from nearling.cli.consent import Consenting, add_consent
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal
from nearling.cli.turn import show_turn
from nearling.core.conversation import Draft
from nearling.core.errors import UnusableQuestion
from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.core.writers import Zone


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "question",
        metavar=_("QUESTION"),
        nargs="?",
        default="",
        help=_("the question, or - to read it; put -- before one that begins with a dash"),
    )
    parser.add_argument(
        "files",
        metavar=_("FILE"),
        nargs="*",
        help=_("what it is about: pictures, documents, recordings, or - for standard input"),
    )
    parser.add_argument(
        "--action",
        metavar=_("NAME"),
        help=_("ask what has this name, about FILE, instead of a QUESTION"),
    )
    parser.add_argument(
        "--actions",
        action="store_true",
        help=_("list the actions that there are, with what each asks"),
    )
    parser.add_argument(
        "--picture",
        metavar=_("FILE"),
        type=Path,
        action="append",
        default=[],
        help=_("a picture the question is about; may be given several times"),
    )
    parser.add_argument(
        "--clip",
        metavar=_("FILE"),
        type=Path,
        action="append",
        default=[],
        help=_("a recording the question is about, or, without QUESTION, the question as spoken"),
    )
    parser.add_argument(
        "--document",
        metavar=_("FILE"),
        type=Path,
        action="append",
        default=[],
        help=_("a document the question is about, such as a PDF; may be given several times"),
    )
    parser.add_argument("--conversation", metavar=_("ID"), help=_("continue this conversation"))
    parser.add_argument(
        "--local-only",
        action="store_true",
        help=_("this question, and what follows from it, stays on this computer"),
    )
    add_routing(parser)


def add_routing(parser: ArgumentParser) -> None:
    """The options that say who may answer and how long it may take."""
    parser.add_argument(
        "--zone",
        metavar=_("ZONES"),
        type=_zones,
        default=frozenset({Zone.COMPUTER}),
        help=_("where the answer may be computed: computer, network, cloud (default: computer)"),
    )
    parser.add_argument(
        "--model", metavar=_("ID"), help=_("ask this model or none; a model's folder will do")
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help=_("leave nothing out: who cannot hold all that was said is not asked"),
    )
    parser.add_argument(
        "--timeout", metavar=_("S"), type=_seconds, help=_("give up after so many seconds")
    )
    add_consent(parser)


def rules(arguments: Namespace, house: House) -> Rules:
    return Rules(
        zones=arguments.zone,
        patience_seconds=house.options.patience_seconds,
        preference=Preference(house.options.preference),
        only=_only(arguments.model, house),
        preferred=house.options.writer_model or None,
        whole=arguments.whole,
        afresh=arguments.afresh,
        lift=arguments.lift,
    )


def _only(named: str | None, house: House) -> str | None:
    """Raises UnusableModel for a folder that holds none."""
    if named is None or not Path(named).expanduser().is_dir():
        return named
    known = {candidate.profile.id for candidate in house.writers()}
    return named if named in known else house.writers.name(Path(named))


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    if arguments.actions:
        return _list_actions(house, terminal)
    with interruptible(arguments.timeout) as cancellation:
        pictures = tuple(capture_picture(path) for path in arguments.picture)
        clips = tuple(capture_clip(path) for path in arguments.clip)
        documents = tuple(capture_document(path) for path in arguments.document)
        question, files = _question(arguments, house)
        about = tuple(_capture(file) for file in files)
        if arguments.action and not (
            pictures or clips or documents or about or arguments.conversation
        ):
            raise UnusableQuestion(
                _("There is nothing here to ask that about."),
                _("Name a file, or - for standard input."),
            )
        if pictures or documents or about:
            house.warm_up()
        draft = Draft(
            question,
            (*clips, *pictures, *documents, *about),
            arguments.conversation,
            local_only=arguments.local_only,
        )
        allowed = rules(arguments, house)
        consenting = Consenting(house.assistant, arguments, allowed, cancellation)
        events = house.assistant.answer(draft, allowed, cancellation)
        return show_turn(events, terminal, consenting)


def _question(arguments: Namespace, house: House) -> tuple[str, Sequence[str]]:
    """It, and the files that it is about."""
    word, files = arguments.question, arguments.files
    if arguments.action is not None:
        action = action_called(arguments.action, house.options.own_actions)
        return action.question, [word, *files] if word else files
    if word != "-":
        return word, files
    _await_typing()
    return sys.stdin.read(), files


def _capture(file: str) -> Capture:
    if file != "-":
        return capture_file(Path(file))
    _await_typing()
    return capture_input(sys.stdin.buffer.read(LARGEST_PICTURE + 1))


def _await_typing() -> None:
    if sys.stdin.isatty():
        # Waiting for a person to type is no work that a flag could end.
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _list_actions(house: House, terminal: Terminal) -> int:
    actions = all_actions(house.options.own_actions)
    for each in actions:
        terminal.say(f"{each.name} = {each.question}")
    terminal.object({"actions": [asdict(each) for each in actions]})
    return Exit.DONE


def _zones(text: str) -> frozenset[Zone]:
    try:
        return frozenset(Zone(part.strip()) for part in text.split(","))
    except ValueError as error:
        raise ArgumentTypeError(
            _("zones are computer, network and cloud, comma between")
        ) from error


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise ArgumentTypeError(_("a number of seconds above 0"))
    return seconds
