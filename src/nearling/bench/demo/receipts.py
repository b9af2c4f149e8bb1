"""Twelve receipts of the demonstration's own, each drawn and photographed when it is needed."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import Wear, photograph
from nearling.bench.fonts import DEVELOP

_DESKS = ("#5d4a3b", "#3d4248", "#8a7f72")


@dataclass(frozen=True, slots=True)
class PaperReceipt:
    file: str
    merchant: str
    street: str
    date: str
    goods: tuple[tuple[str, str], ...]
    total: str


RECEIPTS = (
    PaperReceipt(
        "receipt-01.jpg",
        "Harbour Fish Bar",
        "3 Quay Street, Hexley",
        "02/03/2026",
        (("2 Cod and chips", "19.80"), ("1 Mushy peas", "2.10")),
        "£21.90",
    ),
    PaperReceipt(
        "receipt-02.jpg",
        "Tilda's Books",
        "18 Minster Row, Hexley",
        "05/03/2026",
        (("Field guide to moss", "14.99"), ("2 Postcards", "2.40")),
        "£17.39",
    ),
    PaperReceipt(
        "receipt-03.jpg",
        "Oak & Anvil Hardware",
        "7 Forge Lane, Hexley",
        "06/03/2026",
        (("Wood screws 40 mm", "3.85"), ("Sandpaper", "4.20"), ("Wood glue", "5.95")),
        "£14.00",
    ),
    PaperReceipt(
        "receipt-04.jpg",
        "Lark Coffee House",
        "51 Station Road, Hexley",
        "09/03/2026",
        (("1 Flat white", "3.40"), ("1 Cheese scone", "3.25")),
        "£6.65",
    ),
    PaperReceipt(
        "receipt-05.jpg",
        "Greenway Garden Centre",
        "Mill Road, Lower Hexley",
        "14/03/2026",
        (("3 Lavender", "13.50"), ("Peat-free compost", "7.99")),
        "£21.49",
    ),
    PaperReceipt(
        "receipt-06.jpg",
        "Corner Pharmacy",
        "2 High Street, Hexley",
        "17/03/2026",
        (("Hand cream", "4.75"), ("Plasters", "2.60")),
        "£7.35",
    ),
    PaperReceipt(
        "receipt-07.jpg",
        "Spindle Bicycle Works",
        "14 Tanner Lane, Hexley",
        "19/03/2026",
        (("Inner tube 28 in", "6.50"), ("Fitting", "8.00")),
        "£14.50",
    ),
    PaperReceipt(
        "receipt-08.jpg",
        "Marlow Stationers",
        "33 Minster Row, Hexley",
        "23/03/2026",
        (("Notebook A5", "5.20"), ("2 Pencils 2B", "1.90")),
        "£7.10",
    ),
    PaperReceipt(
        "receipt-09.jpg",
        "The Copper Kettle",
        "9 Market Place, Hexley",
        "26/03/2026",
        (("2 Soup of the day", "12.40"), ("1 Pot of tea", "2.95")),
        "£15.35",
    ),
    PaperReceipt(
        "receipt-10.jpg",
        "Northgate Pet Supplies",
        "Unit 4, Northgate Park",
        "28/03/2026",
        (("Dry food 2 kg", "11.25"), ("Brush", "6.80")),
        "£18.05",
    ),
    PaperReceipt(
        "receipt-11.jpg",
        "Quill Print Shop",
        "20 Bridge Street, Hexley",
        "30/03/2026",
        (("40 Copies", "4.00"), ("Binding", "3.50")),
        "£7.50",
    ),
    PaperReceipt(
        "receipt-12.jpg",
        "Riverside Market",
        "1 Riverside, Hexley",
        "31/03/2026",
        (("Apples", "2.35"), ("Bread", "3.10"), ("Butter", "2.45")),
        "£7.90",
    ),
)


def drawn(receipt: PaperReceipt) -> bytes:
    """A JPEG of it as a phone would take it; the same each time."""
    number = RECEIPTS.index(receipt)
    wear = Wear(turn=1.5 - 0.25 * number, tilt=0.015, shade=0.25, blur=0.4, noise=2.0, quality=82)
    sheet = photograph(_sheet(receipt), seed=40 + number, wear=wear, desk=_DESKS[number % 3])
    return sheet.picture


def _sheet(receipt: PaperReceipt) -> Sheet:
    canvas = Canvas(520, 620, DEVELOP.till, size=24, ground="#fbfaf6", ink="#24211d")
    canvas.text(260, 40, receipt.merchant, face=DEVELOP.bold, size=32, align="middle")
    canvas.text(260, 88, receipt.street, align="middle")
    canvas.dashes(40, 480, 134, "#8a857c")
    y = canvas.row(156, ((40, "Date"), (480, receipt.date, "right")))
    canvas.dashes(40, 480, y + 8, "#8a857c")
    y += 30
    for name, price in receipt.goods:
        y = canvas.row(y, ((40, name), (480, price, "right"))) + 6
    canvas.rule(40, y + 10, 480, y + 10, "#24211d", width=2)
    y = canvas.row(y + 26, ((40, "TOTAL"), (480, receipt.total, "right")), size=30)
    canvas.text(260, y + 40, "Thank you, come again", align="middle")
    return canvas.sheet()
