"""Completes a question that leans on the one before it; where that is not sure, it stays."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from nearling.core.prompt import Exchange, Prompt
from nearling.engines.local.built_in.days import MONTH
from nearling.engines.local.built_in.quoting.values import Kind, values
from nearling.engines.local.built_in.quoting.vocabulary import sections
from nearling.engines.local.built_in.quoting.words import Term, folded, terms, words

_TEXT = sections("follow_up.txt", Path(__file__).parent)
_SHAPES = {name: re.compile(lines[0], re.IGNORECASE) for name, lines in _TEXT.items()}
_CLASSES = tuple(
    re.compile(rf"\b(?:{shape.replace('{{month}}', MONTH)})(?!\w)") for shape in _TEXT["classes"]
)
"""Words of one kind: one of them may stand for another."""
_ADDED = 4
"""How many of the classes, places and dates, may also be added to a question that has none."""
_ORDER = (("first", "erst"), ("second", "zweit"), ("third", "dritt"), ("fourth", "viert"))
_NUMERALS = dict(zip(("two", "three", "four", "five", "six"), range(2, 7), strict=True))
_NUMERALS |= dict(zip(("zwei", "drei", "vier", "funf", "sechs"), range(2, 7), strict=True))
_AMOUNTS = (Kind.MONEY, Kind.NUMBER, Kind.MEASURE, Kind.PERCENT, Kind.DURATION)
_WORDS = 5
"""Of an object that takes the place of another, at most."""


def completed(prompt: Prompt) -> Prompt:
    """The question as it would be asked without the conversation before it."""
    before: Exchange | None = None
    for past in prompt.exchanges:
        # What was completed then is what this question leans on.
        before = replace(past, question=_completed(past.question, before))
    question = _completed(prompt.question, before)
    own = tuple(source for source in prompt.sources if source.exchange is None)
    if before is not None and own and _SHAPES["this one"].fullmatch(prompt.question.strip()):
        return replace(prompt, question=before.question, sources=own)
    return prompt if question == prompt.question else replace(prompt, question=question)


def _completed(question: str, before: Exchange | None) -> str:
    if before is None:
        return question
    asked, last = question.strip(), before.question.strip().rstrip("?.! ")
    reckoned = _reckoned(asked, before.answer) or _pointed(asked, before.answer)
    if reckoned:
        return reckoned
    narrowing = _SHAPES["narrowing"].match(asked)
    if narrowing:
        return f"{last} {asked[narrowing.end() :].strip(' ?.!')}"
    ellipsis = _SHAPES["ellipsis"].fullmatch(asked)
    if ellipsis is None or len(words(ellipsis["rest"])) > _WORDS:
        return question
    rest = ellipsis["rest"]
    return _exchanged_class(rest, last) or _exchanged_object(rest, last) or question


def _exchanged_class(rest: str, last: str) -> str:
    """The last question with its day, month, rank or sum exchanged; empty if it has none."""
    bare = _SHAPES["small words"].sub("", folded(rest)).strip()
    for number, shape in enumerate(_CLASSES):
        if not shape.fullmatch(bare):
            continue
        found = list(shape.finditer(folded(last)))
        if len(found) == 1 and len(folded(last)) == len(last):
            start, end = found[0].span()
            return last[:start] + _following(bare, found[0][0]) + last[end:]
        return f"{last} {rest}" if not found and number < _ADDED else ""
    return ""


def _following(word: str, before: str) -> str:
    """The ordinal after `before` where the next one is meant, else `word`."""
    if not re.match("next|nachst", word):
        return word
    place = next((n for n, names in enumerate(_ORDER) if before.startswith(names)), None)
    if place is None or place + 1 == len(_ORDER):
        return word
    german = before.startswith(_ORDER[place][1])
    return _ORDER[place + 1][german] + (before.removeprefix(_ORDER[place][1]) if german else "")


def _exchanged_object(rest: str, last: str) -> str:
    """The last question about something else; empty if it is not sure what that takes the place of.

    A label, such as a total, takes the place of a label, and a thing that of a thing; after the
    same preposition anything does.
    """
    new = [term for term in terms(rest) if not term.soft] or list(terms(rest))
    if not new or _SHAPES["asking"].search(rest):
        return ""
    groups = _groups(last)
    parts = list(re.finditer(r"[^\W\d_]+|\d+(?:[.,:]\d+)*", folded(last)))
    if len(folded(last)) != len(last):
        return ""
    begins = words(rest)[0]
    after = [group for group in groups if group[0].at and parts[group[0].at - 1][0] == begins]
    alike = [group for group in groups if group[-1].labels == new[-1].labels]
    small = _SHAPES["small words"].match(folded(rest))
    leads = begins in _TEXT["prepositions"][0].split()
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


def _reckoned(question: str, answer: str) -> str:
    """A computation with that or it, and the one amount of the last answer in their place."""
    plain = folded(question)
    that = _SHAPES["that"].search(question)
    # Of a computation its result is meant.
    result = re.split("[=≈]", answer)[-1]
    amounts = [value for value in values(result) if value.kind in _AMOUNTS]
    if that is None or len(amounts) != 1 or not _SHAPES["reckons"].search(plain):
        return ""
    shared = _SHAPES["shared"].search(plain)
    if shared is not None and _SHAPES["per head"].search(plain):
        number = shared["n"] or shared["m"]
        return f"split {amounts[0].text} between {_NUMERALS.get(number, number)} people"
    return question[: that.start()] + amounts[0].text + question[that.end() :]


def _pointed(question: str, answer: str) -> str:
    """The second one, with what stands second in the last answer in its place."""
    found = _SHAPES["one of them"].search(question)
    listed = _listed(answer)
    if found is None or len(listed) < 2 or _SHAPES["ellipsis"].fullmatch(question):
        return ""
    word = folded(found["order"])
    place = next((n for n, names in enumerate(_ORDER) if word.startswith(names)), None)
    if word.startswith(("last", "letzt")):
        place = len(listed) - 1
    if place is None or place >= len(listed):
        return ""
    before = question[: found.start()]
    # "The second one?" alone asks for nothing that is known of it.
    return before + listed[place] + question[found.end() :] if before.strip() else ""


def _listed(answer: str) -> list[str]:
    """What the rows of a table or the lines of a list are about."""
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    if len(lines) > 2 and all(line.startswith("|") for line in lines):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
        return [next((c for c in row if c[:1].isalpha()), row[0]) for row in rows]
    return [re.sub(r"^(?:[-*•]|\d{1,2}[.)])\s+", "", line) for line in lines]
