"""Which sum is the total of a paper whose total is called nothing."""

from __future__ import annotations

import pytest

from nearling.engines.local.built_in.extraction.sums import sums, total_of
from nearling.engines.local.built_in.quoting.layout import layout
from scripted.readings import celled


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (("Tea 2.00", "Scone 3.50", "EUR 5.50", "Cash 10.00", "Change 4.50"), "EUR 5.50"),
        (("Atlas 24.99", "Cards 5.50", "Member -3.15", "You owe 27.34"), "27.34"),
        (("Tea 2.00", "Scone 3.50", "Subtotal 5.50", "Tip ____"), None),
        (("Row K", "£22.00 incl. booking fee £2.00"), "£22.00"),
        (("Tea 2.00", "Scone 3.50"), None),
        (("Opening hours",), None),
    ],
)
def test_the_total(rows: tuple[str, ...], right: str | None) -> None:
    found = total_of(sums(layout(celled(*rows))))
    assert (None if found is None else found.text) == right
