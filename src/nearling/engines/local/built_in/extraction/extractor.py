"""Fulfils Extractor: finds each field on the pages of one file, or says that it is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nearling.core.cancellation import Cancellation
from nearling.core.extraction import Found
from nearling.core.geometry import enclosing
from nearling.core.reading import Reading
from nearling.engines.local.built_in.days import days
from nearling.engines.local.built_in.extraction import parties
from nearling.engines.local.built_in.extraction.iban import iban_holds, iban_of
from nearling.engines.local.built_in.extraction.known import FIELDS, is_company_asked, mark, meant
from nearling.engines.local.built_in.extraction.labels import Candidate, labelled, suited
from nearling.engines.local.built_in.extraction.named import named_value
from nearling.engines.local.built_in.extraction.sums import amount, is_no_sum, sums, total_of
from nearling.engines.local.built_in.quoting.layout import Layout, Spot, layout
from nearling.engines.local.built_in.quoting.values import Kind, Value
from nearling.engines.local.built_in.quoting.words import folded

_LEGIBLE = 0.8
"""Of the recogniser's score; what lies below was often misread."""
_CLOSE = 0.35
_PROSE = 24
"""Letters; a line with more has a sentence in it."""
_PAYING, _BY, _COLLECTED, _ON, _NO_DUE = (
    mark(name) for name in ("paying", "by", "collected", "on", "no due")
)
_YEAR = re.compile(r"\d{4}|\d\D+\d+\D+\d\d")
_DUE = 2.5
"""Rank; what is due is another sum than the total where a part of it has been paid."""


@dataclass(frozen=True, slots=True)
class _Choice:
    page: int
    lines: tuple[int, ...]
    text: str
    rank: float
    doubtful: bool = False


class BuiltInExtractor:
    """Fulfils Extractor without a model."""

    def extract(
        self, readings: Sequence[Reading], fields: Sequence[str], cancellation: Cancellation
    ) -> tuple[Found | None, ...]:
        plans = []
        for reading in readings:
            cancellation.check()
            plans.append(layout(reading))
        pages = _Pages(readings, plans)
        found = []
        for field in fields:
            cancellation.check()
            found.append(pages.found(field))
        return tuple(found)


