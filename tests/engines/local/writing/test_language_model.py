"""A language model from a folder: asked, counted, measured, and replaced by another."""

from __future__ import annotations

import json
import weakref
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineFailure, PromptTooLong, UnusableModel
from nearling.core.events import Delta, Finished, Prefilling, Written
from nearling.core.language_model import Sampling, Setup
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.held import Decoding
from nearling.engines.local.writing.language_model import OnnxLanguageModel
from scripted.decoding import PlainDecoder
from scripted.engines import reading_of
from scripted.sketches import capture

BRIEF = Sampling(most_tokens=12)
RECEIPT = Source("receipt.png", reading_of(capture(b""), "Coffee 2.50", "Total 12.50"))


class Opened:
    """Opens decoders, and remembers which."""

    def __init__(self, graph: str = "model.onnx") -> None:
        self._graph = graph
        self.asked: list[tuple[Path, int, int]] = []
        self._alive: list[weakref.ref[Decoding]] = []
        self.at_once: list[int] = []
        """How many others were still there when one was opened."""

    def __call__(
        self, files: WriterFolder, context_length: int, threads: int, provider: str
    ) -> Decoding:
        self.at_once.append(sum(each() is not None for each in self._alive))
        self.asked.append((files.folder, context_length, threads))
        files = replace(files, graph=files.folder / "onnx" / self._graph)
        decoder = Decoder(files, context_length=context_length, threads=threads, provider=provider)
        self._alive.append(weakref.ref(decoder))
        return decoder


class Compared:
    """A decoder whose every row of logits is held against one that takes all tokens at once."""

    def __init__(self, inner: Decoder, graph: Path) -> None:
        self._inner, self._graph = inner, graph
        self._ids: list[int] = []
        self.provider, self.exact = inner.provider, inner.exact
        self.context_length = inner.context_length
        self.worst = 0.0

    @property
    def length(self) -> int:
        return self._inner.length

    def forward(
        self, ids: list[int], keep: int = 1, cancellation: Cancellation | None = None
    ) -> np.ndarray:
        logits = self._inner.forward(ids, keep, cancellation)
        self._ids += ids
        whole = PlainDecoder(self._graph).read(self._ids)[-keep:]
        self.worst = max(self.worst, float(np.abs(whole - logits).max()))
        return logits

    def rewind(self, length: int) -> None:
        self._inner.rewind(length)
        del self._ids[length:]


def events(
    model: OnnxLanguageModel, prompt: Prompt, setup: Setup, flag: Cancellation | None = None
) -> list[Written]:
    return list(model.write(prompt, setup, flag or Cancellation()))


def answered(model: OnnxLanguageModel, prompt: Prompt, setup: Setup) -> tuple[str, Finished]:
    told = events(model, prompt, setup)
    assert isinstance(told[-1], Finished)
    return "".join(each.text for each in told if isinstance(each, Delta)), told[-1]


@pytest.fixture
def setup(tiny: Path) -> Setup:
    return Setup(tiny, 512, sampling=BRIEF)


def test_a_prompt_is_taken_in_and_answered(setup: Setup) -> None:
    told = events(OnnxLanguageModel(1), Prompt("What is the total?", (RECEIPT,)), setup)
    kinds = [type(each) for each in told]
    assert kinds == sorted(kinds, key=[Prefilling, Delta, Finished].index)
    assert kinds.count(Delta) > 1
    first, last, finished = told[0], told[kinds.count(Prefilling) - 1], told[-1]
    assert isinstance(finished, Finished)
    total = finished.tokens_in
    assert (first, last) == (Prefilling(0, total), Prefilling(total, total))
    assert finished == replace(finished, tokens_out=12, reused=0, cut=True)
    assert finished.unsure is not None
    assert finished.unsure < 0


def test_a_conversation_goes_on_from_what_is_held(setup: Setup) -> None:
    model = OnnxLanguageModel(1)
    text, first = answered(model, Prompt("What is the total?", (RECEIPT,)), setup)
    longer = Prompt(
        "And what is it for?",
        (replace(RECEIPT, exchange=0),),
        (Exchange("What is the total?", text),),
    )
    after, second = answered(model, longer, setup)
    assert second.reused >= first.tokens_in
    assert answered(OnnxLanguageModel(1), longer, setup)[0] == after
    assert answered(model, longer, replace(setup, reuse=False))[1].reused == 0


