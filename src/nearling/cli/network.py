"""`nearling network`: every connection that was made, and what for."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import Any

from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.terminal import Terminal
from nearling.core.account import cells, totals
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.network import Connection
from nearling.core.numerals import whole

_MOST = 100_000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--limit",
        metavar=_("NUMBER"),
        type=_count,
        default=200,
        help=_("the latest so many (default: 200)"),
    )


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    connections = house.history.connections(arguments.limit)
    lines = [cells(each) for each in connections]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        terminal.say("  ".join(padded).rstrip())
    if connections:
        many = ngettext(
            "{count} connection: {totals}.", "{count} connections: {totals}.", len(lines)
        )
        terminal.quiet_note(many.format(count=whole(len(lines)), totals=totals(connections)))
    else:
        terminal.note(_("Nothing has left this computer."))
    terminal.object({"connections": [_shape(each) for each in connections]})
    return Exit.DONE


def _shape(connection: Connection) -> dict[str, Any]:
    return {
        "at": connection.at.isoformat(),
        "endpoint": connection.endpoint,
        "host": connection.host,
        "port": connection.port,
        "zone": connection.zone.value,
        "purpose": connection.purpose.value,
        "turn": connection.turn,
        "address": connection.address,
        "sent": connection.sent,
        "received": connection.received,
        "outcome": connection.outcome,
    }


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MOST:
        raise ArgumentTypeError(_("a whole number"))
    return int(text)
