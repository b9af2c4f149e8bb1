"""How a question leans on the one before it: what it says itself, and what it leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nearling.engines.local.built_in.quoting.vocabulary import sections
from nearling.engines.local.built_in.quoting.words import folded

TEXT = sections("asking.txt", Path(__file__).parent)
SHAPES = {
    name: re.compile(lines[0].replace("{{number}}", TEXT["number"][0]), re.IGNORECASE)
    for name, lines in TEXT.items()
    if len(lines) == 1
}


_LONGEST = 8
"""Words; a longer text says what it wants by itself."""
SHARED = tuple(
    re.compile(shape.replace("{{number}}", TEXT["number"][0])) for shape in TEXT["shared"]
)


@dataclass(frozen=True, slots=True)
class Leaning:
    """`rest` is what is said, without what leads over from the question before."""

    asked: str
    rest: str
    fragment: bool
    """It is no sentence, as in: and the tip?"""
    points: bool
    """It says it, that or her of something named before."""

    @property
    def leans(self) -> bool:
        known = ("this one", "each", "is included", "is per", "why", "difference")
        whole = any(SHAPES[name].fullmatch(folded(self.rest)) for name in known)
        listed = SHAPES["one of them"].search(self.rest) is not None
        plain = folded(self.rest)
        # "Split 60 between 3" says itself what is shared.
        shared = len(re.findall(r"\d+", plain)) < 2 and any(it.search(plain) for it in SHARED)
        return self.fragment or self.points or whole or listed or shared


def leaning(question: str) -> Leaning:
    asked = question.strip()
    lead = SHAPES["lead"].match(asked)
    rest = asked[lead.end() :] if lead else asked
    about = SHAPES["about"].match(rest)
    rest = rest[about.end() :] if about else rest
    rest = rest if rest == asked and len(rest.split()) > _LONGEST else rest.rstrip(" ?.!")
    plain = folded(rest)
    fragment = SHAPES["sentence"].search(plain) is None and len(plain.split()) <= _LONGEST
    # "And where?" asks of what was named before, too.
    where = SHAPES["begins"].fullmatch(rest) is not None
    points = where or SHAPES["points back"].search(plain) is not None
    return Leaning(asked, rest, fragment, points)
