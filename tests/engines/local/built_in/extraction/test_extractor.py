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
from nearling.engines.local.built_in.extraction.extractor import BuiltInExtractor
from nearling.engines.local.rapid_reader import RapidReader
from scripted.papers import papers
from scripted.readings import celled

PAPERS = Path(__file__).with_name("papers.txt")


def extracted(
    fields: Sequence[str], *rows: str | tuple[str, ...], score: float = 1.0
) -> list[Found | None]:
    return list(BuiltInExtractor().extract([celled(*rows, score=score)], fields, Cancellation()))


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
        ("phone", ("Mobile 07700 900 128",), "07700 900 128"),
        ("phone", ("19/05/2026 18:44 0417 012 3391",), None),
        ("number", (("Receipt number", "2418"), ("Invoice number", "LK-55")), "LK-55"),
        ("number", ("Machine 12 Ticket 004 558",), "004 558"),
        ("number", ("Abholschein Nr. 5580",), "5580"),
        ("number", ("Booking ref: GX4PLM",), "GX4PLM"),
        ("number", ("Customer no. 88-10442", "Seat no. 12"), None),
        ("number", (("Invoice", "Details"), ("40981", "Visit"), ("41007", "Tablets")), None),
        ("number", ("Invoice", "2100 Bayfront Blvd"), None),
        ("due date", ("Bitte überweisen Sie", "bis spätestens 22.05.2026"), "22.05.2026"),
        ("due date", ("Please let us have the balance by 6 May 2026.",), "6 May 2026"),
        ("due date", ("Wir buchen den Betrag am 26.02.2026 ab.",), "26.02.2026"),
        ("due date", ("10.05.2026, 2 % Skonto bis 03.05.2026",), None),
        ("due date", ("Paid on August 9, 2026",), None),
        ("due date", ("Next service due: 4 February 2027",), None),
        (
            "date",
            ("Issued 17 March 2026, payable within 30 days (16 April 2026)",),
            "17 March 2026",
        ),
        ("date", ("gültig am 14.11.2026",), "14.11.2026"),
        ("date", ("im Januar 2026", "1 May - 31 May 2026"), None),
        ("date", ("01 Jul", "4 August 2026"), "4 August 2026"),
        ("date", ("12 Sep 26",), "12 Sep 26"),
        ("tax", ("MwSt 7 % 3,98", "MwSt 19 % 2,94", "Steuer gesamt 6,92"), "6,92"),
        ("total", ("Tea 2.00", "Scone 3.50", "You pay 5.50"), "5.50"),
        ("total", ("Dear Ann,", "I owe you $40.00."), None),
        ("total", ("Dear Ann,", "the balance of $40.00 is due on 3 May 2026"), "$40.00"),
        ("due date", ("Bitte zahlen Sie bis zum", "3. März 2026."), "3. März 2026"),
        ("number", ("Nebenkostenabrechnung 2025",), None),
    ],
)
def test_labels(field: str, rows: tuple[str | tuple[str, ...], ...], right: str | None) -> None:
    assert text(field, *rows) == right


SELLER = ("Ohm & Sons Ltd", "2 Dock Road", "Hull HU3 2BN", "")


@pytest.mark.parametrize(
    ("field", "rows", "right"),
    [
        ("address", (*SELLER, "Mr Lee", "4 Elm Way", "Bath BA1 2QF"), "2 Dock Road, Hull HU3 2BN"),
        ("customer", (*SELLER, "Invoice 7", "", "Ann Lee", "4 Elm Way", "Bath BA1 2QF"), "Ann Lee"),
        ("customer", (*SELLER, "An die", "Holzwerk GmbH", "Weg 8", "97816 Lohr"), "Holzwerk GmbH"),
        ("customer", (*SELLER, "Frau", "Ida Holub", "Weg 8", "97816 Lohr"), "Ida Holub"),
        ("customer", ("Passenger name: Ines Carvalho", "To: Airport"), "Ines Carvalho"),
        ("customer", ("Cust: Helen Abara 07700 900 711", "Total 4.00"), "Helen Abara"),
        ("customer", (("Flight", "From", "To"), ("NS 204", "Bergen", "Aberdeen")), None),
        ("customer", ("Gasthof Bär", "Familie Obermüller", "Markt 3", "83714 Miesbach"), None),
        ("address", ("Service address: 4 Elm Way, Bath BA1 2QF",), None),
        (
            "merchant",
            ("MARLOW & FINCH", "Imogen Sallis", "i@marlowfinch.example"),
            "MARLOW & FINCH",
        ),
        ("merchant", ("Margarete Rosenthal", "kanzlei@ra-rosenthal.example"), None),
        ("merchant", ("Galway", "Dear Ann,", "thank you for the tickets to the play"), None),
        ("merchant", ("ISLE LINK FERRIES", "Boarding card", "Car: WN21"), "ISLE LINK FERRIES"),
    ],
)
def test_who_and_where(
    field: str, rows: tuple[str | tuple[str, ...], ...], right: str | None
) -> None:
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
        celled("Ohm & Sons Ltd", "Invoice no: A-17", ("Carried over", "80.00")),
        celled(("Total", "95.00"), "Invoice no: A-17"),
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
        BuiltInExtractor().extract([celled(*RECEIPT)], ["total"], cancellation)


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
