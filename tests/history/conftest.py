"""An empty history, closed again at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nearling.history.history import History


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def history(folder: Path) -> Iterator[History]:
    with History(folder) as opened:
        yield opened
