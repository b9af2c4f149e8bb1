"""The built-in writer on readings made by hand: what it quotes and what it declines."""

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled
from nearling.core.events import Cited, Declined, Delta, Finished, Written
from nearling.core.geometry import Box
from nearling.core.means import Means
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.core.reading import Code, Line, Reading
from nearling.engines.local.built_in.quoting.values import implied, values
from nearling.engines.local.built_in.quoting.words import labelled, marks, named
from nearling.engines.local.built_in.writer import BuiltInWriter

Row = str | tuple[str, ...]


def reading(rows: Sequence[Row], codes: tuple[Code, ...] = ()) -> Reading:
    """Rows 40 pixels apart, cells 260 pixels apart."""
    lines = []
    for number, row in enumerate(rows):
        for column, text in enumerate((row,) if isinstance(row, str) else row):
            if text:
                left, top = 20 + 260 * column, 20 + 40 * number
                box = Box(left, top, left + 9 * min(len(text), 27), top + 24)
                corners = (
                    (box.left, box.top),
                    (box.right, box.top),
                    (box.right, box.bottom),
                    (box.left, box.bottom),
                )
                lines.append(
                    Line(text, 1.0, box, tuple((float(x), float(y)) for x, y in corners), 0)
                )
    return Reading("d1", 1200, 3000, 0, tuple(lines), (), codes, "by hand", 0.0)


def written(question: str, *rows: Row, codes: tuple[Code, ...] = ()) -> list[Written]:
    prompt = Prompt(question, (Source("p.png", reading(rows, codes)),))
    return list(BuiltInWriter().write(prompt, Cancellation()))


def answer(question: str, *rows: Row) -> str:
    """The quoted words; "" when declined."""
    return "".join(event.text for event in written(question, *rows) if isinstance(event, Delta))


RECEIPT: tuple[Row, ...] = (
    "Corner Shop",
    ("Bread", "2.50"),
    ("Milk", "1.20"),
    ("Subtotal", "3.70"),
    ("VAT 7 %", "0.26"),
    ("Total", "3.96"),
    ("Cash", "5.00"),
    "You were served by Ellen",
)
LETTER: tuple[Row, ...] = (
    "Stadtwerke Musterstadt",
    ("Kundennummer", "K-20417"),
    ("Rechnungsnummer", "R 2026-118"),
    ("Rechnungsdatum", "03.05.2026"),
    ("Fällig am", "17.05.2026"),
    ("Gesamtbetrag", "88,40 €"),
    "Telefon: 0341 555 12 80",
)
TRAINS: tuple[Row, ...] = (
    ("Time", "Destination", "Platform"),
    ("10:05", "Leipzig", "3"),
    ("10:17", "Hamburg", "8"),
    ("10:31", "Köln", "5"),
)


@pytest.mark.parametrize(
    ("question", "rows", "expected"),
    [
        ("What is the total?", RECEIPT, "3.96"),
        ("Was kostet die Milch?", RECEIPT, "1.20"),
        ("how much was the bread", RECEIPT, "2.50"),
        ("Who served us?", RECEIPT, "Ellen"),
        ("How much do I have to pay?", LETTER, "88,40 €"),
        ("When is it due?", LETTER, "17.05.2026"),
        ("bis wann muss ich zahlen", LETTER, "17.05.2026"),
        ("What's the invoice number?", LETTER, "R 2026-118"),
        ("wie ist meine Kundennummer", LETTER, "K-20417"),
        ("What's their phone number?", LETTER, "0341 555 12 80"),
        ("Which platform does the train to Hamburg leave from?", TRAINS, "8"),
        ("wann fährt der Zug nach Köln", TRAINS, "10:31"),
        ("which platfrom for Leipzig", TRAINS, "3"),
        ("What's the wifi password?", (("Network", "Gast"), ("Password", "sonne-44")), "sonne-44"),
        ("Wie ist der Fehlercode?", ("Something failed", "Error code: E-1042"), "E-1042"),
        ("Wie viele Gäste?", ("Table 4", "Guests: 3"), "3"),
        ("What does the sign say?", ("No parking", "at any time"), "No parking at any time"),
        ("wie warm ist es", ("Leipzig", "Temperature 21 °C", "Humidity 40 %"), "21 °C"),
    ],
)
def test_quotes_the_value_asked_for(question: str, rows: tuple[Row, ...], expected: str) -> None:
    assert answer(question, *rows) == expected


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("What does the cheese cost?", RECEIPT),
        ("Was kostet der Espresso?", RECEIPT),
        ("How much was the discount?", RECEIPT),
        ("Welche Faxnummer haben sie?", LETTER),
        ("When was it delivered?", LETTER),
        ("Which platform for Vienna?", TRAINS),
        ("What's the PIN?", (("Network", "Gast"), ("Password", "sonne-44"))),
        ("How much was the total in 2019?", RECEIPT),
        ("what does the sign say about dogs", ("No parking", "at any time")),
    ],
)
def test_declines_what_the_picture_does_not_say(question: str, rows: tuple[Row, ...]) -> None:
    assert answer(question, *rows) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Hello!",
        "Write a reply to this letter",
        "Übersetze das ins Englische",
        "Do you think this is a fair price?",
        "wie kann ich den Fehler beheben",
    ],
)
def test_says_plainly_when_a_question_needs_a_language_model(question: str) -> None:
    (declined,) = written(question, *LETTER)
    assert isinstance(declined, Declined)
    assert "language model" in declined.reason


