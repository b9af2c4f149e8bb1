"""The made graphs compute what transformers computes of the same weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from nearling.engines.local.bare.decoders.graph import Attention, Layout, write_graph
from nearling.engines.local.bare.decoders.shape import Family, Shape
from nearling.engines.local.bare.decoders.weights import GivenWeights
from scripted.decoding import PlainDecoder

GOLDEN = Path(__file__).parents[2] / "golden"
CLOSE = 1e-4


@pytest.fixture(params=get_args(Family))
def golden(request: pytest.FixtureRequest) -> dict[str, Any]:
    with np.load(GOLDEN / f"{request.param}.npz") as stored:
        return dict(stored)


@pytest.mark.parametrize("attention", get_args(Attention))
def test_a_graph_computes_what_transformers_computes(
    tmp_path: Path, golden: dict[str, Any], attention: Attention
):
    weights = {
        name.removeprefix("weights/"): array.astype(np.float32)
        for name, array in golden.items()
        if name.startswith("weights/")
    }
    file = tmp_path / "model.onnx"
    shape = Shape(**json.loads(str(golden["shape"])))
    write_graph(file, shape, GivenWeights(weights), Layout(attention))
    difference = np.abs(PlainDecoder(file).read(golden["ids"]) - golden["logits"])
    assert difference.max() < CLOSE
    said = PlainDecoder(file).say(golden["ids"].tolist(), len(golden["said"]))
    assert said == golden["said"].tolist()


def test_the_golden_logits_are_of_many_tokens_and_far_apart(golden: dict[str, Any]):
    assert golden["logits"].std() > 1
    assert len(set(golden["said"].tolist())) > 3
