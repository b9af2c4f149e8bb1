"""The keys and values of the positions that a decoder has taken.

Where past and present may be the same memory it is shared, grown when it is full, and rewound by
counting; elsewhere the present is handed back as the next past, and rewound by slicing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from nearling.engines.local.writing.graph import Slot

if TYPE_CHECKING:
    import onnxruntime

_FIRST = 512
"""Positions to begin with."""
_STEP = 256
"""Positions are added in multiples of this."""


class Cache(Protocol):
    def bind(self, binding: onnxruntime.IOBinding, length: int, end: int, /) -> None:
        """Has a run read what is held of `length` positions and write what follows up to `end`."""
        ...

    def keep(self, presents: Sequence[onnxruntime.OrtValue]) -> None:
        """Holds what a run gave: all its outputs but the first."""
        ...

    def rewind(self, length: int) -> None: ...


class SharedCache:
    """One piece of memory for each slot, past and present at once."""

    def __init__(self, slots: Sequence[Slot], most: int, device: str) -> None:
        self._slots = slots
        self._most = most
        self._device = device
        self._capacity = 0
        self._held: dict[str, onnxruntime.OrtValue] = {}

    def bind(self, binding: onnxruntime.IOBinding, length: int, end: int) -> None:
        if end <= self._capacity:
            return
        wanted = max(_FIRST, 2 * self._capacity, -(-end // _STEP) * _STEP)
        capacity = min(self._most, wanted)
        # One after the other, so that no more than one is there twice. If there is no memory for
        # the next one, those before it are larger than they need to be, and nothing is lost.
        for slot in self._slots:
            self._held[slot.past] = held = self._grown(slot, capacity, length)
            binding.bind_ortvalue_input(slot.past, held)
            binding.bind_ortvalue_output(slot.present, held)
        self._capacity = capacity

    def keep(self, presents: Sequence[onnxruntime.OrtValue]) -> None:
        """They are where they were."""

    def rewind(self, length: int) -> None:
        """What lies behind is written over."""

    def _grown(self, slot: Slot, capacity: int, length: int) -> onnxruntime.OrtValue:
        import onnxruntime

        memory = np.zeros((1, slot.heads, capacity, slot.head_size), slot.kind)
        if (before := self._held.get(slot.past)) is not None:
            memory[:, :, :length] = before.numpy()[:, :, :length]
        return onnxruntime.OrtValue.ortvalue_from_numpy(memory, self._device)


class SlicedCache:
    """What the last run gave is what the next one takes."""

    def __init__(self, slots: Sequence[Slot], device: str) -> None:
        import onnxruntime

        self._slots = slots
        self._device = device
        self._held: Sequence[onnxruntime.OrtValue] = [
            onnxruntime.OrtValue.ortvalue_from_numpy(
                np.zeros((1, slot.heads, 0, slot.head_size), slot.kind), device
            )
            for slot in slots
        ]

    def bind(self, binding: onnxruntime.IOBinding, _length: int, _end: int) -> None:
        for slot, held in zip(self._slots, self._held, strict=True):
            binding.bind_ortvalue_input(slot.past, held)
            binding.bind_output(slot.present, self._device)

    def keep(self, presents: Sequence[onnxruntime.OrtValue]) -> None:
        self._held = presents

    def rewind(self, length: int) -> None:
        import onnxruntime

        self._held = [
            onnxruntime.OrtValue.ortvalue_from_numpy(
                np.ascontiguousarray(held.numpy()[:, :, :length]), self._device
            )
            for held in self._held
        ]
