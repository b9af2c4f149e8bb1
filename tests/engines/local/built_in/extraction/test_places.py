"""Addresses: what of a line is one, and what of the lines above belongs to it."""

from __future__ import annotations

import pytest

from nearling.engines.local.built_in.extraction.places import in_line, places
from nearling.engines.local.built_in.quoting.layout import layout
from scripted.readings import celled


def printed(*rows: str | tuple[str, ...]) -> list[str]:
    return [", ".join(part.text for part in it.parts) for it in places(layout(celled(*rows)))]


def names(*rows: str | tuple[str, ...]) -> list[list[str]]:
    return [[spot.text for spot in it.names] for it in places(layout(celled(*rows)))]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("Rosenweg 6, 18055 Rostock", "Rosenweg 6, 18055 Rostock"),
        ("Wald AG · Am Hafen 4 · 23730 Neustadt", "Am Hafen 4 · 23730 Neustadt"),
        ("Nordlicht GmbH, Hafenstr. 1, 28217 Bremen", "Hafenstr. 1, 28217 Bremen"),
        ("Registered office: 5 Foundry Lane, Hull HU3 2BN", "5 Foundry Lane, Hull HU3 2BN"),
        ("The Mill, 3 Wharf Street, Exeter EX2 4AN", "The Mill, 3 Wharf Street, Exeter EX2 4AN"),
        ("PO Box 88, Boise, ID", "PO Box 88, Boise, ID"),
        ("Forge Yard, Skipton BD23 1RS 01756 555 660", "Forge Yard, Skipton BD23 1RS"),
        ("Weg 3, 8400 Winterthur | Tel. 052 555 11 22", "Weg 3, 8400 Winterthur"),
        ("Newcastle NSW 2300", "Newcastle NSW 2300"),
        ("Booking ref: ZX81QP", ""),
        ("Delivery no. DN 77120", ""),
        ("2100 Bayfront Blvd, Suite 300", ""),
        ("KT19 VBX", ""),
        ("1234 Pils 0,99 €", ""),
    ],
)
def test_the_part_of_a_line_that_is_an_address(line: str, right: str) -> None:
    assert in_line(line) == right


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (("Harbour Deli", "Quay 4", "24103 Kiel"), ["Quay 4, 24103 Kiel"]),
        (("Unit 2", "9 Mill Lane", "Bath BA1 2QF"), ["Unit 2, 9 Mill Lane, Bath BA1 2QF"]),
        (("55 High Street", "Oakham", "LE15 6AL"), ["55 High Street, Oakham, LE15 6AL"]),
        (("220 Harbor Street", "Portland, ME"), ["220 Harbor Street, Portland, ME"]),
        ((("Dockweg 2", "15230 Frankfurt (Oder)"),), ["Dockweg 2, 15230 Frankfurt (Oder)"]),
        (("Coiffure Belmondo", "8004 Zürich"), ["8004 Zürich"]),
        (("Corner Grill", "901 Orchard Ave"), ["901 Orchard Ave"]),
        (("Reihe 7 Platz 12", "Parkett"), []),
        (("Total", "12.50"), []),
    ],
)
def test_the_lines_of_an_address(rows: tuple[str | tuple[str, ...], ...], right: list[str]) -> None:
    assert printed(*rows) == right


def test_the_names_over_an_address_end_at_a_gap_and_at_another_address() -> None:
    rows = ("Ohm Ltd", "Meter works", "2 Dock Road", "Hull HU3 2BN", "", "Ann Lee", "4 Elm Way")
    assert names(*rows, "Hull HU3 6JT") == [["Ohm Ltd", "Meter works"], ["Ann Lee"]]
