"""A provider is believed once it has computed, in a process that may die of it."""

import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nearling.core.errors import EngineFailure
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.providers import CPU, device_of, offered, prove, running, works
from nearling.engines.local.writing.runtime import load_runtime
from scripted.decoders import Layout, write_decoder

CUDA = "CUDAExecutionProvider"


def scripted(behaviour: str) -> Callable[..., list[str]]:
    child = str(Path(__file__).with_name("scripted_provider.py"))

    def command(*words: str) -> list[str]:
        assert words[0] == "prove"
        return [sys.executable, child, behaviour, *words[1:]]

    return command


def test_one_that_computes_works():
    assert works(CUDA, scripted("computes"))


@pytest.mark.parametrize("behaviour", ["falls back", "dies", "lies", "is nothing", "refuses"])
def test_one_that_does_not_is_not_believed(behaviour):
    assert not works(CUDA, scripted(behaviour))


def test_one_that_hangs_is_not_waited_for():
    assert not works(CUDA, scripted("hangs"), seconds=0.5)


def test_one_that_is_not_there_does_not_work():
    """Our own executable says so, whatever onnxruntime was installed."""
    if CUDA in offered():
        pytest.skip("the onnxruntime here has it")
    assert not works(CUDA)


def test_the_proof_is_a_graph_that_runs():
    def on_cpu(model: bytes, provider: str) -> object:
        return load_runtime().InferenceSession(model, providers=[provider])

    assert prove(CPU, on_cpu) == 0


def test_the_cpu_needs_no_proof():
    assert offered()[0] == CPU
    assert works(CPU, scripted("dies"))
    assert device_of(CPU) == device_of("OpenVINOExecutionProvider") == "cpu"
    assert device_of(CUDA) == "cuda"


@dataclass
class Part:
    ep_name: str
    count: int

    def get_nodes(self) -> list[None]:
        return [None] * self.count


@dataclass
class Session:
    parts: list[Part] = field(default_factory=list)

    def get_providers(self) -> list[str]:
        return [CUDA, CPU]

    def get_provider_graph_assignment_info(self) -> list[Part]:
        return self.parts


def test_who_got_most_of_the_graph_runs_it():
    assert running(Session([Part(CUDA, 90), Part(CPU, 4), Part(CPU, 5)])) == CUDA
    assert running(Session([Part(CUDA, 2), Part(CPU, 50), Part(CPU, 40)])) == CPU
    assert running(Session()) == CUDA


def test_a_model_is_not_opened_with_what_is_not_there(tmp_path):
    if CUDA in offered():
        pytest.skip("the onnxruntime here has it")
    files = write_decoder(tmp_path / "onnx" / "model.onnx", Layout())
    with warnings.catch_warnings(), pytest.raises(EngineFailure, match=CUDA):
        Decoder(files, context_length=100, threads=1, provider=CUDA)
