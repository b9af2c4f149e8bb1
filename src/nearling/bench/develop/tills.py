"""Scenes with prices: receipts, menus and price lists."""

from random import Random

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.develop.scene import ask, scene
from nearling.bench.develop.values import amount, coded, day
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair


def cafe() -> tuple[Pair, ...]:
    """A narrow English till receipt."""
    chance = Random("cafe")
    goods = [(name, chance.randrange(220, 690)) for name in ("Flat white", "Oat latte", "Scone")]
    total = sum(price for _, price in goods)
    cash = (total // 1000 + 1) * 1000
    till = coded(chance, "T99")

    def draw() -> Sheet:
        canvas = Canvas(460, 620, DEVELOP.till, size=22)
        y = canvas.lines(230, 24, ("THE COPPER KETTLE", "14 Mill Lane, Ludlow"), align="middle")
        canvas.dashes(30, 430, y + 8, "#444444")
        y = canvas.row(y + 24, ((30, "12/06/2026"), (430, "08:47", "right")))
        y = canvas.row(y, ((30, "Till"), (430, till, "right"))) + 14
        for name, price in goods:
            y = canvas.row(y, ((30, name), (430, amount(price), "right")))
        canvas.dashes(30, 430, y + 8, "#444444")
        y = canvas.row(y + 22, ((30, "TOTAL GBP"), (430, amount(total), "right")), size=26)
        y = canvas.row(y, ((30, "CASH"), (430, amount(cash), "right")))
        y = canvas.row(y, ((30, "CHANGE"), (430, amount(cash - total), "right")))
        canvas.text(230, y + 30, "You were served by Maureen", align="middle")
        return canvas.sheet()

    return scene(
        "cafe",
        draw,
        ask("money", "how much did we pay altogether", amount(total), photo=True),
        ask("money", "what was the scone", amount(goods[2][1])),
        ask("who", "Who was behind the counter?", "Maureen", photo=True),
        ask("money", "is that expensive for two coffees and a scone?", photo=True),
    )


def supermarket() -> tuple[Pair, ...]:
    """A German supermarket receipt with tax."""
    chance = Random("supermarket")
    names = ("Vollmilch 3,5%", "Roggenbrot 750g", "Bananen", "Butter", "Spülmittel")
    goods = [(name, chance.randrange(99, 549)) for name in names]
    total = sum(price for _, price in goods)
    bon = coded(chance, "9999 0999")

    def draw() -> Sheet:
        canvas = Canvas(520, 680, DEVELOP.mono, size=20, ground="#fbfaf5")
        y = canvas.lines(
            260, 24, ("FRISCHMARKT WEBER", "Lindenallee 8, 50968 Köln"), align="middle"
        )
        y = canvas.text(490, y + 8, "EUR", align="right")[3] + 8
        for name, price in goods:
            y = canvas.row(y, ((30, name), (490, f"{amount(price, 'de')} A", "right")))
        canvas.rule(30, y + 6, 490, y + 6, "#222222")
        y = canvas.row(y + 16, ((30, "SUMME"), (490, amount(total, "de"), "right")), size=24)
        y = canvas.row(y, ((30, "Girocard"), (490, amount(total, "de"), "right")))
        y = canvas.row(
            y + 14, ((30, "MwSt A"), (250, "7,0 %"), (490, amount(total * 7 // 107, "de"), "right"))
        )
        y = canvas.row(y + 14, ((30, "Bon-Nr."), (490, bon, "right")))
        y = canvas.row(y, ((30, "Datum"), (490, "17.03.2026 18:22", "right")))
        canvas.text(260, y + 20, "Es bediente Sie: Frau Yilmaz", align="middle")
        return canvas.sheet()

    return scene(
        "supermarket",
        draw,
        ask("money", "Wie viel hab ich insgesamt ausgegeben?", amount(total, "de"), photo=True),
        ask("percent", "wie hoch ist die mehrwertsteuer", "7,0 %", "7,0%", shows=("7,0 %",)),
        ask("count", "wie vile artikel stehen drauf", "5", shows=names, photo=True),
        ask("which", "Which brand is the butter?"),
    )


def menu() -> tuple[Pair, ...]:
    """An Italian menu with prices on the right and small notes."""
    chance = Random("menu")
    dishes = [
        ("Bruschetta al pomodoro", "toasted bread, tomato, basil", chance.randrange(13, 17) * 50),
        ("Gnocchi al gorgonzola", "potato dumplings, blue cheese", chance.randrange(25, 29) * 50),
        ("Tagliata di manzo", "sliced beef, rocket, parmesan", chance.randrange(43, 49) * 50),
        ("Panna cotta", "with wild berries", chance.randrange(13, 17) * 50 - 25),
    ]

    def draw() -> Sheet:
        canvas = Canvas(760, 620, DEVELOP.serif, size=26, ground="#f6efe0", ink="#3a2416")
        canvas.text(380, 30, "Trattoria da Enzo", size=40, face=DEVELOP.serif_bold, align="middle")
        y = 120.0
        for name, note, price in dishes:
            canvas.row(y, ((60, name), (700, f"€ {amount(price)}", "right")))
            y = canvas.text(60, y + 34, note, size=19, ink="#7a5a40")[3] + 24
        canvas.text(60, y + 10, "Cover charge € 2.00 per guest", size=19)
        canvas.text(60, y + 42, "Kitchen closes at 22:15", size=19)
        return canvas.sheet()

    return scene(
        "menu",
        draw,
        ask("money", "Was kostet das Rindfleisch?", amount(dishes[2][2]), photo=True),
        ask("time", "until when can I order food?", "22:15"),
        ask("money", "how much is the tiramisu"),
    )


def fuel() -> tuple[Pair, ...]:
    """A petrol station sign, light on dark."""
    chance = Random("fuel")
    fuels = ("Super E10", "Super E5", "Diesel", "Autogas")
    prices = [f"1,{chance.randrange(50, 99)}9" for _ in fuels[:3]] + [
        f"0,{chance.randrange(90, 99)}9"
    ]

    def draw() -> Sheet:
        canvas = Canvas(420, 420, DEVELOP.bold, size=34, ground="#10233f", ink="#ffd23c")
        canvas.text(210, 22, "TANKHOF NORD", align="middle", ink="#ffffff")
        for row, (name, price) in enumerate(zip(fuels, prices, strict=True)):
            canvas.row(100 + 72 * row, ((30, name), (390, price, "right")))
        canvas.text(210, 384, "24 Stunden geöffnet", size=20, align="middle", ink="#ffffff")
        return canvas.sheet()

    return scene(
        "fuel",
        draw,
        ask("money", "what's a litre of diesel here", prices[2]),
        ask("which", f"welche sorte kostet {prices[1]}?", "Super E5", photo=True),
        ask("phone", "Unter welcher Nummer erreiche ich die Tankstelle?"),
    )


def salon() -> tuple[Pair, ...]:
    """A hairdresser's price list with dotted leaders, on colour."""
    chance = Random("salon")
    names = ("Damenhaarschnitt", "Herrenhaarschnitt", "Kinder bis 12", "Färben", "Hochstecken")
    prices = [base + chance.randrange(9) for base in (42, 28, 15, 64, 53)]

    def draw() -> Sheet:
        canvas = Canvas(640, 520, DEVELOP.second, size=26, ground="#e9d8e6", ink="#3b1b38")
        canvas.text(40, 30, "Salon Haargenau", size=38, face=DEVELOP.serif_bold)
        y = 110.0
        for name, price in zip(names, prices, strict=True):
            end = canvas.text(40, y, name)[2]
            start = canvas.text(600, y, f"{price},- €", align="right")[0]
            canvas.dashes(end + 12, start - 12, y + 24, "#8a6a88", dash=3)
            y += 52
        canvas.text(40, y + 16, "Termine: 0221 / 58 40 917", size=24)
        canvas.text(40, y + 52, "Montag Ruhetag", size=24)
        return canvas.sheet()

    return scene(
        "salon",
        draw,
        ask(
            "money",
            "How much is a haircut for men?",
            f"{prices[1]},- €",
            f"{prices[1]},-",
            photo=True,
        ),
        ask("phone", "wo ruf ich an um was auszumachen", "0221 / 58 40 917"),
        ask("when", "an welchem tag haben die zu?", "Montag", photo=True),
        ask("table", "what would an eyebrow tint cost me"),
    )


def diner() -> tuple[Pair, ...]:
    """An American bill with a tip."""
    chance = Random("diner")
    food = chance.randrange(3800, 6200)
    tax = food * 8 // 100
    tip = chance.randrange(700, 1100)
    served = day(chance, 2025)

    def draw() -> Sheet:
        canvas = Canvas(480, 560, DEVELOP.till, size=21, ground="#fffdf8")
        canvas.text(240, 24, "ROUTE 9 DINER", size=30, align="middle")
        canvas.row(76, ((30, "Table 14"), (450, "Guests: 3", "right")))
        y = canvas.row(108, ((30, served.strftime("%m/%d/%Y")), (450, "7:52 PM", "right"))) + 12
        rows = (("Food & drinks", food), ("Sales tax", tax), ("Gratuity", tip))
        for label, cents in rows:
            y = canvas.row(y + 6, ((30, label), (450, f"${amount(cents)}", "right")))
        canvas.dashes(30, 450, y + 10, "#333333")
        y = canvas.row(y + 24, ((30, "AMOUNT DUE"), (450, f"${amount(food + tax + tip)}", "right")))
        canvas.lines(240, y + 40, ("Your server: Dolores", "Thank y'all!"), align="middle")
        return canvas.sheet()

    return scene(
        "diner",
        draw,
        ask(
            "money", "total?", f"${amount(food + tax + tip)}", amount(food + tax + tip), photo=True
        ),
        ask("money", "what tip was given", f"${amount(tip)}", amount(tip)),
        ask("count", "how many people were at the table", "3", shows=("Guests: 3",)),
        ask("who", "Wer hat uns bedient?", "Dolores"),
        ask("percent", "how many percent is the sales tax"),
    )


def rental() -> tuple[Pair, ...]:
    """A bicycle hire tariff as a ruled table."""
    chance = Random("rental")
    kinds = ("City bike", "E-bike", "Tandem", "Child seat")
    hour = chance.sample(range(3, 9), 4)
    full = [4 * price + chance.randrange(1, 4) for price in hour]
    week = [4 * price + 5 for price in full]
    deposit = chance.choice((50, 80))

    def draw() -> Sheet:
        canvas = Canvas(820, 400, DEVELOP.sans, size=24, ground="#f1f7f1")
        canvas.text(30, 20, "Bike hire tariff (CHF)", size=30, face=DEVELOP.bold)
        rows: list[tuple[str, ...]] = [("", "1 hour", "Full day", "1 week")]
        for name, *prices in zip(kinds, hour, full, week, strict=True):
            rows.append((name, *(f"{price}.00" for price in prices)))
        canvas.table(
            90, ((40, "left"), (400, "right"), (590, "right"), (780, "right")), rows, step=50
        )
        for line in range(6):
            canvas.rule(30, 82 + 50 * line, 790, 82 + 50 * line, "#88a588")
        canvas.text(30, 350, f"Deposit {deposit}.00 per bicycle", size=20)
        return canvas.sheet()

    return scene(
        "rental",
        draw,
        ask("table", "e-bike for a full day?", f"{full[1]}.00"),
        ask("table", "Was kostet das Tandem für eine Woche", f"{week[2]}.00", photo=True),
        ask("table", "price of a city bike for a month"),
    )


TILLS: tuple[Pair, ...] = (
    *cafe(), *supermarket(), *menu(), *fuel(), *salon(), *diner(), *rental(),
)  # fmt: skip
