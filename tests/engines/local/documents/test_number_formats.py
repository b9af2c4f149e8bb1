"""Numbers of workbooks are told as their cells show them."""

import pytest

from nearling.engines.local.documents.number_formats import general, shown


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (12.5, "General", "12.5"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (12.5, "0.00", "12.50"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50"),
        (0.19, "0%", "19%"),
        (0.195, "0.0%", "19.5%"),
        (12.5, '#,##0.00\\ "€"', "12.50 €"),
        (12.5, "#,##0.00\\ [$€-407]", "12.50 €"),
        (12.5, "[$£-809]#,##0.00", "£12.50"),
        (12.5, '"$"#,##0.00_);("$"#,##0.00)', "$12.50"),
        (12.5, '_-* #,##0.00\\ "€"_-;-* #,##0.00', "12.50 €"),
        (7, "000", "007"),
        (12, "0.##", "12"),
        (12.5, "0.##", "12.5"),
        (2.5, '0.0 "kg"', "2.5 kg"),
        (46082, "yyyy-mm-dd", "2026-03-01"),
        (46082.5, "dd.mm.yyyy hh:mm", "2026-03-01 12:00"),
        (46082, "[$-407]d. mmmm yyyy", "2026-03-01"),
        (0.75, "h:mm AM/PM", "18:00"),
        (1.25, "[h]:mm", "30:00:00"),
        (44620, "mmm yy", "2022-02"),
        (-5, "yyyy-mm-dd", "-5"),
        (3, "@", "3"),
        (1e20, "0", "100000000000000000000"),
        (0.5, "# ?/?", "0.5"),
        (12345, "0.00E+00", "12345"),
    ],
)
def test_shown(value, code, told):
    assert shown(value, code) == told


def test_days_of_old_macs():
    assert shown(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"


def test_general():
    assert [general(it) for it in (1e16, 1e-7, -3.0, 2.50)] == ["1e+16", "1e-07", "-3", "2.5"]
