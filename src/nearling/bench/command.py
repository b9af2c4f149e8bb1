"""`nearling bench`: measures Nearling on this computer, beside what one would use without it."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from nearling.core.errors import Cancelled
from nearling.core.language import gettext as _

if TYPE_CHECKING:
    from nearling.bench.figures import Figure
    from nearling.bench.sets import SetName
    from nearling.bench.terminal import Terminal
    from nearling.bench.useful.loading import SetName as UsefulSet

_GROUPS = ("startup", "read", "useful", "voice", "write", "cloud")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "groups",
        metavar="startup,read,useful,voice,write,cloud,all",
        nargs="?",
        type=_groups,
        default=_GROUPS,
        help=_("what to measure (default: all, some minutes)"),
    )
    parser.add_argument(
        "--set",
        choices=("develop", "fresh", "written", "held", "small"),
        help=_("nothing but the right and wrong answers of this set of questions"),
    )
    parser.add_argument(
        "--size",
        choices=("135m", "500m"),
        help=_("of the language model that writes: this one alone (default: both)"),
    )


def run(arguments: Namespace, house: object, terminal: Terminal) -> int:
    """The house stays untouched: what is measured lives in a folder that is thrown away."""
    del house
    from nearling.bench.figures import row

    found: list[Figure] = []
    try:
        for figure in _figures(arguments):
            terminal.say(row(figure))
            # Figures of one kind share their note: the table shows it once.
            if figure.note and (not found or found[-1].note != figure.note):
                terminal.quiet_note(f"    {figure.note}")
            found.append(figure)
    except KeyboardInterrupt:
        raise Cancelled from None
    terminal.object({"figures": [asdict(figure) for figure in found]})
    return 0


def _figures(arguments: Namespace) -> Iterator[Figure]:
    if arguments.set == "written":
        yield from _written()
        return
    if arguments.set in ("held", "small") or (arguments.set and arguments.groups == ("useful",)):
        yield from _useful(arguments.set)
        return
    if arguments.set:
        yield from _sets(arguments.set)
        return
    if "startup" in arguments.groups:
        from nearling.bench.speed.startup import startup_figures

        yield from startup_figures()
    if "read" in arguments.groups:
        yield from _read()
    if "useful" in arguments.groups:
        yield from _useful("held")
    if "voice" in arguments.groups:
        from nearling.bench.speed.hearing import voice_figures
        from nearling.bench.speed.idling import idle_figure
        from nearling.bench.speed.pressing import pressing_figures
        from nearling.bench.speed.spoken_answers import spoken_answer

        yield from pressing_figures()
        yield from voice_figures()
        yield spoken_answer()
        yield idle_figure()
    if "write" in arguments.groups:
        yield from _written_by_models(arguments)
    if "cloud" in arguments.groups:
        from nearling.bench.speed.far import far_figures
        from nearling.bench.speed.routing import route_figure

        yield route_figure()
        yield from far_figures()


def _written_by_models(arguments: Namespace) -> Iterator[Figure]:
    from nearling.bench.speed.writing import SIZES, write_figures

    yield from write_figures([arguments.size] if arguments.size else SIZES)


def _read() -> Iterator[Figure]:
    from nearling.bench.product import product
    from nearling.bench.speed.answering import cold_answer, second_question
    from nearling.bench.speed.reading import read_speed

    yield cold_answer()
    with product() as ready:
        yield second_question(ready.assistant)
        yield from read_speed(ready)
    yield from _sets("develop", "fresh")
    yield from _written()


def _useful(name: UsefulSet) -> Iterator[Figure]:
    from nearling.bench.useful.extracting import extract
    from nearling.bench.useful.languages import asking_in_languages
    from nearling.bench.useful.loading import folder
    from nearling.bench.useful.scale import scale
    from nearling.bench.useful.watched_home import watched_home

    with asking_in_languages() as ask_in, watched_home() as changes:
        yield from scale(folder(name), ask_in, extract, changes)


def _written() -> Iterator[Figure]:
    from nearling.bench.product import product
    from nearling.bench.written.asking import written_figures, written_questions

    with product() as ready:
        yield from written_figures(ready.writer, written_questions())


def _sets(*names: SetName) -> Iterator[Figure]:
    from nearling.bench.product import product
    from nearling.bench.right_answers import asking, set_figures
    from nearling.bench.sets import pairs

    for name in names:
        with product() as ready:
            yield from set_figures(name, pairs(name), asking(ready.assistant))


def _groups(text: str) -> tuple[str, ...]:
    wanted = tuple(part.strip() for part in text.split(","))
    if unknown := set(wanted) - {*_GROUPS, "all"}:
        raise ArgumentTypeError(
            _("{groups} cannot be measured yet").format(groups=", ".join(sorted(unknown)))
        )
    return _GROUPS if "all" in wanted else wanted
