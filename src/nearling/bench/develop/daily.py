"""Scenes from home, the doctor and school."""

from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import coded
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def medicine() -> tuple[Pair, ...]:
    """A medicine's label with instructions and an expiry month."""
    chance = Random("medicine")
    expiry = f"{chance.randrange(1, 13):02d}/{chance.randrange(2027, 2031)}"
    dose = f"Take {chance.choice(('one', 'two'))} tablets twice a day with food."

    def draw() -> Sheet:
        canvas = Canvas(700, 380, DEVELOP.sans, size=22)
        canvas.panel((0, 0, 700, 70), fill="#0b6e4f")
        canvas.text(24, 16, "Calmodol 40 mg", size=32, ink="#ffffff", face=DEVELOP.bold)
        canvas.lines(
            24, 96, (dose, "Do not exceed 4 tablets in 24 hours.", "Store below 25 °C."), step=42
        )
        canvas.row(250, ((24, f"LOT {coded(Random('lot'), 'A9999')}"), (400, f"EXP {expiry}")))
        canvas.text(24, 316, "Dr. R. Halvorsen / patient: E. Quist", size=20)
        return canvas.sheet()

    return scene(
        "medicine",
        draw,
        ask("says", "what does it say about how to take them", dose),
        ask("date", "wie lange ist das medikament haltbar", expiry, photo=True),
    )


def recipe() -> tuple[Pair, ...]:
    """A recipe card: what goes in at the left, what to do at the right."""
    chance = Random("recipe")
    eggs = chance.randrange(3, 7)

    def draw() -> Sheet:
        canvas = Canvas(860, 460, DEVELOP.serif, size=22, ground="#fff8ec")
        canvas.text(40, 26, "Grandma's plum cake", size=36, face=DEVELOP.serif_bold)
        goods = ("250 g flour", "180 g butter", f"{eggs} eggs", "1 kg plums", "120 g sugar")
        canvas.lines(40, 110, goods, step=46)
        canvas.rule(300, 110, 300, 410, "#c8a878", width=2)
        y = canvas.paragraph(330, 110, "Beat the butter with the sugar, stir in the rest.", 480)
        y = canvas.paragraph(330, y + 16, "Halve the plums and press them in.", 480)
        canvas.paragraph(330, y + 16, "Bake 55 minutes at 175 °C.", 480)
        return canvas.sheet()

    return scene(
        "recipe",
        draw,
        ask("count", "wie viele eier brauch ich", str(eggs), shows=(f"{eggs} eggs",)),
    )


def blood() -> tuple[Pair, ...]:
    """A laboratory's table; one value is marked as high."""
    chance = Random("blood")
    ferritin = chance.randrange(310, 480)

    def draw() -> Sheet:
        canvas = Canvas(860, 400, DEVELOP.sans, size=20)
        canvas.text(30, 22, "Laboratory report", size=28, face=DEVELOP.bold)
        rows = (
            ("Test", "Result", "Unit", "Normal", "Flag"),
            ("Haemoglobin", "14.1", "g/dl", "13.5 - 17.5", ""),
            ("Ferritin", str(ferritin), "ng/ml", "30 - 300", "HIGH"),
            ("Glucose", "92", "mg/dl", "70 - 99", ""),
            ("TSH", "2.30", "mU/l", "0.40 - 4.00", ""),
        )
        columns = ((30, 0), (310, 1), (440, 0), (580, 0), (760, 0))
        for number, cells in enumerate(rows):
            y = 90 + 52 * number
            for (x, right), text in zip(columns, cells, strict=True):
                if text:
                    canvas.text(x, y, text, align="right" if right else "left")
            canvas.rule(30, y + 36, 830, y + 36, "#cfd8dc")
        return canvas.sheet()

    return scene("blood", draw, ask("which", "which of my blood values is too high", "Ferritin"))


def exam() -> tuple[Pair, ...]:
    """A pupil's results in percent."""
    chance = Random("exam")
    subjects = ("Mathematics", "History", "Biology", "French")
    marks = chance.sample(range(54, 97), 4)

    def draw() -> Sheet:
        canvas = Canvas(600, 460, DEVELOP.second, size=26, ground="#eaf0fa")
        canvas.text(300, 28, "Exam results, summer term", size=30, align="middle")
        canvas.text(40, 90, "Candidate: Priya Raman", size=22)
        for number, (subject, mark) in enumerate(zip(subjects, marks, strict=True)):
            y = 150 + 66 * number
            canvas.panel((30, y, 570, y + 54), fill="#ffffff", radius=8)
            canvas.row(y + 10, ((50, subject), (550, f"{mark}%", "right")))
        return canvas.sheet()

    return scene("exam", draw, ask("percent", "how did she do in bio", f"{marks[2]}%"))


DAILY: tuple[Pair, ...] = (*medicine(), *recipe(), *blood(), *exam())