def test_what_stands_before_a_question_is_taken_in_ahead_of_it(setup: Setup) -> None:
    model = OnnxLanguageModel(1, Opened())
    prompt = Prompt("What is the total?", (RECEIPT,))
    fresh = list(OnnxLanguageModel(1, Opened()).write(prompt, setup, Cancellation()))
    model.prefill(replace(prompt, question=""), setup, Cancellation())
    written = list(model.write(prompt, setup, Cancellation()))
    finished = written[-1]
    assert isinstance(finished, Finished)
    # All but the question and the marks around it.
    assert finished.tokens_in - 24 < finished.reused < finished.tokens_in
    assert [each for each in written if isinstance(each, Delta)] == [
        each for each in fresh if isinstance(each, Delta)
    ]
    model.prefill(prompt, replace(setup, reuse=False), Cancellation())
    given_up = Cancellation()
    given_up.cancel()
    with pytest.raises(Cancelled):
        model.prefill(Prompt("", (replace(RECEIPT, name="another.png"),)), setup, given_up)
    again = list(model.write(prompt, setup, Cancellation()))
    assert [each for each in again if isinstance(each, Delta)] == [
        each for each in fresh if isinstance(each, Delta)
    ]


def test_counting_loads_no_weights(setup: Setup) -> None:
    opened = Opened()
    model, prompt = OnnxLanguageModel(1, opened), Prompt("What is the total?", (RECEIPT,))
    tokens = model.count(prompt, setup, Cancellation())
    assert opened.asked == []
    assert answered(model, prompt, setup)[1].tokens_in == tokens
    assert len(opened.asked) == 1


def test_one_model_is_held_and_leaves_before_the_next_comes(setup: Setup, tmp_path: Path) -> None:
    other = replace(setup, folder=copytree(setup.folder, tmp_path / "other"))
    opened = Opened()
    model, prompt = OnnxLanguageModel(3, opened), Prompt("Hello?")
    for asked in (
        setup,
        replace(setup, sampling=Sampling(most_tokens=1), lookup=False, reuse=False),
        other,
        replace(other, context_length=300),
        setup,
    ):
        answered(model, prompt, asked)
    first, second = setup.folder, other.folder
    assert opened.asked == [(first, 512, 3), (second, 512, 3), (second, 300, 3), (first, 512, 3)]
    assert opened.at_once == [0, 0, 0, 0]


def test_it_is_never_given_more_room_than_it_was_made_for(setup: Setup) -> None:
    opened = Opened()
    answered(OnnxLanguageModel(1, opened), Prompt("Hello?"), replace(setup, context_length=9999))
    assert opened.asked[0][1] == 2048


def test_a_prompt_without_room_for_an_answer_is_refused_unread(setup: Setup) -> None:
    opened = Opened()
    model, prompt = OnnxLanguageModel(1, opened), Prompt("Hello?")
    tokens = model.count(prompt, setup, Cancellation())
    with pytest.raises(PromptTooLong, match=str(tokens)):
        events(model, prompt, replace(setup, context_length=tokens))
    assert opened.asked == []
    finished = answered(model, prompt, replace(setup, context_length=tokens + 3))[1]
    assert (finished.tokens_out, finished.cut) == (3, True)


def test_a_graph_with_less_room_than_was_said_is_not_overrun(setup: Setup) -> None:
    class Short(Opened):
        def __call__(
            self, files: WriterFolder, context_length: int, threads: int, provider: str
        ) -> Decoding:
            return super().__call__(files, room, threads, provider)

    model, prompt = OnnxLanguageModel(1, Short()), Prompt("Hello?")
    tokens = room = model.count(prompt, setup, Cancellation())
    with pytest.raises(PromptTooLong, match=str(tokens)):
        events(model, prompt, setup)
    room += 2
    finished = answered(OnnxLanguageModel(1, Short()), prompt, setup)[1]
    assert (finished.tokens_out, finished.cut) == (2, True)


def test_an_answer_has_the_form_that_was_asked(setup: Setup) -> None:
    schema = {
        "type": "object",
        "properties": {"total": {"type": "string", "pattern": "^[0-9]{1,4}$"}},
        "required": ["total"],
        "additionalProperties": False,
    }
    model = OnnxLanguageModel(1)
    for temperature in (0.0, 1.0):
        sampling = Sampling(temperature=temperature, seed=1, json_schema=json.dumps(schema))
        asked = replace(setup, sampling=sampling)
        text, finished = answered(model, Prompt("Total?", (RECEIPT,)), asked)
        assert json.loads(text)["total"].isdigit()
        assert not finished.cut


