"""Reads how people ask about tables, and what tables call their sums."""

import re
from pathlib import Path

from nearling.engines.local.built_in.days import MONTH
from nearling.engines.local.built_in.quoting.vocabulary import named_shapes, sections
from nearling.engines.local.built_in.quoting.words import folded

SAID = sections("asking.txt", Path(__file__).parent)
_NUMERALS = {word: line.split()[0] for line in SAID["numerals"] for word in line.split()[1:]}
FORMS = {form: line.split()[0] for line in SAID["forms"] for form in line.split()}
"""Verbs and what is made of them, by their first form."""
_IDIOMS = named_shapes(SAID["idioms"])
_SPAN = re.compile(
    r"\b(\d{1,2})(\.|st|nd|rd|th)?( (?:and|und|to|bis|until) (?:the |dem |zum )?)"
    rf"(\d{{1,2}})(\.|st|nd|rd|th)? ({MONTH})"
)
_NUMERAL = re.compile(rf"\b(?:an? )?({'|'.join(_NUMERALS)})\b")


def listed(section: str) -> frozenset[str]:
    """The words of a section."""
    return frozenset(" ".join(SAID[section]).split())


def says(text: str, section: str) -> bool:
    """Whether what was folded fits a section."""
    return any(re.search(shape, text) for shape in SAID[section])


def plainly(text: str) -> str:
    """Folded, with numerals as digits, and with what begins a compound parted from it."""
    plain = re.sub(SAID["not"][0], r"\1 not", " ".join(folded(text).split()))
    for meaning, shape in _IDIOMS:
        plain = re.sub(shape, meaning, plain)
    plain = _SPAN.sub(r"\1\2 \6\3\4\5 \6", plain)
    plain = re.sub(SAID["parted"][0], lambda it: "not " if it[1] == "un" else it[1] + " ", plain)
    return _NUMERAL.sub(lambda it: _NUMERALS[it[1]], plain)
