"""Numbers and sums of money as a person reads them."""

import pytest

from nearling.core.numerals import decimal, money, whole


@pytest.mark.parametrize(
    ("micro_usd", "told"),
    [
        (None, "price not known"),
        (0, "free"),
        (1, "less than 0.0001 USD"),
        (99, "less than 0.0001 USD"),
        (600, "0.0006 USD"),
        (12_345, "0.0123 USD"),
        (1_234_567, "1.23 USD"),
    ],
)
def test_small_sums_stay_readable(micro_usd, told):
    assert money(micro_usd) == told


def test_thousands_and_tenths():
    assert (whole(1_234_567), decimal(2.345, 1)) == ("1,234,567", "2.3")
