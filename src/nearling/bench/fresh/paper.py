"""Held-out pairs about letters, slips, notices and signs on paper."""

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import Wear, photo_of
from nearling.bench.fonts import FRESH
from nearling.bench.pairs import Pair


def _landlord_letter() -> Sheet:
    page = Canvas(800, 1020, FRESH.serif, size=21, ground="#fdfdfb")
    page.text(60, 50, "Wohnbau Süd eG", size=30, face=FRESH.serif_bold)
    page.text(60, 94, "Kanalstraße 18, 90402 Nürnberg", size=17, ink="#555555")
    page.lines(60, 170, ["An alle Mieterinnen und Mieter", "Haus Fürther Weg 5"])
    page.text(740, 260, "Nürnberg, den 2. Februar 2026", align="right")
    page.text(60, 320, "Ablesung der Heizkostenverteiler", size=23, face=FRESH.serif_bold)
    y = page.lines(60, 380, ["Guten Tag,", ""], step=32)
    y = page.paragraph(
        60,
        y - 8,
        "die jährliche Ablesung der Heizkörper und Wasserzähler steht an. Der Ableser kommt"
        " am 19. Februar 2026 zwischen 8 und 12 Uhr zu Ihnen. Bitte sorgen Sie dafür, dass"
        " alle Geräte frei zugänglich sind.",
        660,
        step=34,
    )
    y = page.paragraph(
        60,
        y + 16,
        "Wer an diesem Tag nicht zu Hause sein kann, gibt den Schlüssel bei einem Nachbarn ab"
        " oder nennt uns bis zum 12. Februar einen anderen Termin.",
        660,
        step=34,
    )
    page.lines(
        60,
        y + 30,
        ["Mit freundlichen Grüßen", "", "Martina Oelschläger", "Leiterin Vermietung"],
        step=32,
    )
    return page.sheet()


def _clinic_slip() -> Sheet:
    page = Canvas(640, 420, FRESH.sans, size=20, ground="#ffffff", ink="#1b2a41")
    page.panel((0, 0, 640, 70), fill="#4a90a4")
    page.text(28, 18, "Eastgate Eye Clinic", size=27, face=FRESH.bold, ink="#ffffff")
    page.text(28, 92, "Your next appointment", size=24)
    page.table(
        146,
        [(28, "left"), (230, "left")],
        [
            ("Patient", "Howard Simms"),
            ("Date", "Tuesday 18 November 2025"),
            ("Time", "9:20 am"),
            ("With", "Dr Farah Aziz"),
        ],
        step=44,
    )
    page.lines(
        28,
        340,
        ["Please do not drive after the eye drops.", "Printed on 6 October 2025"],
        size=17,
        ink="#55606e",
    )
    return page.sheet()


def _school_notice() -> Sheet:
    page = Canvas(760, 560, FRESH.serif, size=22, ground="#fffef6", ink="#222222")
    page.text(380, 36, "Year 5 Trip to Castle Farm", size=34, face=FRESH.serif_bold, align="middle")
    page.lines(
        60,
        120,
        [
            "Dear parents and carers,",
            "",
            "Date: Thursday 22 May",
            "Meeting point: Mill Lane car park, 8:10 am sharp",
            "Return: school gate, about 4 pm",
            "Cost: £12 per child, already paid",
            "Bring: packed lunch, waterproof coat, wellies",
            "",
            "Mrs Doyle and Mr Okafor",
        ],
        step=42,
    )
    return page.sheet()


def _lift_sign() -> Sheet:
    page = Canvas(560, 300, FRESH.bold, size=34, ground="#ffd60a", ink="#1a1a1a")
    page.panel((14, 14, 546, 286), outline="#1a1a1a", width=5, radius=16)
    page.text(280, 70, "Lift out of service", align="middle")
    page.text(280, 140, "Use the stairs at the back", size=27, face=FRESH.sans, align="middle")
    return page.sheet()


def _newsletter() -> Sheet:
    page = Canvas(1200, 820, FRESH.serif, size=20, ground="#ffffff")
    page.text(600, 30, "The Riverside Gazette", size=40, face=FRESH.serif_bold, align="middle")
    page.rule(50, 96, 1150, 96, "#222222", width=2)
    page.text(50, 120, "New bridge opens", size=26, face=FRESH.serif_bold)
    page.paragraph(
        50,
        170,
        "After two years of work the footbridge at Carver's Island is open again. It is 140"
        " metres long and carries walkers and cyclists. The council paid for the steel, and"
        " the paint was given by local firms. A second bridge further upstream is being"
        " planned, but nobody expects it before the end of the decade. The old ferry will"
        " run at weekends as long as enough people use it.",
        510,
        step=33,
    )
    page.text(640, 120, "Clean-up day a success", size=26, face=FRESH.serif_bold)
    page.paragraph(
        640,
        170,
        "On the first Sunday of March the river bank was cleared from the weir to the boat"
        " club. This year 64 volunteers came, more than ever before. They filled 215 sacks"
        " with rubbish and pulled nine bicycles out of the water. Soup and bread were served"
        " at the club house afterwards. The next clean-up is planned for the autumn, and"
        " gloves will be provided.",
        510,
        step=33,
    )
    page.rule(600, 124, 600, 560, "#bbbbbb")
    page.panel((50, 620, 1150, 770), fill="#eef3ee")
    page.text(80, 640, "Letters to the editor", size=24, face=FRESH.serif_bold)
    page.text(80, 690, "Send us your view by the 20th of each month. We print the best ones.")
    return page.sheet()


