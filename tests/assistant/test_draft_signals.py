"""Which answers look weak, and which only look like it."""

import time
from pathlib import Path

import pytest

from nearling.assistant.draft_signals import does_not_know, repeats_itself, weakness
from nearling.core.conversation import Attempt, AttemptStatus, Receipt, Route
from nearling.core.writers import Zone

ROOT = Path(__file__).resolve().parents[2]


def attempt(text, **more):
    receipt = Receipt(1.0, 2.0, 10, 20, **more)
    route = Route("smol", Zone.COMPUTER, "This computer can answer.")
    return Attempt("a", route, AttemptStatus.ANSWERED, text, receipt=receipt)


LOOPS = {
    "a sentence": "The total of the receipt is 19.35, which was paid in cash. " * 9,
    "two in turn": "Yes, that is the right gate. No, it leaves from another one. " * 8,
    "a word": "the " * 200,
    "a line of a list": "The milk, the bread and so on:\n" + "- 1 milk 2.40\n" * 60,
    "no spaces": "合計は千二百円です。" * 60,
    "after a good start": (
        "The invoice is from the second of March and is due within thirty days. The amount is "
        "named at the bottom, in bold, beside the bank account of the sender. "
    )
    + "Please note that the amount is due. " * 40,
}

SOUND = {
    "a table": "\n".join(f"| {n} | {n * n} | {n**3 % 97} | {n * 2.4:.2f} |" for n in range(60)),
    "a chorus": (
        "Row, row, row your boat,\nGently down the stream,\nMerrily, merrily, merrily, merrily,\n"
        "Life is but a dream.\n"
    )
    * 2,
    "a short list": "- yes\n- yes\n- yes\n- no\n" * 3,
    "code": "\n".join(
        f"def field_{name}(self) -> str:\n    return self.values['{name}'].strip()\n"
        for name in ("amount", "date", "seat", "gate", "name", "flight", "iban", "till", "tax")
    ),
    "numbers": ", ".join(str(n * n) for n in range(300)),
}


@pytest.mark.parametrize("text", LOOPS.values(), ids=LOOPS)
def test_a_loop_is_one(text):
    assert weakness(attempt(text)) == "The answer repeats itself."


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_only_resembles_a_loop_is_none(text):
    assert weakness(attempt(text)) is None


def test_what_people_wrote_repeats_itself_nowhere():
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "LICENSE"]
    assert len(pages) > 20
    for page in pages:
        text = page.read_text()
        for start in range(0, len(text), 3000):
            assert not repeats_itself(text[start : start + 6000]), page


@pytest.mark.parametrize(
    "text",
    [
        "I don't know.",
        "I’m sorry, but I do not know who signed the letter.",
        "I really don't know that.",
        "Unfortunately I cannot answer that question.",
        "Sorry, I can't help with that.",
        "I'm not sure what the picture shows.",
        "I am unable to open links.",
        "I have no information about the weather in your town.",
        "I don't have enough context for that.",
        "As an AI language model, I have no opinion.",
        "Das weiß ich leider nicht.",
        "Ich weiß es nicht.",
        "Ich weiß nicht, wer den Brief unterschrieben hat.",
        "Diese Frage kann ich leider nicht beantworten.",
        "Ich kann Ihnen dabei nicht helfen.",
        "Dazu habe ich nichts gelesen, und ich habe keine Informationen.",
        "Mir liegen dazu keine Angaben vor.",
        "Da bin ich mir nicht sicher.",
        "Als Sprachmodell habe ich keine Meinung.",
        "Je ne sais pas.",
        "Désolé, je ne le sais vraiment pas.",
        "Je ne peux malheureusement pas répondre à cette question.",
        "Je n'ai pas assez d'informations.",
        "Je ne suis pas sûr de la date.",
        "No lo sé.",
        "Lo siento, no puedo responder a esa pregunta.",
        "No tengo información sobre eso.",
        "No estoy segura.",
    ],
)
def test_who_does_not_know_says_so_in_four_languages(text):
    assert weakness(attempt(text)) == "The answer says that it does not know."


@pytest.mark.parametrize(
    "text",
    [
        "The total is 19.35.",
        "I see no error in this log.",
        "I can't find any amount above 100 in the table.",
        "The guest said: “I don't know who paid.”",
        '»Das weiß ich nicht« heißt auf Englisch "I do not know".',
        "The command `echo I do not know` prints it.",
        "You know that the letter says Tuesday.",
        "The AI of the game is switched off.",
        "Ich weiß, dass der Brief am Dienstag kam.",
        "Ich kann in dem Protokoll keinen Fehler sehen.",
        "Ich kann das bestätigen: nicht der Montag, der Dienstag.",
        "Je sais que la lettre est datée du mardi.",
        "Je ne peux que vous dire la date : le 3 mars.",
        "Se puede responder hasta el martes.",
        "No tengo hambre significa “I am not hungry”.",
        "Ask whether they know. " + "The rest of the letter is about the weather. " * 2,
    ],
)
def test_who_only_mentions_not_knowing_knows(text):
    assert not does_not_know(text)
    assert weakness(attempt(text)) is None


def test_a_long_answer_may_leave_one_thing_open():
    sentences = (
        f"Line {n} of the invoice names {n * n} pieces at {n}.40 each. " for n in range(15)
    )
    assert weakness(attempt("".join(sentences) + "I don't know about the rest.")) is None


def test_an_empty_answer_is_no_answer():
    assert weakness(attempt(" \n")) == "The answer is empty."


def test_an_answer_that_was_cut_says_so():
    cut = "The answer ends where there was no room for more."
    assert weakness(attempt("The first of the ten is", cut=True)) == cut
    assert weakness(attempt(LOOPS["a word"], cut=True)) == "The answer repeats itself."


@pytest.mark.parametrize(("unsure", "weak"), [(-3.01, True), (-3.0, False), (-0.2, False)])
def test_a_model_that_was_unsure_of_its_words(unsure, weak):
    said = weakness(attempt("The gate is B12.", unsure=unsure))
    assert said == ("The model was unsure of several words." if weak else None)


def test_what_is_not_known_of_an_answer_says_nothing_against_it():
    route = Route("smol", Zone.COMPUTER, "This computer can answer.")
    assert weakness(Attempt("a", route, AttemptStatus.ANSWERED, "The gate is B12.")) is None


def test_a_huge_answer_is_judged_at_once():
    """Of processor time; the window asks while it draws."""
    for text in ("The gate is B12. " * 100_000, "„" * 1_000_000, "ich kann " * 100_000):
        before = time.thread_time()
        weakness(attempt(text))
        assert time.thread_time() - before < 0.1
