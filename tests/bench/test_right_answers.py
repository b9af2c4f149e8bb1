"""Right and wrong answers are counted as they are, and a crash is not a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearling.assistant.assistant import Assistant
from nearling.bench.canvas import DrawnLine, Sheet
from nearling.bench.figures import Figure
from nearling.bench.pairs import Pair
from nearling.bench.right_answers import Ask, Asked, asking, set_figures
from nearling.bench.scoring import Outcome
from nearling.core.conversation import Citation
from nearling.core.errors import EngineFailure
from nearling.core.events import Cited, Declined, Delta, Finished
from nearling.core.geometry import Box
from nearling.history.history import History
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedWriter,
    candidate,
    documents,
    recordings,
)

TOTAL = (0.0, 0.0, 100.0, 16.0)
LINES = (("Total 23.40", TOTAL), ("Thank you", (0.0, 20.0, 100.0, 36.0)))
SHEET = Sheet(b"a picture", (200, 300), tuple(DrawnLine(text, box) for text, box in LINES))


def draw() -> Sheet:
    return SHEET


PAIRS = (
    Pair("total", "money", "What is the total?", ("23.40",), draw),
    Pair("tip", "money", "What was the tip?", (), draw),
)


def saying(answer: str) -> Ask:
    return lambda _question, _picture: Asked(Outcome(answer, (TOTAL,)), LINES)


def of(figures: list[Figure], name: str) -> Figure:
    return next(figure for figure in figures if figure.name == name)


def test_one_who_always_answers_is_wrong_where_there_is_no_answer() -> None:
    figures = list(set_figures("fresh", PAIRS, saying("23.40")))
    assert of(figures, "read.fresh_right").value == 0.5
    assert of(figures, "read.fresh_wrong").value == 1.0


def test_one_who_never_answers_is_right_where_there_is_no_answer() -> None:
    figures = list(set_figures("develop", PAIRS, saying("")))
    assert of(figures, "read.develop_right").value == 0.5
    assert of(figures, "read.develop_wrong").value == 0.0


def test_a_wrong_answer_is_not_right() -> None:
    figures = list(set_figures("develop", PAIRS, saying("17")))
    assert of(figures, "read.develop_right").value == 0.0
    assert "0 of 2" in of(figures, "read.develop_right").note


def test_the_better_baseline_on_the_same_lines_stands_beside_ours() -> None:
    right = of(list(set_figures("develop", PAIRS, saying(""))), "read.develop_right")
    # The first line shares "total" with one question and nothing with the other.
    assert right.baseline == 1.0
    assert right.ratio == 0.5
    assert "by kind: money 1/2" in right.note


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history")


def asked_of(history: History, *events: Cited | Delta | Declined | Finished) -> Ask:
    reader = ScriptedReader({"picture": ("Total 23.40",)})
    writers = (candidate("scripted", ScriptedWriter(*events)),)
    return asking(
        Assistant(
            history,
            reader,
            "scripted",
            recordings(history),
            lambda: writers,
            cleaner=ScriptedCleaner(),
            documents=documents(history),
        )
    )


def test_the_assistant_is_asked_as_a_person_would(history: History) -> None:
    citation = Citation("picture", "", "Total 23.40", Box(0, 0, 100, 16))
    ask = asked_of(history, Cited(citation), Delta("23.40"), Finished(0, 0))
    asked = ask("What is the total?", b"a picture")
    assert asked.outcome == Outcome("23.40", (TOTAL,))
    assert asked.lines == (("Total 23.40", TOTAL),)
    history.close()


def test_a_refusal_keeps_the_lines_for_the_baselines(history: History) -> None:
    asked = asked_of(history, Declined("No."))("What was the tip?", b"a picture")
    assert asked == Asked(Outcome(""), (("Total 23.40", TOTAL),))
    history.close()


def test_a_failure_is_no_refusal(history: History) -> None:
    reader = ScriptedReader({"picture": EngineFailure("It broke.", "Mend it.")})
    ask = asking(
        Assistant(
            history,
            reader,
            "scripted",
            recordings(history),
            lambda: (),
            cleaner=ScriptedCleaner(),
            documents=documents(history),
        )
    )
    with pytest.raises(EngineFailure):
        ask("What is the total?", b"a picture")
    history.close()
