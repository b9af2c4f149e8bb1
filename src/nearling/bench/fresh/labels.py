"""Held-out pairs about Wi-Fi cards, stickers, parcel labels and warranty cards."""

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import Wear, photo_of
from nearling.bench.fonts import FRESH
from nearling.bench.pairs import Pair


def _flat_wifi() -> Sheet:
    page = Canvas(600, 360, FRESH.sans, size=22, ground="#fdf6ec", ink="#3b2f2f")
    page.text(300, 26, "Willkommen in der Ferienwohnung", size=26, face=FRESH.bold, align="middle")
    page.rule(60, 80, 540, 80, "#c99b6d", width=2)
    page.lines(
        60,
        104,
        [
            "WLAN: Seeblick-EG",
            "Passwort: Hafen!Möwe27",
            "Türcode: steht in Ihrer E-Mail",
            "Müll: montags vor 7 Uhr",
        ],
        step=54,
    )
    return page.sheet()


def _cafe_wifi() -> Sheet:
    page = Canvas(520, 400, FRESH.second, size=24, ground="#26413c", ink="#f5efe0")
    page.text(260, 34, "Free Wi-Fi", size=40, align="middle")
    page.text(260, 112, "network", size=18, ink="#b8d8d0", align="middle")
    page.text(260, 140, "Foxglove Guest", size=28, align="middle")
    page.text(260, 212, "password", size=18, ink="#b8d8d0", align="middle")
    page.text(260, 240, "flatwhite-4-you", size=28, align="middle")
    page.text(260, 330, "Be kind, buy a coffee", size=19, align="middle")
    return page.sheet()


def _router_sticker() -> Sheet:
    page = Canvas(680, 440, FRESH.sans, size=19, ground="#f2f2f2", ink="#111111")
    page.panel((12, 12, 668, 428), fill="#ffffff", outline="#999999", radius=10)
    page.text(36, 28, "Voltanet HomeHub 6", size=26, face=FRESH.bold)
    page.table(
        84,
        [(36, "left"), (300, "left")],
        [
            ("Wireless name", "HomeHub6-A41C"),
            ("Wireless key", "kx7f-93pm-tdq2"),
            ("Settings page", "http://192.168.1.254"),
            ("Admin password", "ZR4H8VNW"),
            ("Serial number", "VN6-2210-0093417"),
        ],
        step=48,
    )
    page.stripes((36, 342, 420, 390), "2113121421132112413121142131")
    page.text(36, 396, "MAC 3C:84:6A:0E:A4:1C", size=15)
    page.text(640, 396, "12 V 1.5 A", size=15, align="right")
    return page.sheet()


def _studio_wifi() -> Sheet:
    page = Canvas(640, 340, FRESH.sans, size=22, ground="#ffffff", ink="#20124d")
    page.panel((0, 0, 640, 84), fill="#20124d")
    page.text(
        320, 20, "Visitors: get online", size=32, face=FRESH.bold, ink="#ffffff", align="middle"
    )
    page.table(
        118,
        [(50, "left"), (260, "left")],
        [
            ("Network", "Studio-Guest"),
            ("Password", "maple-kettle-42"),
            ("Speed", "up to 50 Mbit/s"),
        ],
        step=56,
    )
    page.text(50, 290, "Questions? Ask at the front desk.", size=18)
    return page.sheet()


