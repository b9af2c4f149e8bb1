"""A language model comes by a drop, and answers where it is chosen."""

from __future__ import annotations

import shutil

from nearling.bench.writing.known import BY_HEART, FIXTURE
from ui.manual.conftest import ask, dragged, keep, point, press, until

NAME = "tiny-test-model"


def test_bring_a_language_model(window, tmp_path, monkeypatch):
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))  # what other programs have here is theirs
    models = window.models
    with dragged(shutil.copytree(FIXTURE, tmp_path / NAME)) as drag_onto:
        drag_onto(window, lambda: models.known.find(NAME))
    window.activateWindow()
    until(window.isActiveWindow)
    card = until(lambda: models.page.cards.get(NAME))
    assert card.verdict.text() == "Fits · not measured yet"
    point(1590, 990)
    keep(window, "bring-a-language-model")
    press("Escape")
    until(window.composer.text.hasFocus)

    models.button.setFocus()
    press("space")
    until(models.button.menu().isVisible)
    at = [each.text() for each in models.button.menu().actions()].index(NAME)
    press(*["Down"] * (at + 1), "Return")
    until(lambda: models.button.text() == NAME)
    window.composer.text.setFocus()
    turn = ask(window, "What can you do?")
    assert turn.view.text == BY_HEART["What can you do?"]
    assert NAME in turn._badge.accessibleName()
