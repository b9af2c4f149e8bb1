"""Held-out pairs about posters, league tables, opening hours and business cards."""

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.fonts import FRESH
from nearling.bench.pairs import Pair


def _concert_poster() -> Sheet:
    page = Canvas(760, 1000, FRESH.bold, size=28, ground="#2b0a3d", ink="#ffe8a3")
    page.text(380, 60, "SUMMER STRINGS", size=40, align="middle")
    page.text(380, 140, "an evening with the", size=24, face=FRESH.sans, align="middle")
    page.text(380, 186, "Corvina Quartet", size=40, face=FRESH.serif_bold, align="middle")
    page.disc((230, 290, 530, 590), "#ff7a59")
    page.disc((290, 350, 470, 530), "#2b0a3d")
    page.text(380, 640, "Saturday, 12 July", size=38, align="middle")
    page.text(380, 700, "Doors 7.00 pm  Music 7.45 pm", size=24, face=FRESH.sans, align="middle")
    page.text(380, 770, "Harbour Hall, 9 Quay Street", size=28, align="middle")
    page.text(380, 880, "Tickets from 1 May at the tourist office", size=21, align="middle")
    page.text(380, 920, "£18 / £12 reduced", size=24, face=FRESH.sans, align="middle")
    return page.sheet()


def _league_table() -> Sheet:
    page = Canvas(960, 560, FRESH.sans, size=20, ground="#f8fafc", ink="#0f172a")
    page.panel((0, 0, 960, 70), fill="#0f172a")
    page.text(30, 18, "County League, Week 14", size=28, face=FRESH.bold, ink="#ffffff")
    rows = (
        ("", "Team", "Played", "Won", "Goals", "Points"),
        ("1", "Ashford Rovers", "14", "10", "33:12", "32"),
        ("2", "Milton Wanderers", "13", "9", "27:15", "28"),
        ("3", "Garside United", "14", "8", "24:19", "26"),
        ("4", "Peel Athletic", "14", "6", "21:20", "21"),
        ("5", "Dunmore Town", "13", "3", "11:29", "10"),
    )
    for number, (place, team, *numbers) in enumerate(rows):
        y = 96 + 70 * number
        face = FRESH.bold if number == 0 else FRESH.sans
        if number % 2 == 1:
            page.panel((20, y - 4, 940, y + 56), fill="#e2e8f0", radius=6)
        if place:
            page.text(50, y + 10, place, align="right")
        page.text(90, y + 10, team, face=face)
        for x, cell in zip((500, 620, 770, 910), numbers, strict=True):
            page.text(x, y + 10, cell, face=face, align="right")
    return page.sheet()


def _library_hours() -> Sheet:
    page = Canvas(640, 620, FRESH.serif, size=26, ground="#ffffff", ink="#14342b")
    page.panel((16, 16, 624, 604), outline="#14342b", width=3, radius=20)
    page.text(320, 40, "Stadtbücherei Mitte", size=34, face=FRESH.serif_bold, align="middle")
    page.text(320, 100, "Öffnungszeiten", size=26, align="middle")
    page.table(
        164,
        [(60, "left"), (580, "right")],
        [
            ("Montag", "geschlossen"),
            ("Dienstag", "10:00 - 18:00"),
            ("Mittwoch", "12:00 - 18:30"),
            ("Donnerstag", "10:00 - 20:00"),
            ("Freitag", "09:00 - 17:00"),
            ("Samstag", "10:30 - 14:00"),
        ],
        step=62,
    )
    page.text(320, 546, "Rückgabekasten rund um die Uhr", size=20, align="middle")
    return page.sheet()


def _business_card() -> Sheet:
    page = Canvas(680, 390, FRESH.second, size=18, ground="#ffffff", ink="#263238")
    page.panel((0, 0, 18, 390), fill="#ff6f00")
    page.text(52, 40, "Beatriz Cordeiro", size=34)
    page.text(52, 94, "Structural Engineer", size=20, ink="#78909c")
    page.text(640, 50, "ALTO", size=30, face=FRESH.bold, ink="#ff6f00", align="right")
    page.lines(
        52,
        170,
        [
            "Office  +351 21 555 0140",
            "Mobile  +351 912 555 078",
            "beatriz.cordeiro@alto.example",
            "Avenida da Liberdade 88, Lisbon",
        ],
        step=46,
    )
    return page.sheet()


def _house_notice() -> Sheet:
    page = Canvas(720, 420, FRESH.sans, size=21, ground="#fffbe6", ink="#333333")
    page.text(360, 30, "Hausmeisterdienst", size=34, face=FRESH.bold, align="middle")
    page.lines(
        60,
        110,
        [
            "Herr Kolbe ist montags bis donnerstags im Haus.",
            "Sprechzeit: 8 bis 10 Uhr, Büro im Keller",
            "Hausverwaltung: 0911 555 42 10",
            "Feuerwehr und Rettung: 112",
            "Ersatzschlüssel nur gegen Ausweis.",
        ],
        step=54,
    )
    return page.sheet()


def _museum_prices() -> Sheet:
    page = Canvas(760, 520, FRESH.sans, size=24, ground="#e8eef1", ink="#1b1b1b")
    page.panel((0, 0, 760, 100), fill="#b23a48")
    page.text(40, 26, "Uhrenmuseum Winterthal", size=36, face=FRESH.bold, ink="#ffffff")
    page.table(
        140,
        [(50, "left"), (710, "right")],
        [
            ("Erwachsene", "CHF 14.00"),
            ("Studierende", "CHF 9.50"),
            ("Kinder bis 16 Jahre", "CHF 6.50"),
            ("Familienkarte", "CHF 30.00"),
            ("Führung (ca. 1 Stunde)", "CHF 5.00"),
        ],
        step=66,
    )
    page.text(50, 474, "Mittwochs ab 17 Uhr freier Eintritt", size=19)
    return page.sheet()


PAIRS = (
    Pair(
        "poster-day",
        "date",
        "what day is the concert?",
        ("Saturday, 12 July", "12 July"),
        _concert_poster,
    ),
    Pair(
        "poster-capital",
        "key_value",
        "What is the capital of Australia?",
        (),
        _concert_poster,
    ),
    Pair("league-points", "table", "how many points do Garside have", ("26",), _league_table),
    Pair(
        "league-absent",
        "table",
        "How many goals has Kirkham Albion scored?",
        (),
        _league_table,
    ),
    Pair(
        "library-thursday",
        "time",
        "Bis wann hat die Bücherei am Donnerstag offen?",
        ("20:00",),
        _library_hours,
    ),
    Pair("card-mobile", "phone", "whats her mobile number", ("+351 912 555 078",), _business_card),
    Pair(
        "caretaker-mobile",
        "phone",
        "Wie ist die Handynummer vom Hausmeister?",
        (),
        _house_notice,
    ),
    Pair(
        "museum-child",
        "money",
        "Was kostet der Eintritt für ein Kind?",
        ("6.50", "CHF 6.50"),
        _museum_prices,
    ),
)
