"""Rows of tables: kept under file, fields and engine, and forgotten with the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from history.making import picture
from nearling.core.conversation import Draft, TurnStatus
from nearling.core.extraction import Extracted, Found
from nearling.core.geometry import Box
from nearling.history import extracted
from nearling.history.history import History

ROW = Extracted((Found("wolpertinger", Box(1, 2, 3, 4), 2, doubtful=True), None), 3)


def held(folder: Path) -> bool:
    return any(b"wolpertinger" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_row_comes_back_as_it_was_kept(history: History) -> None:
    history.extracted.keep("d1", ("date", "total"), "e1", ROW)
    assert history.extracted.find("d1", ("date", "total"), "e1") == ROW
    assert history.extracted.find("d1", ("total", "date"), "e1") is None
    assert history.extracted.find("d1", ("date", "total"), "e2") is None
    assert history.extracted.find("d2", ("date", "total"), "e1") is None


def test_another_engine_replaces_it(history: History) -> None:
    other = Extracted((None, None), 0)
    history.extracted.keep("d1", ("a", "b"), "e1", ROW)
    history.extracted.keep("d1", ("a", "b"), "e2", other)
    assert history.extracted.find("d1", ("a", "b"), "e1") is None
    assert history.extracted.find("d1", ("a", "b"), "e2") == other


def test_only_so_many_are_kept(history: History, monkeypatch) -> None:
    monkeypatch.setattr(extracted, "_MOST", 3)
    for number in range(5):
        history.extracted.keep(f"d{number}", ("a", "b"), "e", ROW)
    left = [n for n in range(5) if history.extracted.find(f"d{n}", ("a", "b"), "e") is not None]
    assert left == [2, 3, 4]


def test_it_is_gone_with_everything(history: History, folder: Path) -> None:
    history.extracted.keep("d1", ("a", "b"), "e", ROW)
    assert held(folder)
    history.forget_everything()
    assert not held(folder)


def test_it_is_gone_with_what_is_old(history: History, folder: Path) -> None:
    history.extracted.keep("d1", ("a", "b"), "e", ROW)
    history.forget_before(datetime.now(UTC) - timedelta(hours=1))
    assert held(folder)
    history.forget_before(datetime.now(UTC) + timedelta(hours=1))
    assert not held(folder)


def test_it_is_gone_with_the_last_conversation_about_its_file(
    history: History, folder: Path
) -> None:
    capture = picture(b"a receipt")
    turn = history.open_turn(Draft("How much?", (capture,)))
    history.close_turn(turn.id, TurnStatus.CANCELLED)
    history.extracted.keep(capture.digest, ("a", "b"), "e", ROW)
    history.forget(turn.conversation)
    assert not held(folder)
