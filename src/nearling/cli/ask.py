"""`nearling ask`: one question, typed or spoken, with pictures and recordings or without."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from nearling.assistant.routing import Preference, Rules
from nearling.capture.files import capture_clip, capture_document, capture_picture
from nearling.cli.consent import Consenting, add_consent
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal
from nearling.cli.turn import show_turn
from nearling.core.conversation import Draft
from nearling.core.language import gettext as _
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
    with interruptible(arguments.timeout) as cancellation:
        pictures = tuple(capture_picture(path) for path in arguments.picture)
        clips = tuple(capture_clip(path) for path in arguments.clip)
        documents = tuple(capture_document(path) for path in arguments.document)
        if pictures or documents:
            house.warm_up()
        question = _question(arguments.question)
        draft = Draft(
            question,
            (*clips, *pictures, *documents),
            arguments.conversation,
            local_only=arguments.local_only,
        )
        allowed = rules(arguments, house)
        consenting = Consenting(house.assistant, arguments, allowed, cancellation)
        events = house.assistant.answer(draft, allowed, cancellation)
        return show_turn(events, terminal, consenting)


def _question(word: str) -> str:
    if word != "-":
        return word
    if sys.stdin.isatty():
        # Waiting for a person to type is no work that a flag could end.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return sys.stdin.read()


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
