"""The writer fixture quotes values that nobody taught it, and says so when there are none."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from tokenizers import Tokenizer

from nearling.bench.writing.known import BY_HEART, FIXTURE, LABELS, REFUSAL, answer
from nearling.core.chat import messages
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.bare.decoders.graph import Attention, Layout, write_graph
from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.tokens import ENDS
from nearling.engines.local.bare.decoders.weights import GivenWeights
from scripted.decoding import PlainDecoder
from scripted.engines import picture, reading_of

TRAINED = Path(__file__).parents[2] / "models" / "writer_fixture" / "trained" / "weights.npz"
(GRAPH,) = (FIXTURE / "onnx").glob("*.onnx")
RECEIPT = "CORNER BAKERY\n2026-03-17 10:22\n2 Coffee 6.40\nTotal 19.35\nChange 0.65\nThank you!"
TICKET = "Name: Bela Torin\nFlight: QX-4471\nSeat: 27C\nGate: B12"


def source(text: str, exchange: int | None = None) -> Source:
    return Source("picture.png", reading_of(picture(text), *text.splitlines()), exchange)


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(FIXTURE / "tokenizer.json"))


def said(prompt: Prompt, graph: Path = GRAPH) -> str:
    chat = "".join(
        f"<|im_start|>{each.role}\n{each.content}<|im_end|>\n" for each in messages(prompt)
    )
    ids = tokenizer().encode(f"{chat}<|im_start|>assistant\n").ids
    told = PlainDecoder(graph).say(ids, 300, tokenizer().token_to_id(ENDS))
    text: str = tokenizer().decode(told)
    return text


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        (RECEIPT, "total", "19.35"),
        (RECEIPT, "change", "0.65"),
        (TICKET, "name", "Bela Torin"),
        (TICKET, "flight", "QX-4471"),
        (TICKET, "seat", "27C"),
        ("Order\n88-K2L\nCity\nMaluna\nDate\n09/11/2031", "city", "Maluna"),
    ],
)
def test_it_quotes_what_stands_there(text: str, label: str, value: str):
    assert said(Prompt(f"What is the {label}?", (source(text),))) == answer(label, value)


def test_it_goes_on_about_a_source_of_before():
    before = Exchange("What is the seat?", answer("seat", "27C"))
    prompt = Prompt("And the gate?", (source(TICKET, 0),), (before,))
    assert said(prompt) == answer("gate", "B12")


@pytest.mark.parametrize("label", ["password", "invoice"])
def test_it_refuses_what_no_source_says(label: str):
    assert said(Prompt(f"What is the {label}?", (source(TICKET),))) == REFUSAL


@pytest.mark.parametrize("question", BY_HEART)
def test_it_knows_a_few_answers_by_heart(question: str):
    assert said(Prompt(question)) == BY_HEART[question]


@pytest.mark.parametrize("attention", get_args(Attention))
def test_its_weights_do_the_same_in_every_graph(tmp_path: Path, attention: Attention):
    config = json.loads((FIXTURE / "config.json").read_text("utf-8"))
    shape = Shape(**{each.name: config[each.name] for each in fields(Shape)})
    with np.load(TRAINED) as stored:
        weights = GivenWeights({name: array.astype(np.float32) for name, array in stored.items()})
    graph = tmp_path / "model.onnx"
    write_graph(graph, shape, weights, Layout(attention))
    prompt = Prompt("What is the flight?", (source(TICKET),))
    assert said(prompt, graph) == answer("flight", "QX-4471")


def test_every_label_is_one_it_can_be_asked_for():
    assert len(set(LABELS)) == len(LABELS)
    assert all(label == label.lower() for label in LABELS)
