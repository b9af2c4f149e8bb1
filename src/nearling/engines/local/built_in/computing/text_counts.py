"""How many words, letters, sentences and lines a text has, and how long it takes to read."""

from __future__ import annotations

import math
import re

from nearling.core.language import ngettext
from nearling.engines.local.built_in.computing.shapes import SHAPES
from nearling.engines.local.built_in.quoting.words import folded

_PARTS = re.compile(
    r"(?P<head>[^:\n\"“„«]{3,120}?)\s*(?::|\n|(?=[\"“„«]))\s*(?P<text>\S.*)", re.DOTALL
)
_QUOTED = re.compile(r"[\"“„«](.+)[\"”“»]\s*\??", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?…]*[^\W_][^.!?…]*(?:[.!?…]+[\"”’')\]]*(?=\s|$)|$)")
_A_MINUTE = 238
"""Words that are read silently in a minute, on average: M. Brysbaert, How many words do we read
per minute?, Journal of Memory and Language 109 (2019)."""


def text_given(question: str) -> str | None:
    """The text whose words or letters are to be counted, where the question itself holds it."""
    parts = _PARTS.fullmatch(question.strip())
    if parts is None or _asked(parts["head"]) != "given":
        return None
    text = parts["text"].strip()
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted else text


def asks_about_sources(question: str) -> bool:
    """Whether the words or letters of what is shown are to be counted."""
    return _asked(question) == "shown"


def _asked(question: str) -> str:
    found = SHAPES.taken("counts", " ".join(folded(question).split()).strip(" ?.!"))
    return found[0] if found is not None else ""


def counts(text: str) -> str:
    """All that can be counted, a line each."""
    words = len(_WORD.findall(text))
    letters = sum(letter.isalpha() for letter in text)
    characters = len(text.replace("\n", ""))
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    flat = " ".join(text.split())
    sentences = len(_SENTENCE.findall(re.sub(r"(?<=\d)\.(?=\d)", ",", flat)))
    minutes = max(1, math.ceil(words / _A_MINUTE))
    return "\n".join(
        (
            ngettext("{n} word", "{n} words", words).format(n=words),
            ngettext("{n} letter", "{n} letters", letters).format(n=letters),
            ngettext("{n} character with blanks", "{n} characters with blanks", characters).format(
                n=characters
            ),
            ngettext("{n} sentence", "{n} sentences", sentences).format(n=sentences),
            ngettext("{n} line", "{n} lines", lines).format(n=lines),
            ngettext(
                "reading time: at most {n} minute ({pace} words a minute)",
                "reading time: about {n} minutes ({pace} words a minute)",
                minutes,
            ).format(n=minutes, pace=_A_MINUTE),
        )
    )
