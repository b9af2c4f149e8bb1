"""Held-out pairs about receipts, menus, price lists and invoices."""

from nearling.bench.canvas import Align, Canvas, Sheet
from nearling.bench.damage import photo_of
from nearling.bench.fonts import FRESH
from nearling.bench.pairs import Pair


def _market_receipt() -> Sheet:
    page = Canvas(440, 640, FRESH.till, size=19, ground="#fcfbf7")
    page.text(220, 24, "HOFMARKT SEEBERG", size=26, align="middle")
    y = page.lines(
        220, 62, ["Lindenallee 4, 24103 Kiel", "Steuer-Nr. 19/284/00713"], align="middle"
    )
    page.dashes(24, 416, y + 8, "#444444")
    y = page.table(
        y + 22,
        [(24, "left"), (416, "right")],
        [
            ("Roggenbrot 750g", "3,49 B"),
            ("Butter mild", "2,29 B"),
            ("Tomaten lose", "1,87 B"),
            ("Espresso Bohnen", "7,98 B"),
            ("Papiertücher", "1,19 A"),
        ],
        step=30,
    )
    page.dashes(24, 416, y + 4, "#444444")
    y = page.row(y + 16, [(24, "SUMME EUR"), (416, "16,82", "right")], size=24)
    y = page.row(y + 4, [(24, "Gegeben BAR"), (416, "20,00", "right")])
    y = page.row(y + 4, [(24, "Rückgeld"), (416, "3,18", "right")])
    y = page.row(y + 16, [(24, "A 19,00 % MwSt"), (416, "0,19", "right")], size=16)
    y = page.row(y, [(24, "B 7,00 % MwSt"), (416, "1,02", "right")], size=16)
    page.text(220, y + 18, "14.03.2025 17:46 Kasse 2 Bon 8841", size=17, align="middle")
    page.text(220, y + 50, "Vielen Dank für Ihren Einkauf!", size=17, align="middle")
    return page.sheet()


def _diner_receipt() -> Sheet:
    page = Canvas(460, 620, FRESH.mono, size=17, ground="#ffffff", ink="#222222")
    y = page.lines(230, 26, ["THE COPPER SPOON"], size=24, align="middle")
    y = page.lines(230, y, ["218 Alder St, Portland OR", "Table 12   Server: Dana"], align="middle")
    y = page.table(
        y + 20,
        [(26, "left"), (434, "right")],
        [
            ("2 Iced tea", "7.00"),
            ("1 Club sandwich", "13.50"),
            ("1 Cobb salad", "14.25"),
            ("1 Key lime pie", "6.75"),
        ],
        step=30,
    )
    page.rule(26, y + 6, 434, y + 6, "#333333")
    y = page.row(y + 18, [(26, "Subtotal"), (434, "41.50", "right")])
    y = page.row(y + 2, [(26, "Sales tax"), (434, "3.32", "right")])
    y = page.row(y + 8, [(26, "TOTAL DUE"), (434, "$44.82", "right")], size=23)
    y = page.row(y + 24, [(26, "Gratuity"), (190, "$")])
    page.rule(210, y - 6, 434, y - 6, "#333333")
    y = page.row(y + 10, [(26, "Signature")])
    page.rule(190, y - 6, 434, y - 6, "#333333")
    page.text(230, y + 24, "06/21/2025  1:07 PM", align="middle")
    return page.sheet()


def _menu() -> Sheet:
    page = Canvas(1000, 720, FRESH.serif, size=21, ground="#fbf4e4", ink="#3a2a1c")
    page.text(500, 34, "Trattoria Belvedere", size=40, face=FRESH.serif_bold, align="middle")
    page.rule(120, 98, 880, 98, "#a5835a", width=2)
    columns = (
        (
            60,
            (
                ("Starters", (("Bruschetta al pomodoro", "6.20"), ("Burrata with figs", "9.80"))),
                ("Soups", (("Minestrone", "7.40"), ("Cream of pumpkin", "7.90"))),
            ),
        ),
        (
            540,
            (
                (
                    "Mains",
                    (
                        ("Mushroom risotto", "14.50"),
                        ("Seafood linguine", "17.90"),
                        ("Veal saltimbocca", "21.50"),
                    ),
                ),
                ("Desserts", (("Tiramisu", "6.80"), ("Lemon sorbet", "5.40"))),
            ),
        ),
    )
    for left, groups in columns:
        y = 140.0
        for title, dishes in groups:
            page.text(left, y, title, size=27, face=FRESH.serif_bold, ink="#8a3b1e")
            sides: list[tuple[float, Align]] = [(left, "left"), (left + 400, "right")]
            y = page.table(y + 48, sides, dishes, step=44) + 24
    page.text(500, 660, "All prices in euros, service included", size=17, align="middle")
    return page.sheet()


def _bakery_board() -> Sheet:
    page = Canvas(680, 560, FRESH.second, size=25, ground="#23302b", ink="#f3efe0")
    page.text(340, 30, "BÄCKEREI STEINKE", size=36, ink="#f2c14e", align="middle")
    page.text(340, 84, "heute frisch aus dem Ofen", size=20, align="middle")
    y = page.table(
        150,
        [(60, "left"), (430, "right"), (620, "right")],
        [
            ("", "Stück", "5 Stück"),
            ("Kürbiskernbrötchen", "0,85", "3,90"),
            ("Laugenbrezel", "0,95", "4,40"),
            ("Franzbrötchen", "1,90", "8,75"),
            ("Mohnschnecke", "2,15", "9,95"),
        ],
        step=62,
    )
    page.rule(60, 202, 620, 202, "#f2c14e", width=2)
    page.text(340, y + 14, "Preise in Euro", size=18, align="middle")
    return page.sheet()


