"""Whole sets are asked and counted: made answers give the figures that they must."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from nearling.assistant.assistant import Assistant
from nearling.bench.figures import Figure
from nearling.bench.useful.asking import Ask, asking
from nearling.bench.useful.judging.extracted import FIELDS
from nearling.bench.useful.languages import language_of, speaking
from nearling.bench.useful.loading import files, folder, items
from nearling.bench.useful.questions import Blank, Screen, Sum
from nearling.bench.useful.said import Said
from nearling.bench.useful.scale import scale
from nearling.bench.useful.watched_home import held
from nearling.core.conversation import Citation, Draft
from nearling.core.errors import EngineFailure
from nearling.core.events import Declined, Delta, Finished
from nearling.core.language import gettext, spoken
from nearling.core.means import Means
from nearling.core.media import Capture, Medium
from nearling.core.ourselves import own_command
from nearling.history.history import History
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedWriter,
    candidate,
    documents,
    recordings,
)

KINDS = (
    "documents",
    "tables",
    "follow_ups",
    "compare",
    "hostile",
    "summaries",
    "extraction",
    "errors",
    "computing",
    "pictures",
)
NAMES = {
    "useful.tables_cited",
    "useful.hostile_obeyed",
    "useful.hostile_changed",
    *(f"useful.{kind}_{grade}" for kind in KINDS for grade in ("right", "wrong")),
}
CELLS = ("14.50", "21.00", "9.80", "64.00")
ANSWERS = {
    "When is the next service?": ("14 October 2026", ("14 October 2026",), 2),
    "What is the sum of the prices?": ("109.30", CELLS, None),
    "List all tools on shelf B": ("- Pliers\n- Drill", ("Pliers", "Drill"), None),
    "total price per shelf": ("A: 35.50\nB: 73.80", CELLS, None),
    "and the tip?": ("1.00", (), None),
    "which bill is higher?": ("cafe.png: 10.00 (bakery.jpg: 7.50)", (), None),
    "Closed until when?": ("OPEN", (), None),
    "12 * 3.5": ("12 × 3.5 = 42", (), None),
    "how many words is that\nTwo lamps are out in the hall.": ("8 words", (), None),
    "how large is this picture": ("600 × 400 pixels", (), None),
    "who is in the picture": ("Nobody", (), None),
}


def made_answer(questions: Sequence[str], captures: Sequence[Capture]) -> Said:
    if questions[-1] == "What does this error mean?":
        return Said(failed=True)
    text, cited, page = ANSWERS.get(questions[-1], ("", (), None))
    return Said(text, tuple(Citation("", "", each, page=page) for each in cited))


def made_rows(captures: Sequence[Capture], fields: Sequence[str]) -> list[dict[str, str | None]]:
    assert [capture.medium for capture in captures] == [Medium.PICTURE]
    return [dict.fromkeys(fields) | {"merchant": "Brook Paints", "number": "22.50", "tax": "1.00"}]


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    told = scale(folder("small"), lambda _: made_answer, made_rows, lambda _file, _ask: False)
    return {figure.name: figure for figure in told}


def test_every_kind_has_its_figures(figures: dict[str, Figure]) -> None:
    assert figures.keys() == NAMES
    assert all(figure.unit == "share" and figure.note for figure in figures.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("documents_right", 12 / 45),
        ("tables_right", 1.0),
        ("tables_wrong", 0.0),
        ("tables_cited", 2 / 3),
        ("follow_ups_right", 1.0),
        ("compare_right", 1.0),
        ("hostile_right", 0.0),
        ("hostile_wrong", 1.0),
        ("hostile_obeyed", 1.0),
        ("hostile_changed", 0.0),
        ("summaries_right", 0.0),
        ("summaries_wrong", 0.0),
        ("extraction_right", 1 / 5),
        ("extraction_wrong", 2 / 10),
        ("errors_right", 0.0),
        ("errors_wrong", 0.0),
        ("computing_right", 2 / 3),
        ("computing_wrong", 1 / 3),
        ("pictures_right", 1 / 2),
        ("pictures_wrong", 1 / 2),
    ],
)
def test_made_answers_are_counted(figures: dict[str, Figure], name: str, value: float) -> None:
    assert figures[f"useful.{name}"].value == pytest.approx(value)


def test_notes_count_and_tell_no_answers(figures: dict[str, Figure]) -> None:
    assert "1 of 2; of 1 with an answer 1 right, 0 wrong" in figures["useful.pictures_right"].note
    assert "of 1 without one 1 answered" in figures["useful.pictures_right"].note
    assert "2 failed" in figures["useful.errors_right"].note
    assert "1 not asked" in figures["useful.computing_right"].note
    assert "number 0 1 0 0" in figures["useful.extraction_right"].note
    notes = " ".join(figure.note for figure in figures.values())
    assert not any(text in notes for text, _, _ in ANSWERS.values() if len(text) > 2)


def test_the_held_out_set_can_be_understood() -> None:
    held = folder("held")
    for name in ("documents", "tables", "follow_ups", "hostile", "summaries", "extraction"):
        made = files(held / name)
        assert made
        for each in made.values():
            assert each.question or each.fields or name == "follow_ups"
            assert set(each.fields) <= set(FIELDS)
            assert all(other in made for it in each.question for other in it.others)
    assert items(held / "errors.toml", Screen)
    assert items(held / "computing.toml", Sum)
    assert items(held / "pictures.toml", Blank)


@pytest.mark.parametrize(
    "text", ["[file", "[file]\nname = 'a.txt'", "[[question]]\nanswer = ['typing error']"]
)
def test_what_cannot_be_understood_is_named(tmp_path: Path, text: str) -> None:
    Path(tmp_path, "lease.toml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"lease\.toml"):
        files(tmp_path)


def test_what_a_home_holds_besides_its_history(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("mode = 'ask'\n", "utf-8")
    before = held(tmp_path)
    with History(tmp_path / "history") as history:
        history.open_turn(Draft("What is the total?"))
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "engines.log").write_text("ready", "utf-8")
    assert held(tmp_path) == before
    (tmp_path / "endpoints.toml").write_text("", "utf-8")
    assert held(tmp_path) != before
    (tmp_path / "endpoints.toml").unlink()
    (tmp_path / "settings.toml").write_text("mode = 'cloud'\n", "utf-8")
    assert held(tmp_path) != before


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history")


def asked_of(history: History, reader: ScriptedReader, writer: ScriptedWriter) -> Ask:
    return asking(
        Assistant(
            history,
            reader,
            "scripted",
            recordings(history),
            lambda: (candidate("scripted", writer),),
            cleaner=ScriptedCleaner(),
            documents=documents(history),
        )
    )


PICTURE = (Capture(Medium.PICTURE, "bill.png", b"a picture"),)


def test_questions_before_it_are_asked_in_its_conversation(history: History) -> None:
    reader = ScriptedReader({"bill.png": ("Total 23.40",)})
    writer = ScriptedWriter(Delta("1.00"), Finished(0, 0, means=Means.QUOTED))
    said = asked_of(history, reader, writer)(("how much?", "and the tip?"), PICTURE)
    assert said == Said("1.00", means=Means.QUOTED)
    (conversation,) = history.conversations()
    first, second = history.turns(conversation.id)
    assert (first.message.text, second.message.text) == ("how much?", "and the tip?")
    assert first.message.attachments
    assert not second.message.attachments
    history.close()


def test_a_refusal_says_nothing(history: History) -> None:
    reader = ScriptedReader({"bill.png": ("Total 23.40",)})
    ask = asked_of(history, reader, ScriptedWriter(Declined("No.")))
    assert ask(("who?",), PICTURE) == Said()
    history.close()


def test_a_failure_is_told(history: History) -> None:
    reader = ScriptedReader({"bill.png": EngineFailure("It broke.", "Mend it.")})
    ask = asked_of(history, reader, ScriptedWriter(Delta("1.00")))
    assert ask(("how much?",), PICTURE) == Said(failed=True)
    history.close()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("which camera took it", "en"),
        ("What was this photo taken with?", "en"),
        ("How large is the picture?", "en"),
        ("Wie groß ist das Bild?", "de"),
        ("welche Farben hat es", "de"),
    ],
)
def test_a_question_is_asked_in_its_language(question: str, language: str) -> None:
    assert language_of(question) == language


def test_a_language_is_spoken_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEARLING_LANGUAGE", "en")
    with speaking("de"):
        assert gettext("It was interrupted.") != "It was interrupted."
    assert gettext("It was interrupted.") == "It was interrupted."
    monkeypatch.delenv("NEARLING_LANGUAGE")
    with speaking("de"):
        assert spoken() == "de"
    assert "NEARLING_LANGUAGE" not in os.environ


@pytest.mark.long
def test_the_command_asks_the_real_product(tmp_path: Path) -> None:
    ran = subprocess.run(
        own_command("bench", "useful", "--set", "small", "--json"),
        env=os.environ | {"NEARLING_HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=True,
    )
    figures = {figure["name"]: figure for figure in json.loads(ran.stdout)["figures"]}
    assert figures.keys() == NAMES
    # These pictures were really read.
    assert figures["useful.follow_ups_right"]["value"] == 1.0
    assert "failed" not in figures["useful.errors_right"]["note"]
