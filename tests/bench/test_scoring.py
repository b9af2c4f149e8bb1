"""An answer is right for three reasons together and wrong for the one that is missing."""

import pytest

from nearling.bench.baselines import best_line, everything
from nearling.bench.canvas import Canvas, DrawnLine, Sheet
from nearling.bench.fonts import DEVELOP
from nearling.bench.pairs import Pair
from nearling.bench.scoring import (
    Outcome,
    Tally,
    Verdict,
    figures,
    holds,
    outcome,
    overlap,
    points_at,
    score,
)

TOTAL = (100.0, 100.0, 200.0, 130.0)
TAX = (100.0, 150.0, 200.0, 180.0)
SHEET = Sheet(b"", (400, 300), (DrawnLine("Total 23.40", TOTAL), DrawnLine("Tax 3.70", TAX)))


def draw() -> Sheet:
    return SHEET


PAIR = Pair("total", "money", "What is the total?", ("23.40",), draw)
BLANK = Pair("tip", "money", "What was the tip?", (), draw)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (Outcome("23.40", (TOTAL,)), Verdict("right")),
        (Outcome("The total is 23.40.", (TOTAL,)), Verdict("right")),
        (Outcome("23.40", (TAX, TOTAL)), Verdict("right")),
        (Outcome("23.40 " + "x" * 40, (TOTAL,)), Verdict("wrong", "too long")),
        (Outcome("23.40", ()), Verdict("wrong", "not pointed at")),
        (Outcome("23.40", (TAX,)), Verdict("wrong", "not pointed at")),
        (Outcome("3.70", (TOTAL,)), Verdict("wrong", "truth missing")),
        (Outcome("123.40", (TOTAL,)), Verdict("wrong", "truth missing")),
        (Outcome("", (TOTAL,)), Verdict("refused", "declined")),
        (Outcome("  \n", ()), Verdict("refused", "declined")),
    ],
)
def test_an_answerable_pair(given: Outcome, verdict: Verdict) -> None:
    assert score(PAIR, SHEET, given) == verdict


def test_an_unanswerable_pair_wants_a_refusal() -> None:
    assert score(BLANK, SHEET, Outcome("")) == Verdict("right")
    assert score(BLANK, SHEET, Outcome("3.70", (TAX,))) == Verdict("wrong", "invented")


def test_every_named_line_must_be_pointed_at() -> None:
    pair = Pair("note", "says", "?", ("Total Tax",), draw, evidence=("Total 23.40", "Tax 3.70"))
    assert score(pair, SHEET, Outcome("total\ntax", (TOTAL, TAX))) == Verdict("right")
    assert score(pair, SHEET, Outcome("total\ntax", (TOTAL,))).reason == "not pointed at"


def test_lines_of_the_same_words_stand_for_each_other() -> None:
    twice = Sheet(b"", (400, 300), (DrawnLine("23.40", TOTAL), DrawnLine("23.40", TAX)))
    assert score(PAIR, twice, Outcome("23.40", (TAX,))).grade == "right"


def test_the_longest_truth_that_is_held_sets_the_length() -> None:
    pair = Pair("day", "date", "?", ("12 July", "Saturday, 12 July"), draw)
    said = "The concert is on Saturday, 12 July, at the hall"
    assert score(pair, SHEET, Outcome(said, (TOTAL,))).reason == "not pointed at"
    assert score(pair, SHEET, Outcome(said.replace("Saturday, ", ""), ())).reason != "too long"
    assert score(pair, SHEET, Outcome("12 July " + "x" * 34, ())).reason == "too long"


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("the Total is", "total"),
        ("Don’t  stop\nnow", "don't stop now"),
        ("10:00–18:00", "10:00-18:00"),
        ("„Nein“", '"Nein"'),
        ("7 items.", "7"),
        ("until 16:35.", "16:35"),
        ("-84.20", "84.20"),
        ("$44.82", "44.82"),
    ],
)
def test_a_truth_is_held(text: str, truth: str) -> None:
    assert holds(text, truth)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("17", "7"),
        ("7.5", "7"),
        ("1.234,50", "234,50"),
        ("Annex", "Ann"),
        ("14:05:30", "14:05"),
        ("Muller", "Müller"),
        ("bluewall", "blue wall"),
        ("O815", "0815"),
    ],
)
def test_a_truth_is_not_held(text: str, truth: str) -> None:
    assert not holds(text, truth)


def test_pointing_takes_half_the_overlap_or_a_part_of_the_line() -> None:
    assert points_at((100, 100, 200, 150), TOTAL)
    assert not points_at((100, 100, 200, 190), TOTAL)
    assert points_at((180, 105, 198, 125), TOTAL)
    assert not points_at((180, 80, 198, 130), TOTAL)
    assert not points_at((0, 0, 400, 300), TOTAL)


def test_overlap_of_boxes() -> None:
    assert overlap(TOTAL, TOTAL) == 1
    assert overlap((0, 0, 10, 10), (5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0


def test_an_outcome_is_read_from_the_command_lines_json() -> None:
    answered = {
        "answer": "23.40",
        "citations": [
            {"source": "a.png", "text": "Total", "box": [1, 2, 3, 4]},
            {"source": "b.pdf", "text": "Total", "page": 2},
        ],
    }
    assert outcome(answered) == Outcome("23.40", ((1, 2, 3, 4),))
    assert outcome({"answer": "", "closest": []}) == Outcome("")


def test_a_failure_is_no_refusal() -> None:
    with pytest.raises(ValueError, match="No answer"):
        outcome({"error": {"kind": "server"}})


def test_figures_count_each_group_by_itself() -> None:
    counted = figures(
        [
            (PAIR, Verdict("right")),
            (PAIR, Verdict("refused", "declined")),
            (PAIR, Verdict("wrong", "too long")),
            (BLANK, Verdict("wrong", "invented")),
        ]
    )
    assert counted.right == Tally(1, 4)
    assert counted.answered_right == Tally(1, 3)
    assert counted.invented == Tally(1, 1)
    assert counted.wrong == counted.refused == Tally(1, 3)
    assert counted.by_kind == {"money": Tally(1, 4)}
    assert counted.right.share == 0.25
    assert Tally(0, 0).share == 0


def test_printing_everything_is_too_long_for_a_value_among_others() -> None:
    canvas = Canvas(600, 400, DEVELOP.sans)
    canvas.lines(20, 20, [f"Item number {number} 1.00" for number in range(8)])
    canvas.text(20, 340, "Total 23.40")
    sheet = canvas.sheet()
    read = [(line.text, line.box) for line in sheet.lines]
    assert score(PAIR, sheet, everything(read)).reason == "too long"
    assert score(PAIR, sheet, best_line(PAIR.question, read)).grade == "right"


def test_the_best_line_refuses_without_a_shared_word_and_takes_the_upper_of_equals() -> None:
    read = [("Tax 3.70", TAX), ("tax office", TOTAL)]
    assert best_line("tax?", read) == Outcome("Tax 3.70", (TAX,))
    assert best_line("Who signed?", read) == Outcome("")
