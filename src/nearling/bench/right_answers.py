"""Asks the questions of a set and counts right and wrong answers, beside two plain answerers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.bench.baselines import ReadLine, best_line, everything
from nearling.bench.canvas import Box
from nearling.bench.figures import Figure, compared
from nearling.bench.pairs import Pair
from nearling.bench.scoring import Figures, Outcome, Verdict, figures, score
from nearling.bench.sets import SetName
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.errors import EngineFailure
from nearling.core.events import Answered, CannotAnswer, Understood
from nearling.core.geometry import Box as PixelBox
from nearling.core.media import Capture, Medium


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one question, and the lines it could be answered from."""

    outcome: Outcome
    lines: tuple[ReadLine, ...]


Ask = Callable[[str, bytes], Asked]
"""Takes a question and a picture's bytes."""


def set_figures(name: SetName, asked_pairs: Iterable[Pair], ask: Ask) -> Iterator[Figure]:
    """Each pair in a conversation of its own; the baselines get the very lines that we read."""
    ours: list[tuple[Pair, Verdict]] = []
    printed: list[tuple[Pair, Verdict]] = []
    lined: list[tuple[Pair, Verdict]] = []
    for pair in asked_pairs:
        sheet = pair.draw()
        asked = ask(pair.question, sheet.picture)
        ours.append((pair, score(pair, sheet, asked.outcome)))
        printed.append((pair, score(pair, sheet, everything(asked.lines))))
        lined.append((pair, score(pair, sheet, best_line(pair.question, asked.lines))))
    yield from compared_sets(name, figures(ours), figures(printed), figures(lined))


def compared_sets(
    name: SetName, ours: Figures, printed: Figures, lined: Figures
) -> Iterator[Figure]:
    """The better of the two baselines is the one to beat; the note has both."""
    kinds = ", ".join(
        f"{kind} {tally.count}/{tally.of}" for kind, tally in sorted(ours.by_kind.items())
    )
    yield compared(
        f"read.{name}_right",
        ours.right.share,
        max(printed.right.share, lined.right.share),
        "share",
        f"{ours.right.count} of {ours.right.of}; printing everything "
        f"{printed.right.share:.1%}, the line most like the question {lined.right.share:.1%}; "
        f"of the {ours.answered_right.of} answerable {ours.answered_right.count} right, "
        f"{ours.wrong.count} wrong, {ours.refused.count} refused; by kind: {kinds}",
    )
    yield compared(
        f"read.{name}_wrong",
        ours.invented.share,
        min(printed.invented.share, lined.invented.share),
        "share",
        f"{ours.invented.count} of {ours.invented.of} questions that the picture does not answer "
        f"got an answer; printing everything {printed.invented.share:.1%}, the line most like "
        f"the question {lined.invented.share:.1%}",
    )


def asking(assistant: Assistant) -> Ask:
    """Asks the assistant as the command line does. A failure raises: it is not a refusal."""

    def ask(question: str, picture: bytes) -> Asked:
        # One name for all: nothing about the pair may be learnt from it.
        draft = Draft(question, (Capture(Medium.PICTURE, "picture", picture),))
        lines: tuple[ReadLine, ...] = ()
        for event in assistant.answer(draft, Rules(), Cancellation()):
            match event:
                case Understood():
                    lines = tuple((line.text, _box(line.box)) for line in event.reading.lines)
                case Answered():
                    cited = [c.box for c in event.attempt.citations if c.box is not None]
                    return Asked(
                        Outcome(event.attempt.text, tuple(_box(box) for box in cited)), lines
                    )
                case CannotAnswer():
                    return Asked(Outcome(""), lines)
                case _:
                    continue
        raise EngineFailure("A question of the bench failed.", "Run nearling doctor.")

    return ask


def _box(box: PixelBox) -> Box:
    return (box.left, box.top, box.right, box.bottom)
