"""The manual's scenarios: the real product's window, used as a person uses it, and its pictures.

`NEARLING_SCREENSHOTS=1 python3 dev.py test tests/ui/manual` writes the pictures anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nearling.bench.demo.asking import ERRANDS
from nearling.instance.doorbell import Request
from nearling.settings.assets import assets
from nearling.ui.chat.turn_view import State
from nearling.ui.compose.document_chip import DocumentChip
from scripted.processes import running
from ui.conftest import spin
from ui.conftest import until as until_soon
from ui.test_screenshots import a_desktops_font, app, awake, open_real_window, shows_places
from ui.test_window import DRAG_SOURCE, drag

__all__ = ["a_desktops_font", "app", "awake", "open_real_window"]

MANUAL = Path(__file__).parents[3] / "docs" / "manual"
LARGEST = 60_000
SIZE = (1180, 740)
_EXACT = 64
"""Colours that are kept as they are, the commonest first: those of the theme are among them."""


def until(condition):
    """With patience: a scenario reads real pictures, on whatever else the computer does."""
    return until_soon(condition, 120)


def errand(name: str):
    return next(each for each in ERRANDS if each.name == name)


def picture_of(name: str) -> Path:
    """The file of the demonstration's picture that the errand is about."""
    return assets() / "demo" / errand(name).picture.file


@pytest.fixture
def window(open_real_window):
    """The window on an empty history, in the light theme."""
    return placed(open_real_window("light"))


def placed(window):
    """Where nothing else is, without a caret that comes and goes."""
    window.setGeometry(400, 40, *SIZE)
    until(lambda: (window.width(), window.height()) == SIZE)
    window._theme._application.setCursorFlashTime(0)
    point(1590, 990)
    return window


# What a person does


def point(x: int, y: int, *more: str) -> None:
    subprocess.run(["xdotool", "mousemove", str(x), str(y), *more], check=True)


def point_at(widget, place=None, *more: str) -> None:
    """The pointer on the middle of `widget`, or on `place` in it."""
    there = widget.mapToGlobal(widget.rect().center() if place is None else place)
    point(there.x(), there.y(), *more)


def click(widget, place=None) -> None:
    point_at(widget, place, "click", "1")


def press(*keys: str) -> None:
    subprocess.run(["xdotool", "key", *keys], check=True)


def write(window, text: str) -> None:
    """Key by key into the composer."""
    subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)
    until(lambda: window.composer.text.toPlainText() == text)


def ask(window, question: str, state: State = State.ANSWERED):
    """Writes and sends; the widget of the turn once it is over and its pictures are there."""
    until(lambda: is_read(window))
    row = len(window.session.transcript)
    write(window, question)
    press("Return")
    return over(window, row, state)


def is_read(window) -> bool:
    """Whether all that was brought along is seen and read, as it is while one types."""
    return all(map(_is_read, window.composer._chips.values()))


def _is_read(chip) -> bool:
    seen = isinstance(chip, DocumentChip) or chip.canvas._shown is not None
    return seen and chip.state.text().startswith("Read, ")


def answered(window, name: str):
    """Brings the errand's picture along and asks about it; the answered turn's widget."""
    window.receive(Request((str(picture_of(name)),)))
    until(lambda: len(window.landing.pending) == 1)
    turn = ask(window, errand(name).question)
    assert any(truth in turn.view.text for truth in errand(name).truths)
    until(lambda: outlined(turn))
    seen_still(window)  # a click must not come while it is still laid out
    return turn


def over(window, row: int = 0, state: State = State.ANSWERED):
    until(lambda: len(window.session.transcript) > row and not window.session.is_busy)
    turn = until(lambda: window.transcript.widget(row))
    until(lambda: turn.view.finished)
    assert turn.view.state is state, turn.view
    for _, canvas in turn._canvases:
        until(lambda canvas=canvas: canvas._shown is not None)
    return turn


