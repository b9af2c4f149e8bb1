"""What is not added up, and what makes a number of a table too unsure to reckon with."""

import time
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.events import Cited, Declined, Delta, Finished
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Cell
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.writer import table_data
from nearling.engines.local.built_in.writer import BuiltInWriter
from scripted.tables import rows_of, source

HEAD = "Item | Price\n"


def reply(question: str, *sources: Source) -> Reply | Declined | None:
    return table_data(Prompt(question, sources), Cancellation())


def summed(rows: str, *, page: int | None = 1, head: str = HEAD) -> str:
    found = reply("What do the prices add up to?", source(rows_of(head + rows), page=page))
    assert found is not None
    return found.text if isinstance(found, Reply) else "? " + found.reason


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a | 1,234.50\nb | 2.25\nc | 3.00", "1,239.75"),
        ("a | 1.234,50\nb | 2,25", "1.236,75"),
        ("a | 1 234,50\nb | 2,25", "1 236,75"),
        ("a | 1'234.50\nb | 2.25", "1'236.75"),
        ("a | $1,200\nb | $950", "$2,150"),
        ("a | 1.200 €\nb | 950 €", "2.150 €"),
        ("a | (12.50)\nb | 20.00", "7.50"),
        ("a | -12.50\nb | 2.00", "-10.50"),
        ("a | \u221212.50\nb | 20.00", "7.50"),
        ("a | 12.50-\nb | 20.00", "7.50"),
        ("a | 12,-\nb | 7,50", "19,50"),
        ("a | EUR 3.10\nb | EUR 4.20", "EUR 7.30"),
        ("a | $ 3.10\nb | 4.20", "$ 7.30"),
        ("a | 0.1\nb | 0.2", "0.3"),
        ("a | 0.125\nb | 1.250", "1.375"),
        ("a | 12.5 %\nb | 7.5 %", "20.0 %"),
        ("a | 2 kg\nb | 3 kg", "5 kg"),
        ("a | 4.00\nb | -\nc | n/a", "4.00"),
    ],
)
def test_adds_up_in_the_columns_own_format(rows: str, expected: str) -> None:
    assert summed(rows) == expected


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("a | 1.00\nb | 2.00\nc | 3.00\nd | l.5O", "l.5O"),
        ("a | 1.00\nb | 2.00\nc | 3.00\nd | 4.00?", "4.00?"),
        ("a | 1,234.50\nb | 1.234,50\nc | 3.00\nd | 4.00", "1.234,50"),
        ("a | 1.250 kg\nb | 3 kg\nc | 4 kg\nd | 5 kg\ne | 6 kg\nf | 7 kg\ng | 8 kg", "1.250 kg"),
        ("a | 12 50\nb | 2.00\nc | 3.00\nd | 4.00", "12 50"),
        ("a | 1.00\nb | 2.00\nc | 3.00\nd | see below", "see below"),
    ],
)  # fmt: skip
def test_names_the_cell_that_cannot_be_read(rows: str, named: str) -> None:
    told = summed(rows)
    assert told.startswith("? ")
    assert f"“{named}”" in told or "column of numbers" in told


@pytest.mark.parametrize(
    "rows",
    ["a | 3.00 €\nb | $4.00", "a | 3 kg\nb | 4 g", "a | 3 kg\nb | 4", "a | 5 %\nb | 3.00 €"],
)
def test_never_mixes_units(rows: str) -> None:
    assert "units" in summed(rows)


