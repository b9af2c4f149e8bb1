"""Scenes in which people write to people: mails, chats, letters and notes."""

from datetime import timedelta
from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import british, coded, day, german
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def chat() -> tuple[Pair, ...]:
    """A dark chat with bubbles left and right."""
    chance = Random("chat")
    number = f"0171 {coded(chance, '999 99 99')}"
    talk = (
        ("l", "Bist du schon unterwegs?", "17:02"),
        ("r", "ja, stehe im stau bei Hilden", "17:05"),
        ("l", "Ok. Treffpunkt ist der Nordeingang.", "17:06"),
        ("l", f"Falls was ist: {number}", "17:06"),
        ("r", "super, bring bitte die Karten mit", "17:09"),
    )

    def draw() -> Sheet:
        canvas = Canvas(560, 620, DEVELOP.second, size=23, ground="#0b141a", ink="#e9edef")
        canvas.panel((0, 0, 560, 70), fill="#202c33")
        canvas.text(90, 18, "Katrin Möller", size=26)
        canvas.disc((24, 12, 70, 58), "#c58b3a")
        for row, (side, text, clock) in enumerate(talk):
            y = 100 + 100 * row
            wide = canvas.measure(text) + 36
            left = 20 if side == "l" else 540 - wide
            fill = "#202c33" if side == "l" else "#005c4b"
            canvas.panel((left, y, left + wide, y + 78), fill=fill, radius=12)
            canvas.text(left + 18, y + 8, text)
            canvas.text(left + wide - 14, y + 48, clock, size=17, ink="#aab4ba", align="right")
        return canvas.sheet()

    return scene(
        "chat",
        draw,
        ask("where", "wo treffen wir uns nochmal", "Nordeingang"),
        ask("phone", "Which number can I call her on?", number),
        ask("says", "What did Katrin ask first?", talk[0][1], photo=True),
        ask("who", "Mit wem schreib ich hier?", "Katrin Möller"),
        ask("says", "schreib ihr bitte eine nette antwort"),
    )


def mail() -> tuple[Pair, ...]:
    """An English mail with its headers."""
    chance = Random("mail")
    sent = day(chance, 2026)
    due = sent + timedelta(days=16)

    def draw() -> Sheet:
        canvas = Canvas(900, 520, DEVELOP.sans, size=19)
        canvas.text(30, 22, "Venue for the autumn retreat", size=28, face=DEVELOP.bold)
        canvas.rule(30, 70, 870, 70, "#cccccc")
        canvas.table(
            84,
            ((30, "left"), (120, "left")),
            (
                ("From:", "Ifeoma Okafor <i.okafor@brightwater.example>"),
                ("To:", "Tomasz Zielinski"),
                ("Sent:", f"{british(sent)}, 14:26"),
            ),
            step=30,
            ink="#555555",
        )
        y = canvas.lines(30, 196, ("Hi Tomasz,", "")) - 8
        y = canvas.paragraph(
            30,
            y,
            "the lodge in Keswick has confirmed. They hold the rooms for us without a deposit.",
            820,
        )
        y = canvas.text(30, y + 16, f"Please send me the final head count by {british(due)}.")[3]
        y = canvas.text(30, y + 16, "We would take the minibus from Leeds; parking is free.")[3]
        canvas.lines(30, y + 24, ("Best", "Ifeoma"))
        return canvas.sheet()

    return scene(
        "mail",
        draw,
        ask("date", "until when does she need the numbers", british(due)),
        ask("who", "von wem ist die mail", "Ifeoma Okafor", "Ifeoma", photo=True),
        ask("where", "where is the retreat going to be?", "Keswick"),
        ask("when", "when was this emial sent", british(sent), f"{british(sent)}, 14:26"),
        ask("money", "what's the deposit in pounds"),
    )


