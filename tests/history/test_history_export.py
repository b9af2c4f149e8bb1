"""What is exported reads well and holds everything."""

from __future__ import annotations

import json

from history.making import RECEIPT, answered, half_answered, picture
from nearling.core.conversation import Citation, Draft, TurnStatus
from nearling.core.geometry import Box
from nearling.history.history import History


def test_markdown_tells_questions_answers_and_sources(history: History) -> None:
    turn, attempt = half_answered(history, "How much?\nAnd when?", "It is 17.")
    history.cite(attempt.id, Citation("bill.png", "ab", "Total\n17", Box(1, 2, 3, 4)))
    history.cite(attempt.id, Citation("terms.pdf", "cd", "14 days", page=3))
    history.close_turn(turn.id, TurnStatus.WAITING, "It was interrupted.")
    history.open_turn(Draft("", (picture(),), conversation=turn.conversation))
    text = history.export(turn.conversation, "markdown")
    asked = f"{turn.created:%Y-%m-%d %H:%M} UTC"
    assert text.startswith(
        f"# How much? And when?\n\n## {asked}\n\n> How much?\n> And when?\n\nIt is 17.\n\n"
        "- bill.png, [1, 2, 3, 4]: “Total 17”\n- terms.pdf, page 3: “14 days”\n\n"
        "*quoting, computer, running*\n\n*It was interrupted.*\n\n## "
    )
    assert text.endswith("> *bill.png*\n")


def test_json_holds_everything(history: History) -> None:
    first = answered(history, "How much?", "17", picture())
    second = answered(history, "When?", "Now.")
    kept = json.loads(history.export(None, "json"))["conversations"]
    assert [each["id"] for each in kept] == [first.conversation, second.conversation]
    (turn,) = kept[0]["turns"]
    assert turn["message"]["text"] == "How much?"
    assert turn["message"]["attachments"][0]["digest"] == picture().digest
    assert turn["attempts"][0]["text"] == "17"
    assert turn["attempts"][0]["receipt"]["price"] == RECEIPT.price
    (only,) = json.loads(history.export(second.conversation, "json"))["conversations"]
    assert only == kept[1]


def test_all_conversations_are_one_text_oldest_first(history: History) -> None:
    answered(history, "How much?", "17")
    answered(history, "When?", "Now.")
    text = history.export(None, "markdown")
    assert text.index("# How much?") < text.index("# When?")
