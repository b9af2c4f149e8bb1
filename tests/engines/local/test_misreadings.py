"""Only what can be read one way is put right."""

import pytest

from nearling.engines.local.misreadings import corrected


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("(error Ox00000709).", "(error 0x00000709)."),
        ("at Ox7ffe12 and ox1F", "at 0x7ffe12 and 0x1F"),
        ("Oxford Box12 an ox", "Oxford Box12 an ox"),
        ("Oxbead", "Oxbead"),
        ("\u4e00", "\u2014"),
        ("Mon \u4e00 Fri", "Mon \u2014 Fri"),
    ],
)
def test_one_line(read: str, meant: str) -> None:
    assert corrected([read]) == [meant]


def test_a_chinese_picture_keeps_its_numerals() -> None:
    lines = ["\u4e00", "\u661f\u671f\u4e00"]
    assert corrected(lines) == lines
