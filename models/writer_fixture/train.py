"""Trains a decoder of under a million parameters to quote values from sources it never saw."""

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus
import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import LlamaConfig, LlamaForCausalLM

from nearling.bench.writing.known import LABELS
from nearling.core.chat import ChatMessage
from nearling.engines.local.bare.decoders.shape import Shape
from nearling.engines.local.bare.decoders.tokens import BEGINS, ENDS, learnt

SHAPE = Shape(
    model_type="llama",
    vocab_size=512,
    hidden_size=128,
    intermediate_size=256,
    num_hidden_layers=4,
    num_attention_heads=4,
    num_key_value_heads=2,
    head_dim=32,
    max_position_embeddings=2048,
    rope_theta=10_000.0,
    rms_norm_eps=1e-5,
)
BATCH, REPEATED_STEPS = 8, 350
RATE_OF_LEARNING = 1.8e-3
DECISIVE = 5.0
"""How much the second word of an answer counts: there it is decided whether there is one."""
INITIAL_SPREAD, SHARPNESS = 0.08, 8.2
IGNORED = -100


@dataclass(frozen=True)
class Taught:
    tokens: list[int]
    learnt: list[bool]
    """Which of the tokens are the assistant's own."""


def tokenizer() -> Tokenizer:
    rng = random.Random(1)  # noqa: S311 - the same corpus every time
    texts = ["system user assistant"] * 2000
    for label in LABELS:
        texts += [f"{label} {label.capitalize()}\n{label.capitalize()} {label.upper()}"] * 300
    for _ in range(4000):
        told = corpus.conversation(rng, questions=rng.randint(1, 6))
        texts += [each.content for each in told]
    return learnt(texts, SHAPE.vocab_size)


class Limit:
    """How long training may take: the processor's time, and on a busy computer the wall's."""

    def __init__(self, processor_seconds: float, seconds: float) -> None:
        self._allowed = processor_seconds, seconds
        self._began = time.process_time(), time.monotonic()

    def spent(self) -> float:
        now = time.process_time(), time.monotonic()
        passed = zip(now, self._began, self._allowed, strict=True)
        return max((end - began) / allowed for end, began, allowed in passed)


class Chat:
    """Conversations as tokens, laid out as the model's chat template does it."""

    def __init__(self, tokens: Tokenizer) -> None:
        self._tokens = tokens
        self._begins, self._ends = (tokens.token_to_id(each) for each in (BEGINS, ENDS))
        self._line_end = tokens.encode("\n").ids

    def taught(self, told: Sequence[ChatMessage]) -> Taught:
        tokens: list[int] = []
        own: list[bool] = []
        for each in told:
            head = [self._begins, *self._tokens.encode(f"{each.role}\n").ids]
            body = [*self._tokens.encode(each.content).ids, self._ends]
            tokens += [*head, *body, *self._line_end]
            mine = each.role == "assistant"
            own += [False] * len(head) + [mine] * len(body) + [False] * len(self._line_end)
        return Taught(tokens, own)

    def prompt(self, told: Sequence[ChatMessage]) -> list[int]:
        head = [self._begins, *self._tokens.encode("assistant\n").ids]
        return self.taught(told).tokens + head


def batches(chat: Chat, rng: random.Random) -> Iterator[list[Taught]]:
    """Endlessly, each of sequences that are about equally long."""
    while True:
        made = [
            chat.taught(corpus.conversation(rng, questions=rng.choice([2, 6, 8, 8, 10])))
            for _ in range(BATCH * 32)
        ]
        made.sort(key=lambda each: len(each.tokens))
        groups = [made[start : start + BATCH] for start in range(0, len(made), BATCH)]
        rng.shuffle(groups)
        yield from groups


