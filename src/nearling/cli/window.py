"""`nearling` alone, or `nearling open`: opens the window, or hands over to an open one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path

from nearling.cli.house import House
from nearling.cli.terminal import Terminal, Unshowable
from nearling.core.language import gettext as _


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar=_("FILE"), nargs="*", type=Path, help=_("pictures to ask about")
    )
    parser.add_argument(
        "--question", metavar=_("QUESTION"), default="", help=_("what to write into the question")
    )
    parser.add_argument("--new", action="store_true", help=_("begin a new conversation"))


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    """Stays until the window is closed, unless another start's window took it over.

    With --json it says as soon as the window can be seen that it can.
    """

    def told(what: str) -> None:
        with suppress(Unshowable):  # the window stays, whether or not anybody still listens
            terminal.object({"window": what})

    files = tuple(str(path.absolute()) for path in arguments.files)
    return house.open_window(files, arguments.question, arguments.new, told)
