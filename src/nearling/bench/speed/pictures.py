"""Pictures that take an engine different kinds of time; nobody asks a question about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.fonts import DEVELOP

_TEXT = (
    "the river keeps its own calendar and the old mill still turns on market days while people "
    "carry bread over a narrow bridge from one quiet street into another before rain comes down "
    "with thunder across fields where eleven grey horses wait beside the wooden gate in summer"
)


@dataclass(frozen=True, slots=True)
class SpeedPicture:
    name: str
    draw: Callable[[], Sheet]


def _prose(seed: str, words: int) -> str:
    chance = Random(seed)
    known = _TEXT.split()
    return " ".join(chance.choice(known) for _ in range(words)).capitalize() + "."


def _crop() -> Sheet:
    """A region somebody grabbed: three lines."""
    canvas = Canvas(600, 200, DEVELOP.sans, size=24)
    canvas.lines(
        24, 30, ("Your parcel is at the post office", "Pick-up code 7714-K", "until 28 May, 18:00")
    )
    return canvas.sheet()


def _eight_lines() -> Sheet:
    canvas = Canvas(800, 520, DEVELOP.second, size=28)
    canvas.lines(40, 30, [_prose(f"short {n}", 2) for n in range(8)], step=58)
    return canvas.sheet()


def _screen() -> Sheet:
    """A desktop with two windows and a panel."""
    canvas = Canvas(1920, 1080, DEVELOP.sans, size=20, ground="#2f4858")
    canvas.panel((0, 0, 1920, 40), fill="#1b1d20")
    canvas.row(8, ((24, "Applications"), (960, "Thu 14 May 10:24"), (1896, "74 %", "right")),
               ink="#e8e6e1")  # fmt: skip
    for left, name in ((80, "notes.txt"), (1000, "Inbox (3)")):
        canvas.panel((left, 110, left + 840, 980), fill="#ffffff", radius=10)
        canvas.text(left + 30, 126, name, face=DEVELOP.bold, size=22)
        y = 190.0
        for number in range(10):
            y = canvas.paragraph(left + 30, y, _prose(f"{name} {number}", 26), 780) + 18
    return canvas.sheet()


def _dense() -> Sheet:
    canvas = Canvas(1280, 720, DEVELOP.second, size=16)
    for column in range(3):
        canvas.paragraph(24 + 420 * column, 16, _prose(f"dense {column}", 300), 390, step=22)
    return canvas.sheet()


def _document() -> Sheet:
    """A letter, a page of A4 at 110 dots an inch."""
    canvas = Canvas(910, 1286, DEVELOP.serif, size=21)
    canvas.lines(90, 90, ("Mill Lane Housing", "14 Bridge Street", "Ludlow"))
    canvas.text(820, 210, "14 May 2026", align="right")
    canvas.text(90, 280, "Repairs to the roof", face=DEVELOP.serif_bold)
    y = 340.0
    for number in range(5):
        y = canvas.paragraph(90, y, _prose(f"letter {number}", 52), 730, step=30) + 24
    return canvas.sheet()


SPEED_PICTURES = (
    SpeedPicture("document", _document),
    SpeedPicture("600x200", _crop),
    SpeedPicture("1920x1080", _screen),
    SpeedPicture("dense", _dense),
    SpeedPicture("eight_lines", _eight_lines),
)
