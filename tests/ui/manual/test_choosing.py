"""Settings, the keyboard, and the command line beside the window."""

from __future__ import annotations

import subprocess

from PySide6.QtWidgets import QLabel

from nearling.app import App
from nearling.settings.store import load_options
from scripted.product import Product
from ui.conftest import spin
from ui.manual.conftest import (
    answered,
    ask,
    errand,
    in_dialog,
    keep,
    over,
    picture_of,
    placed,
    press,
    until,
)
from ui.manual.test_keeping import choose, rows_of


def test_change_the_settings(open_real_window, tmp_path, monkeypatch):
    for name in ("NEARLING_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with App() as at_home:
        window = placed(open_real_window("light", house=at_home))
        change_the_settings(window)
        window.close()


def change_the_settings(window) -> None:
    def act(dialog) -> None:
        assert dialog.windowTitle() == "Settings"
        assert dialog.focusWidget() is dialog.field("theme")
        press("End")
        until(lambda: window._theme.tokens.dark)
        assert (
            dialog.findChild(QLabel, "where").text() == "Kept in ~/.config/nearling/settings.toml"
        )
        keep(window, "change-the-settings")
        press("Home")
        until(lambda: not window._theme.tokens.dark)
        press("Down")
        until(lambda: load_options(window._house.paths.settings_file).theme == "light")

    in_dialog(window, ("ctrl+comma",), act)


def test_do_everything_with_the_keyboard(window, qt):
    answered(window, "table")
    in_dialog(window, ("F1",), lambda _: keep(window, "do-everything-with-the-keyboard"))
    turn = window.transcript.widget(0)
    for _ in range(40):  # to the buttons below the answer, whatever lies on the way
        press("Tab")
        spin(0.05)
        if window.focusWidget() is turn._copy:
            break
    press("space")
    until(lambda: qt.clipboard().text() == "10:45")
    press("ctrl+n")
    until(lambda: window.session.conversation is None)
    assert window.focusWidget() is window.composer.text
    press("ctrl+f")
    subprocess.run(["xdotool", "type", "--delay", "8", "pier"], check=True)
    until(lambda: rows_of(window)[0] == "1 found")
    press("Tab")
    until(window.panel.list.hasFocus)
    press("Down", "Return")
    until(lambda: len(window.session.transcript) == 1)


def test_use_the_command_line_beside_it(open_real_window, app):
    product = Product(app.paths.settings_file.parent)
    said = product.run("ask", errand("receipt").question, "--picture", picture_of("receipt"))
    assert said.out.startswith("£25.15")
    window = placed(open_real_window("light"))
    until(lambda: "How much did I pay?" in rows_of(window))
    choose(window, "How much did I pay?")
    over(window)
    press("ctrl+l")
    until(window.composer.text.hasFocus)
    ask(window, "When was this?")
    keep(window, "use-the-command-line-beside-it")
    assert product.questions() == ["How much did I pay?", "When was this?"]
