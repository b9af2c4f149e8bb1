"""What this computer has for models to run on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Computer:
    cores: int
    """Physical ones."""
    memory_megabytes: int

    @classmethod
    def this(cls) -> Computer:
        import psutil

        memory = psutil.virtual_memory().total // 1_000_000
        return cls(psutil.cpu_count(logical=False) or psutil.cpu_count() or 1, memory)


def free_memory() -> int:
    """Bytes that can be had without taking them from another program."""
    import psutil

    return int(psutil.virtual_memory().available)
