"""Scenes from the letter box: invoices, bills, statements and slips."""

from datetime import timedelta
from random import Random

from nearling.bench.canvas import Align, Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import amount, british, coded, day, dotted, german
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def invoice() -> tuple[Pair, ...]:
    """An English invoice, facts at the right edge, due date among other dates."""
    chance = Random("invoice")
    issued = day(chance, 2026)
    due = issued + timedelta(days=30)
    order = coded(chance, "PO-99999")
    hours = chance.randrange(11, 29)

    def draw() -> Sheet:
        canvas = Canvas(1000, 760, DEVELOP.sans, size=20)
        canvas.text(50, 40, "Harlow & Finch Joinery", size=30, face=DEVELOP.serif_bold)
        canvas.text(950, 44, "INVOICE", size=28, ink="#8a2f1d", align="right")
        canvas.lines(50, 130, ("Bill to", "Oakridge Primary School", "Elm Street, Derby"), step=30)
        facts = (
            ("Invoice date", british(issued)),
            ("Payable by", british(due)),
            ("Your order", order),
        )
        for row, (label, value) in enumerate(facts):
            canvas.row(130 + 34 * row, ((620, label), (950, value, "right")))
        canvas.panel((50, 290, 950, 330), fill="#eee6de")
        rows = (
            ("Description", "Hours", "Rate", "Amount"),
            ("Shelving, room 4", str(hours), "38.00", amount(3800 * hours)),
            ("Door frames", "6", "42.00", "252.00"),
        )
        columns: tuple[tuple[float, Align], ...] = (
            (60, "left"),
            (560, "right"),
            (740, "right"),
            (940, "right"),
        )
        canvas.table(297, columns, rows, step=44, head=DEVELOP.bold)
        canvas.row(480, ((600, "Balance due"), (940, f"£{amount(3800 * hours + 25200)}", "right")))
        canvas.text(50, 690, "Sort code 20-45-77   Account 6604 1832", size=18)
        return canvas.sheet()

    return scene(
        "invoice",
        draw,
        ask("date", "whats the deadline for paying this", british(due), photo=True),
        ask("code", "Wie war nochmal unsere Bestellnummer?", order),
        ask("table", "how many hours did they charge for the shelving", str(hours)),
    )


