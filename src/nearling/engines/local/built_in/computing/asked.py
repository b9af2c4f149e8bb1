"""A question levelled for computing, and what a computation comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nearling.engines.local.built_in.quoting.words import folded

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "*", "✕": "*", "·": "*", "÷": "/"})  # noqa: RUF001
_LEAD = re.compile(
    r"(?:(?:please|bitte|can you|could you|kannst du|konntest du|tell me|sag mir|and|und|so|ok|"
    r"hey|hi|hallo|do you know|weisst du)\b[ ,]*)*"
    r"((?:calculate|compute|work out|convert|change|berechne|rechne|what is|what's|whats|what are|"
    r"what would be|what would|how much is|how much are|how much would be|was ist|was sind|was "
    r"waren|was macht|was ergibt|wie ?viel (?:ist|sind|macht|ergibt|waren|kosten))\b:? ?)?"
)
_TAIL = re.compile(r"(?:\s|[?!.=]|\b(?:please|bitte|aus|um|insgesamt|in total|zusammen)$)+$")
_COUNTED = (
    ("two", "zwei"), ("three", "drei"), ("four", "vier"), ("five", "funf"), ("six", "sechs"),
    ("seven", "sieben"), ("eight", "acht"), ("nine", "neun"), ("ten", "zehn"),
    ("eleven", "elf"), ("twelve", "zwolf"),
)  # fmt: skip
_NUMBERS = {name: str(at) for at, names in enumerate(_COUNTED, 2) for name in names}
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_GERMAN = re.compile(
    r"\b(?:was|wie|ist|sind|und|mal|geteilt|durch|prozent|von|vom|der|die|das|auf|nach|vor|bis|"
    r"zwischen|mit|mehrwertsteuer|mwst|rabatt|trinkgeld|tage|berechne|wann|uhr|wurzel|aus)\b"
)
_ENGLISH = re.compile(
    r"\b(?:what|how|is|are|and|times|divided|by|percent|of|the|on|to|after|before|until|between|"
    r"with|tax|vat|off|tip|days|calculate|convert|when|plus|split|from)\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    """Folded, in one line, without what begins and ends a question."""
    cued: bool
    """It says in words or by an equals sign that something is to be worked out."""
    language: str
    """What it is asked in, as far as that shows; else empty."""
    now: Callable[[], datetime]
    """With this computer's own time zone."""


class Unsure(Exception):
    """A computation is asked, and there is no sure result."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


Worked = tuple[str, ...]
"""The steps of a computation, a line each; the last one is the result."""


def levelled(question: str, now: Callable[[], datetime], *, alone: bool) -> Asked:
    """`alone`: there is no source that it could be about."""
    whole = " ".join(folded(question.replace("’", "'").translate(_SIGNS)).split())
    lead = _LEAD.match(whole)
    begun = whole[lead.end() :] if lead else whole
    text = _TAIL.sub("", begun)
    german, english = len(_GERMAN.findall(whole)), len(_ENGLISH.findall(whole))
    language = "" if german == english else "de" if german > english else "en"
    cued = bool(lead and lead[1]) or "=" in begun[len(text) :]
    cued = cued or (alone and re.fullmatch(r"\d+/\d+", text) is not None)
    return Asked(_NUMBER_WORD.sub(lambda word: _NUMBERS[word[0]], text), cued, language, now)
