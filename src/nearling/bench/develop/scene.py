"""A scene is one drawing with the questions that are asked about it."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from nearling.bench.canvas import Sheet
from nearling.bench.damage import Wear, photo_of
from nearling.bench.pairs import Kind, Pair

# Four ways to be a poor photo: plain, crooked, dim, and soft.
_WEARS = (
    Wear(),
    Wear(turn=3.5, tilt=0.02),
    Wear(shade=0.5, noise=6.0),
    Wear(blur=0.9, quality=60),
)
_DESKS = ("#6b5a4a", "#3d4248", "#a89f92", "#4a5d52")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; no truths when the scene does not answer it."""

    kind: Kind
    words: str
    truths: tuple[str, ...]
    shows: tuple[str, ...]
    photo: bool


def ask(
    kind: Kind, words: str, *truths: str, shows: tuple[str, ...] = (), photo: bool = False
) -> Question:
    """A question; `shows` names the lines to point at, `photo` damages the picture."""
    return Question(kind, words, truths, shows, photo)


def scene(name: str, draw: Callable[[], Sheet], *questions: Question) -> tuple[Pair, ...]:
    """The pairs of a scene, named after it and numbered from 1."""
    made = []
    for number, question in enumerate(questions, 1):
        title = f"{name}-{number}"
        made.append(
            Pair(
                title,
                question.kind,
                question.words,
                question.truths,
                _worn(draw, title) if question.photo else draw,
                question.photo,
                question.shows,
            )
        )
    return tuple(made)


def _worn(draw: Callable[[], Sheet], title: str) -> Callable[[], Sheet]:
    seed = crc32(title.encode())
    return photo_of(draw, seed, _WEARS[seed % 4], _DESKS[seed // 4 % 4])