def rechnung() -> tuple[Pair, ...]:
    """A German invoice in two columns, each label above its value; no day to pay by."""
    chance = Random("rechnung")
    issued = day(chance, 2025)
    customer = coded(chance, "99 999 99")
    facts = (
        ("Rechnungsdatum", dotted(issued)),
        ("Kunden-Nr.", customer),
        ("Lieferdatum", dotted(issued - timedelta(days=9))),
        ("Zahlungsart", "Vorkasse"),
    )

    def draw() -> Sheet:
        canvas = Canvas(800, 560, DEVELOP.second, size=24, ground="#f4f6f8")
        canvas.text(40, 30, "Gartenbau Esche", size=36, ink="#2f6b2f")
        for number, (label, value) in enumerate(facts):
            x, y = 40 + 380 * (number % 2), 120 + 110 * (number // 2)
            canvas.text(x, y, label, size=18, ink="#67727c")
            canvas.text(x, y + 26, value, size=26)
        canvas.rule(40, 350, 760, 350, "#9aa6b0")
        canvas.row(376, ((40, "3 Apfelbäume, Halbstamm"), (760, "119,70 €", "right")))
        canvas.row(416, ((40, "Lieferung"), (760, "25,00 €", "right")))
        canvas.row(476, ((40, "Rechnungsbetrag"), (760, "144,70 €", "right")), size=28)
        return canvas.sheet()

    return scene(
        "rechnung",
        draw,
        ask("key_value", "Kundennummer bitte", customer, photo=True),
        ask("date", "bis wann muss ich zahlen"),
    )


def power() -> tuple[Pair, ...]:
    """An electricity bill that compares two years."""
    chance = Random("power")
    used = chance.randrange(2300, 2900)
    more = chance.randrange(4, 19)
    before = round(used * 100 / (100 + more))

    def draw() -> Sheet:
        canvas = Canvas(900, 520, DEVELOP.sans, size=22, ground="#fffef7")
        canvas.panel((0, 0, 900, 80), fill="#f2b705")
        canvas.text(40, 22, "Stadtwerke Ahrental", size=32, face=DEVELOP.bold)
        canvas.text(860, 30, f"Zähler-Nr. {coded(Random('meter'), '9AAA99999')}", align="right")
        canvas.row(120, ((40, "Ihr Verbrauch 2025"), (520, f"{used:,} kWh".replace(",", "."))))
        canvas.row(164, ((40, "Ihr Verbrauch 2024"), (520, f"{before:,} kWh".replace(",", "."))))
        canvas.row(208, ((40, "Veränderung zum Vorjahr"), (520, f"+ {more} %")))
        canvas.row(252, ((40, "Anteil erneuerbare Energien"), (520, "71 %")))
        canvas.rule(40, 310, 860, 310, "#c9b76a", width=2)
        canvas.row(330, ((40, "Neuer Abschlag ab März"), (520, "84,00 €")))
        return canvas.sheet()

    total = f"{used:,}".replace(",", ".")
    return scene(
        "power",
        draw,
        ask("key_value", "how much electrcity did we use in 2025", f"{total} kWh", total),
        ask(
            "percent",
            "um wie viel ist es mehr geworden als im vorjahr",
            f"{more} %",
            f"{more}%",
            photo=True,
        ),
        ask("percent", "Wie viel Prozent davon ist Atomstrom?"),
    )


def bank() -> tuple[Pair, ...]:
    """A bank statement with booking days."""
    chance = Random("bank")
    start = day(chance, 2026)
    names = ("Miete Wohnung 12", "Lohn Nordlicht AG", "Kletterhalle", "Rundfunkbeitrag")
    days = [start + timedelta(days=offset) for offset in (0, 2, 5, 11)]
    sums = ("-890,00", f"{amount(chance.randrange(200000, 280000), 'de')}", "-32,50", "-55,08")

    def draw() -> Sheet:
        canvas = Canvas(860, 420, DEVELOP.second, size=22)
        canvas.panel((0, 0, 860, 60), fill="#0d3b66")
        canvas.text(30, 14, f"Kontoauszug {days[0].month}/{days[0].year}", size=26, ink="#ffffff")
        rows = [("Buchung", "Text", "EUR")]
        for booked, name, money in zip(days, names, sums, strict=True):
            rows.append((dotted(booked), name, money))
        y = canvas.table(90, ((30, "left"), (240, "left"), (830, "right")), rows, step=48)
        canvas.text(30, y + 20, "Verfügungsrahmen: 1.500,00", size=20)
        return canvas.sheet()

    return scene(
        "bank",
        draw,
        ask("when", "wann ging die miete runter?", dotted(days[0])),
        ask("table", "how much was my salary this month", sums[1], photo=True),
        ask("date", "When did I pay the dentist?"),
    )


def sales() -> tuple[Pair, ...]:
    """A spreadsheet of quarters with row numbers and column letters."""
    chance = Random("sales")
    regions = ("North", "South", "East", "West", "Export", "Online")
    cells = [[f"{chance.randrange(10000, 99999):,}" for _ in range(3)] for _ in regions]

    def draw() -> Sheet:
        canvas = Canvas(900, 420, DEVELOP.second, size=20)
        canvas.panel((0, 0, 900, 36), fill="#e3e7e4")
        for letter, x in zip("ABCD", (170, 390, 590, 790), strict=True):
            canvas.text(x, 6, letter, ink="#666666", align="middle")
        for number in range(8):
            y = 44 + 44 * number
            canvas.text(30, y, str(number + 1), ink="#666666", align="middle")
            canvas.rule(0, y + 36, 900, y + 36, "#d5d9d6")
        canvas.row(
            44,
            ((70, "Region"), (470, "Q1", "right"), (670, "Q2", "right"), (870, "Q3", "right")),
            face=DEVELOP.bold,
        )
        for number, (region, values) in enumerate(zip(regions, cells, strict=True), 1):
            columns = zip((470, 670, 870), values, strict=True)
            canvas.row(
                44 + 44 * number, ((70, region), *((x, value, "right") for x, value in columns))
            )
        return canvas.sheet()

    return scene(
        "sales",
        draw,
        ask("table", "Wie war der Osten im zweiten Quartal?", cells[2][1]),
        ask("table", "what did West do in Q4"),
        ask("count", "how many regions are listed", "6", shows=regions),
    )


def payslip() -> tuple[Pair, ...]:
    """A Swiss payslip with rates in the middle column."""
    chance = Random("payslip")
    tenths = chance.randrange(70, 98)
    rate = f"{tenths / 10} %"
    fund = 615 * tenths
    paid = amount(615000 - 32595 - fund, "ch")

    def draw() -> Sheet:
        canvas = Canvas(760, 460, DEVELOP.till, size=22, ground="#f8f8f2")
        canvas.lines(30, 24, ("Lohnabrechnung Februar 2026", "Lüthi, Beat   Pers.-Nr. 4471"))
        rows = (
            ("Monatslohn", "", "6'150.00"),
            ("AHV/IV/EO", "5.3 %", "-325.95"),
            ("Pensionskasse", rate, f"-{amount(fund)}"),
            ("Quellensteuer", "0.0 %", "0.00"),
            ("Auszahlung CHF", "", paid),
        )
        canvas.table(120, ((30, "left"), (480, "right"), (730, "right")), rows, step=48)
        canvas.text(30, 400, "Valuta 25.02.2026, IBAN CH93 0076 2011 6238 5295 7")
        return canvas.sheet()

    return scene(
        "payslip",
        draw,
        ask(
            "percent",
            "what rate goes into the pention fund?",
            rate,
            rate.replace(" ", ""),
            photo=True,
        ),
        ask("money", "wie viel wurde mir überwiesen", paid),
    )


def library() -> tuple[Pair, ...]:
    """A slip with two books to bring back."""
    chance = Random("library")
    taken = day(chance, 2026)
    back = taken + timedelta(days=28)
    card = coded(chance, "LB 999 999")

    def draw() -> Sheet:
        canvas = Canvas(480, 420, DEVELOP.mono, size=18, ground="#fdfdfb")
        canvas.lines(
            30, 24, ("Millbrook Public Library", f"Card {card}", f"Borrowed {british(taken)}")
        )
        canvas.dashes(30, 450, 120, "#333333")
        y = canvas.lines(30, 134, ("The Salt Path", "Sourdough for Beginners"), step=34)
        canvas.dashes(30, 450, y + 6, "#333333")
        canvas.lines(30, y + 24, (f"Return by {british(back)}", "Late fee 0.25 per day"))
        return canvas.sheet()

    return scene(
        "library",
        draw,
        ask("date", "Wann müssen die Bücher zurück sein?", british(back), photo=True),
        ask("count", "how many books did I take out", "2",
            shows=("The Salt Path", "Sourdough for Beginners")),
    )  # fmt: skip


def flyer() -> tuple[Pair, ...]:
    """A loud flyer with two discounts and an end."""
    chance = Random("flyer")
    end = day(chance, 2026)
    second = chance.choice((40, 45, 60, 70))

    def draw() -> Sheet:
        canvas = Canvas(600, 520, DEVELOP.bold, size=30, ground="#c8102e", ink="#ffffff")
        canvas.text(300, 30, "SCHUH-AKTION", size=38, align="middle")
        canvas.text(300, 120, "1. Paar: 20 % Rabatt", align="middle")
        canvas.text(300, 180, f"2. Paar: {second} % Rabatt", align="middle", ink="#ffe14d")
        canvas.text(300, 300, f"Nur bis {german(end)}", size=26, align="middle")
        canvas.text(300, 360, "in allen Filialen", size=22, align="middle")
        canvas.text(300, 460, "Ausgenommen Bücher und Gutscheine", size=16, align="middle")
        return canvas.sheet()

    return scene(
        "flyer",
        draw,
        ask(
            "percent",
            "how much off do you get on the second pair",
            f"{second} %",
            f"{second}%",
            photo=True,
        ),
        ask("date", "letzter Tag der Aktion?", german(end)),
    )


BILLS: tuple[Pair, ...] = (
    *invoice(), *rechnung(), *power(), *bank(), *sales(), *payslip(), *library(), *flyer(),
)  # fmt: skip
