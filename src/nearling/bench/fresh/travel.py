"""Held-out pairs about tickets, boarding passes, departure boards and timetables."""

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import Wear, photo_of
from nearling.bench.fonts import FRESH
from nearling.bench.pairs import Pair


def _train_ticket() -> Sheet:
    page = Canvas(900, 420, FRESH.sans, size=20, ground="#f4f7f2", ink="#1a1a1a")
    page.panel((0, 0, 900, 62), fill="#2c6e49")
    page.text(30, 14, "NORDBAHN", size=28, face=FRESH.bold, ink="#ffffff")
    page.text(870, 18, "Fahrkarte mit Reservierung", size=20, ink="#ffffff", align="right")
    page.text(30, 90, "Hamburg Hbf", size=30, face=FRESH.bold)
    page.text(470, 90, "Stralsund Hbf", size=30, face=FRESH.bold)
    page.row(140, [(30, "ab 08:17"), (470, "an 11:02")], size=22)
    page.dashes(30, 870, 196, "#2c6e49")
    heads = [(30, "Datum"), (230, "Zug"), (400, "Wagen"), (560, "Platz"), (700, "Klasse")]
    values = [(30, "03.09.2025"), (230, "NX 1184"), (400, "24"), (560, "61"), (700, "2")]
    page.row(216, heads, size=17, ink="#5b6b60")
    page.row(248, values, size=27)
    page.dashes(30, 870, 310, "#2c6e49")
    page.row(330, [(30, "Erwachsene: 1"), (400, "Preis: 38,90 EUR")])
    page.text(870, 376, "Nicht übertragbar", size=15, ink="#5b6b60", align="right")
    return page.sheet()


def _boarding_pass() -> Sheet:
    page = Canvas(1040, 460, FRESH.second, size=19, ground="#dfe7f2", ink="#14213d")
    page.panel((20, 20, 1020, 440), fill="#ffffff", radius=22)
    page.panel((20, 20, 1020, 92), fill="#14213d", radius=22)
    page.text(50, 38, "Skylark Air", size=30, ink="#fca311")
    page.text(990, 44, "BOARDING PASS", size=22, ink="#ffffff", align="right")
    page.text(50, 112, "LINDQVIST / EMMA MS", size=24)
    page.row(160, [(50, "From"), (330, "To")], size=16, ink="#6b7280")
    page.row(184, [(50, "OSL Oslo"), (330, "LIS Lisbon")], size=32)
    page.row(260, [(50, "Flight"), (230, "Date"), (400, "Boards"), (560, "Departs")], size=16)
    page.row(286, [(50, "SK 4071"), (230, "17 OCT"), (400, "06:40"), (560, "07:25")], size=26)
    page.row(350, [(50, "Gate"), (230, "Seat"), (400, "Group")], size=16)
    page.row(376, [(50, "B27"), (230, "14C"), (400, "3")], size=32)
    page.rule(740, 100, 740, 430, "#c5cad3", width=2)
    page.stripes((780, 120, 980, 330), "312141231213211412312", ink="#14213d")
    page.text(880, 352, "ETKT 117 2460983315", size=16, align="middle")
    return page.sheet()


def _departures() -> Sheet:
    page = Canvas(1100, 520, FRESH.mono, size=24, ground="#0b0d12", ink="#ffb000")
    page.text(30, 24, "DEPARTURES", size=34, ink="#ffffff")
    page.text(1070, 30, "14:09", size=30, ink="#ffffff", align="right")
    page.table(
        100,
        [(30, "left"), (190, "left"), (640, "left"), (820, "left")],
        [
            ("Time", "Destination", "Plat", "Expected"),
            ("14:15", "Sheffield", "2", "On time"),
            ("14:22", "Leeds", "5", "14:31"),
            ("14:28", "York", "9", "14:41"),
            ("14:36", "Liverpool Lime St", "7", "Cancelled"),
            ("14:50", "Hull Paragon", "3", "On time"),
        ],
        step=64,
    )
    page.rule(30, 142, 1070, 142, "#555555")
    return page.sheet()