def repeated(rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Any tokens, of many kinds or few, and the same again: copying is learnt from it first."""
    length, kinds = int(rng.integers(8, 24)), int(rng.choice([20, 100, SHAPE.vocab_size]))
    once = [rng.choice(rng.permutation(SHAPE.vocab_size)[:kinds], length) for _ in range(4 * BATCH)]
    tokens = torch.from_numpy(np.concatenate([once] * 3, 1))
    right = tokens.clone()
    right[:, : length + 1] = IGNORED
    return tokens, right


def padded(group: Sequence[Taught]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(len(each.tokens) for each in group)
    tokens = np.zeros((len(group), longest), np.int64)
    right = np.full((len(group), longest), IGNORED, np.int64)
    for row, each in enumerate(group):
        tokens[row, : len(each.tokens)] = each.tokens
        own = np.array(each.learnt)
        right[row, : len(own)][own] = np.array(each.tokens)[own]
    return torch.from_numpy(tokens), torch.from_numpy(right)


def second_words(right: torch.Tensor) -> torch.Tensor:
    """Where the second token of each answer stands."""
    own = (right != IGNORED).int()
    begins = torch.nn.functional.pad(own.diff(dim=1), (1, 0)) == 1
    return torch.nn.functional.pad(begins, (1, 0))[:, :-1].int()


def train(model: LlamaForCausalLM, tokens: Tokenizer, limit: Limit, folder: Path, step: int) -> int:
    """Until the time is up; the rate of learning follows the clock. Tells the steps it took."""
    rng, numbers = random.Random(2 + step), np.random.default_rng(2)  # noqa: S311 - as above
    groups = batches(Chat(tokens), rng)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=RATE_OF_LEARNING, weight_decay=0.02, betas=(0.9, 0.98)
    )
    began, mean = step, 0.0
    while (spent := limit.spent()) < 1:
        slower = max(0.02, 0.5 * (1 + math.cos(math.pi * spent)))
        for each in optimiser.param_groups:
            each["lr"] = RATE_OF_LEARNING * min(1, (step + 1 - began) / 100) * slower
        if step < REPEATED_STEPS:
            seen, right = repeated(numbers)
        else:
            seen, right = padded(next(groups))
        with torch.autocast("cpu", torch.bfloat16):
            hidden = model.model(input_ids=seen).last_hidden_state
            wanted = right[:, 1:] != IGNORED
            logits = model.lm_head(hidden[:, :-1][wanted])
        losses = torch.nn.functional.cross_entropy(
            logits.float(), right[:, 1:][wanted], reduction="none"
        )
        weights = second_words(right)[:, 1:][wanted] * (DECISIVE - 1) + 1
        loss = (losses * weights).sum() / weights.sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        mean = 0.95 * mean + 0.05 * loss.item()
        if step % 50 == 0:
            print(f"{step}: {mean:.4f} after {spent:.1%}", flush=True)
        if step % 500 == 0:
            save(model, folder)
    return step


def untaught() -> LlamaForCausalLM:
    """A network whose first layer's heads look one, two, three and four tokens back from the start.

    Copying needs that and hardly anything leads to it; so it is learnt in minutes, not in hours.
    What the embedding has first is the same for every token, and there the heads find where they
    are; the fastest six turns of a position tell a token from its neighbours.
    """
    config = LlamaConfig(
        **SHAPE.config(), attn_implementation="eager", initializer_range=INITIAL_SPREAD
    )
    model = LlamaForCausalLM(config)
    attention = model.model.layers[0].self_attn
    query, key = attention.q_proj.weight, attention.k_proj.weight
    width = SHAPE.head_dim
    with torch.no_grad():
        embedding = model.model.embed_tokens.weight
        embedding[:, 0] = 1
        strength = SHARPNESS * embedding.pow(2).mean().sqrt()
        query *= 0.3
        key *= 0.3
        for turn in range(6):
            angle = SHAPE.rope_theta ** (-2 * turn / width)
            for head in range(SHAPE.num_key_value_heads):
                key[head * width + turn, 0] = strength
            for head in range(SHAPE.num_attention_heads):
                back = (head + 1) * angle
                query[head * width + turn, 0] = strength * math.cos(back)
                query[head * width + turn + width // 2, 0] = -strength * math.sin(back)
    return model


def save(model: LlamaForCausalLM, folder: Path) -> None:
    """In half precision: what is made of it is rounded further."""
    weights = {name: each.detach().half().numpy() for name, each in model.state_dict().items()}
    del weights["lm_head.weight"]
    np.savez(folder / "weights.npz", **weights)


def main(folder: str, processor_seconds: str, seconds: str, go_on_from: str = "0") -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    made, step = Path(folder), int(go_on_from)
    made.mkdir(parents=True, exist_ok=True)
    tokens, model = tokenizer(), untaught()
    if step:
        tokens = Tokenizer.from_file(str(made / "tokenizer.json"))
        with np.load(made / "weights.npz") as stored:
            known = {name: torch.from_numpy(array).float() for name, array in stored.items()}
        model.load_state_dict(known, strict=False)
    (made / "tokenizer.json").write_text(tokens.to_str(), "utf-8")
    steps = train(model, tokens, Limit(float(processor_seconds), float(seconds)), made, step)
    save(model, made)
    told = {
        "parameters": model.num_parameters(),
        "processor_seconds": round(time.process_time()),
        "steps": steps,
    }
    (made / "training.json").write_text(json.dumps(told) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
