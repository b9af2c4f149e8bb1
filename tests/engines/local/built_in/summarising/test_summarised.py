"""Summaries: which sentences there are, which of them are chosen, and when none is given."""

from dataclasses import replace
from time import thread_time

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.means import Means
from nearling.core.prompt import Prompt
from nearling.core.reading import Cell, Table
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.sentences import sentences
from nearling.engines.local.built_in.summarising.centrality import most_central
from nearling.engines.local.built_in.summarising.summarised import summarised
from scripted.readings import page

RIVER = (
    "The new bridge over the river",
    "The town council decided on Tuesday to build a new bridge over the river.",
    "The old bridge was built in 1931 and has been closed to lorries since last spring.",
    "Dr. Miller, who inspects bridges for the state, found cracks in three of its pillars.",
    "Repairing the old bridge would cost 4.5 million euros, about as much as half of the new one.",
    "A cyclist told the reporter that he likes the view.",
    "The new bridge will be wide enough for two lanes, a tram and a cycle path.",
    "",
    "Building the bridge takes three years, and the river stays open to ships all the while.",
    "The council wants the state to pay for two thirds of the new bridge.",
    "Lunch was served at noon in the hall.",
    "Until the new bridge is open, lorries have to take the long way by the motorway.",
    "The weather was fine.",
)


def summarise(question, *sources):
    return summarised(Prompt(question, sources), Cancellation())


def texts(*sources):
    return [sentence.text for sentence in sentences(sources)]


@pytest.mark.parametrize(
    "question",
    [
        "Summarise this",
        "summarize it",
        "Please summarise this document.",
        "Can you summarize the text for me?",
        "Give me a short summary",
        "summary of this letter",
        "TL;DR",
        "What is this about?",
        "What's it about?",
        "what is the letter about",
        "What are the main points?",
        "the key points of this document",
        "Fasse das zusammen",
        "Fass mir den Text bitte zusammen",
        "Fasse den Brief kurz zusammen.",
        "Kannst du das zusammenfassen?",
        "Zusammenfassung",
        "Gib mir eine kurze Zusammenfassung",
        "Worum geht es?",
        "Worum geht es in dem Brief?",
        "Worum geht's hier?",
        "Um was geht es da?",
        "Was sind die wichtigsten Punkte?",
    ],
)
def test_five_sentences_as_they_stand_there(question):
    reply = summarise(question, page(*RIVER))
    assert isinstance(reply, Reply)
    assert reply.means is Means.SUMMARISED
    assert len(reply.citations) == 5
    said = [place.text for place in reply.citations]
    assert said == sorted(said, key=RIVER.index)
    assert all(f"- {sentence}" in reply.text for sentence in said)
    assert reply.text.startswith("5 of 11 sentences")


@pytest.mark.parametrize(
    "question",
    [
        "Summarise this in French",
        "What is paragraph 3 about?",
        "Summarise the differences between the two",
        "What is the total?",
        "Who is this about?",
        "What is the letter's date?",
        "Tell me about bridges",
        "Worum geht es in Zeile 3?",
        "Wie lange dauert der Bau?",
        "Translate this",
        "Explain this",
        "",
    ],
)
def test_is_not_asked_to_summarise(question):
    assert summarise(question, page(*RIVER)) is None


def test_says_what_is_central_and_not_what_is_beside_the_point():
    said = [place.text for place in summarise("Summarise this", page(*RIVER)).citations]
    assert not {RIVER[5], RIVER[10], RIVER[12]} & set(said)
    assert sum("bridge" in sentence for sentence in said) >= 4


def test_as_many_sentences_as_are_asked_for():
    one = summarise("Summarise this in one sentence", page(*RIVER))
    assert [len(one.citations)] == [1]
    assert len(summarise("Fasse das in drei Sätzen zusammen", page(*RIVER)).citations) == 3


def test_without_a_source_it_is_somebody_elses():
    assert summarise("Summarise this") is None


def test_a_few_sentences_are_not_summarised():
    declined = summarise(
        "Summarise this", page("Corner Shop", "Milk 1.20", "Thank you for coming.")
    )
    assert isinstance(declined, Declined)
    assert "Write it down" in declined.remedies[0]


def test_each_place_is_named():
    first, second = page(*RIVER[:7], number=1), page(*RIVER[8:], number=2)
    first, second = replace(first, place="page 1"), replace(second, place="page 2")
    reply = summarise("Summarise this", first, second)
    assert {place.page for place in reply.citations} == {1, 2}
    assert "(page 2)" in reply.text


