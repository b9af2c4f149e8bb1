"""Fields of papers: made ones that are drawn and really read, and readings made by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled
from nearling.core.extraction import Found
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.core.reading import Line, Reading
from nearling.engines.local.built_in.extraction.extractor import BuiltInExtractor
from nearling.engines.local.rapid_reader import RapidReader
from scripted.papers import papers

PAPERS = Path(__file__).with_name("papers.txt")


def reading(*rows: str | tuple[str, ...], score: float = 1.0) -> Reading:
    """Rows 40 pixels apart, cells 260 pixels apart."""
    lines = []
    for number, row in enumerate(rows):
        for column, text in enumerate((row,) if isinstance(row, str) else row):
            if text:
                left, top = 20 + 260 * column, 20 + 40 * number
                box = Box(left, top, left + 9 * len(text), top + 24)
                lines.append(Line(text, score, box, (), 0))
    return Reading("d1", 1200, 3000, 0, tuple(lines), (), (), "by hand", 0.0)


def extracted(
    fields: Sequence[str], *rows: str | tuple[str, ...], score: float = 1.0
) -> list[Found | None]:
    return list(BuiltInExtractor().extract([reading(*rows, score=score)], fields, Cancellation()))


def text(field: str, *rows: str | tuple[str, ...]) -> str | None:
    (found,) = extracted([field], *rows)
    return None if found is None else found.text


def doubtful(field: str, *rows: str | tuple[str, ...], score: float = 1.0) -> bool:
    (found,) = extracted([field], *rows, score=score)
    assert found is not None
    return found.doubtful


@pytest.mark.long
def test_the_fields_of_papers_that_were_really_read(reader: RapidReader) -> None:
    """81 papers, 19 fields in 20 right at least, and at most 1 in 50 wrong."""
    counted: Counter[str] = Counter()
    for paper in papers(PAPERS):
        picture = Capture(Medium.PICTURE, paper.name, paper.picture())
        read = reader.read(picture, Cancellation())
        given = BuiltInExtractor().extract([read], list(paper.right), Cancellation())
        for (field, right), found in zip(paper.right.items(), given, strict=True):
            known = {"".join(each.split()).casefold() for each in right}
            if found is None:
                outcome = "missing" if right else "right"
            else:
                outcome = "right" if "".join(found.text.split()).casefold() in known else "wrong"
                # What is given is printed there, word for word.
                for word in found.text.replace(",", " ").split():
                    assert word in read.text.replace(",", " "), (paper.name, field)
            counted[outcome] += 1
            if outcome != "right":
                print(f"{outcome}: {paper.name}, {field}: {found.text if found else None}")
    print(dict(counted))
    assert counted["wrong"] <= 0.02 * sum(counted.values())
    assert counted["right"] >= 19 / 20 * sum(counted.values())


RECEIPT: tuple[str | tuple[str, ...], ...] = (
    "Corner Shop",
    "12.06.2026 08:47",
    ("Bread", "2.50"),
    ("Milk", "1.20"),
    ("Subtotal", "3.70"),
    ("VAT 7 %", "0.26"),
    ("Total", "3.96"),
)


def test_a_receipt() -> None:
    found = extracted(["Merchant", "date", "Zeit", "total", "Zwischensumme", "tax"], *RECEIPT)
    texts = [None if each is None else each.text for each in found]
    assert texts == ["Corner Shop", "12.06.2026", "08:47", "3.96", "3.70", "0.26"]
    assert not any(each is None or each.doubtful for each in found)
    total = found[3]
    assert total is not None
    assert total.box == Box(280, 260, 316, 284)
    assert total.page == 1


@pytest.mark.parametrize(
    "field", ["tip", "due date", "IBAN", "customer", "fax", "colour", "order number", "mileage"]
)
def test_nothing_is_better_than_wrong(field: str) -> None:
    assert text(field, *RECEIPT) is None


@pytest.mark.parametrize(
    ("field", "rows", "right"),
    [
        ("total", (("Total items", "3"), ("Total", "9.50")), "9.50"),
        ("total", (("Total excl. VAT", "8.00"), ("Total incl. VAT", "9.50")), "9.50"),
        ("total", (("Gesamtbetrag", "11,90 €"), ("darin MwSt", "1,90 €")), "11,90 €"),
        ("tax", (("TOTAL INC VAT", "9.50"),), None),
        ("total", ("Balance due: $12.00",), "$12.00"),
        ("subtotal", (("Nettobetrag", "10,00 €"),), "10,00 €"),
        ("due date", ("Der Betrag wird am 15.10.2026 fällig.",), "15.10.2026"),
        ("date", ("Payable by 3 May 2026",), None),
        ("invoice number", ("Rechnung Nr. 2026/0772 vom 02.06.2026",), "2026/0772"),
        ("customer number", (("Kundennummer", "7 004 218"),), "7 004 218"),
        ("invoice number", ("Invoice", "Thank you"), None),
        ("shop", ("Bramble & Oak", "Farm shop and kitchen", ("Total", "3.00")), "Bramble & Oak"),
        ("company", ("To: Meridian Foods B.V.", ("Total", "3.00")), None),
        ("total", (("Total", "$75.00"), ("Deposit", "$20.00"), ("Due", "$55.00")), "$75.00"),
        ("Zone", ("Zone AB", "17.06.2026 08:14"), "AB"),
        ("Kennzeichen", (("Registration", "KT19 VBX"),), "KT19 VBX"),
        ("Room", (("Room", "214"), ("Guest", "Jo Lindqvist")), "214"),
        ("iban", ("IBAN DE89 3704 0044 0532 0130 00 BIC X",), "DE89 3704 0044 0532 0130 00"),
        ("phone", ("Fax 0221 555014", "Tel. 0221 555010"), "0221 555010"),
        ("fax", ("Fax 0221 555014", "Tel. 0221 555010"), "0221 555014"),
    ],
)
def test_labels(field: str, rows: tuple[str | tuple[str, ...], ...], right: str | None) -> None:
    assert text(field, *rows) == right


def test_doubt() -> None:
    assert doubtful("total", *RECEIPT, score=0.5)
    assert doubtful("total", *RECEIPT[:-1], ("Total", "4.96"))
    assert doubtful("total", ("Total", "4.96"), ("Total", "5.96"))
    assert doubtful("date", "Date: 31.02.2026")
    assert doubtful("date", "Date: 03/04/2026")
    assert not doubtful("date", "Date: 03.04.2026")
    assert not doubtful("date", "Date: 03/04/2026", "Due: 23/04/2026")
    assert doubtful("iban", "IBAN DE12 3456 7890 1234 5678 90")
    assert not doubtful("iban", "IBAN DE89 3704 0044 0532 0130 00")
    assert not doubtful("total", *RECEIPT)


def test_a_total_on_the_last_page_and_a_number_on_the_first() -> None:
    pages = [
        reading("Ohm & Sons Ltd", "Invoice no: A-17", ("Carried over", "80.00")),
        reading(("Total", "95.00"), "Invoice no: A-17"),
    ]
    total, number = BuiltInExtractor().extract(pages, ["total", "invoice no"], Cancellation())
    assert total is not None
    assert number is not None
    assert (total.text, total.page) == ("95.00", 2)
    assert (number.text, number.page) == ("A-17", 1)


def test_nothing_was_read() -> None:
    fields = ["date", "merchant", "total", "currency", "address", "name", "customer", "colour"]
    assert extracted(fields) == [None] * len(fields)
    assert BuiltInExtractor().extract([], fields, Cancellation()) == (None,) * len(fields)


def test_it_can_be_cancelled() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        BuiltInExtractor().extract([reading(*RECEIPT)], ["total"], cancellation)


_FIELDS = ("date", "merchant", "total", "tax", "iban", "name", "customer", "address", "number", "x")


@given(
    st.lists(
        st.lists(
            st.text("TotalDate MwSt:.,0123456789€$/-IBAN\u0660\n", max_size=30),
            min_size=1,
            max_size=3,
        ),
        max_size=8,
    )
)
def test_any_reading_is_taken(rows: list[list[str]]) -> None:
    found = extracted(_FIELDS, *(tuple(row) for row in rows))
    texts = " ".join(cell for row in rows for cell in row)
    for each in found:
        assert each is None or all(part in texts for part in each.text.split(", "))
