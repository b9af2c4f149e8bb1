"""Scenes about devices: stickers, cards, settings and specifications."""

from datetime import timedelta
from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import british, coded, day
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def router() -> tuple[Pair, ...]:
    """The sticker below a router, tightly printed."""
    chance = Random("router")
    admin = coded(chance, "aa99aaa9")
    key = coded(chance, "9999 9999 9999 9999")
    model = coded(chance, "LNX-9999")

    def draw() -> Sheet:
        canvas = Canvas(620, 360, DEVELOP.sans, size=18, ground="#e7e7e2")
        canvas.text(24, 16, "LUNEX Home Gateway", size=24, face=DEVELOP.bold)
        facts = (
            ("Model", model),
            ("MAC", "3C:91:57:0A:E2:44"),
            ("Web login", "http://192.168.8.1"),
            ("Router password", admin),
            ("Wi-Fi key (WPA2)", key),
        )
        canvas.table(70, ((24, "left"), (240, "left")), facts, step=44)
        canvas.text(596, 330, "12V DC 1.5A", size=14, align="right")
        return canvas.sheet()

    return scene(
        "router",
        draw,
        ask(
            "password", "womit meld ich mich am router an? das kennwort mein ich, nicht wlan", admin
        ),
        ask("key_value", "what model is this box", model),
    )


def signin() -> tuple[Pair, ...]:
    """A letter from an office that gives first credentials."""
    chance = Random("signin")
    secret = coded(chance, "Aaaa-99-Aaaa")

    def draw() -> Sheet:
        canvas = Canvas(780, 440, DEVELOP.serif, size=22)
        canvas.text(40, 32, "Your account at Eastvale College", size=30, face=DEVELOP.serif_bold)
        canvas.paragraph(
            40, 90, "Please sign in within 14 days and change the initial secret.", 700
        )
        canvas.row(170, ((80, "User"), (420, "m.delacroix")))
        canvas.row(220, ((80, "Initial password"), (420, secret)))
        canvas.row(270, ((80, "Printer PIN"), (420, coded(Random("pin"), "9999"))))
        canvas.text(40, 370, "Help: room C14, weekdays", size=19)
        return canvas.sheet()

    return scene(
        "signin",
        draw,
        ask("password", "what do I type in as password the first time?", secret, photo=True),
        ask("password", "what's my e-mail password"),
    )


def token() -> tuple[Pair, ...]:
    """A text message with a one-time code."""
    code = coded(Random("token"), "999 999")

    def draw() -> Sheet:
        canvas = Canvas(480, 320, DEVELOP.second, size=22, ground="#f2f2f7")
        canvas.text(240, 18, "Sparbank", size=20, align="middle")
        canvas.text(240, 52, "Today 09:14", size=16, ink="#8e8e93", align="middle")
        canvas.panel((20, 90, 440, 260), fill="#e1e1e6", radius=18)
        canvas.lines(
            40,
            106,
            (
                f"{code} is your TAN for the",
                "transfer of 219.00 EUR.",
                "Never tell it to anyone.",
                "Valid for 5 minutes.",
            ),
        )
        return canvas.sheet()

    return scene("token", draw, ask("password", "one time code?", code))


def gate() -> tuple[Pair, ...]:
    """A sign beside a keypad."""
    pin = coded(Random("gate"), "#9999*")

    def draw() -> Sheet:
        canvas = Canvas(400, 200, DEVELOP.bold, size=30, ground="#263238", ink="#eceff1")
        canvas.text(200, 16, "GARAGE", size=32, align="middle")
        canvas.text(200, 72, f"Code {pin}", size=30, align="middle", ink="#80cbc4")
        canvas.text(200, 146, "Gate shuts after 20 s", size=16, align="middle")
        return canvas.sheet()

    return scene("gate", draw, ask("password", "how do I get the garage gate open", pin))


def settings() -> tuple[Pair, ...]:
    """A dark settings screen with switches and values at the right."""
    bright = Random("settings").randrange(31, 78)

    def draw() -> Sheet:
        canvas = Canvas(700, 520, DEVELOP.sans, size=22, ground="#1c1c1e", ink="#f2f2f2")
        canvas.text(30, 24, "Display", size=30, face=DEVELOP.bold)
        rows = (
            ("Appearance", "Dark"),
            ("Brightness", f"{bright} %"),
            ("Text size", "110 %"),
            ("Turn off after", "5 minutes"),
            ("Refresh rate", "120 Hz"),
        )
        for number, row in enumerate(rows):
            y = 90 + 80 * number
            canvas.panel((20, y, 680, y + 66), fill="#2c2c2e", radius=10)
            canvas.row(y + 18, ((40, row[0]), (660, row[1], "right")))
        return canvas.sheet()

    return scene(
        "settings",
        draw,
        ask("percent", "how bright is the screen set", f"{bright} %", f"{bright}%"),
    )


def laptop() -> tuple[Pair, ...]:
    """A specification in two columns."""
    chance = Random("laptop")
    weight = f"{chance.randrange(112, 189) / 100} kg"

    def draw() -> Sheet:
        canvas = Canvas(800, 320, DEVELOP.sans, size=14, ground="#eef1f4")
        canvas.text(30, 20, "Corvid 14 - technical data", size=24)
        left = (("Screen", "14.2 in, 2560 x 1600"), ("Memory", "32 GB"), ("Storage", "1 TB SSD"))
        right = (("Weight", weight), ("Battery", "62 Wh"), ("Ports", "2 USB-C, HDMI"))
        for x, facts in ((30, left), (440, right)):
            for number, (label, value) in enumerate(facts):
                canvas.row(90 + 56 * number, ((x, label), (x + 130, value)))
        canvas.text(30, 284, "Subject to change.", size=12)
        return canvas.sheet()

    return scene(
        "laptop",
        draw,
        ask("key_value", "Wie viel wiegt das Notebook?", weight, weight.replace(" ", "")),
        ask("key_value", "what colour does it come in"),
    )


def warranty() -> tuple[Pair, ...]:
    """A warranty card that says when it ends and not when it began."""
    chance = Random("warranty")
    end = day(chance, 2028) + timedelta(days=40)
    serial = coded(chance, "AA99-999999")

    def draw() -> Sheet:
        canvas = Canvas(640, 400, DEVELOP.serif, size=24, ground="#f8f1dc", ink="#40321a")
        canvas.panel((14, 14, 626, 386), outline="#a08850", width=3)
        canvas.text(320, 34, "WARRANTY CARD", size=32, face=DEVELOP.serif_bold, align="middle")
        canvas.lines(
            50,
            110,
            ("Product: Bread maker BM-7", f"S/N {serial}", f"Covered until {british(end)}"),
            step=52,
        )
        canvas.text(50, 310, "Keep this card with your receipt.", size=20)
        return canvas.sheet()

    return scene(
        "warranty",
        draw,
        ask("code", "seriennummer", serial, photo=True),
        ask("date", "When did we buy the bread maker?"),
    )


DEVICES: tuple[Pair, ...] = (
    *router(), *signin(), *token(), *gate(), *settings(), *laptop(), *warranty(),
)  # fmt: skip
