"""Text from a picture stays data, whatever it says."""

from hypothesis import given
from hypothesis import strategies as st

from nearling.assistant.prompt import render
from nearling.core.prompt import Exchange, Prompt, Source
from scripted.engines import picture, reading_of


def prompt_of(text: str, name: str = "a.png") -> Prompt:
    return Prompt("Why?", (Source(name, reading_of(picture("a"), text)),), (Exchange("Q", "A"),))


@given(st.text(), st.text(min_size=1))
def test_a_source_cannot_end_its_own_fence(text, name):
    rendered = render(prompt_of(text, name))
    fence = rendered.split("<source ", 1)[1].split(">", 1)[0]
    assert rendered.count(f"<source {fence}>") == rendered.count(f"</source {fence}>") == 1
    assert (
        text not in rendered.rsplit(f"</source {fence}>", 1)[1]
        or text in "\n\nQuestion: Q\nAnswer: A\n\nQuestion: Why?"
    )


def test_a_known_fence_in_a_picture_is_not_used_again():
    spy = render(prompt_of("x"), fence="abc")
    assert "<source abc>" in spy
    assert "</source abc>" in spy


def test_the_question_comes_last_and_sources_first():
    rendered = render(prompt_of("words"))
    assert rendered.index("words") < rendered.index("Question: Q") < rendered.index("Why?")