def test_given_up_in_the_middle_the_next_answer_is_right(setup: Setup) -> None:
    setup = replace(setup, sampling=Sampling(temperature=1, seed=1, most_tokens=40))
    model, prompt = OnnxLanguageModel(1, Opened()), Prompt("What? " * 90, (RECEIPT,))
    expected = answered(OnnxLanguageModel(1, Opened()), prompt, setup)[0]
    for stops_at in range(5):
        flag = Cancellation()

        def stopped(flag: Cancellation = flag, stops_at: int = stops_at) -> None:
            anew = replace(setup, reuse=False)
            for number, _event in enumerate(model.write(prompt, anew, flag)):
                if number == stops_at:
                    flag.cancel()

        with pytest.raises(Cancelled):
            stopped()
        assert answered(model, prompt, setup)[0] == expected


def test_a_failure_leaves_nothing_wrong_behind(setup: Setup) -> None:
    class Broken(Decoder):
        breaks = True

        def forward(
            self, ids: list[int], keep: int = 1, cancellation: Cancellation | None = None
        ) -> np.ndarray:
            logits = super().forward(ids, keep, cancellation)
            if self.breaks and self.length > 60:
                raise EngineFailure("It broke.", "Ask again.")
            return logits

    model = OnnxLanguageModel(
        1, lambda files, length, threads, _: Broken(files, context_length=length, threads=threads)
    )
    prompt = Prompt("What is the total?", (RECEIPT,))
    with pytest.raises(EngineFailure):
        events(model, prompt, setup)
    Broken.breaks = False
    assert answered(model, prompt, setup) == answered(OnnxLanguageModel(1), prompt, setup)


# Where two tokens are all but level, rounding decides: no chance that this depends on chance.
@settings(max_examples=8, derandomize=True)
@given(
    st.lists(
        st.tuples(st.sampled_from(["total " * 50, "Coffee?", "12.50 12.50"]), st.booleans()),
        min_size=1,
        max_size=4,
    )
)
def test_history_and_guesses_change_no_word(tiny: Path, questions: list[tuple[str, bool]]) -> None:
    sampling = Sampling(most_tokens=30)
    quick = Setup(tiny, 1024, sampling=sampling)
    plain = replace(quick, reuse=False, lookup=False)
    model, exchanges = OnnxLanguageModel(1, Opened()), list[Exchange]()
    for question, goes_on in questions:
        exchanges = exchanges if goes_on else []
        prompt = Prompt(question, (RECEIPT,), tuple(exchanges))
        text, finished = answered(model, prompt, quick)
        assert (text, finished.unsure) == (
            (told := answered(OnnxLanguageModel(1, Opened()), prompt, plain))[0],
            pytest.approx(told[1].unsure, abs=1e-4),
        )
        exchanges.append(Exchange(question, text))


def test_every_row_of_logits_is_what_the_whole_prompt_gives(tiny: Path) -> None:
    graph = tiny / "onnx" / "model.onnx"
    compared: list[Compared] = []

    def opens(files: WriterFolder, length: int, threads: int, _provider: str) -> Decoding:
        files = replace(files, graph=graph)
        decoder = Decoder(files, context_length=length, threads=threads)
        compared.append(Compared(decoder, graph))
        return compared[-1]

    model = OnnxLanguageModel(1, opens)
    # Somebody who says the same again and again is easily guessed.
    again = Sampling(
        grammar='start: "12.50, says the receipt. 12.50, says the receipt. 12.50, says"'
    )
    setup = Setup(tiny, 1024, sampling=again)
    exchanges: tuple[Exchange, ...] = ()
    guessed = reused = 0
    for question in ("What is the total? " * 12, "And the coffee?", "Say it again, please."):
        text, finished = answered(model, Prompt(question, (RECEIPT,), exchanges), setup)
        exchanges = (*exchanges, Exchange(question, text))
        guessed, reused = guessed + finished.guessed, reused + finished.reused
    # Chunks, reuse, rewinding and guesses all took place.
    assert guessed > 0
    assert reused > 0
    assert compared[0].worst < 1e-4


def test_how_fast_it_is_is_measured(setup: Setup) -> None:
    model = OnnxLanguageModel(1)
    measured = model.measure(setup, Cancellation())
    assert min(measured.prefill, measured.decode) > 0
    assert measured.load_seconds > 0
    assert measured.memory_megabytes > 20
    assert (measured.provider, measured.threads) == ("CPUExecutionProvider", 1)
    prompt = Prompt("What is the total?", (RECEIPT,))
    assert answered(model, prompt, setup) == answered(OnnxLanguageModel(1), prompt, setup)


def test_measuring_can_be_given_up(setup: Setup) -> None:
    flag = Cancellation()
    flag.cancel()
    with pytest.raises(Cancelled):
        OnnxLanguageModel(1).measure(setup, flag)


def test_a_folder_that_is_no_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel):
        OnnxLanguageModel(1).count(Prompt("Hello?"), Setup(tmp_path, 512), Cancellation())
