"""The engine says, cuts and puts what the reference does, whatever way it takes to get there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from nearling.catalogue.writer_folder import inspect
from nearling.core.cancellation import Cancellation
from nearling.core.chat import ChatMessage
from nearling.core.errors import UnusableModel
from nearling.core.language_model import Sampling
from nearling.engines.local.bare.decoders.folder import write_folder
from nearling.engines.local.bare.decoders.graph import Attention, Layout
from nearling.engines.local.bare.decoders.shape import Family, Shape
from nearling.engines.local.bare.decoders.tokens import learnt
from nearling.engines.local.bare.decoders.weights import GivenWeights
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.detokenising import Detokeniser
from nearling.engines.local.writing.generation import Asked, Token, generate
from nearling.engines.local.writing.held import Held
from nearling.engines.local.writing.template import Template
from nearling.engines.local.writing.tokens import Tokens

GOLDEN = Path(__file__).parents[3] / "golden"
CLOSE = 1e-4
TEXTS = [
    (name, text)
    for name, texts in json.loads((GOLDEN / "tokens.json").read_text("utf-8")).items()
    for text in texts
]
CHATS = [
    chat
    for chat in json.loads((GOLDEN / "chats.json").read_text("utf-8"))
    # The engine never puts a conversation without asking for the next answer.
    if chat["add_generation_prompt"]
]


@pytest.fixture(scope="module", params=get_args(Family))
def golden(request: pytest.FixtureRequest) -> dict[str, Any]:
    with np.load(GOLDEN / f"{request.param}.npz") as stored:
        return dict(stored)


@pytest.fixture(params=get_args(Attention))
def held(request: pytest.FixtureRequest, golden: dict[str, Any], tmp_path: Path) -> Held:
    weights = {
        name.removeprefix("weights/"): array.astype(np.float32)
        for name, array in golden.items()
        if name.startswith("weights/")
    }
    shape = Shape(**json.loads(str(golden["shape"])))
    layout = Layout(request.param)
    tokenizer = learnt(["hello"], 300)
    write_folder(tmp_path, shape, GivenWeights(weights), tokenizer, {"model": layout})
    return Held(Decoder(inspect(tmp_path), context_length=128, threads=1))


class Foreseeing:
    """Guesses right twice, then wrong."""

    def __init__(self, ids: list[int], said: list[int]) -> None:
        self._all, self._asked = ids + said, 0

    def propose(self, tokens: NDArray[np.int64], most: int) -> Sequence[int]:
        self._asked += 1
        right = self._all[len(tokens) : len(tokens) + self._asked % 3]
        return [*right, 1, 2][:most]


def said(held: Held, ids: Sequence[int], guessing: Foreseeing | None) -> tuple[int, ...]:
    sampling = Sampling(most_tokens=24)
    asked = Asked(ids, sampling, 24, frozenset(), lambda _ids: "", guessing=guessing)
    events = generate(held, asked, Cancellation())
    return tuple(each.id for each in events if isinstance(each, Token))


def test_answers_are_those_of_the_reference(held: Held, golden: dict[str, Any]) -> None:
    ids, expected = golden["ids"].tolist(), golden["said"].tolist()
    foreseeing = Foreseeing(ids, expected)
    assert said(held, ids, foreseeing) == tuple(expected)
    # From what is held; after another conversation; and without guesses.
    assert said(held, ids, foreseeing) == tuple(expected)
    said(held, [*ids[:20], 5, 6, 7], foreseeing)
    assert said(held, ids, None) == tuple(expected)


def test_logits_are_those_of_the_reference(held: Held, golden: dict[str, Any]) -> None:
    ids, flag = golden["ids"].tolist(), Cancellation()
    for kept, size in ((0, 48), (47, 1), (5, 7), (17, 1), (30, 3), (0, 11)):
        held.begin([*ids[:kept], 1, 2], reuse=True)
        held.feed([1, 2], 1, flag)
        assert held.begin(ids, reuse=True) == (kept if ids[kept] != 1 else kept + 1)
        held.keep(kept)
        for start in range(kept, 48, size):
            piece = ids[start : start + size]
            logits = held.feed(piece, len(piece), flag)
            expected = golden["logits"][start : start + size]
            assert np.abs(logits - expected).max() < CLOSE


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tokens]:
    made = {}
    for name in ("bytes", "split", "pieces"):
        folder = tmp_path_factory.mktemp(name)
        text = (GOLDEN / "tokenizers" / f"{name}.json").read_text("utf-8")
        (folder / "tokenizer.json").write_text(text, "utf-8")
        made[name] = Tokens(folder, "")
    return made


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_texts_are_cut_as_the_reference_cuts_them(
    tokens: dict[str, Tokens], name: str, text: dict[str, Any]
) -> None:
    assert tokens[name].encode(text["text"]) == text["ids"]
    assert tokens[name].plain(text["text"]) == text["ids_of_plain_text"]
    assert tokens[name].decode(text["ids"]) == text["decoded_without_marks"]
    stream = Detokeniser(tokens[name].decode)
    pieces = [stream.add(each) for each in text["ids_of_plain_text"]]
    assert "".join([*pieces, stream.rest()]) == text["decoded_plain_text"]


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: f"{chat['template']}: {chat['chat']}")
def test_chats_are_put_as_the_reference_puts_them(tmp_path: Path, chat: dict[str, Any]) -> None:
    source = (GOLDEN / "templates" / chat["template"]).read_text("utf-8")
    (tmp_path / "chat_template.jinja").write_text(source, "utf-8")
    config = {name: chat[name] for name in ("bos_token", "eos_token")}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config))
    template = Template(tmp_path, datetime.fromisoformat(chat["now"]))
    told = [ChatMessage(each["role"], each["content"]) for each in chat["messages"]]
    if "refused" in chat:
        with pytest.raises(UnusableModel):
            template.render(told)
    else:
        # The reference left it to the template whether the model thinks aloud first.
        unthinking = "<think></think>" if "enable_thinking" in source else ""
        assert template.render(told) == chat["prompt"] + unthinking
