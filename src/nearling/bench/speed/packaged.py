"""Measures the packaged app that a build left in a checkout: its size, and how soon it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import nearling
from nearling.bench.executable import run_product
from nearling.bench.figures import Figure
from nearling.bench.speed.window import opened_once

_RUNS = 7
_START = "packaged.start_ms"
_SIZES = {
    "packaged.wheel_mb": ("nearling-*.whl", "the wheel; its libraries come on top"),
    "packaged.folder_mb": ("nearling", "the folder that needs no Python"),
    "packaged.deb_mb": ("nearling_*.deb", "the same folder as a .deb"),
}
_MISSING = "there is none here; python3 dev.py build makes it"


def dist_folder() -> Path:
    """Where a checkout has what was built; elsewhere there is no such folder."""
    return Path(nearling.__file__).parents[2] / "dist"


def packaged_figures(home: Path, dist: Path) -> Iterator[Figure]:
    """Not measured where nothing was built. Raises EngineFailure when no window comes."""
    yield _start(home, dist / "nearling" / "nearling")
    for name, (pattern, note) in _SIZES.items():
        newest = max(dist.glob(pattern), key=lambda path: path.stat().st_mtime, default=None)
        if newest is None:
            yield Figure(name, None, "MB", note=_MISSING)
        else:
            yield Figure(name, _bytes(newest) / 1e6, "MB", note=note)


def _start(home: Path, program: Path) -> Figure:
    if not program.exists():
        return Figure(_START, None, "ms", note=_MISSING)
    looked = run_product(["look"], home).object()
    if "screen" not in looked:
        return Figure(_START, None, "ms", note=looked["sentence"])
    return Figure(
        _START,
        1000 * median(opened_once(home, (str(program),)).seconds for _ in range(_RUNS)),
        "ms",
        note="from the start of the packaged app until its window is painted, "
        f"median of {_RUNS}; at most 1500 is wanted",
    )


def _bytes(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())
