"""Scenes from work: slides, whiteboards, cards and minutes."""

from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import coded
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def slide() -> tuple[Pair, ...]:
    """A slide with a heading and three points."""
    share = Random("slide").randrange(23, 48)
    title = "Why customers leave us"

    def draw() -> Sheet:
        canvas = Canvas(1600, 900, DEVELOP.second, size=36)
        canvas.panel((0, 0, 28, 900), fill="#ff6b35")
        canvas.text(100, 80, title, size=40, ink="#1d3557")
        points = (f"Waiting time ({share} of 100)", "Price", "Nobody calls back")
        for number, point in enumerate(points):
            y = 260 + 150 * number
            canvas.disc((110, y + 14, 128, y + 32), "#ff6b35")
            canvas.text(160, y, point)
        canvas.text(1540, 840, "Service review 2026 / 4", size=20, align="right", ink="#888888")
        return canvas.sheet()

    return scene("slide", draw, ask("says", "heading of this slide?", title))


def whiteboard() -> tuple[Pair, ...]:
    """A whiteboard with numbered tasks in coloured pens."""
    third = f"3. Order {Random('whiteboard').randrange(20, 90)} chairs"

    def draw() -> Sheet:
        canvas = Canvas(1600, 1200, DEVELOP.sans, size=40, ground="#f7f9f9", ink="#1a3fb0")
        canvas.text(120, 90, "TO DO before moving", size=40, ink="#b01a1a")
        tasks = ("1. Cancel phone lines", "2. Measure the lift", third, "4. New key cards")
        canvas.lines(120, 260, tasks, step=170)
        canvas.text(1480, 1060, "ask Viktor!", size=34, ink="#1a8a3f", align="right")
        return canvas.sheet()

    return scene(
        "whiteboard",
        draw,
        ask(
            "says", "Was steht auf dem Whiteboard als dritter Punkt?", third, third[3:], photo=True
        ),
    )


def card() -> tuple[Pair, ...]:
    """A business card with three numbers."""
    chance = Random("card")
    mobile = f"+41 79 {coded(chance, '999 99 99')}"

    def draw() -> Sheet:
        canvas = Canvas(620, 360, DEVELOP.second, size=20, ground="#fefefe")
        canvas.panel((0, 0, 200, 360), fill="#5b2a86")
        canvas.text(100, 150, "VOGT", size=38, ink="#ffffff", align="middle")
        canvas.text(230, 50, "Nadja Imhof", size=30)
        canvas.text(230, 92, "Head of Purchasing", ink="#666666")
        canvas.lines(
            230, 160, ("T  +41 31 380 20 11", "F  +41 31 380 20 99", f"M  {mobile}"), step=36
        )
        canvas.text(230, 292, "imhof@vogt-textil.example")
        return canvas.sheet()

    return scene("card", draw, ask("phone", "her cell phone number", mobile))


def minutes() -> tuple[Pair, ...]:
    """A meeting's minutes with a column of people."""
    people = ("Grace Obi", "Stefan Kerr", "Yuki Tanaka", "Lars Holm")

    def draw() -> Sheet:
        canvas = Canvas(800, 620, DEVELOP.serif, size=22)
        canvas.text(40, 30, "Minutes: allotment society", size=30, face=DEVELOP.serif_bold)
        canvas.text(40, 100, "Present", face=DEVELOP.serif_bold)
        canvas.lines(180, 100, people, step=40)
        canvas.text(40, 290, "Absent", face=DEVELOP.serif_bold)
        canvas.text(180, 290, "Ruth Vale")
        y = canvas.paragraph(
            40,
            360,
            "The water pump will be replaced in spring. Plots 7 and 9 are free and go to the list.",
            720,
        )
        canvas.text(40, y + 30, "Taken down by Stefan Kerr")
        return canvas.sheet()

    return scene(
        "minutes",
        draw,
        ask("count", "how many people attended the meeting", "4", "four", shows=people),
    )


WORK: tuple[Pair, ...] = (*slide(), *whiteboard(), *card(), *minutes())
