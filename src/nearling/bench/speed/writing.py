"""All that `nearling bench write` measures, one model after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nearling.bench.figures import Figure, compared
from nearling.bench.speed.bare_writers import loading
from nearling.bench.speed.copying import lookup_gain
from nearling.bench.speed.decoding import decoding_figures, own_thread_figures
from nearling.bench.speed.machine import busy, machine
from nearling.bench.speed.random_writers import RandomWriter, Size, kept_in, random_writer
from nearling.bench.speed.took import beside, median_seconds
from nearling.bench.speed.turns import turn_figures

SIZES: tuple[Size, ...] = ("135m", "500m")
_LOADS = 7


def write_figures(sizes: Sequence[Size]) -> Iterator[Figure]:
    """Raises EngineFailure."""
    for size in sizes:
        writer = random_writer(size, kept_in())
        yield from decoding_figures(writer, 1)
        yield from own_thread_figures(writer)
        yield _load(writer)
        yield from turn_figures(writer)
        yield lookup_gain(writer)


def _load(writer: RandomWriter) -> Figure:
    ours, bare = [], []
    for _ in range(_LOADS):
        ours.append(loading("ours", writer.folder, 1))
        bare.append(loading("bare", writer.folder, 1))
    return compared(
        "write.load" if writer.size == "135m" else f"write.load_{writer.size}",
        1000 * median_seconds(ours),
        1000 * median_seconds(bare),
        "ms",
        f"looked at, checked and opened in a fresh process, against a bare InferenceSession of the "
        f"same file in another, the runtime being imported and the file in the disk cache; random "
        f"weights in the shape of {writer.shape}, 1 thread; {machine()}; {busy()}; "
        f"{beside(ours, bare)}; at most 1.15 is wanted",
    )
