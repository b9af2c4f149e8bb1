"""The decoder's logits are those that transformers computes, whatever way the tokens are taken."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.cancellation import Cancellation
from nearling.engines.local.bare.decoders.graph import Layout, write_graph
from nearling.engines.local.bare.decoders.shape import Family, Shape
from nearling.engines.local.bare.decoders.weights import GivenWeights
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.lookup import Lookup

GOLDEN = Path(__file__).parents[3] / "golden"
LAYOUTS = {
    "grouped": Layout("grouped"),
    "grouped, beside": Layout("grouped", data_beside=True),
    "grouped by position_ids": Layout("grouped by position_ids", counts_logits=True),
    "plain": Layout("plain"),
    "plain, counts logits": Layout("plain", counts_logits=True, data_beside=True),
}
CLOSE = 1e-4


@dataclass(frozen=True)
class Golden:
    ids: np.ndarray
    logits: np.ndarray
    said: list[int]
    fresh: Callable[[], Decoder]

    def read(self) -> Decoder:
        decoder = self.fresh()
        decoder.prefill(self.ids, Cancellation(), lambda _done: None)
        return decoder


@pytest.fixture(params=get_args(Family))
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=LAYOUTS)
def golden(request: pytest.FixtureRequest, family: str, tmp_path: Path) -> Golden:
    with np.load(GOLDEN / f"{family}.npz") as made:
        shape = Shape(**json.loads(str(made["shape"])))
        names = [name for name in made.files if name.startswith("weights/")]
        weights = {name[8:]: made[name].astype(np.float32) for name in names}
        ids, logits, said = made["ids"], made["logits"], made["said"].tolist()
    file = tmp_path / "onnx" / "model.onnx"
    file.parent.mkdir()
    write_graph(file, shape, GivenWeights(weights), LAYOUTS[request.param])
    folder = WriterFolder(
        folder=tmp_path, graph=file, family=family, tested=True,
        context_length=shape.max_position_embeddings, layers=shape.num_hidden_layers,
        kv_heads=shape.num_key_value_heads, head_size=shape.head_dim, vocabulary=shape.vocab_size,
        ends=(), precision="fp32", bytes=file.stat().st_size,
    )  # fmt: skip

    def fresh() -> Decoder:
        return Decoder(folder, context_length=shape.max_position_embeddings, threads=1)

    return Golden(ids, logits, said, fresh)


def close(these: np.ndarray, those: np.ndarray) -> bool:
    return these.shape == those.shape and bool(np.abs(these - those).max() <= CLOSE)


def test_at_once(golden):
    assert close(golden.fresh().forward(golden.ids, len(golden.ids)), golden.logits)


def test_in_pieces_of_every_size(golden):
    decoder = golden.fresh()
    begin = 0
    for size in (1, 2, 3, 5, 8, 13, 16):
        piece = golden.ids[begin : begin + size]
        assert close(decoder.forward(piece, size), golden.logits[begin : begin + size])
        begin += size
    assert begin == len(golden.ids)


def test_the_beginning_is_used_again(golden):
    decoder = golden.read()
    for length in (40, 17, 1, 30, 0):
        decoder.rewind(min(length, decoder.length))
        begin = decoder.length
        # Something else that was said in between.
        decoder.forward(golden.ids[::-1][:10])
        decoder.rewind(begin)
        last = decoder.prefill(golden.ids[begin:], Cancellation(), lambda _done: None)
        assert close(last, golden.logits[-1])


def test_what_is_said_greedily(golden):
    decoder = golden.fresh()
    logits = decoder.prefill(golden.ids, Cancellation(), lambda _done: None)
    said = []
    for _token in golden.said:
        said.append(int(logits.argmax()))
        logits = decoder.forward(said[-1:])[0]
    assert said == golden.said


@pytest.mark.parametrize("guessing", ["by lookup", "always right", "always wrong"])
def test_guesses_change_nothing(golden, guessing):
    """Guessed tokens are checked together; those that are wrong are taken back."""
    decoder = golden.fresh()
    prompt = golden.ids.tolist()
    logits = decoder.prefill(prompt, Cancellation(), lambda _done: None)
    said = [int(logits.argmax())]
    while len(said) < len(golden.said):
        right = golden.said[len(said) : len(said) + 4]
        if guessing == "always right":
            guess = right
        elif guessing == "always wrong":
            guess = [*right[:2], (right[2] + 1) % 50 if len(right) > 2 else 0]
        else:
            guess = list(Lookup().propose(prompt + said, 4))
        checked = decoder.forward([said[-1], *guess], 1 + len(guess)).argmax(-1).tolist()
        taken = 0
        while taken < len(guess) and guess[taken] == checked[taken]:
            taken += 1
        said += checked[: taken + 1]
        decoder.rewind(len(prompt) + len(said) - 1)
    assert said[: len(golden.said)] == golden.said
    rest = golden.fresh().forward(prompt + said, 1)
    assert close(decoder.forward(said[-1:]), rest)
