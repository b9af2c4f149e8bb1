"""Judges an answer to a pair: the right words, short enough, and pointed at where they stand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from nearling.bench.canvas import Box, DrawnLine, Sheet
from nearling.bench.pairs import Kind, Pair

Grade = Literal["right", "wrong", "refused"]
Reason = Literal["", "invented", "declined", "truth missing", "too long", "not pointed at"]

# Typing and typesetting differ in these; a reader does not care which one was printed.
_PLAIN = str.maketrans(
    dict.fromkeys("‘’‚‛′", "'")  # noqa: RUF001 (the look-alikes are the point)
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—−", "-")  # noqa: RUF001 (the look-alikes are the point)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered, and the boxes it cites in pixels of the picture; "" is a refusal."""

    answer: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The grade of one outcome and, when it is not right, the first reason found.

    `refused` is said only of a pair that the picture does answer; an empty answer to one it
    does not answer is `right`, and any other answer to it is `wrong` because `invented`.
    """

    grade: Grade
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 of nothing is 0."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """`right` of all pairs, of the answerable ones alone and by kind; `invented` answers of
    the unanswerable pairs; `wrong` and `refused` of the answerable ones.
    """

    right: Tally
    answered_right: Tally
    by_kind: Mapping[Kind, Tally]
    invented: Tally
    wrong: Tally
    refused: Tally


def outcome(answered: Mapping[str, object]) -> Outcome:
    """The outcome in the JSON object that `nearling ask --json` prints.

    A citation of a page instead of a box is left out. Raises ValueError for an object without
    an answer, such as a failure's: a crash must not pass as a refusal.
    """
    if "answer" not in answered:
        raise ValueError("No answer and no refusal came back. Look at the error of this run.")
    citations = cast("list[Mapping[str, list[float]]]", answered.get("citations") or [])
    boxes = tuple(cast("Box", tuple(cited["box"])) for cited in citations if cited.get("box"))
    return Outcome(str(answered["answer"]), boxes)


def score(pair: Pair, sheet: Sheet, outcome: Outcome) -> Verdict:
    """Grades one outcome.

    Right on an answerable pair takes all three: the answer holds a truth; it is at most three
    times that truth's length plus 20 characters; and its boxes point at the evidence, which is
    every line named by the pair or else any one line that holds a truth. Lines of the same
    words stand for each other. Right on an unanswerable pair is a refusal.
    """
    answer = plain(outcome.answer)
    if not pair.truths:
        return Verdict("wrong", "invented") if answer else Verdict("right")
    if not answer:
        return Verdict("refused", "declined")
    held = [plain(truth) for truth in pair.truths if holds(outcome.answer, truth)]
    if not held:
        return Verdict("wrong", "truth missing")
    if len(answer) > 3 * max(map(len, held)) + 20:
        return Verdict("wrong", "too long")
    if not _shown(pair, sheet, outcome.boxes):
        return Verdict("wrong", "not pointed at")
    return Verdict("right")


def figures(graded: Iterable[tuple[Pair, Verdict]]) -> Figures:
    """Counts the verdicts of a set."""
    graded = list(graded)
    answerable = [(pair, verdict) for pair, verdict in graded if pair.truths]
    others = [(pair, verdict) for pair, verdict in graded if not pair.truths]
    kinds = dict.fromkeys(pair.kind for pair, _ in graded)
    return Figures(
        right=_tally(graded, "right"),
        answered_right=_tally(answerable, "right"),
        by_kind={
            kind: _tally(
                [(pair, verdict) for pair, verdict in graded if pair.kind == kind], "right"
            )
            for kind in kinds
        },
        invented=_tally(others, "wrong"),
        wrong=_tally(answerable, "wrong"),
        refused=_tally(answerable, "refused"),
    )


def plain(text: str) -> str:
    """Case, whitespace and the typographic forms of quotes and dashes levelled, nothing else."""
    return " ".join(text.translate(_PLAIN).casefold().split())


def holds(text: str, truth: str) -> bool:
    """Whether the truth stands in the text by itself.

    "7" is not held by "17", "234,50" not by "1.234,50", "Ann" not by "Annex": a letter may not
    go on into a letter, nor a number into a number.
    """
    sought = plain(truth)
    before = after = ""
    if sought[:1].isalpha():
        before = r"(?<![^\W\d_])"
    elif sought[:1].isdigit():
        before = r"(?<!\d)(?<!\d[.,:])"
    if sought[-1:].isalpha():
        after = r"(?![^\W\d_])"
    elif sought[-1:].isdigit():
        after = r"(?!\d)(?![.,:]\d)"
    return re.search(before + re.escape(sought) + after, plain(text)) is not None


def points_at(cited: Box, line: Box) -> bool:
    """Whether a cited box shows a drawn line.

    Either the two overlap by half (intersection over union), or the cited box lies with its
    centre inside the line and is at most one and a half times as high: a part of the line.
    """
    if overlap(cited, line) >= 0.5:
        return True
    x, y = (cited[0] + cited[2]) / 2, (cited[1] + cited[3]) / 2
    inside = line[0] <= x <= line[2] and line[1] <= y <= line[3]
    return inside and cited[3] - cited[1] <= 1.5 * (line[3] - line[1])


def overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes, 0 to 1."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (_area(one) + _area(other) - shared)


def evidence(pair: Pair, sheet: Sheet) -> tuple[tuple[DrawnLine, ...], ...]:
    """The drawn lines to point at: one group for each piece of evidence, any line of it will do."""
    if pair.evidence:
        return tuple(
            tuple(line for line in sheet.lines if line.text == text) for text in pair.evidence
        )
    holding = (
        line for line in sheet.lines if any(holds(line.text, truth) for truth in pair.truths)
    )
    return (tuple(holding),)


def _shown(pair: Pair, sheet: Sheet, boxes: tuple[Box, ...]) -> bool:
    return all(
        any(points_at(box, line.box) for box in boxes for line in group)
        for group in evidence(pair, sheet)
    )


def _tally(graded: list[tuple[Pair, Verdict]], grade: Grade) -> Tally:
    return Tally(sum(verdict.grade == grade for _, verdict in graded), len(graded))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
