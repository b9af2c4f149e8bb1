"""What is written there: the whole of a short text, its title, or the line about something."""

import re

from nearling.engines.local.built_in.quoting.fields import Sheet
from nearling.engines.local.built_in.quoting.matching import Answer, spelled
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.vocabulary import sections
from nearling.engines.local.built_in.quoting.words import marks

_SHORT = 160
"""Letters of a text that is quoted whole."""
_COLOURS = frozenset(("#red", "#green", "#blue", "#yellow", "#black", "#white"))


def said(question: Question, sheet: Sheet) -> Answer | None:
    """The text asked for, word for word."""
    spots = sheet.layout.spots
    labelled = any(term.labels and term.marks & sheet.marks for term in question.terms)
    if spots and question.is_asked("title") and not labelled:
        top = max(spots, key=lambda spot: (round(spot.height / 4), -spot.top))
        return Answer(top.text, (top.index,))
    for number, shape in enumerate(sections("asking.txt")["places"], 1):
        listed = [spot for spot in spots if re.match(rf"\(?{number}[.)]\s?\D", spot.text)]
        if listed and question.asks(shape):
            return Answer(listed[0].text, (listed[0].index,))
    ruled = question.is_asked("rule")
    if not ruled and not question.is_asked("says"):
        return None
    # Colours are no words; where there is one short text, it is the one that is meant.
    asked = question.hard or (() if ruled else question.terms)
    wanted = spelled((term for term in asked if not term.marks & _COLOURS), sheet)
    if not wanted and not ruled:
        whole = " ".join(spot.text for spot in spots)
        return Answer(whole, tuple(spot.index for spot in spots)) if len(whole) <= _SHORT else None
    held = [spot for spot in spots if all(term.marks & marks(spot.text) for term in wanted)]
    if ruled:
        # Can, must and is ask for the one line that speaks of all that they are about.
        held = [spot for spot in held if wanted and len(spot.text.split()) > 1]
    if len(held) == 1:
        return Answer(held[0].text, (held[0].index,))
    return Answer("", ()) if ruled else None