class _Pages:
    """The pages of one file, and what was found on them."""

    def __init__(self, readings: Sequence[Reading], plans: Sequence[Layout]) -> None:
        self._readings = readings
        self._plans = plans

    def found(self, asked: str) -> Found | None:
        name = meant(asked)
        choice = (self._typed if name in FIELDS else self._told)(name, asked)
        return None if choice is None else self._seen(choice)

    def _all(self) -> range:
        return range(len(self._plans))

    def _seen(self, choice: _Choice) -> Found:
        lines = [self._readings[choice.page].lines[line] for line in choice.lines]
        faint = min(line.score for line in lines) < _LEGIBLE
        box = enclosing(line.box for line in lines)
        return Found(choice.text, box, choice.page + 1, doubtful=choice.doubtful or faint)

    # Fields that are told by a label and a shape

    def _typed(self, name: str, asked: str = "") -> _Choice | None:
        field = FIELDS[name]
        found = [
            _Choice(page, (it.line,), it.text, it.rank)
            for page in self._all()
            for it in labelled(self._plans[page], field, asked or name)
        ]
        if name == "due date":
            found += self._to_be_paid()
        elif field.alone:
            found += self._unlabelled(name)
        if name == "date":
            due = self._typed("due date")
            found = [it for it in found if it.rank < 1 or due is None or it.text != due.text]
        if name == "total" and not found:
            found = self._summed()
        if name == "iban":
            found = [_Choice(it.page, it.lines, iban_of(it.text), it.rank) for it in found]
        if not found:
            return self._typed("mobile") if name == "phone" else None
        surest = min(it.rank for it in found)
        level = [it for it in found if it.rank - surest < _CLOSE]
        chosen = level[-1 if field.last else 0]
        reach = max(surest + _CLOSE, _DUE) if name == "total" else surest + _CLOSE
        rivals = {_meaning(it.text, field.kinds) for it in found if it.rank < reach}
        if len(rivals) > 1 and not field.kinds:
            return None
        doubtful = len(rivals) > 1 or self._is_odd(name, chosen)
        return _Choice(chosen.page, chosen.lines, chosen.text, chosen.rank, doubtful)

    def _values(self, kinds: tuple[Kind, ...]) -> Iterator[tuple[int, int, Spot, Value]]:
        """Each with its page, its row and where it stands."""
        for page in self._all():
            for number, row in enumerate(self._plans[page].rows):
                for spot in row:
                    yield from ((page, number, spot, value) for value in suited(spot.text, kinds))

    def _unlabelled(self, name: str) -> Iterator[_Choice]:
        """Values that say by their shape what they are; those in a sentence say it less."""
        field = FIELDS[name]
        for page, number, spot, value in self._values(field.kinds):
            row = self._plans[page].rows[number]
            if any(re.search(field.never, it.text, re.IGNORECASE) for it in row):
                continue
            prose = len(spot.text) - len(value.text) > _PROSE
            loose = 2 * prose + (name == "date" and not _YEAR.search(value.text))
            yield _Choice(page, (spot.index,), value.text, 4 + loose)

    def _to_be_paid(self) -> Iterator[_Choice]:
        """Days by which a sentence wants something paid."""
        for page, number, spot, value in self._values((Kind.DATE,)):
            over = self._plans[page].above(number, spot, 1.5)
            above = over.text if over is not None else ""
            before = spot.text[: value.start].strip() or above
            told = spot.text if before != above and len(spot.text) < _PROSE else above + spot.text
            wanted = _BY.search(before) and _PAYING.search(told)
            taken = _ON.search(before) and _COLLECTED.search(told)
            if (wanted or taken) and not _NO_DUE.search(before):
                yield _Choice(page, (spot.index,), value.text, 0.5)

    def _summed(self) -> list[_Choice]:
        """A total without a label; a sum in a letter may be any, unless it wants something paid."""
        found = []
        wanted = self._typed("due date") is not None
        for page in self._all():
            plan = self._plans[page]
            it = total_of(sums(plan)) if wanted or not parties.is_greeting(plan) else None
            found += [] if it is None else [_Choice(page, (it.spot.index,), it.text, 5)]
        return found

    def _is_odd(self, name: str, choice: _Choice) -> bool:
        if name == "iban":
            return not iban_holds(choice.text)
        if Kind.DATE in FIELDS[name].kinds:
            return self._is_unclear(choice.text)
        if name != "total":
            return False
        sub = self._typed("subtotal")
        base = sub.lines[0] if sub is not None and sub.page == choice.page else None
        return is_no_sum(sums(self._plans[choice.page]), choice.lines[0], base)

    def _is_unclear(self, text: str) -> bool:
        """Whether a date is no day, or one of two that no other date of the file decides."""
        others = [value.text for _, _, _, value in self._values((Kind.DATE,))]
        return days([folded(it) for it in (text, *others)])[0] is None

    # Fields that are told by where they stand, and of any other name

    def _told(self, name: str, asked: str) -> _Choice | None:
        for page in self._all():
            plan = self._plans[page]
            found = _who(name, asked, plan) if plan.spots else []
            if found:
                surest = found[0]
                if name == "currency":
                    doubtful = not parties.same_currency([it[0].text for it in found])
                else:
                    doubtful = len(found) > 1 and found[1][0].rank - surest[0].rank < _CLOSE
                text = ", ".join(it.text for it in surest)
                lines = tuple(it.line for it in surest)
                return _Choice(page, lines, text, surest[0].rank, doubtful)
        return None


def _who(name: str, asked: str, plan: Layout) -> list[tuple[Candidate, ...]]:
    """Each in the lines that it stands in, surest first."""
    match name:
        case "address":
            return [it.parts for it in parties.addresses(plan)]
        case "currency":
            found = parties.money_signs(plan)
        case "customer":
            found = parties.buyer(plan)
        case "name":
            found = parties.person(plan)
        case "":
            named = named_value(asked, plan)
            found = [] if named is None else [named]
        case _:
            found = parties.seller(plan)
            found = found or (parties.firm(plan) if is_company_asked(asked) else [])
    return [(it,) for it in found]


def _meaning(text: str, kinds: tuple[Kind, ...]) -> object:
    """Equal for values that say the same in other letters."""
    if Kind.MONEY in kinds:
        return amount(text) or text
    if Kind.DATE in kinds:
        return days([folded(text)])[0] or text
    return "".join(filter(str.isalnum, text)).casefold()
