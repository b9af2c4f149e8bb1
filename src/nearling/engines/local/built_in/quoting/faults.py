"""What went wrong: the line of a trace, a console or a dialog that says so."""

import re

from nearling.engines.local.built_in.quoting.fields import Sheet
from nearling.engines.local.built_in.quoting.matching import Answer
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import Kind
from nearling.engines.local.built_in.quoting.vocabulary import sections
from nearling.engines.local.built_in.quoting.words import folded, marks

_TEXT = sections("asking.txt")


def fault_shown(question: Question, sheet: Sheet) -> Answer | None:
    """The error itself, if that is what is asked, or why something failed."""
    if question.asks(r"error ?code|fehler ?code|code .*(?:error|fehler)"):
        return _code(sheet)
    labelled = any(term.labels and term.marks & sheet.marks for term in question.hard)
    if question.asks(r"\bcode\b") and not labelled and _code(sheet):
        return _code(sheet)
    if not question.is_asked("fault") or question.is_asked("detail"):
        return None
    spots = sheet.layout.spots
    causes = [spot for spot in spots if re.search(_TEXT["cause"][0], spot.text)]
    if question.asks(r"root|cause|ursache|reason|grund") and causes:
        return Answer(causes[-1].text, (causes[-1].index,))
    why = question.is_asked("why")
    for shape in (*(_TEXT["reason"] if why else ()), *_TEXT["failed"]):
        found = [spot for spot in spots if re.search(shape, spot.text)]
        if found:
            trace = any(folded(spot.text).startswith("traceback") for spot in spots)
            told = found[-1] if trace else found[0]
            return Answer(told.text.strip(), (told.index,))
    return Answer("", ()) if why else None


def _code(sheet: Sheet) -> Answer | None:
    """The code that stands directly at the word error."""
    found = [
        field
        for kind in (Kind.CODE, Kind.NUMBER)
        for field in sheet.fields
        if field.kind is kind and "#error" in marks(field.label) and len(field.label) < 60
    ]
    return Answer(found[0].text, (found[0].line,)) if found else None
