"""Questions, routes and readings for the history to keep."""

from __future__ import annotations

from nearling.core.conversation import (
    Attempt,
    AttemptStatus,
    Draft,
    Receipt,
    Route,
    Turn,
    TurnStatus,
)
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.core.reading import Code, Line, Reading
from nearling.core.writers import Zone
from nearling.history.history import History

ROUTE = Route("quoting", Zone.COMPUTER, "It is read here.", 0.25, 0)
PAID = Route("large", Zone.CLOUD, "Nothing nearer could.", None, None)
RECEIPT = Receipt(12.5, 80.25, 300, 20, price=17, left=("the question",))


def picture(data: bytes = b"\x89PNG bill", name: str = "bill.png") -> Capture:
    return Capture(Medium.PICTURE, name, data)


def reading_of(digest: str, text: str, engine: str = "reader-1", code: str = "") -> Reading:
    box = Box(1, 2, 30, 12)
    corners = ((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, 12.0))
    return Reading(
        digest=digest,
        width=40,
        height=20,
        rotation=90,
        lines=(Line(text, 0.98, box, corners, 0),) if text else (),
        tables=(),
        codes=(Code(code, "QRCode", box),) if code else (),
        engine=engine,
        seconds=0.2,
    )


def answered(history: History, question: str, answer: str, *captures: Capture) -> Turn:
    """A whole turn, from the question to the receipt."""
    turn = history.open_turn(Draft(question, captures))
    attempt = history.open_attempt(turn.id, ROUTE)
    history.append(attempt.id, answer)
    history.close_attempt(attempt.id, AttemptStatus.ANSWERED, receipt=RECEIPT)
    return history.close_turn(turn.id, TurnStatus.ANSWERED)


def half_answered(history: History, question: str, *pieces: str) -> tuple[Turn, Attempt]:
    """A turn that is still being answered."""
    turn = history.open_turn(Draft(question))
    attempt = history.open_attempt(turn.id, ROUTE)
    for piece in pieces:
        history.append(attempt.id, piece)
    return turn, attempt
