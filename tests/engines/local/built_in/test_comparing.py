"""Several sources are asked the same; only what all of them say alike is compared."""

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Cited, Declined, Delta, Finished
from nearling.core.means import Means
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.built_in.writer import BuiltInWriter
from scripted.tables import rows_of, source


def bill(name: str, text: str, *, page: int | None = None, exchange: int | None = None) -> Source:
    """What it says, line by line, without any table."""
    return source(rows_of(text), name=name, page=page, exchange=exchange, table=False)


MORE = "market.png: 22.37 € (corner.png: 2.66 €)"
LESS = "corner.png: 2.66 € (market.png: 22.37 €)"
VAT = "market.png: 1.37 € (corner.png: 0.16 €)"
OLDER = "corner.png: 12.05.2026 (market.png: 03.06.2026)"
DUE = "wasser.png: 02.05.2026 (strom.png: 17.05.2026)"
CORNER = bill(
    "corner.png", "Corner Shop\nDate | 12.05.2026\nBread | 2.50 €\nVAT | 0.16 €\nTotal | 2.66 €"
)
MARKET = bill(
    "market.png", "Market Hall\nDate | 03.06.2026\nFish | 21.00 €\nVAT | 1.37 €\nTotal | 22.37 €"
)
POWER = bill("strom.png", "Stadtwerke\nRechnungsbetrag | 88,40 €\nFällig am | 17.05.2026")
WATER = bill("wasser.png", "Wasserwerk\nRechnungsbetrag | 112,00 €\nFällig am | 02.05.2026")
DOLLARS = bill("diner.png", "Diner\nTotal | $18.00")
SEA = bill("sea.png", "Hotel Sea\nPrice per night | 120 €\nNights | 3")
HILL = bill("hill.png", "Hotel Hill\nPrice per night | 95 €\nNights | 4")


def answer(question: str, *sources: Source, before: tuple[Exchange, ...] = ()) -> str:
    events = list(BuiltInWriter().write(Prompt(question, sources, before), Cancellation()))
    if isinstance(events[0], Declined):
        return "? " + events[0].reason
    assert isinstance(events[0], Delta)
    return events[0].text


@pytest.mark.parametrize(
    ("question", "sources", "expected"),
    [
        ("Which receipt is higher?", (CORNER, MARKET), MORE),
        ("Which one is cheaper?", (CORNER, MARKET), LESS),
        ("Which of the two costs more?", (MARKET, CORNER), MORE),
        ("Which receipt has the higher VAT?", (CORNER, MARKET), VAT),
        ("Which receipt is older?", (CORNER, MARKET), OLDER),
        ("Welche Quittung ist teurer?", (CORNER, MARKET), MORE),
        ("Which invoice is due first?", (POWER, WATER), DUE),
        ("Welche Rechnung ist zuerst fällig?", (POWER, WATER), DUE),
        ("Welche Rechnung ist höher?", (POWER, WATER), "wasser.png: 112,00 € (strom.png: 88,40 €)"),
        ("Which hotel is cheaper per night?", (SEA, HILL), "hill.png: 95 € (sea.png: 120 €)"),
    ],
)  # fmt: skip
def test_names_the_one_and_what_all_of_them_say(
    question: str, sources: tuple[Source, ...], expected: str
) -> None:
    assert answer(question, *sources) == expected


EARLY = bill("early.pdf", "Gannet\nDeparture: 08:15")
LATE = bill("late.pdf", "Petrel\nDeparture: 08:50")
FIRST = bill("first.pdf", "Gas Co\nDeposit: £200.00\nStarts on: 3 May 2026")
SECOND = bill("second.pdf", "Power Co\nDeposit: £150.00\nStarts on: 10 May 2026")


