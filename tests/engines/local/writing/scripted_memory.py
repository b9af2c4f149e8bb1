"""A process with little memory left: what is open in it, and what then still works."""

import resource
import sys
from pathlib import Path

import numpy as np

from nearling.core.errors import OutOfMemory
from nearling.engines.local.writing.cache import SharedCache
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.graph import Slot
from nearling.engines.local.writing.runtime import load_runtime
from scripted.decoders import folder_of

_SLOTS = [Slot(f"past{place}", f"present{place}", 8, 128, np.float32) for place in range(4)]
_MEGABYTE = 1 << 20


def leave(megabytes: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


class Binding:
    def __init__(self) -> None:
        self.bound = {}

    def bind_ortvalue_input(self, name, held) -> None:
        self.bound[name] = held

    bind_ortvalue_output = bind_ortvalue_input


def load(graph: str) -> None:
    load_runtime()
    leave(0)
    try:
        Decoder(folder_of(Path(graph)), context_length=100, threads=1)
    except OutOfMemory as error:
        print(error.kind)


def grow() -> None:
    """64 MB for each of four, and then 512 MB for each."""
    binding, cache = Binding(), SharedCache(_SLOTS, 1 << 20, "cpu")
    cache.bind(binding, 0, 16_384)
    for number, slot in enumerate(_SLOTS):
        binding.bound[slot.past].numpy()[:, :, :100] = number
    leave(1200)
    try:
        cache.bind(binding, 100, 131_072)
    except MemoryError:
        print("full")
    cache.bind(binding, 100, 16_384)
    for number, slot in enumerate(_SLOTS):
        past, present = binding.bound[slot.past], binding.bound[slot.present]
        assert past is present
        assert past.shape()[2] >= 16_384
        assert (past.numpy()[:, :, :100] == number).all()
    print(len({binding.bound[slot.past].shape()[2] for slot in _SLOTS}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load", graph]:
            load(graph)
        case ["grow"]:
            grow()
