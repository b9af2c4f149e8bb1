"""Numbers as people write them: a comma or a point before the tenths, whichever is sure."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from nearling.core.language import gettext as _
from nearling.core.language import spoken
from nearling.engines.local.built_in.computing.asked import Asked, Unsure
from nearling.engines.local.built_in.computing.shapes import SHAPES

_GROUPED = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,'"}
_MOST_DIGITS = 40


class Numerals:
    """Reads the numbers of one question, and writes numbers the way that question does."""

    def __init__(self, asked: Asked) -> None:
        tokens = SHAPES.part("NUMBER").findall(asked.text)
        marks = {mark for token in tokens if (mark := _decimal_mark(token))}
        language = asked.language or spoken()
        own = "," if language == "de" else "."
        self._sure = marks.pop() if len(marks) == 1 else ""
        self._own = own
        self._comma = (self._sure or (own if asked.language else _("."))) == ","
        self._cents = any(re.search(r"[.,]\d\d$", token) for token in tokens)

    def value(self, written: str) -> Decimal:
        """Raises Unsure where it can be read in two ways, ValueError where it is no number."""
        if len(written) > _MOST_DIGITS:
            raise Unsure(_("This number is too long to compute with."))
        mark = _decimal_mark(written)
        if not mark:
            groups = [mark for mark, shape in _GROUPED.items() if shape.fullmatch(written)]
            if not groups:
                return _plain(written, "")
            mark = self._meant(written, groups[0])
        return _plain(written, mark)

    def _meant(self, written: str, found: str) -> str:
        """The decimal mark of a number such as 1,234; empty where the mark parts thousands."""
        if found == "'" or written.count(found) > 1:
            return ""
        sure = self._sure or (found if found == self._own else "")
        if not sure:
            whole, fraction = written.split(found)
            raise Unsure(
                _("“{number}” can be read in two ways: {whole} or {fraction}.").format(
                    number=written, whole=whole + fraction, fraction=_(".").join((whole, fraction))
                ),
                _("Write it without a mark between thousands, or with its tenths in full."),
            )
        return found if found == sure else ""

    def shown(self, value: Decimal) -> str:
        """Without idle noughts, but in cents where the question speaks of cents."""
        text = f"{value.normalize():f}"
        if self._cents and value != value.to_integral_value() and len(text.partition(".")[2]) < 2:
            text = f"{value:.2f}"
        return text.replace(".", ",") if self._comma else text

    def rounded(self, value: Decimal, places: int) -> tuple[str, str]:
        """How it is shown with at most so many decimals, and = or ≈ to stand before it."""
        cut = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return self.shown(cut), "=" if cut == value else "≈"

    def in_cents(self, value: Decimal) -> tuple[str, str]:
        """The same for an amount of money, which has two decimals or none."""
        cut = in_cents(value)
        text = f"{cut:f}".removesuffix(".00") if not self._cents else f"{cut:f}"
        return text.replace(".", ",") if self._comma else text, "=" if cut == value else "≈"


def in_cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _decimal_mark(written: str) -> str:
    """What surely stands before the tenths; empty where nothing does, or it is not sure."""
    marks = re.findall(r"[.,']", written)
    if not marks or (len(set(marks)) == 1 and len(marks) > 1):
        return ""
    last = str(marks[-1])
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 and last != "'" else ""
    whole, fraction = written.split(last)
    sure = len(fraction) != 3 or len(whole) > 3 or whole.startswith("0")
    return last if sure and last != "'" else ""


def _plain(written: str, mark: str) -> Decimal:
    whole, _mark, fraction = written.partition(mark) if mark else (written, "", "")
    if not whole[:1].isdecimal():
        raise ValueError(written)
    if not whole.isdecimal():
        thousands = next(mark for mark in whole if not mark.isdecimal())
        if not _GROUPED[thousands].fullmatch(whole):
            raise ValueError(written)
        whole = whole.replace(thousands, "")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)
