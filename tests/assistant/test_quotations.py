"""What a language model quotes is held against what the sources say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.assistant.quotations import checked, cited
from nearling.core.events import Cited, Delta, Doubted, Finished
from nearling.core.geometry import Box
from nearling.core.prompt import Exchange, Prompt, Source
from scripted.engines import picture, reading_of


def source(*lines: str, name: str = "a.png") -> Source:
    return Source(name, reading_of(picture(name), *lines))


RECEIPT = source("Corner Café", "Total  £25.15", "paid by", "card", "The board’s “new” rules")


def judged(answer: str, *sources: Source, pieces: int = 1000, question: str = "Why?"):
    prompt = Prompt(question, sources or (RECEIPT,), (Exchange("Is it “old”?", "It is “odd”."),))
    deltas = [Delta(answer[at : at + pieces]) for at in range(0, len(answer), pieces)]
    events = list(checked(iter([*deltas, Finished(1, 1)]), prompt))
    assert [event for event in events if isinstance(event, Delta | Finished)] == [
        *deltas,
        Finished(1, 1),
    ]
    found = [event.citation.text for event in events if isinstance(event, Cited)]
    return found, [event.text for event in events if isinstance(event, Doubted)]


@pytest.mark.parametrize(
    "answer",
    [
        "It is “£25.15”.",
        'It is "£25.15".',
        "Es sind „£25.15“.",
        "C'est « £25.15 ».",
        'It is "£25.15."',
    ],
)
def test_a_quotation_that_a_source_says_is_cited(answer):
    assert judged(answer) == (["£25.15"], [])


def test_it_may_run_over_lines_and_its_box_is_around_them():
    citation = cited("paid by card", [RECEIPT])
    assert citation is not None
    assert citation.box == Box(0, 40, 100, 76)


@pytest.mark.parametrize("words", ["£25.1", "5.15", "25", "£25.155", "ard", "Corner Cafe"])
def test_part_of_a_word_or_number_is_not_what_was_said(words):
    assert judged(f"It is “{words}”.") == ([], [words])


def test_typography_and_case_make_no_difference():
    assert judged('See "the board\'s" and “CORNER café”.') == (
        ["the board's", "CORNER café"],
        [],
    )


def test_words_of_the_question_and_of_before_are_nobodys_claim():
    assert judged("“old”, “odd” and “tip”?", question="What is the “tip”?") == ([], [])


def test_code_is_no_quotation():
    assert judged('Say `print("hello")`:\n```\nprint("you")\n```\nor “Total”.') == (["Total"], [])


def test_inches_and_lone_marks_are_no_quotations():
    assert judged('A 5" pipe and a 7" one, and “ alone.') == ([], [])


def test_nothing_is_doubted_without_a_source():
    prompt = Prompt("Who said “to be”?")
    assert list(checked(iter([Delta("“Hamlet”")]), prompt)) == [Delta("“Hamlet”")]


def test_the_same_words_are_judged_once():
    assert judged("“Total” and “Total” and “gone” and “gone”") == (["Total"], ["gone"])


@given(st.integers(1, 12))
def test_it_makes_no_difference_in_which_pieces_an_answer_comes(pieces):
    answer = 'The “Total” is "£25.15", not “£99”; see `“x”` and “paid by card”.'
    assert judged(answer, pieces=pieces) == (["Total", "£25.15", "paid by card"], ["£99"])


@given(st.text(alphabet='“”„"`«» ab1.\n', max_size=60))
def test_any_answer_is_taken(answer):
    judged(answer)
