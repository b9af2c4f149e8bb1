"""After a crash: what nobody is at work on any more waits to be resumed."""

from __future__ import annotations

import sqlite3

from nearling.core.conversation import TurnStatus
from nearling.core.language import gettext as _
from nearling.history.attempts import interrupt
from nearling.history.turns import close_turn, open_turns, owner_of


def recover(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The turns whose owner is dead; they wait now, and what they had written is kept.

    Turns of living processes, this one included, are left alone.
    """
    owners = {turn: owner_of(connection, turn) for turn in open_turns(connection)}
    living = {owner for owner in set(owners.values()) if owner is not None and owner.alive}
    abandoned = tuple(turn for turn, owner in owners.items() if owner not in living)
    for turn in abandoned:
        interrupt(connection, turn)
        if _has_answer(connection, turn):  # it was about to get another one
            close_turn(connection, turn, TurnStatus.ANSWERED, "")
        else:
            note = _("It was interrupted before the answer was complete.")
            close_turn(connection, turn, TurnStatus.WAITING, note)
    return abandoned


def _has_answer(connection: sqlite3.Connection, turn: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM attempts WHERE turn = ? AND status = 'answered'", (turn,)
    ).fetchone()
    return row is not None
