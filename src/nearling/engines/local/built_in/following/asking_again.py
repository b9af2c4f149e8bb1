"""Asks the question before again: with other words in it, of another source, or less of it."""

from __future__ import annotations

from nearling.core.means import Means
from nearling.engines.local.built_in.following.cells import kinds_of
from nearling.engines.local.built_in.following.exchanging import exchanged, is_of_class
from nearling.engines.local.built_in.following.leaning import SHAPES
from nearling.engines.local.built_in.following.talk import Talk, needed
from nearling.engines.local.built_in.placed import called, without_source
from nearling.engines.local.built_in.quoting.fields import sheet_of
from nearling.engines.local.built_in.quoting.layout import layout
from nearling.engines.local.built_in.quoting.question import understood
from nearling.engines.local.built_in.quoting.values import Kind
from nearling.engines.local.built_in.quoting.words import folded, marks, stem, terms
from nearling.engines.local.built_in.reply import Reply

_WEAK = frozenset(("#from", "#start", "#end", "#valid", "#duration", "#deadline"))


def asked_again(talk: Talk) -> Reply | None:
    """The last question with other words in it."""
    rest = talk.said.rest
    of_those = talk.said.points and not SHAPES["narrowing"].match(rest)
    if not talk.said.fragment or of_those:
        return None
    questions = [exchanged(rest, talk.before)]
    if talk.said.asked.startswith(rest):
        questions.append(rest)
    asked = needed(rest)
    if asked and all(term.labels for term in asked) and not SHAPES["with"].fullmatch(rest):
        questions.append(f"what is the {SHAPES['small words'].sub('', rest)}")
    replies = (talk.asked(question) for question in questions if question)
    return next((reply for reply in replies if reply and _fits(talk, reply)), None)


def _fits(talk: Talk, reply: Reply) -> bool:
    """Whether all that is asked stands around another answer of the kind of the one before."""
    if reply.means is not Means.QUOTED:
        # Of rows some may be left, and of one value no rows come.
        return "|" not in reply.text or "|" in talk.answer
    cell = talk.cell(reply)
    asked = needed(talk.said.rest)
    again = cell is not None and talk.place is not None and cell.line == talk.place.line
    if reply.text == talk.answer and (again or talk.place is None):
        return False
    near = cell is not None and all(term.marks & cell.near for term in asked)
    if cell is None or not (near or is_of_class(talk.said.rest)):
        return False
    kinds, own = kinds_of(talk.answer), understood(talk.said.rest).kinds
    alike = bool(own) or not talk.answer or kinds_of(reply.text) == kinds
    if Kind.MONEY not in kinds:
        labels = frozenset().union(*(marks(field.label) for field in cell.own))
        alike = alike or all(stem(term.word) in labels for term in asked)
    heads = talk.place is None or not talk.place.head or cell.head in ("", talk.place.head)
    if SHAPES["with"].fullmatch(talk.said.rest):
        if not talk.answer:
            return False
        # The price with something is not the price of that thing.
        alike = alike and all(term.marks & cell.near for term in needed(talk.before))
    return alike and heads


def elsewhere(talk: Talk) -> Reply | None:
    """The same question about the one other source that is called so."""
    every = (*talk.sources, *talk.others)
    digest = called(every, needed(talk.said.rest))
    sources = tuple(it for it in talk.others if it.reading.digest == digest)
    if not talk.said.fragment or not sources:
        return None
    before = SHAPES["here"].sub("", without_source(talk.before, every))
    # What the other one is called is no word of this one.
    kept = [word for word in before.split() if called(every, terms(word)) is None]
    return talk.asked(" ".join(kept), sources)


def dated(talk: Talk) -> Reply | None:
    """When was this? The date of what the answer stands on, if it has but one."""
    when = understood(talk.said.rest).kinds[:1] == (Kind.MOMENT,)
    if talk.said.fragment or not when or any(term.word for term in terms(talk.said.rest)):
        return None
    fields = (field for it in talk.sources for field in sheet_of(layout(it.reading)).fields)
    dates = {field.text for field in fields if field.kind is Kind.DATE}
    reply = talk.asked(talk.said.rest) if len(dates) == 1 else None
    return reply if reply and any(date in reply.text for date in dates) else None


def bare(talk: Talk) -> Reply | None:
    """What is asked of it or her in a sentence: its own words must say enough."""
    asked = tuple(term for term in terms(talk.said.rest) if term.known or not term.soft)
    if talk.said.fragment or not any(term.labels for term in asked):
        return None
    if SHAPES["is included"].fullmatch(talk.said.rest):
        return None
    plain = folded(talk.said.rest)
    if talk.answer and any(SHAPES[it].search(plain) for it in ("asks amount", "asks price")):
        return None
    if all(term.marks & _WEAK for term in asked):
        # From when and how long say nothing of what is meant.
        asked += tuple(
            term for term in needed(talk.before) if talk.place and term.marks & talk.place.near
        )
    reply = talk.asked(talk.said.rest)
    cell = talk.cell(reply)
    if cell is None or not all(term.marks & cell.near for term in asked):
        return None
    return reply if talk.place is None or not cell.head else None