@pytest.mark.parametrize(
    ("question", "sources", "expected"),
    [
        ("What is the difference between the two deposits?", (FIRST, SECOND),
         "£50.00 (first.pdf: £200.00, second.pdf: £150.00)"),
        ("How much more is the second receipt?", (CORNER, MARKET),
         "19.71 € (corner.png: 2.66 €, market.png: 22.37 €)"),
        ("Are the totals the same on both?", (CORNER, MARKET),
         "No: corner.png: 2.66 €, market.png: 22.37 €"),
        ("Do they both have the same deposit?", (FIRST, bill("b.pdf", "B\nDeposit: £200.00")),
         "Yes: first.pdf: £200.00, b.pdf: £200.00"),
        ("who wants the most money up front", (FIRST, SECOND),
         "first.pdf: £200.00 (second.pdf: £150.00)"),
        ("wer ist am Ende teurer", (CORNER, MARKET), MORE),
        ("What is the difference between the two dates?", (CORNER, MARKET),
         "22 days (corner.png: 12.05.2026, market.png: 03.06.2026)"),
        ("difference between the departures of both", (EARLY, LATE),
         "35 min (early.pdf: 08:15, late.pdf: 08:50)"),
    ],
)  # fmt: skip
def test_how_far_they_are_apart(question: str, sources: tuple[Source, ...], expected: str) -> None:
    assert answer(question, *sources) == expected


@pytest.mark.parametrize(
    "question",
    [
        "which supplier pays out fastest",
        "which supplier has the shortest notice",
        "what is the difference between the two discounts",
        "are the interest rates the same",
        "do both have the same interest rate",
    ],
)
def test_answers_nothing_of_one_where_several_are_meant(question: str) -> None:
    assert answer(question, FIRST, SECOND).startswith("? ")


def test_three_have_no_difference() -> None:
    told = answer("difference between the deposits of these", FIRST, SECOND, CORNER)
    assert told.startswith("? ")


def test_points_into_each_of_them() -> None:
    prompt = Prompt("Which receipt is higher?", (CORNER, MARKET))
    events = list(BuiltInWriter().write(prompt, Cancellation()))
    assert events[-1] == Finished(0, 0, means=Means.COUNTED)
    cited = [event.citation for event in events if isinstance(event, Cited)]
    assert {(it.source, it.text) for it in cited} >= {
        ("corner.png", "2.66 €"),
        ("market.png", "22.37 €"),
    }


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("Which receipt is higher?", (CORNER, DOLLARS)),
        ("Which receipt is higher?", (CORNER, bill("note.png", "Buy milk\nCall Ellen"))),
        ("Which invoice is due first?", (POWER, CORNER)),
        ("Which receipt has the bigger discount?", (CORNER, MARKET)),
    ],
)
def test_compares_nothing_that_is_not_alike(question: str, sources: tuple[Source, ...]) -> None:
    assert answer(question, *sources).startswith("? ")


def test_equal_ones() -> None:
    twin = bill("twin.png", "Twin\nTotal | 2.66 €")
    told = answer("Which receipt is higher?", CORNER, twin)
    assert told == "None alone: corner.png: 2.66 €, twin.png: 2.66 €"


def test_pages_of_one_document_are_one_source() -> None:
    first = bill("lease.pdf", "Lease\nName | Mia Berg", page=1)
    second = bill("lease.pdf", "Costs\nTotal | 30.00 €", page=2)
    told = answer("Which document is cheaper?", first, second, MARKET)
    assert told == "market.png: 22.37 € (lease.pdf: 30.00 €)"


def test_pictures_of_earlier_messages_are_compared_too() -> None:
    one = bill("corner.png", "Corner\nTotal | 2.66 €", exchange=0)
    other = bill("market.png", "Market\nTotal | 22.37 €", exchange=1)
    told = answer("Which receipt is higher?", other, one)
    assert told == MORE


def test_which_item_is_no_question_about_the_sources() -> None:
    assert not answer("Which bread is cheaper?", CORNER, MARKET).startswith("corner.png")
