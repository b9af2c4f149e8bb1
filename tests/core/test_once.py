"""What is made once is made once, however many threads ask at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from nearling.core.once import once


class House:
    def __init__(self) -> None:
        self.made: list[str] = []
        self.broken = True

    @once
    def cellar(self) -> object:
        """Cool."""
        self.made.append("cellar")
        return object()

    @once
    def kitchen(self) -> tuple[object]:
        return (self.cellar,)

    @once
    def lift(self) -> str:
        if self.broken:
            raise OSError("stuck")
        return "up"


def test_two_threads_get_the_same() -> None:
    house, together = House(), Barrier(8, timeout=60)

    def ask(_number: int) -> object:
        together.wait()
        return house.kitchen[0]

    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(ask, range(8)))
    assert found == {house.cellar}
    assert house.made == ["cellar"]


def test_what_could_not_be_made_is_tried_again() -> None:
    house = House()
    with pytest.raises(OSError, match="stuck"):
        _ = house.lift
    house.broken = False
    assert house.lift == "up"


def test_it_is_told_from_what_was_made() -> None:
    assert "cellar" not in vars(House())
    assert House.cellar.__doc__ == "Cool."
