"""Scenes on the way: tickets, boards, timetables, hotels and parcels."""

from datetime import timedelta
from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import american, coded, day, dotted
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def train() -> tuple[Pair, ...]:
    """A German train journey with two stations."""
    chance = Random("train")
    track = str(chance.randrange(6, 19))
    coach = str(chance.randrange(21, 29))

    def draw() -> Sheet:
        canvas = Canvas(820, 420, DEVELOP.sans, size=22)
        canvas.text(30, 24, "Ihre Verbindung", size=28, face=DEVELOP.bold)
        rows = (
            ("", "Uhr", "Gleis"),
            ("Hannover Hbf", "ab 09:31", track),
            ("Würzburg Hbf", "an 11:34", "5"),
        )
        canvas.table(90, ((30, "left"), (440, "left"), (640, "left")), rows, step=50)
        canvas.rule(30, 250, 790, 250, "#bbbbbb")
        canvas.row(270, ((30, "ICE 587"), (300, f"Wagen {coach}"), (540, "Platz 64, Fenster")))
        canvas.text(30, 320, "Nicht übertragbar. Bitte halten Sie einen Ausweis bereit.", size=18)
        return canvas.sheet()

    return scene(
        "train",
        draw,
        ask("where", "auf welchem gleis fährt mein zug los", track),
        ask("time", "What time do I get to Würzburg?", "11:34", photo=True),
        ask("when", "an welchem Tag ist die Fahrt?"),
    )


