"""Tables of files with scripted abilities: order, failures, what is known, and being cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from nearling.assistant.documents import Documents
from nearling.assistant.extraction import Extraction
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.document import Page, PageKind, Pages
from nearling.core.errors import Cancelled, UnusableFile
from nearling.core.extraction import FileFailed, Found, Row
from nearling.core.media import Capture, Medium
from nearling.core.reading import Reading
from nearling.history.history import History
from scripted.engines import ScriptedReader, picture, reading_of

FIELDS = ("first", "second")


class FirstLines:
    """Extracts the first lines of the last page; the tests' own idea of a table."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def extract(
        self, readings: Sequence[Reading], fields: Sequence[str], cancellation: Cancellation
    ) -> tuple[Found | None, ...]:
        cancellation.check()
        self.asked.append(tuple(fields))
        lines = readings[-1].lines
        return tuple(
            Found(lines[n].text, lines[n].box, len(readings)) if n < len(lines) else None
            for n in range(len(fields))
        )


class TwoPages:
    """Opens any document as a page of text and one that is only a picture."""

    def open(self, document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
        yield Pages(2, PageKind.PAGE)
        yield Page(1, PageKind.PAGE, "", reading_of(document, "typed"))
        yield Page(2, PageKind.PAGE, "", reading_of(document), b"pixels")


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History(tmp_path / "history") as opened:
        yield opened


def files(*names: str) -> list[Callable[[], Capture]]:
    return [partial(picture, name) for name in names]


def table(
    history: History,
    reader: ScriptedReader,
    taken: Sequence[Callable[[], Capture]],
    engines: tuple[str, ...] = ("reader 1", "extractor 1"),
    fields: tuple[str, ...] = FIELDS,
) -> list[Row | FileFailed]:
    documents = Documents(history, TwoPages(), reader, "documents 1")
    extraction = Extraction(history, reader, FirstLines(), engines, documents)
    return list(extraction.table(taken, fields, Cancellation()))


def texts(event: Row | FileFailed) -> list[str | None]:
    assert isinstance(event, Row)
    return [None if cell is None else cell.text for cell in event.found.cells]


def test_a_row_for_each_file_in_order(history: History) -> None:
    reader = ScriptedReader({"a.png": ("one", "two"), "b.png": ("three",)})
    rows = table(history, reader, files("a.png", "b.png"))
    assert [texts(row) for row in rows] == [["one", "two"], ["three", None]]
    assert [row.number for row in rows] == [0, 1]
    assert not any(isinstance(row, Row) and (row.known or row.found.pages) for row in rows)


def test_what_cannot_be_read_does_not_stop_the_others(history: History) -> None:
    def gone() -> Capture:
        raise UnusableFile("It is gone.", "Look for it.")

    broken = UnusableFile("It is broken.", "Use a copy.")
    reader = ScriptedReader({"a.png": broken, "c.png": ("three",)})
    first, second, third = table(history, reader, [*files("a.png"), gone, *files("c.png")])
    assert isinstance(first, FileFailed)
    assert first.error is broken
    assert isinstance(second, FileFailed)
    assert second.error.sentence == "It is gone."
    assert texts(third) == ["three", None]


def test_a_second_run_reads_nothing_again(history: History) -> None:
    reader = ScriptedReader({"a.png": ("one",), "b.png": ("two",)})
    first = table(history, reader, files("a.png", "b.png"))
    second = table(history, reader, files("a.png", "b.png"))
    assert reader.asked == ["a.png", "b.png"]
    assert [texts(row) for row in second] == [texts(row) for row in first]
    assert all(isinstance(row, Row) and row.known for row in second)


def test_other_fields_and_other_engines_are_other_rows(history: History) -> None:
    reader = ScriptedReader({"a.png": ("one", "two")})
    table(history, reader, files("a.png"))
    table(history, reader, files("a.png"), fields=("second",))
    table(history, reader, files("a.png"), engines=("reader 1", "extractor 2"))
    assert len(reader.asked) == 3
    # What another engine found has been replaced.
    table(history, reader, files("a.png"))
    assert len(reader.asked) == 4


def test_a_cut_run_goes_on_where_it_was(history: History) -> None:
    reader = ScriptedReader({name: (name,) for name in ("a.png", "b.png", "c.png")})
    extraction = Extraction(history, reader, FirstLines(), ("r", "x"))
    cancellation = Cancellation()
    run = extraction.table(files("a.png", "b.png", "c.png"), FIELDS, cancellation)
    next(run)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(run)
    rows = list(extraction.table(files("a.png", "b.png", "c.png"), FIELDS, Cancellation()))
    assert [isinstance(row, Row) and row.known for row in rows] == [True, False, False]
    assert reader.asked == ["a.png", "b.png", "c.png"]


def test_every_page_of_a_document_counts(history: History) -> None:
    reader = ScriptedReader({"scan.pdf, 2.png": ("seen",)})
    document = partial(Capture, Medium.DOCUMENT, "scan.pdf", b"%PDF")
    (row,) = table(history, reader, [document])
    assert isinstance(row, Row)
    assert row.found.pages == 2
    cell = row.found.cells[0]
    assert cell is not None
    assert (cell.text, cell.page) == ("seen", 2)


def test_a_reading_that_is_kept_is_not_read_again(history: History) -> None:
    shown = picture("a.png")
    history.open_turn(Draft("What is it?", (shown,)))
    history.keep_reading(replace(reading_of(shown, "known"), engine="reader 1"))
    reader = ScriptedReader()
    (row,) = table(history, reader, files("a.png"))
    assert texts(row) == ["known", None]
    assert reader.asked == []
