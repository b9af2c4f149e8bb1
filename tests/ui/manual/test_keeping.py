"""What was asked is found again, survives a crash, and goes when it is told to go."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

from nearling.app import App
from nearling.core.conversation import TurnStatus
from nearling.history.history import History
from nearling.ui.chat.turn_view import State
from scripted.pictures import draw, saved
from scripted.processes import running
from scripted.product import COMMAND, Product
from ui.manual.conftest import (
    answered,
    click,
    errand,
    in_dialog,
    keep,
    over,
    placed,
    point_at,
    press,
    until,
)
from ui.test_product import bring_to_front, eventually, xdotool


def rows_of(window) -> list[str]:
    model = window.panel.model
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def choose(window, title: str, button: str = "1") -> None:
    """Clicks the conversation of that title in the list."""
    model = window.panel.model
    index = model.index(rows_of(window).index(title))
    middle = window.panel.list.visualRect(index).center()
    point_at(window.panel.list.viewport(), middle, "click", button)


def test_search_everything(open_real_window):
    window = placed(open_real_window("light", *map(errand, ("receipt", "table", "error"))))
    until(lambda: window.panel.model.rowCount() == 4)
    press("ctrl+f")
    subprocess.run(["xdotool", "type", "--delay", "8", "cinnamon"], check=True)
    until(lambda: rows_of(window) == ["1 found", "How much did I pay?"])
    choose(window, "How much did I pay?")
    turn = over(window)
    assert "cinnamon" not in (turn.view.question + turn.view.text).lower()
    keep(window, "search-everything")
    press("ctrl+f", "Escape")
    until(lambda: window.panel.model.rowCount() == 4)


def test_export_or_forget_a_conversation(window, tmp_path):
    from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

    answered(window, "receipt")
    until(lambda: "How much did I pay?" in rows_of(window))
    file = tmp_path / "paid.md"

    def menu():
        popup = until(QApplication.activePopupWidget)
        return popup if [each.text() for each in popup.actions() if each.text()] else None

    choose(window, "How much did I pay?", button="3")
    assert [each.text() for each in menu().actions()] == ["Export …", "", "Forget …"]
    keep(window, "export-or-forget-a-conversation")

    def save(dialog) -> None:
        assert isinstance(dialog, QFileDialog)
        assert Path(dialog.selectedFiles()[0]).name == "How much did I pay.md"
        press("ctrl+a")
        subprocess.run(["xdotool", "type", "--delay", "8", str(file)], check=True)
        press("Return")

    in_dialog(window, ("Down", "Return"), save, closed_by=None)
    until(file.exists)
    until(lambda: "£25.15" in file.read_text("utf-8"))

    def forget(dialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert dialog.defaultButton().text() == "Keep"
        click(next(each for each in dialog.buttons() if each.text() == "Forget"))

    digest = window.session.transcript.view(0).attachments[0].digest
    attachment = window._house.paths.history / "attachments" / digest
    assert attachment.exists()
    choose(window, "How much did I pay?")
    until(window.panel.list.hasFocus)
    press("shift+F10")
    menu()
    in_dialog(window, ("Up", "Return"), forget, closed_by=None)
    until(lambda: window.panel.model.rowCount() == 0)
    assert window.session.conversation is None
    assert not attachment.exists()


# A picture that takes long to read, so that the crash comes before the answer.
DENSE = draw(*(f"Item {number}: {number}.50 EUR for the shelf" for number in range(40)), size=14)


def test_go_on_after_a_crash(open_real_window, display, tmp_path, monkeypatch):
    product = Product(tmp_path / "crashed")
    picture = saved(DENSE, tmp_path / "shelf.png")
    environment = product.environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    words = ["open", str(picture), "--question", "What is item 17?"]
    with running([*COMMAND, *words], env=environment) as crashing:
        bring_to_front(display, crashing)
        xdotool(display, "key", "Return")
        eventually((product.home / "history" / "attachments").exists)
        eventually(lambda: questions_on_disk(product))
        crashing.send_signal(signal.SIGKILL)
    monkeypatch.setenv("NEARLING_HOME", str(product.home))
    with App() as again:
        window = placed(open_real_window("light", house=again))
        until(lambda: "What is item 17?" in rows_of(window))
        choose(window, "What is item 17?")
        turn = over(window, state=State.WAITING)
        assert turn._head.text() == "Interrupted"
        keep(window, "go-on-after-a-crash")
        click(turn._again)
        until(lambda: window.transcript.widget(0).view.state is State.ANSWERED)
        assert "17.50 EUR" in window.transcript.widget(0).view.text
        window.close()


def questions_on_disk(product) -> bool:
    with History(product.home / "history") as history:
        return any(
            turn.status is TurnStatus.OPEN
            for each in history.conversations(1)
            for turn in history.turns(each.id)
        )