def boarding() -> tuple[Pair, ...]:
    """A boarding pass with small labels above large values."""
    chance = Random("boarding")
    locator = coded(chance, "AAAAAA")
    seat = f"{chance.randrange(7, 31)}{chance.choice('ABCDEF')}"
    facts = (
        ("PASSENGER", "OYELARAN/FEMI"), ("FLIGHT", "KX 418"), ("GATE", "B22"),
        ("BOARDING", "13:05"), ("SEAT", seat), ("BOOKING", locator),
    )  # fmt: skip

    def draw() -> Sheet:
        canvas = Canvas(900, 380, DEVELOP.sans, size=26, ground="#eef3fb", ink="#0a2a5e")
        canvas.panel((0, 0, 900, 64), fill="#0a2a5e")
        canvas.text(30, 14, "BOARDING PASS", ink="#ffffff")
        canvas.text(870, 14, "OSLO OSL - PORTO OPO", ink="#ffffff", align="right")
        for number, (label, value) in enumerate(facts):
            x, y = 30 + 300 * (number % 3), 100 + 120 * (number // 3)
            canvas.text(x, y, label, size=16, ink="#5b74a0")
            canvas.text(x, y + 24, value, size=30)
        canvas.stripes((30, 330, 870, 366), "3112213112312113221311221")
        return canvas.sheet()

    return scene(
        "boarding",
        draw,
        ask("where", "wo sitz ich im flieger", seat),
        ask("code", "booking reference?", locator, photo=True),
        ask("time", "what time do we land in porto"),
    )


def board() -> tuple[Pair, ...]:
    """A station's departures in amber on black."""
    chance = Random("board")
    towns = ("Leeds", "York", "Whitby", "Newcastle")
    tracks = chance.sample(["1", "2a", "3", "4b", "6", "9"], 4)
    clocks = sorted(f"{chance.randrange(14, 18)}:{chance.randrange(10, 60)}" for _ in towns)

    def draw() -> Sheet:
        canvas = Canvas(800, 380, DEVELOP.till, size=30, ground="#0a0a0a", ink="#ffb000")
        rows = [("Time", "Destination", "Plat"), *zip(clocks, towns, tracks, strict=True)]
        canvas.table(24, ((30, "left"), (200, "left"), (690, "left")), rows, step=58)
        canvas.text(30, 320, "Whitby train: first class in front", size=22)
        return canvas.sheet()

    return scene(
        "board",
        draw,
        ask("which", "which platform is the Newcastle train on", tracks[3], photo=True),
        ask("time", "wann fährt der zug nach York", clocks[1]),
    )


def hotel() -> tuple[Pair, ...]:
    """A hotel's confirmation: label, colon and value in one line."""
    chance = Random("hotel")
    first = day(chance, 2026)
    code = coded(chance, "AAA-99999")

    def draw() -> Sheet:
        canvas = Canvas(760, 520, DEVELOP.serif, size=22, ground="#fbf8f2", ink="#2c2a26")
        canvas.text(40, 30, "The Harbor House, Portland", size=32, face=DEVELOP.serif_bold)
        lines = (
            f"Confirmation number: {code}",
            f"Arrival: {american(first)}, after 3:00 PM",
            f"Departure: {american(first + timedelta(days=3))}, before 11:00 AM",
            "Room type: Double, bay view",
            "Breakfast: included, 7 to 10 AM",
            "Cancel free of charge up to 48 hours ahead",
        )
        canvas.lines(40, 110, lines, step=44)
        canvas.text(40, 440, "Front desk (503) 555-0142")
        return canvas.sheet()

    return scene(
        "hotel",
        draw,
        ask("when", "what time do we hav to be out of the room", "11:00 AM", "before 11:00 AM"),
        ask("code", "Buchungsnumer vom hotel", code, photo=True),
        ask("key_value", "Was für ein Zimmer haben wir?", "Double, bay view", "Double"),
        ask("password", "wlan passwort fürs hotel?"),
    )


def bus() -> tuple[Pair, ...]:
    """A bus stop's timetable: hours at the left, minutes after them."""
    chance = Random("bus")
    last = f"23:{chance.randrange(10, 59)}"
    first = f"7:{chance.randrange(10, 59)}"

    def draw() -> Sheet:
        canvas = Canvas(640, 420, DEVELOP.sans, size=22)
        canvas.panel((0, 0, 640, 74), fill="#f7d117")
        canvas.text(30, 18, "Line 42  Riverside - Hospital", size=28, face=DEVELOP.bold)
        rows = (
            ("", "First bus", "Last bus"),
            ("Monday - Friday", "5:12", last),
            ("Saturday", "6:04", "23:58"),
            ("Sunday", first, "21:40"),
        )
        canvas.table(104, ((30, "left"), (400, "right"), (590, "right")), rows, step=56)
        canvas.text(30, 350, "Every 12 minutes at peak times", size=20)
        return canvas.sheet()

    return scene(
        "bus",
        draw,
        ask("time", "when does the first bus go on sundays?", first),
        ask("time", "Wie lange fährt die 42 unter der Woche abends noch?", last, photo=True),
        ask("time", "last bus on christmas day"),
    )


def parking() -> tuple[Pair, ...]:
    """A small pay-and-display ticket."""
    chance = Random("parking")
    end = f"{chance.randrange(14, 19)}:{chance.randrange(10, 59)}"

    def draw() -> Sheet:
        canvas = Canvas(400, 300, DEVELOP.mono, size=20, ground="#e8f3ff")
        canvas.text(200, 16, "PARKSCHEIN", size=26, align="middle")
        canvas.lines(30, 70, ("Zone 3 Altstadt", "Gelöst 12:48", "Parkzeit endet"))
        canvas.text(200, 160, end, size=40, align="middle")
        canvas.text(30, 240, "Bezahlt 4,50 EUR")
        return canvas.sheet()

    return scene(
        "parking",
        draw,
        ask("time", "bis wann darf ich hier stehen", end, photo=True),
        ask("key_value", "which zone is it", "3", "Zone 3", "Zone 3 Altstadt",
            shows=("Zone 3 Altstadt",)),
    )  # fmt: skip


def parcel() -> tuple[Pair, ...]:
    """A parcel label with two addresses and a barcode."""
    chance = Random("parcel")
    track = coded(chance, "RR 999 999 999 FR")
    posted = day(chance, 2026)
    weight = f"{chance.randrange(11, 89) / 10:.1f} kg"

    def draw() -> Sheet:
        canvas = Canvas(620, 680, DEVELOP.sans, size=22)
        canvas.panel((14, 14, 606, 666), outline="#000000", width=3)
        canvas.lines(34, 30, ("Expéditeur", "Savonnerie Lavande", "13100 Aix-en-Provence"), size=18)
        canvas.rule(14, 140, 606, 140, "#000000", width=3)
        canvas.text(34, 154, "Destinataire", size=18)
        canvas.lines(34, 190, ("Henrik Dahl", "Storgata 27", "9008 Tromsø", "Norvège"), size=28)
        canvas.rule(14, 370, 606, 370, "#000000", width=3)
        canvas.row(386, ((34, f"Poids {weight}"), (586, dotted(posted), "right")))
        canvas.stripes((60, 440, 560, 560), "2131122311213122131132112231213112")
        canvas.text(310, 580, track, size=26, align="middle")
        return canvas.sheet()

    return scene(
        "parcel",
        draw,
        ask("code", "tracking number pls", track, photo=True),
        ask("where", "In welche Stadt geht das Paket?", "Tromsø", "9008 Tromsø"),
        ask("key_value", "wie schwer ist das Päckchen", weight, weight.replace(" ", "")),
        ask("code", "what's the customs number on it?"),
    )


def tour() -> tuple[Pair, ...]:
    """An itinerary slide on a coloured ground, a day to each line."""
    chance = Random("tour")
    places = chance.sample(("Evora", "Sintra", "Nazare", "Coimbra", "Braga", "Lagos"), 4)

    def draw() -> Sheet:
        canvas = Canvas(800, 440, DEVELOP.second, size=28, ground="#14505c", ink="#f3efe2")
        canvas.text(40, 28, "Portugal in four days", size=40)
        for number, place in enumerate(places, 1):
            canvas.row(
                50 + 66 * number,
                ((40, f"Day {number}"), (220, place), (520, f"{40 * number + 25} km")),
            )
        canvas.text(40, 390, "Meet at the north exit of the airport", size=22)
        return canvas.sheet()

    return scene(
        "tour",
        draw,
        ask("where", "where do we go on day 3", places[2], photo=True),
        ask("when", f"An welchem Tag sind wir in {places[1]}?", "Day 2"),
        ask("where", "in welchem hotel schlafen wir am ersten tag"),
    )


TRAVEL: tuple[Pair, ...] = (
    *train(), *boarding(), *board(), *hotel(), *bus(), *parking(), *parcel(), *tour(),
)  # fmt: skip
