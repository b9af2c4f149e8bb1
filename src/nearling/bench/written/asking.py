"""Asks a writer the written questions and counts what is right, wrong, refused and made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources

from nearling.bench import written
from nearling.bench.figures import Figure
from nearling.bench.scoring import Tally, holds, plain
from nearling.bench.written.documents import Asked, questions
from nearling.core.abilities import Writer
from nearling.core.cancellation import Cancellation
from nearling.core.events import Delta
from nearling.core.prompt import Exchange, Prompt, Source


def written_questions() -> tuple[Asked, ...]:
    """The set that nothing may be tuned on, case by case."""
    text = resources.files(written).joinpath("questions.txt").read_text(encoding="utf-8")
    return questions(text)


def written_figures(writer: Writer, asked: Iterable[Asked]) -> Iterator[Figure]:
    """How often it answers right, and how often where nothing answers."""
    said = [(each, _said(writer, each)) for each in asked]
    able = [(each.answer, text) for each, text in said if each.answer is not None]
    unable = [text for each, text in said if each.answer is None]
    right = Tally(sum(_right(text, answer) for answer, text in able), len(able))
    refused = sum(not text for _, text in able)
    made_up = Tally(sum(map(bool, unable)), len(unable))
    yield Figure(
        "read.written_right",
        right.share,
        "share",
        note=f"of {right.of} questions that the document answers {right.count} right, "
        f"{right.of - right.count - refused} wrong, {refused} refused",
    )
    yield Figure(
        "read.written_wrong",
        made_up.share,
        "share",
        note=f"{made_up.count} of {made_up.of} questions that the document does not answer "
        "got an answer",
    )


def _said(writer: Writer, asked: Asked) -> str:
    before = (Exchange(asked.before, ""),) if asked.before else ()
    prompt = Prompt(asked.question, (Source("document", asked.reading),), before)
    events = writer.write(prompt, Cancellation())
    return "".join(event.text for event in events if isinstance(event, Delta))


def _right(text: str, answer: str) -> bool:
    """It holds the answer and is at most three times as long plus 20 letters."""
    return holds(text, answer) and len(plain(text)) <= 3 * len(plain(answer)) + 20
