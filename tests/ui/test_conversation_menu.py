"""The conversation list's menu where things go another way; the usual one is in the manual."""

from __future__ import annotations

import pytest

from nearling.ui.conversations.listing import Row
from nearling.ui.conversations.menu import file_name
from scripted.engines import says
from ui.conftest import until
from ui.test_window import ended, type_into


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How much did I pay?", "How much did I pay"),
        ("../../etc/passwd", "etc passwd"),
        ("Wie heißt „das“?\nJa", "Wie heißt das Ja"),
        ("???", "Conversation"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_title_becomes_a_name_for_a_file(title, name):
    assert file_name(title) == name


def test_what_cannot_be_written_is_told(open_window, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    window = open_window(says("x"))
    type_into(window, "Why?")
    ended(window)
    (tmp_path / "folder.md").mkdir()
    chosen = (str(tmp_path / "folder.md"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    window._menu._export(Row("Why?", window.session.conversation))
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "folder.md cannot be written there."


def test_a_heading_has_no_menu(open_window):
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QApplication

    window = open_window(says("x"))
    type_into(window, "Why?")
    ended(window)
    until(lambda: window.panel.model.rowCount() == 2)
    window._menu._open(window.panel.model.index(0), QPoint(5, 5))
    window._menu._open(window.panel.model.index(7), QPoint(5, 5))
    assert QApplication.activePopupWidget() is None
