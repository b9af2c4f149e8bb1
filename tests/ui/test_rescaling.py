"""Text as large as the desktop has it, and the window at every scale: nothing is cut off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nearling.core.events import Cited, Delta, Finished
from scripted.engines import ScriptedWriter, citation, says
from scripted.processes import virtual_screen
from ui.conftest import spin, until
from ui.reading import cut_off
from ui.test_languages import ask
from ui.test_window import drop, ended, receipt, shown

__all__ = ["receipt"]

PROGRAM = Path(__file__).with_name("scaled_window.py")

ANSWER = """Some **words** that are long enough to be broken.

```python
x = 1
```

| a |
|---|
| 1 |
"""


@pytest.fixture
def desktop_font(qt):
    """Sets the desktop's font, as its settings would."""
    from PySide6.QtGui import QFont

    before = qt.font()

    def choose(points: int, family: str = before.family()) -> None:
        qt.setFont(QFont(family, points))

    yield choose
    qt.setFont(before)


def whole(window) -> None:
    """Waits until nothing is cut off; what is stays in the failure."""
    from nearling.ui.chat.prose import Prose

    def wrong():
        pieces = [piece for piece in window.findChildren(Prose) if piece.isVisible()]
        lacking = [
            (piece.toPlainText(), piece.height(), piece.document().size().height())
            for piece in pieces
            if piece.height() < piece.document().size().height()
        ]
        return cut_off(window) + lacking

    for _ in range(300):
        if not wrong():
            return
        spin(0.02)
    assert wrong() == []


@pytest.mark.parametrize("points", [14, 20])
def test_a_larger_font_of_the_desktop_is_followed_at_once(
    open_window, desktop_font, receipt, points
):
    window = open_window(
        ScriptedWriter(Delta(ANSWER), Cited(citation("12.50")), Finished(1, 1)),
        reads={"receipt.png": ["Total"]},
    )
    drop(window, receipt)
    until(lambda: window.landing.pending.captures and not window.landing._under_way)
    ask(window)
    ended(window)
    shown(window)._canvases[0][1].opened.emit()
    until(window.looking.pictures.isVisible)
    window.tell_bug("0")
    drop(window, receipt)
    whole(window)
    title = window._title._title
    before = title.fontMetrics().height()
    desktop_font(points, "DejaVu Serif")
    until(lambda: title.fontMetrics().height() > before * points / 14)
    assert title.fontInfo().family() == "DejaVu Serif"
    whole(window)
    desktop_font(9)
    until(lambda: title.fontMetrics().height() == before)
    whole(window)


def test_another_resolution_of_the_screen_is_followed_at_once(open_window, desktop_font, qt):
    window = open_window(says("x"))
    title = window._title._title
    before = title.fontMetrics().height()
    qt.blockSignals(True)
    desktop_font(20)  # nothing is said of it: there would be more pixels in the same points
    qt.blockSignals(False)
    window.screen().logicalDotsPerInchChanged.emit(120.0)
    until(lambda: title.fontMetrics().height() > before)
    whole(window)


@pytest.fixture(scope="module")
def large_screen():
    """As many pixels as the largest scale wants."""
    with virtual_screen("3200x2000") as name:
        yield name


@pytest.mark.parametrize("percent", [100, 125, 150, 200, 250])
def test_nothing_is_cut_off_at_any_scale(large_screen, application, percent, tmp_path):
    """Pictures of all of it are put into the folder that `NEARLING_SCALED` names."""
    wanted = os.environ.get("NEARLING_SCALED", "")
    folder = Path(wanted, str(percent))
    if wanted:
        folder.mkdir(parents=True, exist_ok=True)
    theme = "dark" if percent in {125, 200} else "light"
    ran = subprocess.run(
        [sys.executable, str(PROGRAM), theme, str(tmp_path), *([str(folder)] if wanted else [])],
        env=os.environ
        | {
            "PYTHONPATH": str(PROGRAM.parents[1]),
            "DISPLAY": large_screen,
            "QT_SCALE_FACTOR": str(percent / 100),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    asked = {"empty", "asking", "answered", "picture", "settings", "models"}
    beyond = {"endpoints", "endpoint", "details", "network"}
    assert set(told) == asked | beyond | {"talking", "missing", "checking"}
    assert {name: cut for name, cut in told.items() if cut} == {}
