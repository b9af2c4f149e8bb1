"""Puts the words of a question into the one before it, where it is sure what they stand for."""

from __future__ import annotations

import re

from nearling.core.prompt import Prompt
from nearling.engines.local.built_in.days import MONTH
from nearling.engines.local.built_in.following.leaning import SHAPES, TEXT, leaning
from nearling.engines.local.built_in.quoting.words import Term, folded, terms, words

_CLASSES = tuple(
    re.compile(rf"\b(?:{shape.replace('{{month}}', MONTH)})(?!\w)") for shape in TEXT["classes"]
)
"""Words of one kind: one of them may stand for another."""
_ADDED = 4
"""How many of the classes, places and dates, may also be added to a question that has none."""
_WORDS = 5
"""Of an object that takes the place of another, at most."""


def in_full(prompt: Prompt) -> tuple[str, ...]:
    """The questions before this one, each as it would be asked without the others."""
    questions: list[str] = []
    for past in (*(it.question for it in prompt.exchanges), *prompt.unanswered):
        said = leaning(past)
        last = questions[-1] if questions else ""
        full = exchanged(said.rest, last) if last and said.fragment else ""
        questions.append(full or past.strip().rstrip("?.! "))
    return tuple(questions)


def is_of_class(rest: str) -> bool:
    """Whether it is nothing but a day, a month, a rank or the like."""
    bare = SHAPES["small words"].sub("", folded(rest)).strip()
    return any(shape.fullmatch(bare) for shape in _CLASSES)


def exchanged(rest: str, last: str) -> str:
    """The question `last` about `rest`; empty where it is not sure what that stands for."""
    narrowing = SHAPES["narrowing"].match(rest)
    if narrowing:
        return f"{last} {rest[narrowing.end() :].strip()}"
    if len(words(rest)) > _WORDS:
        return ""
    return _exchanged_class(rest, last) or _exchanged_object(rest, last)


def _exchanged_class(rest: str, last: str) -> str:
    """The last question with its day, month, rank or sum exchanged; empty if it has none."""
    bare = SHAPES["small words"].sub("", folded(rest)).strip()
    for number, shape in enumerate(_CLASSES):
        if not shape.fullmatch(bare):
            continue
        found = list(shape.finditer(folded(last)))
        if len(found) == 1 and len(folded(last)) == len(last):
            start, end = found[0].span()
            return last[:start] + bare + last[end:]
        return f"{last} {rest}" if not found and number < _ADDED else ""
    return ""


def _exchanged_object(rest: str, last: str) -> str:
    """The last question about something else; empty if it is not sure what that takes the place of.

    A label, such as a total, takes the place of a label, and a thing that of a thing; after the
    same preposition anything does.
    """
    new = [term for term in terms(rest) if not term.soft] or list(terms(rest))
    if not new or SHAPES["sentence"].search(rest):
        return ""
    groups = _groups(last)
    parts = list(re.finditer(r"[^\W\d_]+|\d+(?:[.,:]\d+)*", folded(last)))
    if len(folded(last)) != len(last):
        return ""
    begins = words(rest)[0]
    after = [group for group in groups if group[0].at and parts[group[0].at - 1][0] == begins]
    alike = [group for group in groups if group[-1].labels == new[-1].labels]
    small = SHAPES["small words"].match(folded(rest))
    leads = begins in TEXT["prepositions"][0].split()
    if leads and not after:
        return f"{last} {rest}" if len(new) == 1 else ""
    meant = after if leads else alike
    if not meant and len(groups) == 1:
        meant = groups
    if len(meant) != 1:
        return ""
    start = parts[meant[0][0].at].start()
    final = meant[0][-1]
    end = parts[final.at + max(1, len(final.word.split())) - 1].end()
    said = rest[small.end() :] if small else rest
    return last[:start] + said + last[end:]


def _groups(text: str) -> list[list[Term]]:
    """What a question is about: its words that count, those next to each other together."""
    groups: list[list[Term]] = []
    plain = folded(text)
    found = [term for term in terms(text) if term.word]
    hard = [term for term in found if not term.soft] or found[-1:]
    for term in hard:
        other = term.word not in plain or term.word.isdigit()
        if other or any(shape.fullmatch(term.word) for shape in _CLASSES):
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and term.at <= last.at + len(last.word.split()):
            groups[-1].append(term)
        else:
            groups.append([term])
    return groups
