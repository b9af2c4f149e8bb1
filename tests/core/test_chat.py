"""Text from a picture stays data, whatever it says, and looks the same in every turn."""

from hypothesis import given
from hypothesis import strategies as st

from nearling.core.chat import fenced, messages
from nearling.core.prompt import Exchange, Prompt, Source
from scripted.engines import picture, reading_of


def source(text: str, name: str = "a.png", exchange: int | None = None) -> Source:
    return Source(name, reading_of(picture(text), text), exchange)


@given(st.text(), st.text(min_size=1))
def test_a_source_cannot_end_its_own_fence(text, name):
    told = fenced(source(text, name))
    fence = told.split("<source ", 1)[1].split(">", 1)[0]
    assert told.count(f"<source {fence}>") == told.count(f"</source {fence}>") == 1
    assert told.endswith(f"</source {fence}>")


def test_a_source_that_knows_its_fence_gets_another():
    told = fenced(source("words"))
    fence = told.split("<source ", 1)[1].split(">", 1)[0]
    again = fenced(source(f"words {fence}"))
    assert f"<source {fence}>" not in again


def test_roles_take_turns_and_the_question_comes_last():
    prompt = Prompt("Why?", (source("words"),), (Exchange("Q", "A"),))
    told = messages(prompt)
    assert [each.role for each in told] == ["system", "user", "assistant", "user"]
    assert told[-1].content.endswith("Why?")
    assert "words" in told[-1].content


def test_the_next_turn_begins_with_the_letters_of_the_one_before():
    first = messages(Prompt("Total?", (source("25.15"),)))
    second = messages(
        Prompt(
            "And the tip?",
            (source("2.50", "b.png"), source("25.15", exchange=0)),
            (Exchange("Total?", "25.15"),),
        )
    )
    assert second[: len(first)] == first
    assert "2.50" in second[-1].content
