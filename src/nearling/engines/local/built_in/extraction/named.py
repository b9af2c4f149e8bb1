"""A field of any name: what stands at a label of that name, or of one that means the same."""

from __future__ import annotations

import re

from nearling.engines.local.built_in.extraction.known import label_shape
from nearling.engines.local.built_in.extraction.labels import Candidate, reached
from nearling.engines.local.built_in.quoting.layout import Layout, Spot
from nearling.engines.local.built_in.quoting.words import folded, named, names_label, words

_LONG = 80
"""Letters; more are a passage and no value."""
_NUMBERED = re.compile(r"\s+(?:[\w/-]*\d[\w/-]*|[^\W\d_]{1,2})")
_SHORT = 4
_LABEL = 30
"""Letters; what is longer is no label."""


def named_value(asked: str, plan: Layout) -> Candidate | None:
    """By the very label first, else by the only one that means the same."""
    spelled = _spelled(asked)
    literal = _at_label(label_shape(spelled), plan)
    if literal is None and len(asked) > _SHORT and asked.isalpha():
        # A cold rent is a rent; in German it is one word.
        compound = re.compile(rf"(?!ver|vor|gegen)[a-z]{{3,16}}{spelled}(?![a-z])")
        literal = _at_label(compound, plan)
    return literal or _at_idea(asked, plan)


def _spelled(asked: str) -> str:
    return r"[\s-]*".join(re.escape(word) for word in re.split(r"[\s-]+", folded(asked)) if word)


def _at_label(shape: re.Pattern[str], plan: Layout) -> Candidate | None:
    found = []
    for number, row in enumerate(plan.rows):
        for place, spot in enumerate(row):
            plain = folded(spot.text)
            match = shape.match(plain)
            if match is None:
                continue
            behind = re.match(r"\s*(?:no|nr)?\.?\s*[:#]\s*(.+)", plain[match.end() :])
            if behind and len(plain) == len(spot.text):
                start = match.end() + behind.start(1)
                found.append(Candidate(spot.text[start:].strip(), spot.index, 0))
            elif len(plain) == len(spot.text) and _NUMBERED.fullmatch(plain[match.end() :]):
                found.append(Candidate(spot.text[match.end() :].strip(), spot.index, 0.3))
            elif not plain[match.end() :].strip(" :."):
                other = _beside(plan, number, place)
                if other is not None:
                    found.append(Candidate(other.text.strip(), other.index, 0))
    texts = {candidate.text for candidate in found}
    return found[0] if len(texts) == 1 and len(found[0].text) <= _LONG else None


def _at_idea(asked: str, plan: Layout) -> Candidate | None:
    """What stands at the only label that means the same in other words."""
    wanted = named(asked)
    specific = frozenset(mark for mark in wanted if names_label(mark)) or wanted
    # "Plate" cut short would be a platform, too, but it has an idea of its own.
    specific = specific & {f"#{word}" for word in words(asked)} or specific
    if len(specific) != 1:  # a word of two meanings may be at home at two labels
        return None
    found = []
    for number, row in enumerate(plan.rows):
        for place, spot in enumerate(row):
            label, colon, behind = spot.text.partition(":")
            if len(label) > _LABEL or not specific <= named(label):
                continue
            if colon and behind.strip():
                found.append(Candidate(behind.strip(), spot.index, 0.5))
            elif not any(map(str.isdigit, label)):
                other = _beside(plan, number, place)
                if other is not None:
                    found.append(Candidate(other.text.strip(), other.index, 0.5))
    return found[0] if len(found) == 1 and len(found[0].text) <= _LONG else None


def _beside(plan: Layout, number: int, place: int) -> Spot | None:
    """The cell that a label labels; below only what heads a column or ends with a colon."""
    row = plan.rows[number]
    near = reached(plan, number, place)[:1]
    below = bool(near) and near[0] not in row
    told = len(row) > 2 or not below or (len(row) == 1 and row[place].text.endswith(":"))
    return near[0] if near and told and any(map(str.isalnum, near[0].text)) else None