def test_a_decline_is_alone_and_shows_what_comes_closest() -> None:
    (declined,) = written("Welche Faxnummer steht bei Telefon?", *LETTER)
    assert isinstance(declined, Declined)
    assert "Telefon: 0341 555 12 80" in {citation.text for citation in declined.closest}
    assert declined.remedies


def test_points_at_the_value_and_its_label() -> None:
    events = written("What is the total?", *RECEIPT)
    cited = [event.citation for event in events if isinstance(event, Cited)]
    assert [citation.text for citation in cited] == ["3.96", "Total"]
    assert all(citation.source == "p.png" and citation.digest == "d1" for citation in cited)
    assert events[-1] == Finished(0, 0, means=Means.QUOTED)


def test_tells_the_error_of_a_trace() -> None:
    trace = (
        "Traceback (most recent call last):",
        'File "a.py", line 3, in main',
        "ValueError: bad row",
    )
    assert answer("what went wrong here", *trace) == "ValueError: bad row"
    assert answer("in which line does it fail?", *trace) == "3"


def test_reads_a_code() -> None:
    code = Code("https://nearling.example/x1", "QRCode", Box(5, 5, 90, 90))
    events = written("What does the QR code say?", "Scan me", codes=(code,))
    assert events[0] == Delta("https://nearling.example/x1")


def test_looks_into_earlier_pictures_too() -> None:
    sources = (Source("b.png", reading(TRAINS)), Source("a.png", reading(RECEIPT)))
    events = list(BuiltInWriter().write(Prompt("What was the total?", sources), Cancellation()))
    assert events[0] == Delta("3.96")


@pytest.mark.parametrize(
    "question", ["Write it down", "Please transcribe this.", "Aufschreiben", "Schreib alles auf!"]
)
def test_writes_down_all_of_it(question: str) -> None:
    events = written(question, "First line", "Second line")
    assert events[0] == Delta("First line\nSecond line")
    assert [event.citation.text for event in events if isinstance(event, Cited)] == [
        "First line",
        "Second line",
    ]
    assert isinstance(events[-1], Finished)
    assert answer(question, *RECEIPT).startswith("Corner Shop\nBread\n2.50")


@pytest.mark.parametrize("question", ["Write it", "Write a letter", "Schreib mir eine Antwort"])
def test_writes_nothing_of_its_own(question: str) -> None:
    assert answer(question, *RECEIPT) == ""


def test_what_is_written_down_came_with_the_question() -> None:
    sources = (Source("b.png", reading(("New",))), Source("a.png", reading(("Old",))))
    events = list(BuiltInWriter().write(Prompt("Write it down", sources), Cancellation()))
    assert events[0] == Delta("New\n\nOld")
    before = (Exchange("Write it down", "Old"),)
    events = list(BuiltInWriter().write(Prompt("Write it down", sources, before), Cancellation()))
    assert events[0] == Delta("New")


def test_stops_when_cancelled() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    prompt = Prompt("total?", (Source("p.png", reading(RECEIPT)),))
    with pytest.raises(Cancelled):
        list(BuiltInWriter().write(prompt, cancellation))


def test_declines_without_any_source() -> None:
    (declined,) = BuiltInWriter().write(Prompt("What is the total?"), Cancellation())
    assert isinstance(declined, Declined)