def _bus_timetable() -> Sheet:
    page = Canvas(860, 640, FRESH.sans, size=20, ground="#ffffff", ink="#202020")
    page.panel((0, 0, 860, 90), fill="#c8102e")
    page.text(30, 18, "Linie 46", size=38, face=FRESH.bold, ink="#ffffff")
    page.text(830, 30, "Rathaus - Klinikum", size=24, ink="#ffffff", align="right")
    page.row(116, [(320, "Montag - Freitag"), (620, "Samstag")], face=FRESH.bold, size=22)
    page.table(
        176,
        [(30, "left"), (320, "left"), (430, "left"), (620, "left"), (730, "left")],
        [
            ("Rathaus", "05:42", "06:02", "07:12", "07:42"),
            ("Museum", "05:47", "06:07", "07:16", "07:46"),
            ("Güterbahnhof", "05:53", "06:13", "07:21", "07:51"),
            ("Sportpark", "05:58", "06:18", "07:25", "07:55"),
            ("Klinikum", "06:04", "06:24", "07:31", "08:01"),
        ],
        step=62,
    )
    for y in range(236, 490, 62):
        page.rule(30, y - 12, 830, y - 12, "#dddddd")
    page.lines(
        30, 520, ["Abfahrtszeiten, gültig ab 15.12.2025", "Auskunft: www.stadtbus.example"], size=17
    )
    return page.sheet()


def _hotel_booking() -> Sheet:
    page = Canvas(820, 620, FRESH.sans, size=19, ground="#f6f6f6", ink="#2b2b2b")
    page.panel((40, 30, 780, 590), fill="#ffffff", outline="#d7d7d7", radius=14)
    page.text(70, 56, "Your stay is booked", size=34, face=FRESH.bold, ink="#00695c")
    page.text(70, 116, "Hotel Miramar, Rua das Flores 210, Porto", size=20)
    y = page.table(
        180,
        [(70, "left"), (740, "right")],
        [
            ("Confirmation", "H7Q-29KD"),
            ("Check-in", "Fri 4 Apr, from 3 pm"),
            ("Check-out", "Mon 7 Apr, until 11 am"),
            ("Guests", "2 adults"),
            ("Room", "Double, sea view"),
            ("Free cancellation until", "1 Apr, 6 pm"),
        ],
        step=52,
    )
    page.panel((70, y + 8, 740, y + 66), fill="#e0f2f1", radius=10)
    page.row(y + 22, [(90, "Total for 3 nights"), (720, "€ 411.00", "right")], size=22)
    return page.sheet()


def _parking_slip() -> Sheet:
    page = Canvas(420, 480, FRESH.till, size=20, ground="#fffdf2")
    page.text(210, 26, "PARKSCHEIN", size=34, align="middle")
    page.text(210, 76, "Zone C  Marktplatz", align="middle")
    page.dashes(30, 390, 116, "#222222")
    page.text(210, 134, "Ende der Parkzeit", size=22, align="middle")
    page.text(210, 172, "16:35", size=40, align="middle")
    page.text(210, 226, "Sa 11.10.2025", size=24, align="middle")
    page.dashes(30, 390, 276, "#222222")
    y = page.row(296, [(30, "Gekauft"), (390, "14:52", "right")])
    y = page.row(y + 4, [(30, "Bezahlt"), (390, "2,60 EUR", "right")])
    page.row(y + 4, [(30, "Automat"), (390, "0387", "right")])
    page.text(210, 430, "Gut sichtbar auslegen!", size=18, align="middle")
    return page.sheet()


PAIRS = (
    Pair(
        "train-coach",
        "key_value",
        "In welchem Wagen sitze ich?",
        ("24",),
        photo_of(_train_ticket, 201),
        damaged=True,
    ),
    Pair("train-track", "where", "von welchem gleis fährt mein zug ab", (), _train_ticket),
    Pair("pass-gate", "where", "Where do I have to go to board?", ("B27",), _boarding_pass),
    Pair("pass-boarding", "time", "when does boarding start??", ("06:40",), _boarding_pass),
    Pair(
        "board-platform",
        "table",
        "Which platform does the train to Leeds leave from?",
        ("5",),
        _departures,
    ),
    Pair(
        "bus-saturday",
        "time",
        "Wann fährt samstags der erste Bus am Museum ab?",
        ("07:16",),
        _bus_timetable,
    ),
    Pair(
        "bus-sunday",
        "time",
        "wann fährt der letzte bus am sonntag?",
        (),
        photo_of(_bus_timetable, 202, desk="#39424e"),
        damaged=True,
    ),
    Pair("hotel-code", "code", "confirmation code pls", ("H7Q-29KD",), _hotel_booking),
    Pair(
        "parking-end",
        "when",
        "Bis wann darf mein Auto hier stehen?",
        ("16:35", "Sa 11.10.2025 16:35"),
        photo_of(_parking_slip, 203, Wear(turn=3.0), desk="#22262b"),
        damaged=True,
        evidence=("16:35",),
    ),
)