def _pharmacy_label() -> Sheet:
    page = Canvas(620, 380, FRESH.second, size=20, ground="#ffffff", ink="#102a43")
    page.panel((10, 10, 610, 370), outline="#b0122a", width=4, radius=10)
    page.text(34, 30, "Adler-Apotheke", size=28, ink="#b0122a")
    page.text(34, 76, "Lange Gasse 3, 99084 Erfurt", size=16)
    page.rule(34, 112, 586, 112, "#b0122a", width=2)
    page.table(
        128,
        [(34, "left"), (250, "left")],
        [
            ("Für", "Rolf Petersen"),
            ("Mittel", "Cefadon 500 mg"),
            ("Einnahme", "3 x täglich 1 Tablette"),
            ("Dauer", "7 Tage"),
            ("Hinweis", "nicht mit Milch"),
        ],
        step=46,
    )
    return page.sheet()


def _recipe_card() -> Sheet:
    page = Canvas(720, 520, FRESH.serif, size=23, ground="#fff8ec", ink="#402218")
    page.text(360, 28, "Gran's Almond Cake", size=38, face=FRESH.serif_bold, align="middle")
    page.rule(60, 96, 660, 96, "#c47f52", width=2)
    page.lines(
        60,
        120,
        ["200 g ground almonds", "150 g sugar", "4 eggs", "1 lemon, zest only", "a pinch of salt"],
        step=44,
    )
    page.paragraph(
        380,
        120,
        "Whisk the yolks with the sugar. Fold in almonds, zest and the beaten whites. Bake 45"
        " minutes at 170 °C.",
        290,
        step=38,
        size=21,
    )
    page.text(360, 430, "Serves 8", size=26, align="middle")
    return page.sheet()


def _bicycle_sign() -> Sheet:
    page = Canvas(600, 200, FRESH.bold, size=30, ground="#0b3d91", ink="#ffffff")
    page.panel((10, 10, 590, 190), outline="#ffffff", width=3)
    page.text(300, 74, "Fahrräder anlehnen verboten", align="middle")
    return page.sheet()


PAIRS = (
    Pair(
        "landlord-day",
        "date",
        "An welchem Tag kommt der Ableser?",
        ("19. Februar 2026",),
        photo_of(_landlord_letter, 301),
        damaged=True,
    ),
    Pair(
        "landlord-signed",
        "who",
        "wer hat den brief unterschrieben",
        ("Martina Oelschläger",),
        photo_of(_landlord_letter, 302, Wear(turn=3.5, blur=0.5), desk="#2f3640"),
        damaged=True,
    ),
    Pair(
        "landlord-reply",
        "says",
        "Schreib mir bitte eine freundliche Antwort auf diesen Brief.",
        (),
        _landlord_letter,
    ),
    Pair(
        "clinic-day",
        "date",
        "What day is my appointment?",
        ("Tuesday 18 November 2025", "18 November 2025", "Tuesday 18 November"),
        _clinic_slip,
    ),
    Pair(
        "trip-meeting",
        "where",
        "Where are we supposed to meet for the trip?",
        ("Mill Lane car park",),
        photo_of(_school_notice, 303),
        damaged=True,
    ),
    Pair(
        "lift-sign",
        "says",
        "what does this sign say?",
        ("Lift out of service Use the stairs at the back",),
        photo_of(_lift_sign, 304, desk="#b7b2a8"),
        damaged=True,
        evidence=("Lift out of service", "Use the stairs at the back"),
    ),
    Pair(
        "gazette-volunteers",
        "count",
        "How many volunteers took part in the clean-up?",
        ("64",),
        _newsletter,
    ),
    Pair(
        "pharmacy-dose",
        "key_value",
        "Wie oft muss ich die Tabletten nehmen?",
        ("3 x täglich",),
        photo_of(_pharmacy_label, 305),
        damaged=True,
    ),
    Pair(
        "recipe-eggs",
        "count",
        "how many egs do i need",
        ("4",),
        photo_of(_recipe_card, 306, Wear(shade=0.45)),
        damaged=True,
        evidence=("4 eggs",),
    ),
    Pair("bicycle-sign", "says", "Was steht da?", ("Fahrräder anlehnen verboten",), _bicycle_sign),
)
