"""What of a question may not be dropped, and which column a number or a unit belongs to."""

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.prompt import Prompt
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.writer import table_data
from scripted.tables import rows_of, source

FREIGHT = rows_of("""
Ref | Customer | To | Weight | Charge | Currency
S-01 | Alder | Lyon | 120 kg | 340.00 | EUR
S-02 | Birch | Leeds | 80 kg | 210.00 | GBP
S-03 | Alder | Porto | 300 kg | 720.00 | EUR
S-04 | Cedar | Leeds | 45 kg | 95.00 | GBP
""")
GALA = rows_of("""
Swimmer | Club | Age | Heat | Time | Place | Prize
Amy Lowe | Otters | 12 | 1 | 38.4 | 2 | silver
Ben Cole | Otters | 13 | 1 | 36.9 | 1 | gold
Cara Diaz | Herons | 12 | 2 | 40.1 | 3 | bronze
Dan Frey | Herons | 14 | 2 | 44.8 | 2 | silver
Ella Grant | Terns | 13 | 3 | 43.2 | 1 | gold
Finn Hale | Herons | 11 | 3 | 49.5 | 3 | bronze
""")
PLANTS = rows_of("""
Plant | Pot size | Grown by | Price | Sold
Lavender | 2 l | Joan | £4.50 | 18
Rosemary | 1 l | Joan | £3.00 | 15
Hosta | 3 l | Pete | £8.00 | 10
Dahlia | 3 l | Meera | £6.50 | 9
""")
HOUSE = rows_of("""
Wohnung | Mieter | Personen | Heizung | Wasser | Bezahlt
EG links | Adler | 2 | 640,20 € | 212,00 € | ja
EG rechts | Bader | 1 | 512,75 € | 98,50 € | nein
1. OG | Celik | 4 | 801,10 € | 388,40 € | ja
2. OG | Dorn | 2 | 498,30 € | 176,20 € | nein
""")
ROTA = rows_of("""
Name | Stall | Hours
Anil | Cakes | 3
Bea | Books | 4
Chris | Cakes | 3
Errol | Books | 2.5
Faye | Tea | 5.5
""")
EGGS = rows_of("""
Stop | Boxes | Size | Weight kg | To pay | Settled
Forge Cottage | 2 | large | 2.5 | £6.40 | yes
Post office | 5 | mixed | 6.0 | £13.75 | no
Mrs Quill | 1 | medium | 1.0 | £2.60 | yes
The Plough | 8 | large | 12.0 | £25.60 | no
""")
TABLES = {
    "eggs": EGGS,
    "freight": FREIGHT,
    "gala": GALA,
    "plants": PLANTS,
    "house": HOUSE,
    "rota": ROTA,
}


def told(name: str, question: str, title: str = "") -> str:
    """What is answered, in one line; "-" or "?" where it is not."""
    found = table_data(Prompt(question, (source(TABLES[name], title=title),)), Cancellation())
    if found is None or isinstance(found, Declined):
        return "-" if found is None else "? " + found.reason
    assert isinstance(found, Reply)
    return "; ".join(found.text.splitlines()[2:]) or found.text


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("freight", "how much did the euro ones come to", "1060.00"),
        ("freight", "total charge in pounds", "305.00"),
        ("freight", "heaviest parcel", "S-03 (300 kg)"),
        ("plants", "what is the average price of a 3 l plant", "£7.25"),
        ("house", "wer verbraucht am meisten Wasser", "Celik (388,40 €)"),
        ("house", "wer hat noch nicht bezahlt?",
         "| EG rechts | Bader | nein |; | 2. OG | Dorn | nein |"),
        ("gala", "who swam in heat 2", "| Cara Diaz | 2 |; | Dan Frey | 2 |"),
        ("rota", "which stall has the most helpers", "Cakes, Books (2)"),
        ("rota", "which stall has the fewest helpers", "Tea (1)"),
        ("gala", "which club has the most swimmers", "Herons (3)"),
        ("rota", "which stall has the most hours", "Books (6.5)"),
    ],
)  # fmt: skip
def test_the_column_that_is_meant(name: str, question: str, answer: str) -> None:
    assert told(name, question, "Helpers" if name == "rota" else "") == answer


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("freight", "what did we charge altogether"),
        ("freight", "average charge per customer"),
        ("freight", "which has the highest charge"),
        ("freight", "anything charged over 300"),
        ("plants", "how many scented plants did Joan sell"),
        ("plants", "how many small plants did Joan sell"),
        ("plants", "how many plants were sold yesterday"),
        ("house", "wie viele Personen wohnen heute in EG links"),
        ("gala", "who won in heat 3"),
        ("rota", "who is first"),
        ("rota", "who has the earliest"),
    ],
)
def test_a_word_that_nobody_understood_is_not_dropped(name: str, question: str) -> None:
    assert told(name, question)[0] in "-?"


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("eggs", "who hasnt paid yet", "| Post office | no |; | The Plough | no |"),
        ("eggs", "how much money is still outstanding", "£39.35"),
        ("eggs", "number of boxes of big ones", "10"),
        ("eggs", "what have the large ones set us back", "£32.00"),
        ("eggs", "how many kilos were there all told", "21.5 kg"),
        ("eggs", "weight of the unpaid large ones", "12.0 kg"),
        ("rota", "how many helpers do we have", "5"),
        ("rota", "how many different stalls are there", "3"),
    ],
)
def test_what_people_say(name: str, question: str, answer: str) -> None:
    assert told(name, question, "Helpers" if name == "rota" else "") == answer


def test_a_single_row_is_not_counted() -> None:
    assert told("eggs", "how many eggs is that for the Post office")[0] in "-?"


def test_a_refusal_shows_the_rows_that_come_closest() -> None:
    prompt = Prompt("average price of rosemary grown in tubs by Joan", (source(PLANTS),))
    found = table_data(prompt, Cancellation())
    assert isinstance(found, Declined)
    assert [it.text for it in found.closest] == [
        "Rosemary | 1 l | Joan | £3.00 | 15",
        "Lavender | 2 l | Joan | £4.50 | 18",
    ]
    assert all(it.box is not None and it.page == 1 for it in found.closest)