def test_the_newest_text_is_meant():
    earlier = replace(page(*RIVER), exchange=0)
    assert isinstance(summarise("Summarise this", page("Nothing much."), earlier), Declined)


def test_a_sentence_that_is_broken_into_lines_is_one():
    (sentence,) = sentences((page("The committee has dis-", "cussed the new rules for", "cars."),))
    assert sentence.text == "The committee has discussed the new rules for cars."
    assert len(sentence.lines) == 3


def test_a_sentence_that_begins_in_mid_line_points_at_that_line():
    found = sentences(
        (page("This is the first sentence of all. And here", "the second one goes on for long."),)
    )
    assert [(each.lines[0].text[:4], len(each.lines)) for each in found] == [
        ("This", 1),
        ("This", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Miller and Prof. Weber met Mr. Jones at 4.30 p.m. in the hall.",
        "The price rose by 3.5 % to 1.299,00 Euro within two weeks.",
        "Am 3. Mai 2026 trafen sich z. B. die Vertreter der Fa. Müller in Halle.",
        "See e.g. Fig. 3 and No. 12 of the list for all details.",
        "J. R. Smith wrote to the U.S. office about it again.",
        "Version 2.4.1 of the program runs on every computer here.",
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(text):
    assert texts(page(text)) == [text]


def test_sentences_end_at_marks_and_quotes():
    text = (
        "He asked: “Why is it so late?” Nobody in the room knew. It was in 2026. Then they left us!"
    )
    assert texts(page(text)) == [
        "He asked: “Why is it so late?”",
        "Nobody in the room knew.",
        "It was in 2026.",
        "Then they left us!",
    ]


def test_headings_labels_and_page_numbers_are_no_sentences():
    assert texts(
        page(
            "Our summer at the sea",
            "We went to the sea in July and stayed there for three whole weeks.",
            "Page 3 of 7",
            "Total 3.96",
        )
    ) == ["We went to the sea in July and stayed there for three whole weeks."]


def test_items_of_a_list_are_sentences_of_their_own():
    assert texts(
        page("• Close all the windows first", "• Turn off the water in the kitchen", "• Lock it")
    ) == ["• Close all the windows first", "• Turn off the water in the kitchen"]


def test_what_stands_on_every_page_is_left_out():
    head, foot = (
        "Yearly report of the club for 2026 by its board.",
        "Printed by the club on page 1.",
    )
    said = [f"In {month} we went sailing on the lake." for month in ("May", "June", "July")]
    pages = [
        page(head, one, foot.replace("1", str(at)), number=at) for at, one in enumerate(said, 1)
    ]
    assert texts(*pages) == said


def test_tables_are_left_out():
    source = page("The milk is kept in the cold room.", "This row is part of a table here.")
    cell = Cell(source.reading.lines[1].text, source.reading.lines[1].box, (1,))
    table = Table(source.reading.lines[1].box, ((cell,),), False)
    source = replace(source, reading=replace(source.reading, tables=(table,)))
    assert texts(source) == ["The milk is kept in the cold room."]


def test_a_sentence_goes_on_in_the_next_column():
    rows = (
        "Here is a first line of it",
        "and this sentence goes on",
        "",
        "in the next column of it.",
    )
    assert texts(page(*rows)) == [
        "Here is a first line of it and this sentence goes on in the next column of it."
    ]


def test_sentences_that_say_the_same_are_chosen_once():
    same = "The harbour will be closed for repairs in May"
    said = [f"{same}.", "Ships wait outside.", f"{same} again.", "Ships pay no fee then.",
            "The harbour office sells the tickets for ships.", f"{same} too."]  # fmt: skip
    chosen = most_central(said, 3)
    assert len({0, 2, 5} & set(chosen)) == 1


def test_texts_without_words_have_no_centre_and_do_no_harm():
    assert most_central(["1 2 3 4 5."] * 3, 2)
    assert most_central([], 5) == ()


def test_a_long_book_takes_seconds():
    words = ("river", "bridge", "council", "ship", "harbour", "engine", "letter", "window")
    said = [
        f"The {words[at % 8]} number{at % 97} met a {words[at * 7 % 8]} of kind{at % 31}."
        for at in range(8000)
    ]
    started = thread_time()
    assert len(most_central(said, 5)) == 5
    assert thread_time() - started < 10
