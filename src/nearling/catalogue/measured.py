"""How fast the models are on this computer, as it was measured; kept beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from nearling.catalogue import shelf_file
from nearling.core.language_model import Measured

_FILE = "measured.json"


class Measurements:
    """One row for each model, provider and number of threads; a graph that changed has none."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE

    def latest(self, id: str, graph: Path) -> Measured | None:
        """What was measured last of this model."""
        return next((found for _row, found in self._rows(id, graph)), None)

    def find(self, id: str, graph: Path, provider: str, threads: int) -> Measured | None:
        wanted = (provider, threads)
        rows = self._rows(id, graph)
        return next((each for _row, each in rows if (each.provider, each.threads) == wanted), None)

    def keep(self, id: str, graph: Path, measured: Measured) -> None:
        """Raises StorageUnwritable, FileNotFoundError."""
        key = (measured.provider, measured.threads)
        same = [row for row, each in self._rows(id, graph) if (each.provider, each.threads) != key]
        others = [row for row in self._read() if row.get("model") != id]
        row = {"model": id, **mark_of(graph), **asdict(measured)}
        shelf_file.write(self._file, [row, *same, *others])

    def forget(self, id: str) -> None:
        """Raises StorageUnwritable."""
        rows = self._read()
        kept = [row for row in rows if row.get("model") != id]
        if len(kept) < len(rows):
            shelf_file.write(self._file, kept)

    def _rows(self, id: str, graph: Path) -> Iterator[tuple[Mapping[str, Any], Measured]]:
        """The latest first."""
        try:
            mark = mark_of(graph)
        except OSError:
            return
        for row in self._read():
            is_meant = row.get("model") == id and mark.items() <= row.items()
            if is_meant and (measured := _measured(row)) is not None:
                yield row, measured

    def _read(self) -> list[Mapping[str, Any]]:
        rows = shelf_file.read(self._file)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def mark_of(graph: Path) -> dict[str, int]:
    """Says whether it is still the same file."""
    stat = graph.stat()
    return {"graph_bytes": stat.st_size, "graph_modified_ns": stat.st_mtime_ns}


def _measured(row: Mapping[str, Any]) -> Measured | None:
    told: dict[str, Any] = {each.name: row.get(each.name) for each in fields(Measured)}
    provider = told["provider"]
    numbers = [value for name, value in told.items() if name != "provider"]
    if isinstance(provider, str) and all(type(each) in (int, float) for each in numbers):
        return Measured(**told)
    return None
