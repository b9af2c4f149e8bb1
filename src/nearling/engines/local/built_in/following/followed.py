"""Answers what leans on the question before it; where it is not sure what is meant, declines."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from nearling.core.events import Declined
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.prompt import Exchange, Prompt
from nearling.engines.local.built_in.following.asking_again import (
    asked_again,
    bare,
    dated,
    elsewhere,
)
from nearling.engines.local.built_in.following.cells import Cell, cell_with, kinds_of
from nearling.engines.local.built_in.following.context import in_context
from nearling.engines.local.built_in.following.exchanging import in_full
from nearling.engines.local.built_in.following.leaning import SHAPES, Leaning, leaning
from nearling.engines.local.built_in.following.reckoning import (
    QUANTITY,
    Sum,
    included,
    reckoned,
    sum_of,
)
from nearling.engines.local.built_in.following.remarks import remark
from nearling.engines.local.built_in.following.talk import Ask, Talk, needed
from nearling.engines.local.built_in.quoting.matching import KIND_IDEAS
from nearling.engines.local.built_in.quoting.question import understood
from nearling.engines.local.built_in.quoting.values import Kind
from nearling.engines.local.built_in.quoting.words import (
    any_marks,
    folded,
    marks,
    terms,
)
from nearling.engines.local.built_in.reply import Reply

_RECALLED = 3
"""Answers that one may lean on, one on the other."""
_SHOWN = 3
_ORDER = (("first", "erst"), ("second", "zweit"), ("third", "dritt"), ("fourth", "viert"))
_TYPED = (Kind.TIME, Kind.DATE, Kind.MONEY, Kind.PHONE, Kind.EMAIL, Kind.URL)
_LOCATION = terms("location")


def followed(prompt: Prompt, ask: Ask) -> Reply | Declined:
    """The answer to the question of `prompt` as part of its conversation."""
    said = leaning(prompt.question)
    if not (prompt.exchanges or prompt.unanswered):
        return ask(prompt)
    if understood(said.asked).is_asked("all of it"):
        return ask(prompt)
    several = len({source.reading.digest for source in prompt.sources}) > 1
    talk = _talk(prompt, said, ask) if said.leans or several else None
    # What says nothing else is about the source of the answer before.
    sources = prompt.sources if talk is None else (*talk.sources, *talk.others)
    alone = Declined("") if said.leans else ask(Prompt(said.rest, sources))
    # And how long? Its own words may be met by anything.
    hard = [it for it in understood(said.rest).terms if not it.soft and not it.marks & KIND_IDEAS]
    chance = isinstance(alone, Reply) and alone.means is Means.QUOTED and not hard
    said = replace(said, points=said.points or (said.rest != said.asked and chance))
    if isinstance(alone, Reply) and not said.leans and not _strays(prompt, said, alone):
        return alone
    talk = talk or _talk(prompt, said, ask)
    ways = _WAYS if said.leans else (_moved, _of_kind)
    found = next(filter(None, (way(talk) for way in ways)), None)
    if isinstance(alone, Declined) and not said.leans:
        return found or alone
    return found or _unsure(ask(Prompt(said.rest, sources)))


def _unsure(by_chance: Reply | Declined) -> Declined:
    """What its words alone would have found is shown as what comes closest, and no answer."""
    near = by_chance.closest if isinstance(by_chance, Declined) else by_chance.citations
    return Declined(
        _("It is not sure what this question leans on."),
        near[:_SHOWN],
        (_("Ask it again in a whole sentence."),),
    )


def _strays(prompt: Prompt, said: Leaning, reply: Reply) -> bool:
    """And how much is that other thing? After a sum of money it is one, and nothing else."""
    if said.rest == said.asked or not prompt.exchanges:
        return False
    amount = SHAPES["asks amount"].search(folded(said.rest)) is not None
    money = Kind.MONEY in kinds_of(prompt.exchanges[-1].answer)
    return amount and money and Kind.MONEY not in kinds_of(reply.text)


def _talk(prompt: Prompt, said: Leaning, ask: Ask) -> Talk:
    own = tuple(it for it in prompt.sources if it.exchange is None)
    older = tuple(it for it in prompt.sources if it.exchange is not None)
    talk = Talk(said, "", "", None, prompt.sources, (), (), ask)
    past = prompt.exchanges
    for question in prompt.unanswered:
        before = in_full(Prompt("", (), past))[-1:]
        found = in_context(replace(talk, said=leaning(question), before="".join(before)))
        past = (*past, Exchange(question, found.text if found is not None else ""))
        place = talk.cell(found)
    answer = past[-1].answer
    since = takewhile(bool, (it.answer for it in reversed(past)))
    talk = replace(talk, before=in_full(Prompt("", (), past))[-1], answer=answer)
    talk = replace(talk, answers=tuple(since)[::-1])
    if own and older and answer:
        return replace(talk, sources=own, others=older)
    if not prompt.unanswered:
        place = _place(talk, past) if answer else None
    if place is None:
        return talk
    digest = place.source.reading.digest
    same = tuple(it for it in prompt.sources if it.reading.digest == digest)
    others = tuple(it for it in prompt.sources if it.reading.digest != digest)
    return replace(talk, place=place, sources=same, others=others)


def _place(talk: Talk, past: tuple[Exchange, ...]) -> Cell | None:
    """Where the last answer stands; it may have leant on others itself."""
    reply = followed(Prompt(past[-1].question, talk.sources, past[:-1][-_RECALLED:]), talk.ask)
    cell = talk.cell(reply if isinstance(reply, Reply) else None)
    if cell is not None and cell.text == talk.answer:
        return cell
    # Of numbers that were worked out, none stands there but by chance.
    name = talk.answer.partition(" (")[0]
    return None if kinds_of(name) else cell_with(name, talk.sources)


def _of_this(talk: Talk) -> Reply | None:
    return talk.asked(talk.before) if SHAPES["this one"].fullmatch(talk.said.asked) else None


def _reckoned(talk: Talk) -> Reply | None:
    """What is made of the amounts that were answered."""
    sums: list[Sum] = []
    for answer in reversed(talk.answers):
        found = sum_of(answer, cell_with(answer, talk.sources) if sums else talk.place)
        if found is None:
            break
        sums.insert(0, found)
    if not sums:
        return None
    that = SHAPES["that"].search(talk.said.rest)
    if that is not None and SHAPES["reckons"].search(folded(talk.said.rest)):
        rest = talk.said.rest
        return talk.asked(rest[: that.start()] + sums[-1].text + rest[that.end() :])
    return reckoned(talk.said.rest, sums, lambda what: _amount(talk, what))


def _amount(talk: Talk, what: str) -> Cell | None:
    """Where it stands how much something is."""
    if SHAPES["that"].fullmatch(what):
        named = SHAPES["apart"].search(talk.before)
        what = named["what"] if named is not None else ""
    what = SHAPES["small words"].sub("", what)
    asked = needed(what)
    listed = talk.place.along(asked) if talk.place is not None else []
    if talk.place is not None and len(listed) == 1:
        return replace(talk.place, line=listed[0].line, text=listed[0].text)
    cell = talk.cell(talk.asked(f"how much is the {what}")) if asked else None
    return cell if cell is not None and all(term.marks & cell.near for term in asked) else None


def _included(talk: Talk) -> Reply | None:
    """Whether something is in that price, as a line says it."""
    found = SHAPES["is included"].fullmatch(talk.said.rest)
    if found is None:
        return None
    lines = ((source, n) for source in talk.sources for n in range(len(source.reading.lines)))
    return included(next(filter(None, found.groups())), lines)


def _moved(talk: Talk) -> Reply | None:
    """What stands in the row or the column of the answer before."""
    if talk.place is None:
        return None
    counts = SHAPES["asks number"].search(folded(talk.said.rest))
    place = SHAPES["asks place"].fullmatch(folded(talk.said.rest))
    asked = needed(talk.said.rest) or (QUANTITY if counts else _LOCATION if place else ())
    # What the question before was about is no answer to this one.
    about, kinds = any_marks(needed(talk.before)), understood(talk.said.rest).kinds
    found = [field for field in talk.place.across(asked) if not marks(field.text) & about]
    found = [
        it for it in found if not (kinds and kinds_of(it.text)) or kinds_of(it.text) & {*kinds}
    ]
    if talk.said.fragment and not talk.said.points and not SHAPES["with"].fullmatch(talk.said.rest):
        found += talk.place.along(asked)
    return talk.place.reply(found[0]) if len(found) == 1 else None


def _of_kind(talk: Talk) -> Reply | None:
    """And at what time? The only value of that kind in the row of the answer before."""
    kinds, asked = understood(talk.said.rest).kinds[:1], needed(talk.said.rest)
    if talk.place is None or not all(t.soft or t.marks & KIND_IDEAS for t in asked):
        return None
    row = [field for field in talk.place.sheet.fields if field.line in talk.place.row]
    found = {f.text: f for f in row if f.kind in kinds and f.kind in _TYPED}
    found.pop(talk.answer, None)
    return talk.place.reply(next(iter(found.values()))) if len(found) == 1 else None


def _pointed(talk: Talk) -> Reply | None:
    """The second one: of what was listed, or of the only table there is."""
    rest = talk.said.rest
    found = SHAPES["one of them"].search(rest)
    if found is None:
        return None
    listed = _listed(talk.answer)
    tables = [table for source in talk.sources for table in source.reading.tables]
    if len(listed) < 2 and len(tables) == 1:
        listed = [row[0].text for row in tables[0].rows[tables[0].header :]]
    word = folded(found["order"])
    place = next((n for n, names in enumerate(_ORDER) if word.startswith(names)), None)
    if word.startswith(("last", "letzt")):
        place = len(listed) - 1
    # "The second one?" alone asks for nothing that is known of it.
    said = rest[: found.start()] + rest[found.end() :]
    if place is None or not 0 <= place < len(listed) or not said.strip(" ,"):
        return None
    return talk.asked(rest[: found.start()] + listed[place] + rest[found.end() :])


def _listed(answer: str) -> list[str]:
    """What the rows of a table or the lines of a list are about."""
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    if len(lines) > 2 and all(line.startswith("|") for line in lines):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
        return [next((c for c in row if c[:1].isalpha()), row[0]) for row in rows]
    return [line.lstrip("-*• 0123456789.)") for line in lines]


def _remark(talk: Talk) -> Reply | None:
    """Why that is so, and what that price is for."""
    plain, about = folded(talk.said.rest), terms(f"{talk.before} {talk.answer}")
    for way, shape in (("why", "because"), ("is per", "per")):
        if SHAPES[way].fullmatch(plain):
            return remark(SHAPES[shape], about, talk.sources)
    return None


_WAYS = (
    *(_of_this, _reckoned, _included, _remark, _pointed),
    *(_moved, _of_kind, elsewhere, asked_again, dated, bare),
)