def fridge() -> tuple[Pair, ...]:
    """A yellow note."""
    text = "Bitte die Katze vor 19 Uhr füttern!"

    def draw() -> Sheet:
        canvas = Canvas(560, 380, DEVELOP.serif, size=28, ground="#fff19a", ink="#27346b")
        canvas.lines(
            40, 40, ("Hallo Jonas,", "", text, "Futter steht im Keller.", "", "Gruß, Oma Trude")
        )
        return canvas.sheet()

    return scene(
        "fridge",
        draw,
        ask("where", "where's the cat food", "Keller", photo=True),
        ask("who", "wer hat den zettel geschrieben?", "Oma Trude", photo=True),
        ask("time", "by what time must the cat be fed?", "19 Uhr", "vor 19 Uhr", photo=True),
        ask("says", "what does the note say about the dog?", photo=True),
    )


def wifi() -> tuple[Pair, ...]:
    """A guest card with network and password."""
    chance = Random("wifi")
    key = coded(chance, "aaaa-9999-aaaa")

    def draw() -> Sheet:
        canvas = Canvas(600, 380, DEVELOP.second, size=26, ground="#173f3a", ink="#f4efe1")
        canvas.text(300, 36, "Willkommen im Hotel Seeblick", size=30, align="middle")
        canvas.panel((70, 110, 530, 320), outline="#f4efe1", width=2, radius=14)
        canvas.lines(110, 132, ("WLAN", "Passwort"), step=90, size=20, ink="#b9d3c9")
        canvas.lines(110, 160, ("Seeblick-Gast", key), step=90, size=30)
        return canvas.sheet()

    return scene(
        "wifi",
        draw,
        ask("password", "what's the wifi pw", key),
        ask("password", "wie ist der Schlüssel fürs Internet", key, photo=True),
        ask("key_value", "name of the network?", "Seeblick-Gast"),
        ask("password", "what's the safe's PIN?"),
    )


def landlord() -> tuple[Pair, ...]:
    """A German letter in two blocks, with a table of what changes."""
    chance = Random("landlord")
    old = chance.randrange(640, 790)
    new = old + chance.randrange(18, 44)
    start = day(chance, 2026).replace(day=1)

    def draw() -> Sheet:
        canvas = Canvas(900, 760, DEVELOP.serif, size=21)
        canvas.lines(50, 40, ("Hausverwaltung Brinkmann GmbH", "Am Markt 3, 48143 Münster"))
        canvas.text(850, 40, "Tel. 0251 490 77-15", align="right")
        canvas.lines(50, 150, ("Frau Selma Aydin", "Kirchweg 19", "48155 Münster"))
        canvas.text(50, 270, "Anpassung Ihrer Vorauszahlung", face=DEVELOP.serif_bold)
        canvas.text(50, 320, f"ab dem {german(start)} ändert sich Ihre Vorauszahlung wie folgt:")
        rows = (
            ("", "bisher", "neu"),
            ("Heizung", f"{old - 500},00 €", f"{new - 500},00 €"),
            ("Wasser", "38,00 €", "41,50 €"),
            ("Müll", "14,20 €", "14,20 €"),
        )
        y = canvas.table(370, ((80, "left"), (480, "right"), (700, "right")), rows, step=40)
        canvas.text(50, y + 24, "Bei Fragen wenden Sie sich an Herrn Pohl.")
        canvas.text(50, y + 80, "Mit freundlichen Grüßen")
        canvas.text(50, y + 130, "Dr. Anke Brinkmann", face=DEVELOP.serif_bold)
        return canvas.sheet()

    return scene(
        "landlord",
        draw,
        ask("table", "was zahl ich ab jetzt fürs Wasser", "41,50 €", "41,50", photo=True),
        ask(
            "table",
            "how much was heating before the change",
            f"{old - 500},00 €",
            f"{old - 500},00",
        ),
        ask("date", "Ab wann gilt das?", german(start)),
        ask("who", "wer hat unterschrieben", "Dr. Anke Brinkmann", "Anke Brinkmann"),
        ask("phone", "Telefonnummer der Hausverwaltung", "0251 490 77-15", photo=True),
        ask("phone", "which fax number do they have"),
    )


NOTES: tuple[Pair, ...] = (*chat(), *mail(), *fridge(), *wifi(), *landlord())