def _parcel_label() -> Sheet:
    page = Canvas(640, 780, FRESH.sans, size=20, ground="#ffffff", ink="#000000")
    page.panel((10, 10, 630, 770), outline="#000000", width=3)
    page.text(30, 26, "PAKET BLITZ", size=34, face=FRESH.bold)
    page.text(610, 34, "12,4 kg", size=24, align="right")
    page.rule(10, 90, 630, 90, "#000000", width=2)
    page.text(30, 104, "Absender", size=15)
    page.lines(30, 128, ["Gartenhaus Lehmann", "Am Anger 2", "06484 Quedlinburg"], step=30)
    page.rule(10, 232, 630, 232, "#000000", width=2)
    page.text(30, 246, "Empfänger", size=15)
    page.lines(30, 272, ["Yusuf Demirel", "Bergmannstraße 101", "10961 Berlin"], size=27, step=44)
    page.rule(10, 424, 630, 424, "#000000", width=2)
    page.stripes((70, 450, 570, 600), "21312411321421312113241211321412312141")
    page.text(320, 612, "PB 4471 0926 5538 DE", size=25, align="middle")
    page.rule(10, 664, 630, 664, "#000000", width=2)
    page.row(
        682, [(30, "Sendungsnummer siehe Strichcode"), (610, "Route 30-118", "right")], size=17
    )
    page.text(30, 722, "Bei Abwesenheit: Ablageort Garage", size=17)
    return page.sheet()


def _warranty_card() -> Sheet:
    page = Canvas(760, 460, FRESH.serif, size=22, ground="#f7f3e8", ink="#2a2a2a")
    page.panel((16, 16, 744, 444), outline="#8c6d31", width=3)
    page.text(380, 36, "Certificate of Warranty", size=36, face=FRESH.serif_bold, align="middle")
    page.table(
        124,
        [(60, "left"), (330, "left")],
        [
            ("Product", "Aria hand blender HB-350"),
            ("Sold on", "14 Sept 2024"),
            ("Covered until", "13 Sept 2027"),
            ("Dealer", "Norris Electricals, Bath"),
            ("Register by", "31 Dec 2024"),
        ],
        step=54,
    )
    page.text(380, 400, "Keep this card with your receipt", size=18, align="middle")
    return page.sheet()


def _cheese_label() -> Sheet:
    page = Canvas(560, 420, FRESH.second, size=21, ground="#fff6d6", ink="#4a2c0a")
    page.text(280, 26, "Almberger Bergkäse", size=32, align="middle")
    page.text(280, 80, "aus Heumilch, 6 Monate gereift", size=19, align="middle")
    page.rule(40, 124, 520, 124, "#4a2c0a", width=2)
    page.table(
        142,
        [(40, "left"), (520, "right")],
        [
            ("Fett i. Tr.", "52 %"),
            ("Salz", "1,6 %"),
            ("Gewicht", "245 g"),
            ("Preis je kg", "21,90 €"),
            ("Mindestens haltbar bis", "08.01.26"),
        ],
        step=50,
    )
    return page.sheet()


PAIRS = (
    Pair(
        "flat-password",
        "password",
        "wie ist das wlan passwort",
        ("Hafen!Möwe27",),
        photo_of(_flat_wifi, 501),
        damaged=True,
    ),
    Pair("cafe-password", "password", "whats the wifi pasword?", ("flatwhite-4-you",), _cafe_wifi),
    Pair(
        "router-admin",
        "password",
        "I need the admin password of this router.",
        ("ZR4H8VNW",),
        photo_of(_router_sticker, 502, Wear(blur=0.5), desk="#3f3f46"),
        damaged=True,
    ),
    Pair(
        "studio-staff",
        "password",
        "What is the password for the Studio-Staff network?",
        (),
        _studio_wifi,
    ),
    Pair("parcel-number", "code", "Sendungsnummer?", ("PB 4471 0926 5538 DE",), _parcel_label),
    Pair(
        "parcel-sender",
        "who",
        "Wer hat mir das Paket geschickt?",
        ("Gartenhaus Lehmann",),
        photo_of(_parcel_label, 503, Wear(turn=3.0), desk="#a98d6d"),
        damaged=True,
    ),
    Pair(
        "warranty-end",
        "date",
        "Until what date is the blender under warranty?",
        ("13 Sept 2027",),
        photo_of(_warranty_card, 504),
        damaged=True,
    ),
    Pair(
        "cheese-fat",
        "percent",
        "Wie viel Prozent Fett hat der Käse?",
        ("52 %", "52"),
        photo_of(_cheese_label, 505, Wear(noise=5.0)),
        damaged=True,
    ),
)
