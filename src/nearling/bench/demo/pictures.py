"""Draws the demonstration's pictures: a receipt's photo, an error on a screen, a timetable.

The files in assets/demo are what this made; run it as a module to make them again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nearling.bench.canvas import Align, Canvas, Sheet
from nearling.bench.damage import Wear, photograph
from nearling.bench.fonts import DEVELOP
from nearling.settings.assets import assets


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """A file in assets/demo, what it shows, and how it was drawn."""

    file: str
    shows: str
    draw: Callable[[], Sheet]

    def data(self) -> bytes:
        """The committed picture's bytes."""
        return (assets() / "demo" / self.file).read_bytes()


def _receipt() -> Sheet:
    canvas = Canvas(520, 780, DEVELOP.till, size=24, ground="#fbfaf6", ink="#24211d")
    canvas.text(260, 40, "Morning Glory", face=DEVELOP.serif_bold, size=40, align="middle")
    y = canvas.lines(260, 98, ("BAKERY & COFFEE", "27 Orchard Street, Bath"), align="middle")
    canvas.dashes(40, 480, y + 10, "#8a857c")
    y = canvas.row(y + 28, ((40, "14/05/2026"), (480, "09:12", "right")))
    y = canvas.row(y, ((40, "Table 4"), (480, "Receipt 20318", "right")))
    canvas.dashes(40, 480, y + 8, "#8a857c")
    goods = (
        ("2 Cappuccino", "7.60"),
        ("1 Sourdough loaf", "4.25"),
        ("3 Cinnamon bun", "9.90"),
        ("1 Orange juice", "3.40"),
    )
    y += 26
    for name, price in goods:
        y = canvas.row(y, ((40, name), (480, price, "right"))) + 6
    canvas.rule(40, y + 10, 480, y + 10, "#24211d", width=2)
    y = canvas.row(y + 26, ((40, "TOTAL"), (480, "£25.15", "right")), size=32)
    y = canvas.row(y + 6, ((40, "VAT 20 % included"), (480, "4.19", "right")), size=20)
    y = canvas.row(y + 8, ((40, "Visa debit"), (480, "25.15", "right")))
    canvas.lines(260, y + 34, ("You were served by Imogen", "See you soon!"), align="middle")
    canvas.stripes((150, 706, 370, 752), "31121132121131121321123112131", "#24211d")
    return canvas.sheet()


def _receipt_photo() -> Sheet:
    wear = Wear(turn=2.2, tilt=0.02, shade=0.28, blur=0.5, noise=2.5, quality=80)
    return photograph(_receipt(), seed=11, wear=wear, desk="#5d4a3b")


def _error() -> Sheet:
    canvas = Canvas(1040, 440, DEVELOP.mono, size=20, ground="#20242a", ink="#d7dbe0")
    canvas.panel((0, 0, 1040, 46), fill="#2b3038")
    for number, lamp in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        canvas.disc((22 + 26 * number, 16, 36 + 26 * number, 30), lamp)
    canvas.text(520, 10, "weekly-report", size=18, ink="#9aa1ab", face=DEVELOP.sans, align="middle")
    start = canvas.text(32, 74, "$", ink="#4fc3b4")[2]
    canvas.text(start + 12, 74, "python app.py --week 19")
    y = canvas.lines(
        32,
        122,
        (
            "Traceback (most recent call last):",
            '  File "app.py", line 42, in <module>',
            "    main()",
            '  File "app.py", line 17, in main',
            '    log = open("/var/log/app.log", "a")',
        ),
        step=36,
    )
    canvas.text(
        32, y, "PermissionError: [Errno 13] Permission denied: '/var/log/app.log'", ink="#ff8f87"
    )
    canvas.text(32, y + 60, "$", ink="#4fc3b4")
    canvas.panel((58, y + 62, 70, y + 86), fill="#d7dbe0")
    return canvas.sheet()


def _timetable() -> Sheet:
    canvas = Canvas(1040, 560, DEVELOP.sans, size=24, ground="#f5f8f8", ink="#17323a")
    canvas.panel((0, 0, 1040, 104), fill="#0f4c5c")
    canvas.text(40, 22, "Island ferries", size=40, face=DEVELOP.bold, ink="#ffffff")
    canvas.text(1000, 38, "May to September 2026", size=22, ink="#cfe3e6", align="right")
    rows = (
        ("Island", "Weekdays", "Saturday", "Sunday", "Fare"),
        ("Skarholm", "06:40", "08:15", "10:45", "€4.80"),
        ("Lindau", "07:25", "09:05", "11:30", "€5.20"),
        ("Great Tern", "08:10", "09:50", "12:20", "€7.60"),
        ("Vessel Bay", "09:35", "11:15", "13:55", "€6.40"),
        ("North Light", "16:05", "17:40", "18:10", "€9.30"),
    )
    for number in range(1, 6):
        if number % 2:
            canvas.panel((28, 126 + 62 * number, 1012, 188 + 62 * number), fill="#e2edee")
    times: list[tuple[float, Align]] = [(430, "right"), (620, "right"), (800, "right")]
    columns = ((52, "left"), *times, (980, "right"))
    canvas.table(140, columns, rows, step=62, head=DEVELOP.bold)
    canvas.rule(28, 186, 1012, 186, "#0f4c5c", width=2)
    canvas.text(52, 514, "Bicycles travel free. Boats leave from pier 3.", size=20)
    return canvas.sheet()


RECEIPT = DemoPicture("receipt.jpg", "a photo of a receipt", _receipt_photo)
ERROR = DemoPicture("error.png", "an error on a screen", _error)
TIMETABLE = DemoPicture("timetable.png", "a timetable", _timetable)

PICTURES = (RECEIPT, ERROR, TIMETABLE)