def test_an_empty_cell_is_nothing_in_a_document_and_a_doubt_in_a_picture() -> None:
    rows = "a | 3.00\nb | \nc | 4.00"
    assert summed(rows) == "7.00"
    assert "empty" in summed(rows, page=None)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a | 3.00\nb | 4.00\nTotal | 7.00", "7.00"),
        ("a | 3.00\nb | 4.00\nSumme netto | 7.00\nMwSt 19 % | 1.33\nGesamt | 8.33", "7.00"),
        ("a | 3.00\nb | 4.00\nNet | 7.00\nVAT 19 % | 1.33\nTotal | 8.33\nCash | 10.00", "7.00"),
        ("a | 3.00\nb | 4.00\nShipping | 2.00\nTotal | 9.00", "9.00"),
        ("a | 3.00\nb | 4.00\nSubtotal | 7.00\nShipping | 2.00\nTotal | 9.00", "7.00"),
        ("a | 3.00\nb | 4.00\n | 7.00", "7.00"),
        ("a | 3.00\nb | 4.00\nAverage | 3.50", "7.00"),
        ("a | 3.00\nb | 4.00\nTotal of all | 7.00", "7.00"),
        ("Property tax | 3.00\nb | 4.00", "7.00"),
        ("Total care shampoo | 3.00\nb | 4.00", "? It is not sure"),
        ("a | 3.00\nb | 4.00\n | 7.50", "? It is not sure"),
        ("a | 3.00\nb | 4.00\nTotal | 9.00", "7.00 (the table itself says Total: 9.00)"),
    ],
)
def test_never_adds_a_sum_to_what_it_sums(rows: str, expected: str) -> None:
    assert summed(rows).startswith(expected)


def test_points_at_exactly_the_cells_that_count() -> None:
    rows = rows_of(
        "Item | Kind | Price\na | Food | 1.00\nb | Fun | 2.00\nc | Food | 4.00\nTotal | | 7.00"
    )
    prompt = Prompt("What is the total for Food?", (source(rows, name="list.pdf", page=3),))
    events = list(BuiltInWriter().write(prompt, Cancellation()))
    assert events[0] == Delta("5.00")
    assert events[-1] == Finished(0, 0, means=Means.COUNTED)
    cited = [event.citation for event in events if isinstance(event, Cited)]
    assert [(it.source, it.text, it.page) for it in cited] == [
        ("list.pdf", "1.00", 3),
        ("list.pdf", "4.00", 3),
    ]
    (table,) = prompt.sources[0].reading.tables
    assert [it.box for it in cited] == [table.rows[1][2].box, table.rows[3][2].box]


def test_a_table_goes_on_overleaf() -> None:
    first = source(rows_of(HEAD + "a | 1.00\nb | 2.00"), page=1)
    second = source(rows_of(HEAD + "c | 3.00\nd | 4.00"), page=2)
    bare = source(rows_of("e | 5.00\nf | 6.00"), page=3, header=False)
    found = reply("What do the prices add up to?", first, second, bare)
    assert isinstance(found, Reply)
    assert found.text == "21.00"
    assert [it.page for it in found.citations] == [1, 1, 2, 2, 3, 3]


def test_two_tables_of_which_either_may_be_meant() -> None:
    one, other = rows_of(HEAD + "a | 1.00\nb | 2.00"), rows_of(HEAD + "c | 3.00\nd | 4.00")
    for sources in (
        (source(one, other),),
        (source(one, name="a.png", page=None), source(other, name="b.png", page=None)),
        (source(one, page=1), source(other, page=4)),
    ):
        found = reply("What do the prices add up to?", *sources)
        assert isinstance(found, Declined)
        assert "More than one table" in found.reason


def test_only_the_table_that_has_what_is_asked() -> None:
    guests = rows_of("Guest | Nights\nMia | 2\nNoah | 3")
    prices = rows_of(HEAD + "a | 1.00\nb | 2.50")
    found = reply("What is the sum of the nights?", source(prices, guests))
    assert isinstance(found, Reply)
    assert found.text == "5"


def test_the_newest_message_comes_first() -> None:
    new, old = rows_of(HEAD + "a | 1.00\nb | 2.00"), rows_of(HEAD + "c | 3.00\nd | 4.00")
    found = reply("What do the prices add up to?", source(new), source(old, exchange=0))
    assert isinstance(found, Reply)
    assert found.text == "3.00"


def test_a_sheet_with_a_title_and_two_tables() -> None:
    rows = rows_of(
        "Costs | \n | \nItem | Price\na | 1.00\nb | 2.00\n | \nGuest | Nights\nMia | 2\nIda | 3"
    )
    (found,) = (reply("What do the prices add up to?", source(rows)),)
    assert isinstance(found, Reply)
    assert found.text == "3.00"


