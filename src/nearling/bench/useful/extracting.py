"""Has `nearling extract` make a table of files, as a person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nearling.bench.executable import run_product
from nearling.bench.useful.fields import Fields
from nearling.core.errors import EngineFailure
from nearling.core.media import Capture

_AT_ONCE = 10
"""Files a run: none may take longer than the product is waited for."""


def extract(captures: Sequence[Capture], fields: Sequence[str]) -> list[Fields | None]:
    """What was found in each file, in their order; None where it could not be read."""
    found: list[Fields | None] = []
    for start in range(0, len(captures), _AT_ONCE):
        found += _table(captures[start : start + _AT_ONCE], fields)
    return found


def _table(captures: Sequence[Capture], fields: Sequence[str]) -> list[Fields | None]:
    with TemporaryDirectory(prefix="nearling-bench-") as folder:
        paths = []
        for number, capture in enumerate(captures):
            # Two files may have one name.
            path = Path(folder, "files", str(number), capture.name)
            path.parent.mkdir(parents=True)
            path.write_bytes(capture.data)
            paths.append(str(path))
        words = ["extract", "--json", "--fields", ",".join(fields), *paths]
        try:
            printed = run_product(words, Path(folder, "home")).object()
        except EngineFailure:
            printed = {}
    rows = {row["file"]: row for row in printed.get("rows", ())}
    return [_row(rows.get(path), fields) for path in paths]


def _row(row: Mapping[str, Any] | None, fields: Sequence[str]) -> Fields | None:
    if row is None or "error" in row:
        return None
    return {name: cell["text"] if (cell := row[name]) else None for name in fields}
