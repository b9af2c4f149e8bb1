"""What bar codes and QR codes in the picture hold."""

from nearling.core.reading import Code, Reading
from nearling.engines.local.built_in.quoting.question import Question


def scanned(question: Question, reading: Reading) -> tuple[Code, ...]:
    """The codes asked for, from top to bottom; none if the question is about something else."""
    if not question.asks(r"\bqr|bar ?code|strichcode|\bean\b|\bscan\b|gescannt|einscannen"):
        return ()
    square, striped = question.asks(r"\bqr"), question.asks(r"bar ?code|strichcode|\bean\b")
    codes = sorted(reading.codes, key=lambda code: code.box.top)
    plain = square == striped
    return tuple(it for it in codes if plain or ("qr" in it.format.casefold()) == square)
