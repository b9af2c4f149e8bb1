"""Questions that lean on the one before them: what they are completed to, and when they are not."""

import pytest

from nearling.core.events import Declined
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.built_in.following.exchanging import in_full
from nearling.engines.local.built_in.following.followed import followed
from nearling.engines.local.built_in.reply import Reply
from scripted.tables import rows_of, source

LIST = "| Item | Price |\n| --- | --- |\n| Lamp | 19.00 |\n| Chair | 45.00 |\n| Shelf | 32.50 |"


def after(question: str, *before: tuple[str, str]) -> str:
    exchanges = tuple(Exchange(asked, answer) for asked, answer in before)
    return in_full(Prompt("", (), exchanges, (question,)))[-1]


def asked_for(question: str, answer: str, *sources: Source) -> list[str]:
    """What is asked instead of `question`, if all of that gets no answer."""
    asked: list[str] = []

    def ask(prompt: Prompt) -> Reply | Declined:
        asked.append(prompt.question)
        return Declined("")

    exchanges = (Exchange("What does it cost?", answer),)
    assert isinstance(followed(Prompt(question, sources, exchanges), ask), Declined)
    return asked


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("How much is the milk?", "And the bread?", "How much is the bread"),
        ("How much is the milk?", "what about the bread?", "How much is the bread"),
        ("Was kostet die Milch?", "und das Brot?", "Was kostet die Brot"),
        ("What is the total?", "and the tip?", "What is the tip"),
        ("When do they open on Saturday?", "And on Sunday?", "When do they open on sunday"),
        ("Wann haben sie am Freitag auf?", "und am Samstag?", "Wann haben sie am samstag auf"),
        ("When do they open?", "And on Sunday?", "When do they open on Sunday"),
        ("What did I spend in May?", "and in June?", "What did I spend in june"),
        ("What did we pay for milk in May?", "and in June?", "What did we pay for milk in june"),
        ("What did I spend on Food?", "and in June?", "What did I spend on Food in June"),
        ("What did we pay for milk in May?", "and for tea?", "What did we pay for tea in May"),
        ("What is the mean wage in Berlin?", "and in Hamburg?", "What is the mean wage in Hamburg"),
        ("What is the sum of the hours?", "and the average?", "What is the average of the hours"),
        ("Which one is the cheapest?", "and the highest?", "Which one is the highest"),
        ("Who is the youngest?", "and in Berlin?", "Who is the youngest in Berlin"),
        ("Who is the oldest?", "and the youngest?", "Who is the youngest"),
        ("What is the first item?", "and the second one?", "What is the second one item"),
        ("What is the phone of the hotel?", "and the address?", "What is the address of the hotel"),
        ("What is the total?", "and without VAT?", "What is the total without VAT"),
        ("What did I spend?", "and only Food?", "What did I spend Food"),
        ("Which items are Food?", "only those over 20", "Which items are Food over 20"),
        ("Welche Posten sind Reise?", "nur die über 100 €", "Welche Posten sind Reise über 100 €"),
        ("What is the sum of the hours?", "and per kind?", "What is the sum of the hours per kind"),
    ],
)  # fmt: skip
def test_completes_what_is_left_out(before: str, question: str, whole: str) -> None:
    assert after(question, (before, "1.20")) == whole


@pytest.mark.parametrize(
    ("answer", "question", "whole"),
    [
        ("6.90 ÷ 2 = 3.45", "what is 15 % of that?", "what is 15 % of 3.45"),
        ("20 km", "how much is that in miles?", "how much is 20 km in miles"),
        ("20.00 €", "what is 15 % of that?", "what is 15 % of 20.00 €"),
        ("20.00 €", "und das mal 3?", "20.00 € mal 3"),
        (LIST, "How much is the second one?", "How much is Chair"),
        (LIST, "Was kostet das letzte?", "Was kostet Shelf"),
        ("- Lamp\n- Chair", "where is the first one from?", "where is Lamp from"),
        (LIST, "the second one, what colour is it?", "Chair, what colour is it"),
    ],
)
def test_takes_up_the_last_answer(answer: str, question: str, whole: str) -> None:
    assert whole in asked_for(question, answer)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How much is the milk?", "When do they open"),
        ("How much is the milk?", "And who signed it"),
        ("How much is the milk?", "and how do I get there by the train to the city"),
        ("What is the first item?", "and on Sunday or Monday"),
        ("Where does Mia live and where does Noah work?", "and Ida"),
        ("Hello", "What is the total"),
    ],
)
def test_leaves_alone_what_is_not_sure(before: str, question: str) -> None:
    assert after(question, (before, "1.20")) == question


def test_where_nothing_is_meant_for_sure_only_what_comes_closest_is_looked_for() -> None:
    assert asked_for("and how much is it on Monday?", "3.00")[1:] == ["how much is it on Monday"]
    assert asked_for("und gibt es das noch?", "3.00 €")[1:] == ["gibt es das noch"]


def test_one_follow_up_after_the_other() -> None:
    before = (("How much is the milk?", "1.20"), ("and the bread?", "2.50"))
    assert after("and the eggs?", *before) == "How much is the eggs"


def test_the_same_of_the_picture_that_came_now() -> None:
    new, old = source(rows_of("a | 1"), name="b.png"), source(rows_of("b | 2"), exchange=0)
    asked: list[Prompt] = []

    def ask(prompt: Prompt) -> Reply | Declined:
        asked.append(prompt)
        return Declined("")

    followed(Prompt("and this one?", (new, old), (Exchange("What is the total?", "2"),)), ask)
    assert Prompt("What is the total", (new,)) in asked
