"""Answers are the same however they are computed: anew or reused, guessed ahead or not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineFailure
from nearling.core.events import Finished, Prefilling
from nearling.core.language_model import Sampling
from nearling.engines.local.bare.decoders.tokens import ENDS, learnt
from nearling.engines.local.writing.generation import Asked, Token, generate
from nearling.engines.local.writing.grammar import Grammar
from nearling.engines.local.writing.held import CHUNK, Held
from nearling.engines.local.writing.lookup import Lookup
from scripted.deciding import ScriptedDecoder, drawn, saying

VOCABULARY = 40
SMALL = drawn(VOCABULARY)
TOKENIZER = learnt(["the quick brown fox jumps"] * 3, 300)


def letters(ids: Sequence[int]) -> str:
    return "".join(chr(ord("A") + each) for each in ids)


def asked(ids: Sequence[int], sampling: Sampling | None = None, **changed: object) -> Asked:
    sampling = sampling or Sampling()
    plain = Asked(ids, sampling, sampling.most_tokens, frozenset({0}), letters)
    return replace(plain, **changed)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Answer:
    ids: tuple[int, ...]
    text: str
    steps: tuple[tuple[int, int], ...]
    """Of the prompt: done, total."""
    finished: Finished


def answered(held: Held, question: Asked, cancellation: Cancellation | None = None) -> Answer:
    events = list(generate(held, question, cancellation or Cancellation()))
    tokens = [each for each in events if isinstance(each, Token)]
    assert all(each.logprob <= 0 <= each.entropy for each in tokens)
    finished = events[-1]
    assert isinstance(finished, Finished)
    return Answer(
        tuple(each.id for each in tokens),
        "".join(each.text for each in tokens),
        tuple((each.done, each.total) for each in events if isinstance(each, Prefilling)),
        finished,
    )


SAMPLINGS = st.sampled_from(
    [
        Sampling(most_tokens=25),
        Sampling(most_tokens=25, temperature=0.7, top_p=0.9, seed=4),
        Sampling(most_tokens=25, temperature=1.3, repetition=1.2, min_p=0.05, seed=5),
        Sampling(most_tokens=25, stop=("CD", "E")),
    ]
)
PROMPTS = st.lists(st.integers(1, 5), min_size=1, max_size=30)


@given(
    history=st.lists(st.tuples(PROMPTS, SAMPLINGS, st.booleans(), st.booleans()), max_size=6),
    exact=st.booleans(),
)
def test_history_and_guesses_change_no_token(
    history: list[tuple[list[int], Sampling, bool, bool]], exact: bool
) -> None:
    held = Held(ScriptedDecoder(SMALL, exact=exact))
    before: list[int] = []
    for ids, sampling, goes_on, guesses in history:
        # Every other question goes on from what was asked and answered, as conversations do.
        prompt = before + ids if goes_on else ids
        question = asked(prompt, sampling, guessing=Lookup() if guesses else None)
        answer = answered(held, question)
        plain = answered(Held(ScriptedDecoder(SMALL)), replace(question, guessing=None))
        assert (answer.ids, answer.text) == (plain.ids, plain.text)
        assert replace(answer.finished, reused=0, guessed=0) == plain.finished
        before = [*prompt, *answer.ids]


@given(
    prompts=st.lists(PROMPTS, min_size=2, max_size=4),
    stops_at=st.integers(0, 8),
    fails=st.booleans(),
)
def test_after_an_end_in_the_middle_the_next_answer_is_right(
    prompts: list[list[int]], stops_at: int, fails: bool
) -> None:
    decoder = ScriptedDecoder(SMALL)
    held = Held(decoder)
    for ids in prompts[:-1]:
        cancellation, calls = Cancellation(), len(decoder.fed)

        def end(flag: Cancellation = cancellation, first: int = calls) -> None:
            if len(decoder.fed) - first > stops_at:
                if fails:
                    raise EngineFailure("It broke.", "Mend it.")
                flag.cancel()

        decoder.before = end
        question = asked(ids, Sampling(most_tokens=40), guessing=Lookup(), ends=())
        # Where all was guessed right, it is over before.
        with suppress(EngineFailure, Cancelled):
            answered(held, question, cancellation)
    decoder.before = lambda: None
    last = asked(prompts[-1], Sampling(most_tokens=20), guessing=Lookup())
    assert answered(held, last).ids == answered(Held(ScriptedDecoder(SMALL)), last).ids


def test_who_stops_listening_leaves_all_in_order() -> None:
    held = Held(ScriptedDecoder(SMALL))
    question = asked([1, 2, 3, 1, 2, 3, 1, 2], ends=(), guessing=Lookup())
    events = generate(held, question, Cancellation())
    for _ in range(6):
        next(events)
    events.close()
    assert answered(held, question).ids == answered(Held(ScriptedDecoder(SMALL)), question).ids


def test_only_what_is_new_is_taken_in() -> None:
    decoder = ScriptedDecoder(saying([7, 0], 300, VOCABULARY))
    held = Held(decoder)
    first = answered(held, asked([1] * 300))
    assert first.steps == ((0, 300), (128, 300), (256, 300), (300, 300))
    assert first.finished == replace(first.finished, tokens_in=300, tokens_out=1, reused=0)
    decoder.fed.clear()
    second = answered(held, asked([1] * 300))
    assert second.steps == ((299, 300), (300, 300))
    assert second.finished.reused == 299
    assert decoder.fed[0] == (1,)
    decoder.fed.clear()
    assert answered(held, asked([1] * 300, reuse=False)).finished.reused == 0
    assert [len(each) for each in decoder.fed] == [128, 128, 44, 1]


def test_rounded_together_only_whole_chunks_are_reused() -> None:
    decoder = ScriptedDecoder(SMALL, exact=False)
    held = Held(decoder)
    answered(held, asked([1, 2] * 100, Sampling(most_tokens=3), ends=()))
    longer = asked([1, 2] * 100 + [3] * 100, Sampling(most_tokens=3), ends=())
    assert answered(held, longer).finished.reused == CHUNK
    # What was computed token by token after it is no chunk.
    assert answered(held, longer).finished.reused == 2 * CHUNK


def test_guesses_are_told_and_save_calls() -> None:
    said = [*range(1, 31), *range(1, 31), 0]
    decoder = ScriptedDecoder(saying(said, 5, VOCABULARY))
    question = asked([31, 32, 33, 34, 35], guessing=Lookup())
    answer = answered(Held(decoder), question)
    assert list(answer.ids) == said
    assert answer.finished.guessed == 24
    assert answer.finished.tokens_out == 60
    assert len(decoder.fed) < 40


@pytest.mark.parametrize(
    ("sampling", "text", "cut"),
    [
        (Sampling(), "BCDEF", False),
        (Sampling(most_tokens=3), "BCD", True),
        (Sampling(most_tokens=5), "BCDEF", True),
        (Sampling(most_tokens=6), "BCDEF", False),
        (Sampling(stop=("DE",)), "BC", False),
        (Sampling(stop=("EX",)), "BCDEF", False),
        (Sampling(stop=("EX",), most_tokens=4), "BCDE", True),
        (Sampling(stop=("CD",), most_tokens=3), "B", False),
    ],
)
def test_an_answer_ends_where_it_should(sampling: Sampling, text: str, cut: bool) -> None:
    decoder = ScriptedDecoder(saying([1, 2, 3, 4, 5, 0], 2, VOCABULARY))
    answer = answered(Held(decoder), asked([9, 9], sampling))
    assert (answer.text, answer.finished.cut) == (text, cut)


def test_how_unsure_it_was_is_told() -> None:
    decoder = ScriptedDecoder(SMALL)
    events = list(generate(Held(decoder), asked([1, 2], ends=()), Cancellation()))
    likelihoods = sorted(each.logprob for each in events if isinstance(each, Token))
    place = (len(likelihoods) - 1) / 10
    low, high = likelihoods[int(place)], likelihoods[int(place) + 1]
    expected = low + (high - low) * (place - int(place))
    assert isinstance(events[-1], Finished)
    assert events[-1].unsure == pytest.approx(expected)
    at_once = answered(Held(ScriptedDecoder(saying([0], 1, 9))), asked([1]))
    assert (at_once.finished.unsure, at_once.finished.tokens_out) == (None, 0)


def test_an_emoji_is_never_cut() -> None:
    said = [*TOKENIZER.encode("a🦊b").ids, TOKENIZER.token_to_id(ENDS)]
    decoder = ScriptedDecoder(saying(said, 1, 300))
    question = asked([1], decode=TOKENIZER.decode, ends={said[-1]})
    assert answered(Held(decoder), question).text == "a🦊b"
    short = replace(question, most_tokens=3)
    assert answered(Held(decoder), short).text == "a"


@given(st.integers(0, 2**16), st.booleans(), st.booleans())
def test_a_form_is_kept_whatever_is_guessed(seed: int, warm: bool, guesses: bool) -> None:
    schema = {"type": "array", "items": {"enum": ["fox", "quick"]}, "minItems": 4, "maxItems": 4}
    sampling = Sampling(
        temperature=float(warm), seed=seed, json_schema=json.dumps(schema), most_tokens=200
    )
    end = TOKENIZER.token_to_id(ENDS)
    grammar = Grammar(TOKENIZER.to_str(), [end])
    held = Held(ScriptedDecoder(drawn(300)))
    prompt = TOKENIZER.encode('["fox", "quick", "fox", "fox"]' + str(seed)).ids

    def answer(lookup: Lookup | None) -> Answer:
        form = grammar.form(sampling)
        return answered(
            held,
            asked(
                prompt, sampling, form=form, ends={end}, decode=TOKENIZER.decode, guessing=lookup
            ),
        )

    said = answer(Lookup() if guesses else None)
    assert len(json.loads(said.text)) == 4
    assert not said.finished.cut
    assert said.ids == answer(None).ids
