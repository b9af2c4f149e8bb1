"""What does not fit is left out oldest first, in words; the question and its pictures never are."""

from hypothesis import given
from hypothesis import strategies as st

from nearling.assistant.compaction import compacted, essential
from nearling.core.chat import messages
from nearling.core.prompt import Exchange, Prompt, Source
from scripted.engines import picture, reading_of


def source(name: str, exchange: int | None = None, text: str = "words") -> Source:
    return Source(name, reading_of(picture(name), text), exchange)


def letters(prompt: Prompt) -> int:
    return sum(len(message.content) for message in messages(prompt))


def conversation(exchanges: int) -> Prompt:
    past = tuple(Exchange(f"question {at}", "answer " * 20) for at in range(exchanges))
    sources = (source("now"), *(source(f"{at}", at) for at in reversed(range(0, exchanges, 3))))
    return Prompt("And now?", sources, past)


def test_what_fits_stays_as_it_is():
    prompt = conversation(5)
    assert compacted(prompt, letters(prompt), letters) == (prompt, ())


def test_the_oldest_exchanges_go_first_and_it_is_said():
    prompt = conversation(12)
    kept, told = compacted(prompt, letters(prompt) - 1, letters)
    assert kept.exchanges == prompt.exchanges[4:]
    assert told == ("4 earlier questions and their answers were left out.",)
    assert [each.name for each in kept.sources] == [each.name for each in prompt.sources]


def test_for_some_turns_the_prompt_begins_with_the_same_words():
    room = letters(conversation(12))
    firsts = [
        compacted(conversation(many), room, letters)[0].exchanges[0] for many in range(13, 16)
    ]
    assert len(set(firsts)) == 1


def test_old_pictures_go_when_no_exchange_is_left():
    prompt = conversation(7)
    room = letters(essential(prompt))
    kept, told = compacted(prompt, room, letters)
    assert kept == essential(prompt)
    assert told[1] == "3 earlier pictures or recordings were left out."


@given(st.integers(0, 20), st.integers(0, 4000))
def test_it_fits_or_is_the_essential(exchanges, room):
    prompt = conversation(exchanges)
    kept, told = compacted(prompt, room, letters)
    assert letters(kept) <= room or kept == essential(prompt)
    assert bool(told) == (kept != prompt)
    assert kept.question == prompt.question
    assert kept.sources[0] == prompt.sources[0]
    for each in kept.sources:
        assert each.exchange is None or 0 <= each.exchange < len(kept.exchanges)
