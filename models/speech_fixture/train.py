"""Trains a Whisper model of 1.6 million parameters to know forty phrases."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    GenerationConfig,
    PreTrainedTokenizerFast,
    WhisperConfig,
    WhisperForConditionalGeneration,
)

from nearling.bench.voice.phrases import PHRASES

WIDTH, ENCODER_LAYERS, DECODER_LAYERS, HEADS, MELS = 128, 3, 2, 4, 80
SHORT, WHOLE = 640, 3000
"""Frames of 10 ms: what most of the training sees, and what faster-whisper always hands in."""
SHORT_STEPS, WHOLE_STEPS = 1500, 150
RATE_OF_LEARNING = 1.5e-3
SPECIAL = (
    "<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|translate|>", "<|transcribe|>",
    "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
)  # fmt: skip
MOMENT = 0.02
"""Seconds from one timestamp token to the next."""


def tokens() -> Tokenizer:
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    # faster-whisper forbids the first token of " -" and of " '": each must be one by itself.
    text = [f" {phrase}" for phrase in PHRASES] * 4 + [" - ' "] * 50 + [" -", " '"] * 50
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=1200, initial_alphabet=alphabet, min_frequency=1, special_tokens=[]
    )
    made.train_from_iterator(text, trainer)
    made.add_special_tokens([*SPECIAL, *(f"<|{n * MOMENT:.2f}|>" for n in range(1501))])
    return made


TOKENS = tokens()
END, START, NO_SPEECH, NO_TIMES = (
    TOKENS.token_to_id(f"<|{name}|>")
    for name in ("endoftext", "startoftranscript", "nospeech", "notimestamps")
)
FIRST_MOMENT = NO_TIMES + 1
PHRASE_TOKENS = [TOKENS.encode(f" {phrase}").ids for phrase in PHRASES]


@dataclass(frozen=True)
class Material:
    features: list[np.ndarray]
    labels: np.ndarray
    ends: np.ndarray
    lengths: np.ndarray

    @classmethod
    def load(cls, file: str) -> Material:
        stored = np.load(file)
        starts = np.concatenate([[0], np.cumsum(stored["lengths"])])
        everything = stored["features"]
        pieces = [everything[:, a:b] for a, b in pairwise(starts)]
        return cls(pieces, stored["labels"], stored["ends"], stored["lengths"])

    def batch(
        self, chosen: np.ndarray, frames: int, rng: np.random.Generator | None
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Inputs, tokens so far and next tokens; with `rng` some of it is blotted out."""
        seen = np.zeros((len(chosen), MELS, frames), np.float32)
        sequences = []
        for row, index in enumerate(chosen):
            piece = self.features[index][:, :frames].astype(np.float32)
            if rng is not None:
                blot(piece, rng)
            seen[row, :, : piece.shape[1]] = piece
            sequences.append(self._sequence(index, rng))
        length = max(map(len, sequences)) - 1
        before = np.full((len(chosen), length), END)
        after = np.full((len(chosen), length), -100)
        for row, sequence in enumerate(sequences):
            before[row, : len(sequence) - 1] = sequence[:-1]
            after[row, : len(sequence) - 1] = sequence[1:]
        after[after == NO_TIMES] = -100  # it stands in prompts and is never said
        return torch.from_numpy(seen), torch.from_numpy(before), torch.from_numpy(after)

    def _sequence(self, index: int, rng: np.random.Generator | None) -> list[int]:
        label = self.labels[index]
        if label < 0:
            return [START, NO_SPEECH, END]
        if rng is not None and rng.random() < 0.3:
            return [START, NO_TIMES, *PHRASE_TOKENS[label], END]
        moment = min(round(self.ends[index] / MOMENT), 1500)
        return [START, FIRST_MOMENT, *PHRASE_TOKENS[label], FIRST_MOMENT + moment, END]


def blot(piece: np.ndarray, rng: np.random.Generator) -> None:
    """A band and a stretch are hidden, so that no single one of them is relied on."""
    mean = piece.mean()
    band, stretch = rng.integers(0, 12, 2)
    low = rng.integers(0, MELS - band)
    first = rng.integers(0, max(1, piece.shape[1] - stretch))
    piece[low : low + band] = mean
    piece[:, first : first + stretch] = mean


def network(frames: int) -> WhisperForConditionalGeneration:
    config = WhisperConfig(
        vocab_size=TOKENS.get_vocab_size(), num_mel_bins=MELS, d_model=WIDTH,
        encoder_layers=ENCODER_LAYERS, decoder_layers=DECODER_LAYERS,
        encoder_attention_heads=HEADS, decoder_attention_heads=HEADS,
        encoder_ffn_dim=4 * WIDTH, decoder_ffn_dim=4 * WIDTH,
        max_source_positions=frames // 2, max_target_positions=448,
        pad_token_id=END, bos_token_id=END, eos_token_id=END, decoder_start_token_id=START,
        suppress_tokens=[], begin_suppress_tokens=[TOKENS.token_to_id("Ġ"), END],
        dropout=0.05, init_std=0.03, attn_implementation="sdpa",
    )  # fmt: skip
    return WhisperForConditionalGeneration(config)


