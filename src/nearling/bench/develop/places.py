"""Scenes in town: signs, posters, plans and tables on a wall."""

from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import coded, day, german
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def surgery() -> tuple[Pair, ...]:
    """A doctor's opening hours on a brass plate."""
    chance = Random("surgery")
    phone = f"+49 (0)40 {coded(chance, '999 99 99')}"

    def draw() -> Sheet:
        canvas = Canvas(640, 460, DEVELOP.serif, size=24, ground="#c9b37a", ink="#2a2210")
        canvas.text(
            320, 26, "Dr. med. Lena Haubold", size=32, face=DEVELOP.serif_bold, align="middle"
        )
        rows = (
            ("Mo, Di, Do", "8 - 12 und 15 - 18 Uhr"),
            ("Freitag", "8 - 13 Uhr"),
            ("Mittwoch", "geschlossen"),
        )
        canvas.table(120, ((60, "left"), (250, "left")), rows, step=60)
        canvas.text(320, 360, phone, size=26, align="middle")
        return canvas.sheet()

    return scene(
        "surgery",
        draw,
        ask("phone", "number to call for an appointment", phone),
        ask("when", "welchen Tag hat die Praxis zu?", "Mittwoch"),
    )


def street() -> tuple[Pair, ...]:
    """A road sign."""
    metres = Random("street").randrange(2, 9) * 100
    text = f"Road closed in {metres} m"

    def draw() -> Sheet:
        canvas = Canvas(640, 360, DEVELOP.bold, size=38, ground="#ffcc00", ink="#000000")
        canvas.panel((12, 12, 628, 348), outline="#000000", width=6, radius=18)
        canvas.text(320, 80, text, align="middle")
        canvas.text(320, 190, "Follow diversion", size=30, align="middle")
        return canvas.sheet()

    return scene(
        "street",
        draw,
        ask("says", "what does the yellow sign say?", text, photo=True),
        ask("says", "translate the sign into german please"),
    )


def bakery() -> tuple[Pair, ...]:
    """A sheet of paper in a shop's door."""
    end = german(day(Random("bakery"), 2026))
    text = f"Betriebsferien bis {end}"

    def draw() -> Sheet:
        canvas = Canvas(600, 420, DEVELOP.serif, size=28)
        canvas.text(300, 40, "Liebe Kundschaft!", size=34, align="middle")
        canvas.text(300, 140, text, align="middle")
        canvas.text(300, 200, "Danach backen wir wieder für Sie.", size=24, align="middle")
        canvas.text(300, 330, "Ihre Bäckerei Thoma", size=26, align="middle")
        return canvas.sheet()

    return scene("bakery", draw, ask("says", "Warum ist die Bäckerei zu?", text, "Betriebsferien"))


def poster() -> tuple[Pair, ...]:
    """A concert's poster with two bands."""
    chance = Random("poster")
    line = f"0800 {coded(chance, '99 99 99')}"

    def draw() -> Sheet:
        canvas = Canvas(680, 900, DEVELOP.bold, size=30, ground="#1b1035", ink="#f7f3ff")
        canvas.text(340, 60, "LIVE AT THE", size=28, align="middle")
        canvas.text(340, 110, "OLD BREWERY", size=40, align="middle", ink="#ff5fa2")
        canvas.text(340, 280, "THE PAPER KITES CLUB", size=40, align="middle")
        canvas.text(340, 370, "support: Juno Marlowe", size=26, align="middle")
        canvas.text(340, 520, "Sat 14 November", size=36, align="middle", ink="#ffd166")
        canvas.text(340, 580, "Doors 19:00  Show 20:30", size=26, align="middle")
        canvas.text(340, 780, f"Tickets {line}", size=24, align="middle", face=DEVELOP.sans)
        return canvas.sheet()

    return scene(
        "poster",
        draw,
        ask("who", "who's the opening act", "Juno Marlowe"),
        ask("phone", "Wo kann ich Karten bestellen, welche Telefonnummer?", line),
    )


