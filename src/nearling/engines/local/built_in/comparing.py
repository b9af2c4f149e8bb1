"""Which of several sources has the most or the first of something: each is asked the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Line
from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.days import Day, days, minutes
from nearling.engines.local.built_in.extraction.extractor import BuiltInExtractor
from nearling.engines.local.built_in.following.exchanging import in_full
from nearling.engines.local.built_in.quoting.values import Kind, values
from nearling.engines.local.built_in.quoting.vocabulary import named_shapes, sections
from nearling.engines.local.built_in.quoting.words import any_marks, folded, marks, terms
from nearling.engines.local.built_in.quoting.writer import quoted
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.tables.said import listed

_TEXT = sections("comparing.txt", Path(__file__).parent)
_QUESTIONS = dict(named_shapes(_TEXT["questions"]))
_WHICH, _SOURCES, _WITHIN, _EMPTY = (
    re.compile(_TEXT[name][0]) for name in ("which", "sources", "within", "empty")
)
_WHO = re.compile(r"\b(?:who|whose|wer|wessen)\b")
_LENGTH = re.compile(r"\b(?:long|short|lang|kurz|fewer|fewest)\w*")
"""No total is longer than another."""
_PEOPLE = frozenset(f"#{idea}" for idea in listed("people"))
_DIFFERENCE, _SAME, _SEVERAL, _ITEMS = (
    re.compile(_TEXT[name][0]) for name in ("difference", "same", "several", "items")
)
_SUPERLATIVE = re.compile(r"\w(?:est|ste\w*)\b|\b(?:most|least|am \w+sten)\b")
_MOST = 12
"""Sources that are asked."""
_SIZES = {"date": Day, "when": Day | int, "total": Decimal}
"""What the earlier and the cheaper one are told by."""
_Told = list[tuple[str, Reply]]
Sources = dict[str, tuple[Source, ...]]
"""By what they are called."""


def compared(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
    """The source that it is, how far they are apart, or whether they are the same."""
    plain = " ".join(folded(prompt.question).split())
    together = _together(prompt)
    way = _way(plain, together) if 2 <= len(together) <= _MOST else None
    if way is None:
        return None
    kind, sign = way
    reason = _("These sources do not say the same for sure, so they cannot be compared.")
    asked = _questions(plain, kind, in_full(prompt)) if sign or kind in _TELLS else ()
    for question, field in asked:
        cancellation.check()
        told = _asked(question, field, together, cancellation)
        sizes = _sizes([reply.text for _name, reply in told]) if told else None
        if sizes is not None and isinstance(sizes[0], _SIZES.get(kind, object)):
            text = _TELLS.get(kind, _told)(told, sizes, sign)
            places = tuple(citation for _name, reply in told for citation in reply.citations)
            return Reply(text, Means.COUNTED, places) if text else None
        if told:
            said = ", ".join(f"{name}: {reply.text}" for name, reply in told)
            reason = _("These cannot be compared for sure: {values}.").format(values=said)
    return Declined(reason, remedies=(_("Ask each of them on its own."),))


def _way(plain: str, together: Sources) -> tuple[str, int] | None:
    """Of what kind the most (1) or the least (-1) of is asked; None if not of sources."""
    found = next((name for name, shape in _ways() if re.search(shape, plain)), None)
    if _SEVERAL.search(plain) and (_DIFFERENCE.search(plain) or _SAME.search(plain)):
        return "difference" if _DIFFERENCE.search(plain) else "same", 0
    if _WHICH.search(plain) is None or _WITHIN.search(plain) is not None or found is None:
        return None
    # "The cheapest" is rather one of the things in a source.
    named = _SOURCES.search(plain) is not None or _is_called(plain, together)
    if not named and _SUPERLATIVE.search(plain):
        return None
    kind, sign = found.split()
    return kind, int(sign)


def _is_called(plain: str, together: Sources) -> bool:
    """Whether who or which it is can only be one of the sources, and nothing in them."""
    if _WHO.search(plain):
        return not any(marks(head) & _PEOPLE for each in together.values() for head in _heads(each))
    asked = re.search(r"\b(?:which|welche[rsmn]?) (?P<noun>\w{3,})", plain)
    if asked is None or _ITEMS.search(plain):
        return False
    noun = marks(asked["noun"])
    inside = [any(noun & marks(it.text) for it in _lines(each)) for each in together.values()]
    return not any(inside)


def _heads(sources: Sequence[Source]) -> Iterator[str]:
    tables = (table for it in sources for table in it.reading.tables)
    return (cell.text for table in tables for cell in table.rows[0])


def _lines(sources: Sequence[Source]) -> Iterator[Line]:
    """What stands below the titles."""
    for source in sources:
        yield from source.reading.lines[1 if source.page in (None, 1) else 0 :]


def _ways() -> list[tuple[str, str]]:
    return named_shapes(_TEXT["ways"])


def _questions(plain: str, kind: str, before: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """What each source is asked, likeliest first: what is named, what was asked before, all.

    With it what a paper has there, perhaps without a label; None where the person asked so.
    """
    for name, shape in named_shapes(_TEXT["asks"]):
        if re.search(shape, plain):
            yield _QUESTIONS[name], "due date" if name == "due" else ""
            return
    per = re.search(r"\b(?:per|pro|je) (?P<what>\w+)", plain)
    bare = _SOURCES.sub(" ", _WHICH.sub(" ", _SOURCES.sub(" ", plain)))
    for _name, shape in _ways():
        bare = re.sub(shape, " ", bare)
    for meaning, shape in named_shapes(_TEXT["idioms"]):
        bare = re.sub(shape, meaning, bare)
    what = " ".join(re.sub(r"[^\w ]", " ", _EMPTY.sub(" ", bare)).split())
    named = [term for term in terms(what) if term.known]
    if per is None and named:
        for name in dict.fromkeys((what, " ".join(term.word for term in named))):
            yield _QUESTIONS["what"].format(what=name), name
            yield _QUESTIONS["much"].format(what=name), ""
        return
    if before:
        yield before[-1], None
    if per is not None:
        yield _QUESTIONS["per"].format(what=per["what"]), ""
    elif not any(not term.soft for term in terms(what)):
        said = next((name.split()[0] for name, shape in _ways() if re.search(shape, plain)), kind)
        if said not in ("date", "total", "any") or _LENGTH.search(plain):
            return
        name = "date" if said == "date" else "total"
        yield _QUESTIONS[name], name
        if name == "total":
            yield _QUESTIONS["all"], name


def _asked(question: str, field: str | None, together: Sources, c: Cancellation) -> _Told:
    """What each of them answers; nothing if one does not answer for sure."""
    told: _Told = []
    for name, sources in together.items():
        reply = quoted(Prompt(_for(question, sources, together), sources), c)
        sure = isinstance(reply, Reply) and (field is None or _says(question, reply))
        found = reply if sure else _extracted(field, sources, c) if field else None
        if not isinstance(found, Reply):
            return []
        told.append((name, _in_money(found)))
    return told


def _extracted(field: str, sources: tuple[Source, ...], c: Cancellation) -> Reply | None:
    """What a paper has there, as a table of papers would show it."""
    pages = sorted(sources, key=lambda source: source.page or 0)
    (found,) = BuiltInExtractor().extract([page.reading for page in pages], (field,), c)
    if found is None or found.doubtful:
        return None
    page = pages[found.page - 1]
    place = Citation(page.name, page.reading.digest, found.text, found.box, page.page)
    return Reply(found.text, Means.QUOTED, (place,))


def _in_money(reply: Reply) -> Reply:
    """The sum beside its rate: £61.20 of VAT 20% £61.20."""
    line = reply.citations[0].text if reply.citations else ""
    sums = [value.text for value in values(line) if value.kind is Kind.MONEY]
    rated = reply.text.endswith("%") and len(sums) == 1
    return replace(reply, text=sums[0]) if rated else reply


def _for(question: str, sources: tuple[Source, ...], together: Sources) -> str:
    """The question without the names that only another source knows."""
    known = {name: _known(each) for name, each in together.items()}
    every = frozenset[str]().union(*known.values())
    foreign = every - _known(sources)
    plain = re.sub(r"\b(?:here|hier|this one|this|diese[rsmn]?)\b", "", question)
    kept = [word for word in plain.split() if not (word[:1].isupper() and marks(word) & foreign)]
    return " ".join(kept)


def _known(sources: Sequence[Source]) -> frozenset[str]:
    texts = (text for it in sources for text in (it.name, *(x.text for x in it.reading.lines)))
    return frozenset().union(*map(marks, texts))


def _together(prompt: Prompt) -> Sources:
    """The sources of this message, or of all if it brought only one; pages of a document as one."""
    parts: dict[tuple[str, str], list[Source]] = {}
    own = [source for source in prompt.sources if source.exchange is None]
    several = len({source.reading.digest for source in own}) > 1
    for source in own if several else prompt.sources:
        parts.setdefault((source.name, source.reading.digest), []).append(source)
    names = [name for name, _digest in parts]
    return {
        name if names.count(name) == 1 else f"{name} ({number})": tuple(sources)
        for number, ((name, _digest), sources) in enumerate(parts.items(), 1)
    }


def _says(question: str, reply: Reply) -> bool:
    """Whether what is cited names what was asked, so that all sources tell the same."""
    asked = any_marks(it for it in terms(question) if it.labels or not it.soft)
    return not asked or any(asked & marks(place.text) for place in reply.citations)


def _sizes(texts: Sequence[str]) -> Sequence[Day | Decimal | int] | None:
    """What can be put in order; None unless all are dates, times, or amounts of one unit."""
    # Each source writes its dates and numbers in its own way.
    plain = [folded(text.strip().rstrip(".")) for text in texts]
    dates = [day for text in plain if (day := days((text,))[0]) is not None]
    if len(dates) == len(texts):
        alike = len({bool(day.year) for day in dates}) == 1 and all(day.day for day in dates)
        return dates if alike else None
    clock = [at for text in plain if (at := minutes(text)) is not None]
    if len(clock) == len(texts):
        return clock
    found = [amount for text in texts if (amount := amounts((text,))[0][0]) is not None]
    units = {amount.unit for amount in found}
    if len(found) < len(texts) or len(units) > 1:
        return None
    return [amount.value for amount in found]


def _told(told: _Told, sizes: Sequence[Day | Decimal | int], sign: int) -> str:
    """The one that is meant, with what all of them say."""
    said = [f"{name}: {reply.text}" for name, reply in told]
    order = sorted(range(len(told)), key=sizes.__getitem__, reverse=sign > 0)
    if sizes[order[0]] == sizes[order[1]]:
        return _("None alone: {values}").format(values=", ".join(said))
    return f"{said[order[0]]} ({', '.join(said[place] for place in order[1:])})"


def _apart(told: _Told, sizes: Sequence[Day | Decimal | int], _sign: int) -> str:
    """How far two are apart; empty where that is not sure."""
    said = ", ".join(f"{name}: {reply.text}" for name, reply in told)
    one, *others = sizes
    other = others[0]
    if len(others) > 1:
        return ""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        style = amounts([reply.text for _name, reply in told])[1]
        return f"{style.written(abs(one - other))} ({said})"
    if isinstance(one, Day) and isinstance(other, Day) and one.year and other.year:
        days = abs((one.as_date - other.as_date).days)
        return ngettext("{count} day", "{count} days", days).format(count=days) + f" ({said})"
    if isinstance(one, int) and isinstance(other, int):
        minutes = abs(one - other)
        return _("{count} min").format(count=minutes) + f" ({said})"
    return ""


def _alike(told: _Told, sizes: Sequence[Day | Decimal | int], _sign: int) -> str:
    said = ", ".join(f"{name}: {reply.text}" for name, reply in told)
    if len(set(sizes)) == 1:
        return _("Yes: {values}").format(values=said)
    return _("No: {values}").format(values=said)


_TELLS = {"difference": _apart, "same": _alike}