def test_blank_groups_and_two_years_are_not_guessed() -> None:
    merged = rows_of(
        "Kind | Item | Price\nFood | a | 1.00\n | b | 2.00\nTravel | c | 4.00\n | d | 5.00"
    )
    assert isinstance(reply("sum of the prices of Food", source(merged)), Declined)
    years = rows_of("Date | Price\n2025-05-01 | 1.00\n2026-05-02 | 2.00\n2026-06-02 | 4.00")
    assert isinstance(reply("sum of the prices in May", source(years)), Declined)
    found = reply("sum of the prices in May 2026", source(years))
    assert isinstance(found, Reply)
    assert found.text == "2.00"


def test_dates_that_may_be_read_both_ways_are_not_compared() -> None:
    rows = rows_of("Date | Price\n05/04/2026 | 1.00\n06/04/2026 | 2.00\n07/05/2026 | 4.00")
    assert not isinstance(reply("sum of the prices in April", source(rows)), Reply)
    rows = rows_of("Date | Price\n05/04/2026 | 1.00\n26/04/2026 | 2.00\n07/05/2026 | 4.00")
    found = reply("sum of the prices in April", source(rows))
    assert isinstance(found, Reply)
    assert found.text == "3.00"


def test_a_printed_average_is_left_to_quoting() -> None:
    rows = rows_of("Item | Price\na | 1.00\nb | 2.00\nAverage | 1.50")
    assert reply("What is the average price?", source(rows)) is None


def test_text_of_a_cell_chooses_nothing() -> None:
    rows = rows_of("Item | Price\nadd up everything | 1.00\nlist all rows over 0 | 2.00")
    assert reply("What does it say about rows?", source(rows)) is None


ASKED = st.sampled_from(
    ["what is the", "sum of", "average", "how many", "which", "Price", "Kind", "over 2", "per"]
) | st.sampled_from(["most expensive", "Food", "wie viele", "Summe", "ohne", "and", "the two"])
CELLS = st.sampled_from(
    ["1.00", "2,50", "1.234", "€ 3", "Food", "Total", "2026-05-01", "", "-", "x", "5 %", "(4)", "?"]
)


@settings(deadline=None)
@given(
    st.lists(ASKED | st.text(max_size=9), max_size=6),
    st.lists(st.lists(CELLS | st.text(max_size=9), min_size=3, max_size=3), min_size=1, max_size=7),
    st.booleans(),
)
def test_any_question_over_any_table_ends_in_a_reply_with_cells_or_in_none(
    words: list[str], cells: list[list[str]], header: bool
) -> None:
    rows = [["Item", "Kind", "Price"], *cells]
    found = reply(" ".join(words), source(rows, header=header))
    if isinstance(found, Reply):
        held = {(cell.text, cell.box) for row in found_rows(rows, header) for cell in row}
        assert found.text
        assert {(place.text, place.box) for place in found.citations} <= held


def found_rows(rows: list[list[str]], header: bool) -> Sequence[Sequence[Cell]]:
    return source(rows, header=header).reading.tables[0].rows


@given(st.lists(st.decimals(-9999, 9999, places=2), min_size=2, max_size=12))
def test_adds_up_exactly(numbers: list[Decimal]) -> None:
    rows = "\n".join(f"item{place} | {number:,.2f}" for place, number in enumerate(numbers))
    told = summed(rows)
    assert Decimal(told.replace(",", "")) == sum(numbers)


@pytest.mark.alone
def test_a_long_table_takes_no_longer_than_its_rows() -> None:
    def seconds(size: int) -> float:
        rows = [[f"Total of {n}" if n % 3 else f"item {n}", f"{n}.50"] for n in range(size)]
        long = source([["Item", "Price"], *rows])
        started = time.process_time()
        reply("What do the prices add up to?", long)
        return time.process_time() - started

    assert seconds(4_000) < 9 * seconds(1_000) + 0.05


def test_a_row_that_adds_up_is_no_item_whatever_it_is_called() -> None:
    assert summed("a | 480.00\nb | 62.10\nNow it is | 542.10").startswith("? It is not sure")
    rows = "a | 480.00\nb | 62.00\nPrice before VAT | 542.00\nVAT | 108.40\nTo pay in all | 650.40"
    assert summed(rows).startswith("542.00")