def seats() -> tuple[Pair, ...]:
    """A wedding's plan: names at tables."""
    chance = Random("seats")
    names = ["Nguyen", "Ferrari", "Okello", "Lindqvist", "Brandt", "Moreau"]
    chance.shuffle(names)

    def draw() -> Sheet:
        canvas = Canvas(780, 460, DEVELOP.serif, size=24, ground="#f3ece8", ink="#4b3a3a")
        canvas.text(390, 24, "Find your table", size=34, align="middle")
        for number in range(3):
            x = 140 + 250 * number
            canvas.disc((x - 100, 110, x + 100, 310), "#ffffff")
            canvas.text(
                x, 134, f"Table {number + 1}", size=22, align="middle", face=DEVELOP.serif_bold
            )
            canvas.lines(x, 184, names[2 * number : 2 * number + 2], align="middle")
        canvas.text(390, 390, "Children's corner beside the bar", size=20, align="middle")
        return canvas.sheet()

    table = names.index("Nguyen") // 2 + 1
    return scene(
        "seats",
        draw,
        ask(
            "which",
            "which table are the Nguyens at?",
            f"Table {table}",
            str(table),
            shows=(f"Table {table}",),
        ),
    )


def league() -> tuple[Pair, ...]:
    """A league's table with its first five."""
    chance = Random("league")
    clubs = ["Rovers", "Athletic", "Wanderers", "Albion", "Harriers"]
    chance.shuffle(clubs)

    def draw() -> Sheet:
        canvas = Canvas(720, 420, DEVELOP.till, size=24, ground="#0f3d1e", ink="#f0fff0")
        rows: list[tuple[str, ...]] = [("", "Club", "P", "GD", "Pts")]
        for place, club in enumerate(clubs, 1):
            rows.append((str(place), club, "22", f"{21 - 6 * place:+d}", str(52 - 5 * place)))
        canvas.table(
            30,
            ((30, "left"), (90, "left"), (440, "right"), (570, "right"), (690, "right")),
            rows,
            step=60,
        )
        return canvas.sheet()

    return scene("league", draw, ask("which", "which club is in 18th place"))


def rota() -> tuple[Pair, ...]:
    """A week of shifts with a name in each cell."""
    chance = Random("rota")
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    people = ["Agnes", "Bilal", "Carmen", "Dmitri", "Esther"]
    early = chance.sample(people, 5)
    late = early[2:] + early[:2]

    def draw() -> Sheet:
        canvas = Canvas(900, 300, DEVELOP.sans, size=22)
        canvas.panel((0, 60, 900, 110), fill="#dfe8d8")
        canvas.text(20, 14, "Ward 3 rota, week 32", size=26, face=DEVELOP.bold)
        for row, cells in enumerate((("", *days), ("Early", *early), ("Late", *late))):
            placed = [(20 + 150 * column, cell) for column, cell in enumerate(cells)]
            canvas.row(72 + 70 * row, placed)
        return canvas.sheet()

    return scene("rota", draw, ask("who", "who does the late shift on thursday", late[3]))


def gym() -> tuple[Pair, ...]:
    """A gym's week of courses."""
    chance = Random("gym")
    hours = [f"{hour}.{chance.choice(('00', '15', '30'))} pm" for hour in (5, 6, 7, 8)]

    def draw() -> Sheet:
        canvas = Canvas(640, 420, DEVELOP.second, size=26, ground="#222831", ink="#eeeeee")
        canvas.text(30, 24, "Courses on Wednesday", size=34, ink="#ff8c42")
        names = ("Spinning", "Yoga flow", "Boxing", "Stretch & relax")
        rooms = ("Studio 2", "Studio 1", "Ring", "Studio 1")
        for number, cells in enumerate(zip(hours, names, rooms, strict=True)):
            canvas.row(
                110 + 70 * number, ((30, cells[0]), (210, cells[1]), (610, cells[2], "right"))
            )
        return canvas.sheet()

    return scene("gym", draw, ask("when", "yoga when?", hours[1]))


PLACES: tuple[Pair, ...] = (
    *surgery(), *street(), *bakery(), *poster(), *seats(), *league(), *rota(), *gym(),
)  # fmt: skip
