"""Forgetting leaves no byte of what was forgotten in any file, and nothing else is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from history.making import ROUTE, answered, half_answered, picture, reading_of
from nearling.core.conversation import AttemptStatus, Citation, Draft, Receipt, Turn, TurnStatus
from nearling.core.errors import StorageBusy
from nearling.core.owner import Owner
from nearling.history import forgetting
from nearling.history.attachments import AttachmentStore
from nearling.history.database import Database
from nearling.history.history import History

SECRETS = {
    "question": "xylophonsuppe",
    "title": "quarkmaschine",
    "answer": "wolkenschieber",
    "citation": "zitronenjurist",
    "receipt": "vulkanschokolade",
    "note": "jodelkaktus",
    "reason": "pflaumenradar",
    "read": "oktopusklavier",
    "code": "hummelbagger",
    "attachment": "gurkenplanet",
    "name": "dachsorchester",
    "unfinished": "kieselballett",
    "branch": "nudelkompass",
}


def _secret_conversation(history: History) -> Turn:
    """Every place where something said can end up holds a word of its own."""
    data = f"PNG {SECRETS['attachment']} ".encode() * 200
    capture = picture(data, f"{SECRETS['name']}.png")
    turn = history.open_turn(
        Draft(f"{SECRETS['title']} and {SECRETS['question']}?", (capture, picture(b"shared")))
    )
    history.keep_reading(
        reading_of(capture.digest, f"Total {SECRETS['read']}", code=SECRETS["code"])
    )
    failed = history.open_attempt(turn.id, ROUTE)
    history.close_attempt(failed.id, AttemptStatus.FAILED, reason=SECRETS["reason"])
    attempt = history.open_attempt(turn.id, ROUTE)
    for _ in range(300):
        history.append(attempt.id, f"{SECRETS['answer']} ")
    history.cite(attempt.id, Citation("a.png", capture.digest, SECRETS["citation"]))
    receipt = Receipt(1.0, 2.0, 3, 4, left=(SECRETS["receipt"],))
    history.close_attempt(attempt.id, AttemptStatus.ANSWERED, receipt=receipt)
    history.close_turn(turn.id, TurnStatus.WAITING, SECRETS["note"])
    branch = history.open_turn(Draft(SECRETS["branch"], conversation=turn.conversation))
    return history.close_turn(branch.id, TurnStatus.CANCELLED)


def _found(folder: Path) -> set[str]:
    """Which secrets are in a file of the folder, or in a file's name, in any letter case.

    The search index keeps the ends of words apart from beginnings that they share with other
    words, so an end is looked for.
    """
    everything = b"\n".join(
        path.name.encode() + b"\n" + (path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    ).lower()
    return {place for place, word in SECRETS.items() if word[3:].encode() in everything}


def _others(history: History) -> list[Turn]:
    """Conversations around it, long enough to make SQLite split and move pages."""
    return [
        answered(
            history, f"harmless {number}", f"reply {number} " * (number * 20), picture(b"shared")
        )
        for number in range(25)
    ]


def _leftover_of_the_dead(folder: Path) -> None:
    living = Owner.this_process()
    dead = Owner(living.pid, living.started - 60, living.boot)
    (folder / "unfinished" / f"{dead.mark}_1").write_text(SECRETS["unfinished"])


def test_no_byte_stays(history: History, folder: Path) -> None:
    others = _others(history)
    secret = _secret_conversation(history)
    more = _others(history)
    _leftover_of_the_dead(folder)
    copies = folder / "backups"
    copies.mkdir()
    history.backup(copies / "before-restore-20260101T000000.zip")
    assert _found(folder) == set(SECRETS)

    assert history.forget(secret.conversation[:6]) == 1

    assert _found(folder) == set()
    for turn in (*others, *more):
        assert history.turn(turn.id) == turn
    assert history.attachment(picture(b"shared").digest) == b"shared"
    assert len(history.search("harmless", 100)) == 50
    assert history.search(SECRETS["answer"]) == ()


def test_no_byte_stays_after_closing_either(history: History, folder: Path) -> None:
    secret = _secret_conversation(history)
    history.close()
    with History(folder) as again:
        _others(again)
        again.forget(secret.conversation)
        assert _found(folder) == set()
    assert _found(folder) == set()


def test_everything_can_be_forgotten(history: History, folder: Path) -> None:
    _secret_conversation(history)
    _others(history)
    _leftover_of_the_dead(folder)
    assert history.forget_everything() == 26
    assert _found(folder) == set()
    assert history.conversations() == ()
    assert not list((folder / "attachments").iterdir())
    assert b"harmless" not in b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_what_is_old_can_be_forgotten(history: History, folder: Path) -> None:
    secret = _secret_conversation(history)
    moment = datetime.now(UTC)
    kept = answered(history, "harmless", "reply")
    assert history.forget_before(moment - timedelta(days=1)) == 0
    assert history.turn(secret.id) == secret
    assert history.forget_before(moment) == 1
    assert _found(folder) == set()
    assert [each.id for each in history.conversations()] == [kept.conversation]


def test_what_is_being_answered_is_not_forgotten(history: History) -> None:
    turn, attempt = half_answered(history, "how", "so ")
    other = answered(history, "other", "reply")
    with pytest.raises(StorageBusy):
        history.forget(turn.conversation)
    assert history.forget(other.conversation) == 1
    history.append(attempt.id, "far")
    assert history.turn(turn.id).attempts[0].text == "so far"


def test_a_crash_in_between_is_made_good_at_the_next_start(history: History, folder: Path) -> None:
    secret = _secret_conversation(history)
    database = Database(folder)
    with database.writing() as connection:
        forgetting.forget(connection, [secret.conversation])
    database.close()
    assert _found(folder) != set()
    history.recover()
    assert _found(folder) - {"unfinished"} == set()


def test_a_reader_in_the_way_is_said_and_the_rest_done_later(
    history: History, folder: Path
) -> None:
    secret = _secret_conversation(history)
    database, looking = Database(folder), Database(folder)
    with database.alone() as connection:
        connection.execute("PRAGMA busy_timeout = 20")
    store = AttachmentStore(folder, Owner.this_process)
    with looking.reading() as view:
        view.execute("SELECT * FROM turns").fetchall()
        with database.writing() as connection:
            forgetting.forget(connection, [secret.conversation])
        with pytest.raises(StorageBusy):
            forgetting.erase_traces(database, store)
    database.close()
    looking.close()
    history.recover()
    assert _found(folder) == set()
