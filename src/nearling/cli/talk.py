"""`nearling talk`: push to talk in the open window, for whatever key a desktop binds it to."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.terminal import Terminal
from nearling.core.errors import NotFound
from nearling.core.language import gettext as _


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action",
        metavar=_("ACTION"),
        choices=("start", "stop", "cancel"),
        help=_("start listens until stop; cancel forgets what was said"),
    )


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    from nearling.instance.doorbell import Doorbell, Talk

    if not Doorbell(house.paths.doorbell).ring(Talk(arguments.action)):
        raise NotFound(
            _("No window of Nearling is open, so nobody listens."),
            _("Open it with `nearling` and talk then."),
        )
    terminal.object({"talk": arguments.action})
    return Exit.DONE