@contextmanager
def dragged(*files: Path):
    """Another program's window that offers `files`; yields what drags them onto a window.

    It waits until as many have landed, or for what it is told to wait for.
    """
    words = [sys.executable, "-c", DRAG_SOURCE, *map(str, files)]
    with running(words, stdout=subprocess.PIPE, text=True) as source:
        x, y = map(int, source.stdout.readline().split())

        def onto(window, landed=None) -> None:
            middle = window.mapToGlobal(window.rect().center())
            mover = threading.Thread(target=drag, args=((x, y), (middle.x(), middle.y())))
            mover.start()
            until(landed or (lambda: len(window.landing.pending) == len(files)))
            mover.join(30)

        yield onto


@contextmanager
def copied(file: Path, kind: str):
    """Another program holds the file's bytes in the clipboard."""
    words = ["xclip", "-quiet", "-selection", "clipboard", "-t", kind, "-i", str(file)]
    with running(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ):
        yield


def in_dialog(window, keys: tuple[str, ...], act, *, closed_by: str | None = "Escape") -> None:
    """Presses `keys`, does `act` with the dialog that opens, and closes it by a key."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    failed: list[BaseException] = []
    done: list[bool] = []
    looking = QTimer()

    def look() -> None:  # a dialog has an event loop of its own; the test stands still meanwhile
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isActiveWindow():
            return
        looking.stop()
        try:
            act(dialog)
        except BaseException as error:  # noqa: BLE001  it is raised where the test can hear it
            failed.append(error)
            dialog.done(0)
        done.append(True)
        if closed_by is not None:
            press(closed_by)

    looking.timeout.connect(look)
    looking.start(20)
    press(*keys)
    until(lambda: done and QApplication.activeModalWidget() is None)
    if failed:
        raise failed[0]
    until(window.isActiveWindow)


# What is seen


def keep(window, name: str) -> None:
    """Writes what the screen shows of the window to where the manual shows it, if wanted."""
    seen = seen_still(window)
    if os.environ.get("NEARLING_SCREENSHOTS"):
        file = MANUAL / "pictures" / f"{name}.png"
        file.parent.mkdir(exist_ok=True)
        with_palette(seen).save(file, optimize=True)


def seen_still(window) -> Image.Image:
    """The window on the screen with whatever lies on it, once nothing changes any more."""
    last = None

    def still():
        nonlocal last
        spin(0.05)
        before, last = last, grabbed(window)
        return last if before is not None and before.tobytes() == last.tobytes() else None

    return until(still)


def grabbed(window) -> Image.Image:
    from PySide6.QtGui import QImage

    corner = window.mapToGlobal(window.rect().topLeft())
    seen = window.screen().grabWindow(0, corner.x(), corner.y(), window.width(), window.height())
    image = seen.toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    return Image.frombytes(
        "RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine()
    )


def with_palette(image: Image.Image) -> Image.Image:
    """With 256 colours, of which the commonest are not changed by a shade."""
    counted = sorted(image.getcolors(1 << 24), reverse=True)
    exact = [channel for _, colour in counted[:_EXACT] for channel in colour]
    others = image.quantize(256 - _EXACT).getpalette()
    palette = np.array((exact + others)[: 3 * 256], dtype=np.int32).reshape(-1, 3)
    colours, places = np.unique(np.asarray(image).reshape(-1, 3), axis=0, return_inverse=True)
    nearest = [np.argmin(((palette - colour) ** 2).sum(axis=1)) for colour in colours]
    indexed = np.array(nearest, dtype=np.uint8)[places.reshape(image.height, image.width)]
    small = Image.fromarray(indexed).convert("L")
    small.putpalette(palette.astype(np.uint8).tobytes())
    return small


def outlined(turn) -> list[str]:
    """The names of the pictures on which places are outlined."""
    return [attachment.name for attachment, canvas in turn._canvases if shows_places(canvas)]