class Window:
    """The network insists on one length of input; its positions are fixed, and are cut instead."""

    def __init__(self, model: WhisperForConditionalGeneration) -> None:
        self._encoder = model.model.encoder
        self._positions = self._encoder.embed_positions.weight.detach().clone()

    def set(self, frames: int) -> None:
        cut = torch.nn.Parameter(self._positions[: frames // 2].clone(), requires_grad=False)
        self._encoder.embed_positions.weight = cut
        self._encoder.embed_positions.num_embeddings = frames // 2
        self._encoder.config.max_source_positions = frames // 2
        self._encoder.max_source_positions = frames // 2


def batches(material: Material, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Of pieces that are about equally long, in any order."""
    order = rng.permutation(len(material.labels))
    made = []
    for start in range(0, len(order), 8 * size):
        group = order[start : start + 8 * size]
        group = group[np.argsort(material.lengths[group])]
        made += [group[at : at + size] for at in range(0, len(group), size)]
    return [made[index] for index in rng.permutation(len(made))]


def train(
    model: WhisperForConditionalGeneration, material: Material, frames: int, steps: int, size: int
) -> None:
    rng, window = np.random.default_rng(0), Window(model)
    peak = RATE_OF_LEARNING if frames == SHORT else RATE_OF_LEARNING / 4
    optimiser = torch.optim.AdamW(model.parameters(), lr=peak, weight_decay=0.01, betas=(0.9, 0.98))
    waiting: list[np.ndarray] = []
    for step in range(steps):
        slower = max(0.03, 0.5 * (1 + math.cos(math.pi * step / steps)))
        for group in optimiser.param_groups:
            group["lr"] = peak * min(1, (step + 1) / 60) * slower
        waiting = waiting or batches(material, size, rng)
        chosen = waiting.pop()
        length = frames
        if frames == SHORT:
            length = math.ceil(max(material.lengths[chosen]) / 20) * 20 + 20 * rng.integers(0, 3)
        window.set(int(length))
        seen, before, after = material.batch(chosen, int(length), rng)
        with torch.autocast("cpu", torch.bfloat16):
            said = model(input_features=seen, decoder_input_ids=before).logits
        loss = torch.nn.functional.cross_entropy(
            said.float().flatten(0, 1), after.flatten(), ignore_index=-100
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 100 == 0:
            print(f"{frames} frames, step {step}: loss {loss.item():.4f}", flush=True)
    window.set(frames)


def right(model: WhisperForConditionalGeneration, material: Material) -> float:
    """The share of held-out pieces whose every token but the times is right."""
    model.eval()
    good = 0
    with torch.no_grad():
        for start in range(0, len(material.labels), 32):
            chosen = np.arange(start, min(start + 32, len(material.labels)))
            seen, before, after = material.batch(chosen, WHOLE, None)
            said = model(input_features=seen, decoder_input_ids=before).logits.argmax(-1)
            free = (after == -100) | (after >= FIRST_MOMENT)
            good += int(((said == after) | free).all(1).sum())
    return good / len(material.labels)


def main(training: str, held_out: str, folder: str) -> None:
    torch.manual_seed(0)
    torch.set_num_threads(1)
    material = Material.load(training)
    short = network(SHORT)
    train(short, material, SHORT, SHORT_STEPS, 32)
    weights = short.state_dict()
    del weights["model.encoder.embed_positions.weight"]
    whole = network(WHOLE)
    whole.load_state_dict(weights, strict=False)
    train(whole, material, WHOLE, WHOLE_STEPS, 8)
    print(f"held-out phrases right: {right(whole, Material.load(held_out)):.3f}")
    save(whole, Path(folder))


def save(model: WhisperForConditionalGeneration, folder: Path) -> None:
    said = GenerationConfig(
        decoder_start_token_id=START, eos_token_id=END, pad_token_id=END, bos_token_id=END,
        suppress_tokens=[], begin_suppress_tokens=[TOKENS.token_to_id("Ġ"), END], max_length=448,
    )  # fmt: skip
    said.alignment_heads = [[1, 2]]
    said.lang_to_id = {"<|en|>": TOKENS.token_to_id("<|en|>")}
    said.is_multilingual = False
    said.no_timestamps_token_id = NO_TIMES
    model.generation_config = said
    model.save_pretrained(folder)
    end = SPECIAL[0]
    PreTrainedTokenizerFast(
        tokenizer_object=TOKENS, bos_token=end, eos_token=end, unk_token=end, pad_token=end
    ).save_pretrained(folder)
    TOKENS.save(str(folder / "tokenizer.json"))
    seen = {
        "chunk_length": 30, "feature_extractor_type": "WhisperFeatureExtractor",
        "feature_size": MELS, "hop_length": 160, "n_fft": 400, "n_samples": 480_000,
        "nb_max_frames": WHOLE, "sampling_rate": 16_000,
    }  # fmt: skip
    (folder / "preprocessor_config.json").write_text(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
