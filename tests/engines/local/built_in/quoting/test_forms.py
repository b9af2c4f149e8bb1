"""The built-in writer on forms, lists, rotas and posters that are laid out by hand."""

import re

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Delta
from nearling.core.geometry import Box
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Line, Reading
from nearling.engines.local.built_in.writer import BuiltInWriter

_CELL = re.compile(r"\S+(?: \S+)*")

PERMIT = """
RESIDENT PARKING PERMIT      City of Leighton
Permit no.       Zone
RP-88213         C4
Issued           Valid until
14 March 2026    13 March 2027
Vehicle          Fee paid
KX21 OPV         £84.00
"""
PACKING = """
Camping

Sleeping
Tent
2 sleeping bags
Air pump

Kitchen
Gas stove
Pan
Matches
Kettle

Not yet bought
Gas cartridge
Torch
"""
ROTA = """
Week 32     Mon      Tue      Wed
Kitchen     Ana      Ben      Ilse
Bar         Ilse     Kofi     Ana
Door        Ben      Ana      Kofi
"""
POSTER = """
Old Tithe Barn, Church Lane, Wexcombe
Doors 11 am · Last entry 4.30 pm
Stalls: register with Pat Mullen, 01632 960 417, by 1 September
Parking in the meadow behind the school
"""
PLATE = """
Type KM-210      230 V ~ 50 Hz     1450 W
128 GB total, 31.4 GB free
"""
NOTES = """
Present: Lea, Omar, Tom
Missing: Svenja
Item     1 of 2
Library slip     09.10.2026     16:22
Cooking with millet     06.11.2026
Next meeting: 28 October, 9:30
New office from 3 November
"""
PARCEL = """
Reference  JD 0046 1180 23
or call 0800 555 0134 (quote code 77-QF)
Next payment
27.90 on 1 December
Pear juice, per 100 ml
Use within 5 days
MAC     A4:2B:8C:11:09:FE
"""
TICKET = """
Row F          Seat 12
Climbing hall Bergauf, Mill Road 40
2 pm to 5 pm
RSVP to Petra
Order no.     55-20418
Voucher SPRING10
Optics     P 0.14
Disk       91 %
Wi-Fi name 5 GHz: NB-4F21-5G
Settings page: hub.example
User: owner
Nothing was saved
The drive is full.
"""


def _answer(question: str, page: str) -> str:
    """The quoted words; "" when declined. Cells are parted by two blanks."""
    lines = []
    for number, row in enumerate(page.strip("\n").split("\n")):
        for cell in _CELL.finditer(row):
            left, top = 20 + 12 * cell.start(), 20 + 40 * number
            right, bottom = left + 12 * len(cell[0]), top + 24
            corners = ((left, top), (right, top), (right, bottom), (left, bottom))
            polygon = tuple((float(x), float(y)) for x, y in corners)
            lines.append(Line(cell[0], 1.0, Box(left, top, right, bottom), polygon, 0))
    reading = Reading("d1", 1600, 3000, 0, tuple(lines), (), (), "by hand", 0.0)
    written = BuiltInWriter().write(Prompt(question, (Source("p.png", reading),)), Cancellation())
    return "".join(event.text for event in written if isinstance(event, Delta))


@pytest.mark.parametrize(
    ("question", "page", "expected"),
    [
        ("when does my permit run out", PERMIT, "13 March 2027"),
        ("when did they issue it", PERMIT, "14 March 2026"),
        ("which zone am I allowed to park in", PERMIT, "C4"),
        ("which car is it for", PERMIT, "KX21 OPV"),
        ("how many things do we need for the kitchen", PACKING, "4"),
        ("how many things do we still have to buy", PACKING, "2"),
        ("how many tents", PACKING, ""),
        ("who is on the bar on tuesday", ROTA, "Kofi"),
        ("where is Ben on monday", ROTA, "Door"),
        ("which day is Ben in the kitchen", ROTA, "Tue"),
        ("where is it taking place", POSTER, "Old Tithe Barn, Church Lane, Wexcombe"),
        ("where do I park", POSTER, "in the meadow behind the school"),
        ("who do I talk to about a stall", POSTER, "Pat Mullen"),
        ("how many watts does it use", PLATE, "1450 W"),
        ("how much is free", PLATE, "31.4 GB"),
        ("how many people were there", NOTES, "3"),
        ("who wasn't there", NOTES, "Svenja"),
        ("how many items are there", NOTES, "2"),
        ("how long may I keep Cooking with millet", NOTES, ""),
        ("when do they open", NOTES, ""),
        ("which number do I ring", PARCEL, "0800 555 0134"),
        ("when is the next payment", PARCEL, "1 December"),
        ("how many days will it keep", PARCEL, "5 days"),
        ("how much does the bottle hold", PARCEL, ""),
        ("which row", TICKET, "F"),
        ("when does it end", TICKET, "2 pm to 5 pm"),
        ("who do I tell", TICKET, ""),
        ("what code did I use", TICKET, ""),
        ("how full is the disk", TICKET, "91 %"),
        ("what's the secret for the settings page", TICKET, ""),
        ("why was it not saved", TICKET, "The drive is full."),
        ("which mac address does it have", PARCEL, "A4:2B:8C:11:09:FE"),
    ],
)
def test_quotes_what_is_laid_out(question: str, page: str, expected: str) -> None:
    assert _answer(question, page) == expected
