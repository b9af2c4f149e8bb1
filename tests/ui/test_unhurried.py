"""Modules that can wait are loaded between events, in order, and each by itself."""

import sys

import pytest
from PySide6.QtCore import QObject, QTimer

from nearling.ui.unhurried import Unhurried
from ui.conftest import until


@pytest.fixture
def modules(tmp_path, monkeypatch):
    names = ("not_needed_yet", "nor_this")
    for name in names:
        (tmp_path / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    yield names
    for name in names:
        sys.modules.pop(name, None)


def test_one_at_a_time_between_events(qt, modules):
    there = []

    def look():
        there.append([name in sys.modules for name in modules])

    parent = QObject()
    looking = QTimer(parent)
    looking.timeout.connect(look)
    looking.start(0)
    Unhurried(modules, parent)
    look()
    until(lambda: there[-1] == [True, True])
    assert there[0] == [False, False]
    assert [True, False] in there
