"""Steps that ask one question about one picture and check the answer against the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nearling.bench.demo.pictures import ERROR, RECEIPT, TIMETABLE, DemoPicture
from nearling.bench.demo.step import Step, marks, receipt_line
from nearling.bench.executable import Ran, run_product
from nearling.bench.pairs import Kind, Pair
from nearling.bench.scoring import outcome, score

_CANNOT_ANSWER = 3
_DRAWN = (
    "The project drew the picture, so that the right answer is known and this one could be "
    "checked; it was read and answered just now."
)


@dataclass(frozen=True, slots=True)
class Errand:
    """A question and what its answer has to hold; no truths where a refusal is right."""

    name: str
    title: str
    kind: Kind
    picture: DemoPicture
    question: str
    truths: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        return Pair(self.name, self.kind, self.question, self.truths, self.picture.draw)


PAID = Errand(
    "receipt",
    "A photo of a receipt",
    "money",
    RECEIPT,
    "How much did I pay?",
    ("£25.15", "25.15"),
)
ERRANDS = (
    PAID,
    Errand(
        "error",
        "An error on the screen",
        "error",
        ERROR,
        "What went wrong?",
        ("Permission denied: '/var/log/app.log'", "Permission denied"),
    ),
    Errand(
        "table",
        "One cell of a table",
        "table",
        TIMETABLE,
        "When does the boat to Skarholm leave on Sunday?",
        ("10:45",),
    ),
    Errand(
        "refusal",
        "A question the picture does not answer",
        "phone",
        RECEIPT,
        "What is the phone number of the bakery?",
    ),
)


def asking_steps(home: Path, folder: Path) -> Iterator[Step]:
    """Each errand as a run of its own; the pictures are put into `folder` first."""
    for errand in ERRANDS:
        picture = placed(errand.picture, folder)
        words = ["ask", errand.question, "--picture", str(picture), "--json"]
        ran = run_product(words, home)
        yield judged(errand, ran)


def placed(picture: DemoPicture, folder: Path) -> Path:
    """The committed picture as a file of its own name in `folder`."""
    file = folder / picture.file
    file.write_bytes(picture.data())
    return file


def judged(errand: Errand, ran: Ran, *, why: str = _DRAWN, question: str | None = None) -> Step:
    """The step that the run makes; `question` is what was heard, where it was not typed.

    Raises EngineFailure when it printed no JSON.
    """
    told = ran.object()
    asked = errand.question if question is None else question
    return Step(
        name=errand.name,
        title=errand.title,
        kind="project fixture",
        why=why,
        ok=asked == errand.question and held(errand, ran.code, told),
        seconds=ran.seconds,
        question=asked,
        answer=told.get("answer", ""),
        expected=errand.truths[0] if errand.truths else "",
        citations=marks(told.get("citations", ())),
        closest=marks(told.get("closest", ())),
        reasons=_reasons(told),
        details=tuple(told.get("remedies", ())),
        receipt=receipt_line(told),
        picture=errand.picture,
        size=_size(told),
    )


def held(errand: Errand, code: int, told: Mapping[str, Any]) -> bool:
    """The right words from the right place, computed here; or a refusal that says why."""
    if "answer" not in told:
        return False
    verdict = score(errand.pair, errand.picture.draw(), outcome(told))
    if verdict.grade != "right":
        return False
    if not errand.truths:
        return code == _CANNOT_ANSWER and bool(told["reasons"])
    return code == 0 and told["route"]["zone"] == "computer" and not told["receipt"]["left"]


def _reasons(told: Mapping[str, Any]) -> tuple[str, ...]:
    if error := told.get("error"):
        return (error["sentence"], error["remedy"])
    return tuple(told.get("reasons", ()))


def _size(told: Mapping[str, Any]) -> tuple[int, int]:
    for understood in told.get("understood", ()):
        if "size" in understood:
            width, height = understood["size"]
            return width, height
    return 0, 0
