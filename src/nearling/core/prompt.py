"""What a writer is given: the question, what was said before, and sources that are only data."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.reading import Reading


@dataclass(frozen=True, slots=True)
class Source:
    """A picture, recording or page as text, which never speaks for the user."""

    name: str
    reading: Reading
    exchange: int | None = None
    """Which of the earlier exchanges brought it; None: this question, or one without an answer."""
    page: int | None = None
    """Of the document `name`, from 1; None: a picture or a recording."""
    place: str = ""
    """Which page that is, such as "page 3 of 12" or "sheet 2 of 4: Prices"."""

    @property
    def title(self) -> str:
        """The name with its page."""
        return f"{self.name}, {self.place}" if self.place else self.name


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier question of the conversation and the answer it got."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Prompt:
    question: str
    sources: tuple[Source, ...] = ()
    """Those of this message first, then those of earlier messages, newest first."""
    exchanges: tuple[Exchange, ...] = ()
    """Oldest first."""
    unanswered: tuple[str, ...] = ()
    """The questions since the last answer, oldest first: this one may lean on them."""
