"""How a language model on this computer is to be run, and what was measured of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CPU = "CPUExecutionProvider"
"""The processor itself, as onnxruntime names it; always there."""
QUICKEST = "quickest"
"""What else proves that it computes right on this computer, else the processor itself."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen from the model's logits."""

    temperature: float = 0.0
    """0 takes the likeliest token every time (greedy)."""
    top_p: float = 1.0
    """Nucleus: the likeliest tokens that together have this probability. Holtzman et al. 2020,
    "The Curious Case of Neural Text Degeneration"."""
    min_p: float = 0.0
    """Tokens with less than this share of the likeliest one's probability are out. Nguyen et al.
    2024, "Turning Up the Heat: Min-p Sampling"."""
    repetition: float = 1.0
    """Divides positive logits of tokens already there, multiplies negative ones. Keskar et al.
    2019, "CTRL"."""
    seed: int | None = None
    """The same seed gives the same tokens; None takes another one each time."""
    most_tokens: int = 512
    """Of the answer."""
    stop: tuple[str, ...] = ()
    """The answer ends before the first of these."""
    json_schema: str | None = None
    """A JSON schema that the answer will fulfil."""
    grammar: str | None = None
    """A grammar in Lark's form that the answer will follow; not together with a schema."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Which model answers, and how it is run."""

    folder: Path
    """In Hugging Face's ONNX layout, or as onnxruntime-genai's builder writes it."""
    context_length: int
    """Tokens, prompt and answer together; at most what the model was made for."""
    provider: str = CPU
    """As onnxruntime names it, or QUICKEST."""
    reuse: bool = True
    """Take over the keys and values of a prompt's beginning that was computed before."""
    lookup: bool = True
    """Guess the next tokens where the prompt says the same again; never changes a greedy answer."""
    sampling: Sampling = Sampling()


@dataclass(frozen=True, slots=True)
class Measured:
    """What one model does on this computer, as it was measured."""

    prefill: float
    """Tokens of a prompt that are taken in a second."""
    decode: float
    """Tokens that are written in a second."""
    load_seconds: float
    memory_megabytes: int
    """Of the child process with the model loaded and the measured context in use."""
    provider: str
    """That truly ran."""
    threads: int


@dataclass(frozen=True, slots=True)
class Resident:
    """The model that is in memory now."""

    setup: Setup
    megabytes: int
    """Of its process."""
