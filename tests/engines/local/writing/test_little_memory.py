"""Where memory runs out there is a sentence, and what was held before is held still."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nearling.core.errors import EngineFailure, OutOfMemory, UnusableModel
from nearling.engines.local.writing.session import in_our_words
from scripted.decoders import Layout, write_decoder

HERE = Path(__file__)
needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")


def child(*words: str) -> str:
    return subprocess.run(
        [sys.executable, HERE.with_name("scripted_memory.py"), *words],
        env=os.environ | {"PYTHONPATH": str(HERE.parents[3])},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


@needs_limits
def test_loading_without_memory_is_said(tmp_path):
    files = write_decoder(tmp_path / "onnx" / "model.onnx", Layout())
    assert child("load", str(files.graph)) == "memory\n"


@needs_limits
def test_a_cache_that_cannot_grow_keeps_what_it_has():
    assert child("grow") == "full\n2\n"


@pytest.mark.parametrize(
    "words", ["std::bad_alloc", "Failed to allocate memory for requested buffer of size 9"]
)
@pytest.mark.parametrize("loading", [True, False])
def test_the_runtimes_words_for_it_are_known(words, loading):
    with pytest.raises(OutOfMemory), in_our_words(HERE, while_loading=loading):
        raise RuntimeError(words)


def test_other_faults_are_others():
    with pytest.raises(UnusableModel), in_our_words(HERE, while_loading=True):
        raise RuntimeError("no such node")
    with pytest.raises(EngineFailure, match="fault"), in_our_words(HERE):
        raise KeyError("anything")