def _german_invoice() -> Sheet:
    page = Canvas(820, 1040, FRESH.sans, size=18, ground="#fefefe")
    page.text(60, 50, "Tischlerei Brandl GmbH", size=30, face=FRESH.bold, ink="#1f4e79")
    page.text(60, 96, "Am Sägewerk 11 · 83022 Rosenheim", size=15, ink="#666666")
    page.lines(60, 170, ["Frau", "Sabine Körner", "Innstraße 77", "83024 Rosenheim"], step=27)
    y = page.table(
        170,
        [(470, "left"), (760, "right")],
        [
            ("Rechnung Nr.", "RE-2025-00478"),
            ("Kundennummer", "K-10936"),
            ("Rechnungsdatum", "09.05.2025"),
            ("Auftrag vom", "22.04.2025"),
        ],
        step=30,
    )
    page.text(60, 350, "Rechnung", size=34, face=FRESH.bold)
    page.panel((60, 420, 760, 460), fill="#e6edf4")
    y = page.table(
        426,
        [(72, "left"), (120, "left"), (560, "right"), (748, "right")],
        [
            ("Pos", "Leistung", "Menge", "Betrag"),
            ("1", "Regal Eiche, geölt", "1", "640,00 €"),
            ("2", "Einlegeboden", "4", "112,00 €"),
            ("3", "Montage vor Ort", "3 Std.", "174,00 €"),
        ],
        step=48,
        head=FRESH.bold,
    )
    page.rule(60, y, 760, y, "#888888")
    y = page.row(y + 14, [(470, "Nettobetrag"), (748, "926,00 €", "right")])
    y = page.row(y + 6, [(470, "zzgl. 19 % USt."), (748, "175,94 €", "right")])
    y = page.row(y + 6, [(470, "Gesamtbetrag"), (748, "1.101,94 €", "right")], face=FRESH.bold)
    page.lines(
        60,
        y + 60,
        ["Bitte geben Sie bei der Überweisung die Rechnungsnummer an.", "Herzlichen Dank!"],
    )
    page.text(60, 976, "IBAN DE02 1203 0000 0000 2020 51", size=15, ink="#666666")
    return page.sheet()


def _plumber_invoice() -> Sheet:
    page = Canvas(900, 760, FRESH.second, size=19, ground="#ffffff", ink="#1d2733")
    page.panel((0, 0, 900, 96), fill="#0f5c6e")
    page.text(40, 26, "Penrose Plumbing & Heating", size=30, ink="#ffffff")
    page.text(860, 34, "INVOICE 3316", size=22, ink="#cfe9ef", align="right")
    page.lines(40, 130, ["Bill to", "Mr A. Whitcombe", "6 Orchard Rise", "Truro TR1 2QD"], step=32)
    page.table(
        130,
        [(500, "left"), (860, "right")],
        [("Issued", "29 January 2026"), ("Payment due", "28 February 2026")],
        step=36,
    )
    y = page.table(
        330,
        [(40, "left"), (560, "right"), (860, "right")],
        [
            ("Description", "Hours", "Amount"),
            ("Replace boiler valve", "2.5", "£162.50"),
            ("Parts: valve, seals", "", "£48.90"),
            ("Call-out charge", "", "£35.00"),
        ],
        step=44,
        face=FRESH.sans,
        head=FRESH.bold,
    )
    page.rule(40, y + 4, 860, y + 4, "#0f5c6e", width=2)
    y = page.row(y + 22, [(560, "Net"), (860, "£246.40", "right")])
    y = page.row(y + 8, [(560, "VAT at 20%"), (860, "£49.28", "right")])
    page.row(y + 8, [(560, "To pay"), (860, "£295.68", "right")], size=25)
    return page.sheet()


PAIRS = (
    Pair(
        "market-change",
        "money",
        "Wie viel Rückgeld habe ich bekommen?",
        ("3,18",),
        photo_of(_market_receipt, 101, desk="#8a7a68"),
        damaged=True,
    ),
    Pair(
        "diner-tip",
        "money",
        "how much did i tip",
        (),
        photo_of(_diner_receipt, 102),
        damaged=True,
    ),
    Pair("menu-price", "money", "What does the mushroom risotto cost?", ("14.50",), _menu),
    Pair(
        "menu-advice",
        "which",
        "Which of these dishes would you pick for a first date, and why?",
        (),
        _menu,
    ),
    Pair("bakery-table", "table", "was kosten 5 Laugenbrezeln?", ("4,40",), _bakery_board),
    Pair(
        "joiner-number",
        "code",
        "Rechnungsnummer?",
        ("RE-2025-00478",),
        photo_of(_german_invoice, 103, desk="#4a4f57"),
        damaged=True,
    ),
    Pair("joiner-due", "when", "Bis wann muss ich die Rechnung bezahlen?", (), _german_invoice),
    Pair(
        "plumber-due",
        "when",
        "Could you tell me when this has to be paid by, please?",
        ("28 February 2026",),
        _plumber_invoice,
    ),
    Pair("plumber-tax", "percent", "what's the VAT rate on this bill", ("20%",), _plumber_invoice),
)
