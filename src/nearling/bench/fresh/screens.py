"""Held-out pairs about settings, chats, sheets, statements and specifications on a screen."""

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.fonts import FRESH
from nearling.bench.pairs import Pair


def _settings() -> Sheet:
    page = Canvas(900, 620, FRESH.sans, size=20, ground="#121212", ink="#eeeeee")
    page.panel((0, 0, 250, 620), fill="#1d1d1f")
    page.lines(
        28,
        40,
        ["Allgemein", "Anzeige", "Ton", "Netzwerk", "Akku", "Über das Gerät"],
        step=56,
        ink="#b5b5b8",
    )
    page.text(290, 36, "Über das Gerät", size=30, face=FRESH.bold)
    y = 108.0
    for label, value in (
        ("Gerätename", "Annas-Tablet"),
        ("Modell", "Pico Pad 11"),
        ("Softwareversion", "14.2.1"),
        ("Speicher", "128 GB"),
        ("Frei", "37,5 GB"),
        ("WLAN-Adresse", "a4:77:33:0b:9e:52"),
    ):
        page.panel((280, y - 10, 870, y + 48), fill="#222224", radius=10)
        page.row(y + 4, [(300, label), (850, value, "right")])
        y += 72
    return page.sheet()


def _group_chat() -> Sheet:
    page = Canvas(560, 900, FRESH.sans, size=20, ground="#e9e2d8", ink="#1c1c1c")
    page.panel((0, 0, 560, 76), fill="#075e54")
    page.text(90, 20, "Sunday picnic", size=26, face=FRESH.bold, ink="#ffffff")
    page.disc((24, 14, 72, 62), "#b2dfdb")
    bubbles = (
        (24, "#ffffff", "Marco", ("Who can bring what?",), "10:02"),
        (24, "#ffffff", "Ines", ("Nadia is bringing the cake,", "I'll do the drinks"), "10:05"),
        (160, "#dcf8c6", "", ("Great! I have two blankets",), "10:11"),
        (24, "#ffffff", "Marco", ("Perfect. Meet at noon",), "10:12"),
        (24, "#ffffff", "Jonas", ("Running late. My new number", "is 0151 4478 2093"), "10:40"),
    )
    y = 104.0
    for left, fill, name, texts, clock in bubbles:
        height = 46 + 32 * len(texts) + (28 if name else 0)
        page.panel((left, y, left + 376, y + height), fill=fill, radius=14)
        row = y + 10
        if name:
            page.text(left + 18, row, name, size=17, face=FRESH.bold, ink="#a0522d")
            row += 28
        row = page.lines(left + 18, row, texts, step=32)
        page.text(left + 360, row, clock, size=13, ink="#777777", align="right")
        y += height + 18
    return page.sheet()


def _sales_sheet() -> Sheet:
    page = Canvas(1080, 480, FRESH.sans, size=18, ground="#ffffff", ink="#202124")
    page.panel((0, 0, 1080, 44), fill="#188038")
    page.text(20, 8, "sales_2025.ods", size=18, ink="#ffffff")
    columns = (0, 60, 330, 515, 700, 885, 1070)
    rows = (
        ("1", "Product", "Q1", "Q2", "Q3", "Q4"),
        ("2", "Coffee", "12,410", "13,055", "11,980", "15,220"),
        ("3", "Tea", "4,305", "4,118", "4,870", "6,044"),
        ("4", "Cocoa", "2,760", "1,940", "1,515", "3,902"),
        ("5", "Syrups", "988", "1,204", "1,377", "1,106"),
        ("6", "Total", "20,463", "20,317", "19,742", "26,272"),
    )
    for number, cells in enumerate(rows):
        y = 60 + 58 * number
        page.rule(0, y, 1070, y, "#dadce0")
        face = FRESH.bold if number in (0, 5) else FRESH.sans
        page.text(30, y + 14, cells[0], size=15, ink="#70757a", align="middle")
        page.text(74, y + 12, cells[1], face=face)
        for right, cell in zip(columns[3:], cells[2:], strict=True):
            page.text(right - 14, y + 12, cell, face=face, align="right")
    for x in columns:
        page.rule(x, 60, x, 408, "#dadce0")
    page.text(20, 430, "Sheet1    Sheet2", size=15, ink="#70757a")
    return page.sheet()


def _bank_statement() -> Sheet:
    page = Canvas(1120, 700, FRESH.second, size=18, ground="#ffffff", ink="#1c2331")
    page.text(40, 30, "Harrow & Vale Bank", size=30, ink="#7a1f3d")
    page.text(1080, 38, "Current account  20-31-77  55120946", size=17, align="right")
    page.text(40, 86, "Statement for March 2026", size=22)
    page.panel((40, 136, 1080, 180), fill="#f3e9ed")
    y = page.table(
        144,
        [(56, "left"), (220, "left"), (820, "right"), (1060, "right")],
        [
            ("Date", "Details", "Amount", "Balance"),
            ("02 Mar", "Salary Pinewood Ltd", "+2,140.00", "2,611.35"),
            ("05 Mar", "Brightwater Energy", "-84.20", "2,527.15"),
            ("09 Mar", "Oak Street Dental", "-62.00", "2,465.15"),
            ("17 Mar", "Card payment Fennel & Co", "-31.75", "2,433.40"),
            ("28 Mar", "Standing order Rent", "-975.00", "1,458.40"),
        ],
        step=62,
    )
    page.rule(40, y, 1080, y, "#7a1f3d", width=2)
    page.row(y + 20, [(56, "Overdraft limit 500.00, used 0%"), (1060, "Page 1 of 1", "right")])
    return page.sheet()


def _monitor_specs() -> Sheet:
    page = Canvas(860, 640, FRESH.sans, size=19, ground="#ffffff", ink="#222222")
    page.text(40, 28, "ClearView 27Q", size=36, face=FRESH.bold)
    page.text(40, 88, "Technical data", size=22, ink="#666666")
    rows = (
        ("Panel", "27 inch IPS"),
        ("Resolution", "2560 x 1440"),
        ("Refresh rate", "up to 144 Hz"),
        ("Brightness", "350 cd/m2"),
        ("Ports", "2 x HDMI, 1 x DisplayPort"),
        ("Weight with stand", "7.1 kg"),
        ("Weight without stand", "4.9 kg"),
        ("Power", "32 W typical"),
    )
    for number, (label, value) in enumerate(rows):
        y = 140 + 58 * number
        if number % 2 == 0:
            page.panel((30, y, 830, y + 58), fill="#f1f3f5")
        page.row(y + 15, [(48, label), (420, value)])
    return page.sheet()


PAIRS = (
    Pair("settings-name", "key_value", "wie heißt mein Tablet?", ("Annas-Tablet",), _settings),
    Pair("picnic-cake", "who", "who is bringing the cake?", ("Nadia",), _group_chat),
    Pair("picnic-phone", "phone", "What's Jonas's new number?", ("0151 4478 2093",), _group_chat),
    Pair("sales-tea", "table", "How much did we sell of tea in Q3?", ("4,870",), _sales_sheet),
    Pair(
        "statement-energy",
        "money",
        "How much went to Brightwater Energy in March?",
        ("84.20", "-84.20"),
        _bank_statement,
    ),
    Pair(
        "statement-interest",
        "percent",
        "what interest rate do i get on this account",
        (),
        _bank_statement,
    ),
    Pair(
        "monitor-weight",
        "key_value",
        "how heavy is the monitor without its stand?",
        ("4.9 kg",),
        _monitor_specs,
    ),
)