ASKED = st.sampled_from(
    ["how much", "wann", "who", "where is", "how many", "total", "which line", "was steht da", "?"]
)
PRINTED = st.sampled_from(
    [
        "Total: 3.50 EUR",
        "12.05.2026",
        "Error: x",
        "Herr Weber",
        "10:30",
        "1.",
        ":",
        "in Köln",
        "a@b.de",
    ]
)


@settings(deadline=None)
@given(
    st.lists(ASKED | st.text(max_size=20), max_size=4),
    st.lists(st.lists(PRINTED | st.text(max_size=30), min_size=1, max_size=3), max_size=8),
)
def test_every_word_comes_from_the_source(asked: list[str], table: list[list[str]]) -> None:
    source = reading([tuple(row) for row in table])
    prompt = Prompt(" ".join(asked), (Source("p.png", source),))
    events = list(BuiltInWriter().write(prompt, Cancellation()))
    if isinstance(events[0], Declined):
        assert len(events) == 1
        assert len(events[0].closest) <= 3
        return
    said = "".join(event.text for event in events if isinstance(event, Delta))
    boxes = [event.citation.box for event in events if isinstance(event, Cited)]
    everything = " ".join(" ".join(line.text for line in source.lines).split())
    assert said
    assert said.isdigit() or all(word in everything for word in said.split())
    assert boxes
    assert set(boxes) <= {line.box for line in source.lines}
    assert isinstance(events[-1], Finished)


STANDINGS: tuple[Row, ...] = (
    ("Place", "Team", "Points"),
    ("1", "Falken", "31"),
    ("2", "Otter", "27"),
    ("3", "Biber", "19"),
)
PRICES: tuple[Row, ...] = (
    ("Item", "Size", "Price"),
    ("Lamp", "S", "19.00"),
    ("Chair", "M", "45.00"),
    ("Shelf", "L", "32.50"),
)


@pytest.mark.parametrize(
    ("question", "rows", "expected"),
    [
        ("What is the cheapest item?", PRICES, "Lamp"),
        ("Which item is the most expensive?", PRICES, "Chair"),
        ("Who came second?", STANDINGS, "Otter"),
        ("wer ist auf dem dritten Platz? Wer hat Platz 3", STANDINGS, "Biber"),
    ],
)
def test_ranks_rows(question: str, rows: tuple[Row, ...], expected: str) -> None:
    assert answer(question, *rows) == expected


def test_two_rows_that_are_equal_have_no_first() -> None:
    tie = (*PRICES, ("Stool", "M", "19.00"))
    assert answer("What is the cheapest item?", *tie) == ""


def test_answers_yes_or_no_by_the_rule_alone() -> None:
    rules = ("House rules", "Dogs must be kept on a lead", "No smoking indoors")
    assert answer("Can I smoke here?", *rules) == "No smoking indoors"
    assert answer("Can I ride a bike here?", *rules) == ""


def test_an_unknown_name_before_a_label_blocks_the_value() -> None:
    card = (("Network", "Gast"), ("Password", "sonne-44"))
    assert answer("what is the password", *card) == "sonne-44"
    assert answer("what is the netflix password", *card) == ""


def forget() -> None:
    for known in (marks, named, labelled, values, implied):
        known.cache_clear()


def seconds(rows: list[Row]) -> float:
    """Processor time of the quicker of three answers, from reading alone to the last event."""
    prompt = Prompt("How much is item 77?", (Source("p.png", reading(rows)),))
    spent = []
    for _ in range(3):
        forget()
        started = time.process_time()
        list(BuiltInWriter().write(prompt, Cancellation()))
        spent.append(time.process_time() - started)
    return min(spent)


@pytest.mark.alone
@pytest.mark.parametrize(
    "rows",
    [
        lambda size: ["Total 3.50 " * size],
        lambda size: ["a" * 20 * size],
        lambda size: ["1" * 20 * size, "-1.2/" * 4 * size],
        lambda size: [(f"item {number}", f"{number}.50") for number in range(size)],
        lambda size: [f"Line {number} of a long text about nothing." for number in range(size)],
    ],
    ids=["long line", "one word", "digits", "long table", "many lines"],
)
def test_time_grows_with_the_length_and_not_with_its_square(
    rows: Callable[[int], list[Row]],
) -> None:
    # Four times as long: about four times is linear, sixteen times is quadratic.
    assert seconds(rows(4_000)) < 9 * seconds(rows(1_000)) + 0.05
