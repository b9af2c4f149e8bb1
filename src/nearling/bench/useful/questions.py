"""What is asked about useful things, and what a right answer is: the values of a set."""

from __future__ import annotations

from msgspec import Struct

from nearling.bench.useful.described import Described


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    """As a person sees it, with its ending."""
    form: str
    language: str


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One page, slide, sheet or chapter."""

    text: str
    title: str = ""


class Question(
    Struct, frozen=True, forbid_unknown_fields=True, rename={"others": "with", "rows": "all"}
):
    """What is asked about a file, and one of `answers`, `rows`, `groups` or `carry`.

    With none of these, a refusal is right.
    """

    ask: str
    kind: str
    answers: tuple[str, ...] = ()
    """Accepted spellings of the one answer."""
    rows: tuple[str, ...] = ()
    """What names each row of a list: all of these and no other."""
    groups: dict[str, str] = {}
    """The number of each group."""
    carry: tuple[str, ...] = ()
    """Sentences of which a summary may be made."""
    before: tuple[str, ...] = ()
    """Earlier questions of the conversation, oldest first."""
    others: tuple[str, ...] = ()
    """Further files that are asked about, by the names of their descriptions."""
    page: int | None = None
    """Where the answer stands, from 1."""
    cells: tuple[str, ...] | None = None
    """The cells that a computed answer is made of."""
    must_not: tuple[str, ...] = ()
    """What the file orders to be answered."""

    @property
    def answerable(self) -> bool:
        return bool(self.answers or self.rows or self.groups or self.carry)


class Made(Struct, frozen=True, forbid_unknown_fields=True, rename={"pages": "page"}):
    """A file as it is described, with its questions, or with the fields to be found in it."""

    file: Named
    pages: tuple[Part, ...]
    question: tuple[Question, ...] = ()
    fields: dict[str, str | tuple[str, ...]] = {}

    @property
    def described(self) -> tuple[Described, ...]:
        return tuple(Described(page.text, page.title) for page in self.pages)


class Screen(Struct, frozen=True, forbid_unknown_fields=True):
    """What a screen or a message says, and the note that explains it; "": none does."""

    form: str
    text: str
    card: str


class Sum(Struct, frozen=True, forbid_unknown_fields=True):
    """Something to be computed; without answers, to be refused."""

    ask: str
    answers: tuple[str, ...]
    kind: str
    language: str
    text: str = ""
    """Pasted below the question."""
    today: str = ""
    """The one day on which the answers hold, as YYYY-MM-DD."""


class Look(Struct, frozen=True, forbid_unknown_fields=True, rename={"spellings": "or"}):
    """A question about a picture: the reply must hold all of `holds`, or one of `spellings`."""

    ask: str
    holds: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    refuse: bool = False


class Blank(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture without text."""

    name: str
    width: int
    height: int
    format: str
    colours: tuple[tuple[str, float], ...]
    pattern: str
    blurred: bool
    question: tuple[Look, ...]
    camera: tuple[str, str] | None = None
    """Maker and model."""
    taken: str = ""
    """As EXIF writes it."""
    qr: str = ""
