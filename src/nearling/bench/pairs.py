"""A pair is a drawn picture, a question about it and what the picture answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from nearling.bench.canvas import Sheet

Kind = Literal[
    "key_value",
    "table",
    "error",
    "date",
    "time",
    "money",
    "percent",
    "code",
    "password",
    "phone",
    "says",
    "count",
    "who",
    "when",
    "where",
    "which",
]

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Pair:
    """One picture with one question.

    `truths` are accepted spellings of the one true answer, exactly as printed; none means the
    picture does not answer the question. `evidence` names the drawn lines, word for word, that
    a careful reader points at, all of them; left empty, it is the line that holds the truth.
    """

    name: str
    kind: Kind
    question: str
    truths: tuple[str, ...]
    draw: Callable[[], Sheet]
    damaged: bool = False
    evidence: tuple[str, ...] = ()
