"""Notes, sums, summaries, pictures and fields: what of an answer is right."""

from __future__ import annotations

import pytest

from nearling.bench.useful.judging.described import described
from nearling.bench.useful.judging.explained import explained
from nearling.bench.useful.judging.extracted import FIELDS, extracted
from nearling.bench.useful.judging.summed_up import summed_up
from nearling.bench.useful.judging.worked_out import worked_out
from nearling.bench.useful.questions import Look, Question, Screen, Sum
from nearling.bench.useful.said import Said
from nearling.core.conversation import Citation
from nearling.core.means import Means

DENIED = Screen("text", "Permission denied", "posix-permission-denied")
PRINTER = Screen("photo", "Toner: 64 %", "")


def note(id: str) -> Said:
    return Said(f"It is not allowed. From a note ({id}).", means=Means.EXPLAINED)


def test_the_right_note_explains_an_error() -> None:
    assert explained(DENIED, note("posix-permission-denied")) == "right"
    assert explained(DENIED, note("posix-no-space-left")) == "wrong"
    assert explained(DENIED, Said()) == "refused"
    assert explained(DENIED, Said("Permission denied", means=Means.QUOTED)) == "refused"
    assert explained(DENIED, Said(failed=True)) == "failed"


def test_no_note_explains_what_is_no_error() -> None:
    assert explained(PRINTER, Said()) == "right"
    assert explained(PRINTER, Said("Toner: 64 %", means=Means.QUOTED)) == "right"
    assert explained(PRINTER, note("posix-no-space-left")) == "wrong"
    assert explained(PRINTER, Said(failed=True)) == "failed"


def summing(*answers: str) -> Sum:
    return Sum("how much", answers, "units", "en")


@pytest.mark.parametrize(
    ("answers", "text", "grade"),
    [
        (("391",), "17 × 23 = 391", "right"),
        (("391",), "391 × 1 = 17", "wrong"),
        (("3.11", "3.1"), "5 km = 3.10686 mi", "right"),
        (("3.11",), "5 km = 3.12 mi", "wrong"),
        (("90",), "90.4 days", "wrong"),
        (("55.89",), "48.60 × 15 % = 7.29\n48.60 + 7.29 = 55.89", "right"),
        (("7.29",), "48.60 × 15 % = 7.29\n48.60 + 7.29 = 55.89", "right"),
        (("48.60",), "48.60 × 15 % = 7.29\n48.60 + 7.29 = 55.89", "wrong"),
        (("4h15min",), "1 h 45 min + 2 h 30 min = 4 h 15 min", "right"),
        (("4h15min",), "1 h 45 min + 2 h 30 min = 14 h 15 min", "wrong"),
        (("38",), "1988-05-04 → 2026-11-22\n38 years, 6 months, 18 days", "right"),
        (("6",), "1988-05-04 → 2026-11-22\n38 years, 6 months, 18 days", "wrong"),
        (("15 April 2026",), "Wednesday, 15 April 2026", "right"),
        (("862,50",), "1.250 − 387,50 = 862,5", "right"),  # noqa: RUF001
        (("38",), "", "refused"),
        ((), "", "right"),
        ((), "7", "wrong"),
    ],
)
def test_the_result_counts_and_not_its_steps(
    answers: tuple[str, ...], text: str, grade: str
) -> None:
    assert worked_out(summing(*answers), Said(text)) == grade


def test_of_several_counts_the_one_that_was_asked_for_is_the_result() -> None:
    counts = Said("16 words\n80 letters\n3 sentences\n2 lines")
    asked = Sum("how many sentences", ("3",), "text", "en")
    assert worked_out(asked, counts) == "right"
    assert worked_out(Sum("how many sentences", ("2",), "text", "en"), counts) == "wrong"


CARRY = tuple(f"Sentence {name} carries it." for name in ("one", "two", "three", "four"))


def summary(*sentences: str) -> Said:
    places = tuple(Citation("report.pdf", "", sentence) for sentence in sentences)
    return Said("\n".join(f"- {each}" for each in sentences), places)


def test_three_of_five_sentences_carry_a_summary() -> None:
    question = Question("summarise this", "summary", carry=CARRY)
    assert summed_up(question, summary(*CARRY[:3], "It rained.", "It was late.")) == "right"
    assert summed_up(question, summary(*CARRY[:2], "It rained.", "It was late.")) == "wrong"
    assert summed_up(question, summary(*CARRY, "It rained.", "It was late.")) == "wrong"
    assert summed_up(question, Said()) == "refused"
    broken = summary("Sentence one\ncarries it.", *CARRY[1:3])
    assert summed_up(question, broken) == "right"


def test_what_was_measured_is_said_and_nothing_seen() -> None:
    size = Look("how large", holds=("600", "400"), spellings=("600 × 400",))
    assert described(size, Said("It is 600 by 400 pixels.")) == "right"
    assert described(size, Said("600 x 300")) == "wrong"
    assert described(size, Said()) == "refused"
    when = Look("what time was it taken", holds=("09:15",))
    assert described(when, Said("2026-03-08 09:15:00, as the file says")) == "right"
    assert described(when, Said("2026-03-08 19:09:15, as the file says")) == "wrong"
    who = Look("who is it", refuse=True)
    assert described(who, Said()) == "right"
    assert described(who, Said("A woman")) == "wrong"
    # Without any word to hold there is no way to be right.
    shape = Look("what shape", spellings=("square",))
    assert described(shape, Said("round")) == "wrong"


def test_fields_are_right_wrong_missing_or_invented() -> None:
    printed = {
        "date": "2026-04-17",
        "total": ("£22.50", "22.50"),
        "address": "4 Mill Lane, Port Sallow",
        "number": "5512",
        "phone": "01632 960 610",
    }
    found = {
        "date": "2026-04-17",
        "total": "22.50",
        "address": "4 Mill Lane\nPort Sallow",
        "number": "5513",
        "tax": "1.20",
    }
    graded = extracted(printed, found)
    assert tuple(graded) == FIELDS
    assert {name: graded[name] for name in ("date", "total", "address")} == dict.fromkeys(
        ("date", "total", "address"), "right"
    )
    assert graded["number"] == "wrong"
    assert graded["phone"] == "missing"
    assert graded["tax"] == "invented"
    assert graded["email"] == "rightly empty"
    failed = {name for name, each in extracted(printed, None).items() if each == "failed"}
    assert failed == printed.keys()
