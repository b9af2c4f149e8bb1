"""The real house and the tiny language model: dropped, asked, seen in memory, sent to sleep."""

from __future__ import annotations

import shutil

import pytest

from nearling.app import App
from nearling.bench.writing.known import BY_HEART, FIXTURE
from nearling.ui.chat.turn_view import State
from ui.conftest import spin, until
from ui.test_models_page import dropped, elsewhere, push
from ui.test_window import ended, press, shown

__all__ = ["elsewhere"]

NAME = "tiny_writer"
SLOW = 120.0
"""Seconds, for a child that starts on a busy computer."""


@pytest.fixture
def window(themed, tmp_path, monkeypatch):
    from nearling.ui.tasks import Tasks
    from nearling.ui.window import MainWindow

    monkeypatch.setenv("NEARLING_HOME", str(tmp_path / "home"))
    with App() as app:
        window = MainWindow(app, themed("light"), Tasks())
        window.show()
        window.activateWindow()
        until(window.isActiveWindow)
        yield window
        window.close()
        window.deleteLater()
        spin(0.05)


def test_a_model_is_dropped_asked_and_sent_to_sleep(window, tmp_path):
    folder = shutil.copytree(FIXTURE, tmp_path / NAME)
    dropped(window, folder)
    until(lambda: window.models.known.find(NAME), SLOW)
    page = window.models.page
    card = until(lambda: page.cards.get(NAME), SLOW)
    assert card.verdict.text() == "Fits · not measured yet"
    press("Escape")
    until(window.composer.isVisible)

    window.session.choose_writer(NAME)
    window.composer.text.setPlainText("What can you do?")
    window.composer.send.click()
    until(lambda: len(window.session.transcript) and not window.session.is_busy, SLOW)
    view = ended(window)
    assert (view.state, view.text) == (State.ANSWERED, BY_HEART["What can you do?"])
    assert view.route.writer == NAME
    assert view.receipt.tokens_out > 0
    assert "check what matters" in shown(window).remarks._words.text()
    until(lambda: "tokens of context used" in window.composer._aside.text(), SLOW)

    window.models.open_page()
    until(lambda: "in memory" in card.about.text(), SLOW)
    push(card, "Let it sleep")
    until(lambda: "in memory" not in card.about.text(), SLOW)
    assert window._house.writers.resident() is None


def test_a_model_is_measured_and_removed(window, tmp_path):
    folder = shutil.copytree(FIXTURE, tmp_path / NAME)
    dropped(window, folder)
    page = until(lambda: window.models.page, SLOW)
    card = until(lambda: page.cards.get(NAME), SLOW)
    push(card, "Measure")
    until(lambda: card.verdict.text().endswith(" tokens/s"), SLOW)
    until(lambda: window.models.known.find(NAME).speed is not None, SLOW)
    push(card, "Remove")
    until(lambda: not page.cards, SLOW)
    assert folder.is_dir()
    until(lambda: not window.models.known.models, SLOW)
