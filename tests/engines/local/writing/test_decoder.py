"""However tokens are taken, the logits are the same; and nothing is taken that does not fit."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineFailure, PromptTooLong
from nearling.engines.local.writing.decoder import CHUNK, Decoder
from scripted.decoders import POSITIONS, WORDS, Layout, write_decoder

LAYOUTS = {
    "shared": Layout(),
    "shared, four bits, beside": Layout(bits=4, beside=True),
    "shared, eight bits": Layout(bits=8),
    "shared, counts logits": Layout(keep=()),
    "shared, counts logits in a list": Layout(keep=(1,), beside=True),
    "shared, other names": Layout(names=("past.{}.{}", "new_{}_{}")),
    "plain": Layout(shared=False),
    "plain, four bits": Layout(shared=False, bits=4),
    "plain, half": Layout(shared=False, half=True),
}


@dataclass(frozen=True)
class Close:
    within: float = 1e-4
    strays: float = 0
    """The share of positions that may be farther off."""


# A number at the edge between two bytes may be rounded to either of them.
_BYTES = Close(strays=0.05)
CLOSE = {
    "plain, half": Close(within=1e-3),
    "shared, four bits, beside": _BYTES,
    "shared, eight bits": _BYTES,
    "plain, four bits": _BYTES,
}
IDS = np.random.default_rng(1).integers(0, WORDS, 700)
Make = Callable[..., Decoder]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def decoder(layout: Layout | None = None, context_length: int = POSITIONS) -> Decoder:
        file = tmp_path / "onnx" / "model.onnx"
        files = write_decoder(file, layout or Layout())
        return Decoder(files, context_length=context_length, threads=1)

    return decoder


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> Layout:
    return LAYOUTS[request.param]


@pytest.fixture
def close(request: pytest.FixtureRequest) -> "Close":
    return CLOSE.get(request.node.callspec.params["layout"], Close())


def alike(these: np.ndarray, those: np.ndarray, close: "Close | None" = None) -> bool:
    close = close or Close()
    assert these.shape == those.shape
    apart = np.abs(these - those).max(-1)
    other = these.argmax(-1) != those.argmax(-1)
    return bool(np.mean(apart > close.within) <= close.strays and np.mean(other) <= close.strays)


def prefilled(decoder: Decoder, ids: np.ndarray) -> np.ndarray:
    return decoder.prefill(ids, Cancellation(), lambda _done: None)


def test_chunks_are_the_whole(make, layout, close):
    decoder = make(layout)
    whole = decoder.forward(IDS, len(IDS))
    assert whole.dtype == np.float32
    assert whole.shape == (700, WORDS)
    decoder.rewind(0)
    assert alike(prefilled(decoder, IDS), whole[-1], close)
    assert decoder.length == 700


def test_rewound_and_taken_again_is_fresh(make, layout, close):
    decoder = make(layout)
    whole = decoder.forward(IDS[:300], 300)
    decoder.rewind(120)
    assert decoder.length == 120
    decoder.forward(IDS[400:450])
    decoder.rewind(120)
    assert alike(decoder.forward(IDS[120:300], 180), whole[120:], close)


def test_checked_at_once_is_one_by_one(make, layout, close):
    decoder = make(layout)
    prefilled(decoder, IDS[:200])
    at_once = decoder.forward(IDS[200:209], 9)
    decoder.rewind(200)
    singly = np.concatenate([decoder.forward([token]) for token in IDS[200:209].tolist()])
    assert alike(at_once, singly, close)


def test_a_cache_that_grows_holds_what_it_held(make, layout, close):
    whole = make(layout).forward(IDS, len(IDS))
    growing = make(layout)
    steps = [*range(0, 500, 50), *range(500, 530), *range(530, 700, 17)]
    grown = [
        growing.forward(IDS[begin:end], end - begin)
        for begin, end in zip(steps, [*steps[1:], 700], strict=True)
    ]
    assert alike(np.concatenate(grown), whole, close)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 90), st.floats(0, 1)), min_size=1, max_size=8))
def test_whatever_is_taken_and_rewound(tmp_path_factory, steps):
    decoder, whole = _compared(tmp_path_factory)
    decoder.rewind(0)
    for more, back in steps:
        begin = decoder.length
        end = min(begin + more, 600)
        if end > begin:
            assert alike(decoder.forward(IDS[begin:end], end - begin), whole[begin:end])
        decoder.rewind(int(decoder.length * back))


_MADE: dict[str, tuple[Decoder, np.ndarray]] = {}


def _compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Decoder, np.ndarray]:
    """One for all examples: what an earlier one left in memory must not matter."""
    if not _MADE:
        files = write_decoder(tmp_path_factory.mktemp("model") / "onnx" / "model.onnx", Layout())
        decoder = Decoder(files, context_length=POSITIONS, threads=1)
        _MADE["shared"] = decoder, decoder.forward(IDS[:600], 600)
    return _MADE["shared"]


def test_only_the_last_logits_are_given(make, layout, close):
    decoder = make(layout)
    whole = decoder.forward(IDS[:40], 40)
    decoder.rewind(0)
    assert alike(decoder.forward(IDS[:40], 3), whole[-3:], close)


def test_rounding_together_is_said(make):
    """What is rounded by its neighbours cannot be checked at once."""
    rounding = make(Layout(rounding=True))
    assert not rounding.exact
    assert rounding.forward(IDS[:20], 2).shape == (2, WORDS)
    assert make(Layout(bits=4)).exact


@pytest.mark.parametrize("layout", [Layout(), Layout(shared=False)], ids=["shared", "plain"])
def test_what_does_not_fit_is_refused(make, layout):
    decoder = make(layout, context_length=300)
    prefilled(decoder, IDS[:299])
    for refused in (lambda: decoder.forward(IDS[:2]), lambda: prefilled(decoder, IDS[:200])):
        with pytest.raises(PromptTooLong, match="300"):
            refused()
        assert decoder.length == 299
    decoder.forward(IDS[299:300])
    assert decoder.length == 300
    with pytest.raises(PromptTooLong):
        decoder.forward(IDS[:1])


def test_no_more_positions_than_the_graph_has(make):
    decoder = make(context_length=10 * POSITIONS)
    prefilled(decoder, np.resize(IDS, POSITIONS))
    with pytest.raises(PromptTooLong):
        decoder.forward([1])


def test_no_tokens_are_no_question(make):
    decoder = make()
    with pytest.raises(ValueError, match="no tokens"):
        decoder.forward([])
    with pytest.raises(ValueError, match="positions"):
        decoder.rewind(1)


def test_progress_is_told_chunk_by_chunk(make):
    told: list[int] = []
    make().prefill(IDS[:300], Cancellation(), told.append)
    assert told == [CHUNK, 2 * CHUNK, 300]


@pytest.mark.parametrize("layout", [Layout(), Layout(shared=False)], ids=["shared", "plain"])
def test_a_cancelled_prompt_goes_on_where_it_stopped(make, layout):
    decoder = make(layout)
    whole = decoder.forward(IDS, 1)
    decoder.rewind(0)
    cancellation = Cancellation()

    def told(done: int) -> None:
        if done == 2 * CHUNK:
            cancellation.cancel()

    with pytest.raises(Cancelled):
        decoder.prefill(IDS, cancellation, told)
    assert decoder.length == 2 * CHUNK
    assert alike(prefilled(decoder, IDS[decoder.length :])[None], whole)


@pytest.mark.parametrize("layout", [Layout(), Layout(shared=False)], ids=["shared", "plain"])
def test_a_chunk_in_the_works_is_given_up(make, layout):
    """Cancelled from another thread at any moment: what is held is exact."""
    decoder = make(layout)
    whole = decoder.forward(IDS, len(IDS))
    for moment in range(20):
        decoder.rewind(0)
        cancellation = Cancellation()
        begun = threading.Event()

        def cancel(begun=begun, cancellation=cancellation, moment=moment) -> None:
            begun.wait(60)
            time.sleep(moment / 4000)
            cancellation.cancel()

        thread = threading.Thread(target=cancel)
        thread.start()
        begun.set()
        try:
            logits = decoder.prefill(IDS, cancellation, lambda _done: None)
        except Cancelled:
            held = decoder.length
            assert held % CHUNK == 0
            logits = prefilled(decoder, IDS[held:])
        thread.join(60)
        assert decoder.length == len(IDS)
        assert alike(logits, whole[-1])


def test_given_up_before_it_begins(make):
    decoder = make()
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        decoder.forward(IDS[:10], 1, cancellation)
    assert decoder.length == 0


def test_a_token_that_is_none_stops_nothing_else(make):
    decoder = make()
    prefilled(decoder, IDS[:50])
    with pytest.raises(EngineFailure, match="fault"):
        decoder.forward([WORDS + 5])
    assert decoder.length == 50
    fresh = make()
    assert alike(decoder.forward(IDS[50:60], 10), fresh.forward(IDS[:60], 10))


def test_a_graph_may_lie_at_the_root_of_its_folder(tmp_path):
    """As onnxruntime-genai's builder writes it."""
    files = write_decoder(tmp_path / "model.onnx", Layout(bits=4, beside=True))
    decoder = Decoder(replace(files, folder=tmp_path), context_length=100, threads=1)
    assert decoder.forward(IDS[:20], 2).shape == (2, WORDS)


def test_it_says_what_runs(make):
    assert make().provider == "CPUExecutionProvider"
