"""Another Nearling, as a process: says each thing on stdout once the history has taken it."""

from __future__ import annotations

import sys
from pathlib import Path

from history.making import ROUTE, picture
from nearling.core.conversation import AttemptStatus, Draft, TurnStatus
from nearling.history.history import History


def say(*words: object) -> None:
    print(*words, flush=True)


def stream(history: History, name: str) -> None:
    """Asks and answers without end, a picture with each question."""
    for number in range(1_000_000):
        question = f"{name} asks {number}?"
        turn = history.open_turn(Draft(question, (picture(question.encode() * 500),)))
        say("question", turn.id, number)
        attempt = history.open_attempt(turn.id, ROUTE)
        say("attempt", attempt.id, turn.id)
        for piece in range(40):
            history.append(attempt.id, f"{piece} ")
            say("delta", attempt.id, piece)
        history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
        history.close_turn(turn.id, TurnStatus.ANSWERED)
        say("closed", turn.id)


def hold(history: History, name: str) -> None:
    """Is at work on one answer until stdin ends."""
    turn = history.open_turn(Draft(f"{name} asks"))
    attempt = history.open_attempt(turn.id, ROUTE)
    history.append(attempt.id, "half an ")
    history.append(attempt.id, "answer")
    say(turn.id)
    sys.stdin.read()


def write(history: History, name: str) -> None:
    """Asks and answers thirty times."""
    for number in range(30):
        turn = history.open_turn(Draft(f"{name} asks {number}", (picture(b"shared"),)))
        attempt = history.open_attempt(turn.id, ROUTE)
        for piece in range(5):
            history.append(attempt.id, f"{piece}")
        history.close_attempt(attempt.id, AttemptStatus.ANSWERED)
        history.close_turn(turn.id, TurnStatus.ANSWERED)


def main() -> None:
    verb, folder, name = sys.argv[1:]
    with History(Path(folder)) as history:
        history.recover()
        {"stream": stream, "hold": hold, "write": write}[verb](history, name)


if __name__ == "__main__":
    main()
