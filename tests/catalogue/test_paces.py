"""Paces of endpoints outlast the process, hold nothing readable, and damaged ones are none."""

import json
import math
from dataclasses import replace

import pytest

from nearling.catalogue.paces import Pace, Paces
from nearling.core.endpoints import Endpoint
from nearling.core.errors import StorageUnwritable
from nearling.core.writers import Speed, Zone

HOME = Endpoint("home", "http://127.0.0.1:11434/v1", (), Zone.NETWORK)


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "models"


def kept(shelf, *paces):
    for each in paces:
        Paces(shelf).keep(HOME, "large", each)
    return Paces(shelf).speed(HOME, "large")


def test_who_has_not_answered_has_no_speed(shelf):
    assert kept(shelf) is None
    assert not shelf.exists()


def test_the_first_wait_may_be_the_loading_of_a_model(shelf):
    assert kept(shelf, Pace(30.0, 40.0, 100)) == Speed(math.inf, 40.0, 0.0, 100)
    assert kept(shelf, Pace(0.5, 42.0, 100)) == Speed(math.inf, 41.0, 0.5, 100)


def test_one_that_was_slow_for_once_does_not_count(shelf):
    assert kept(shelf, Pace(0.5, 40.0, 100), Pace(9.0, 2.0, 100), Pace(0.4, 44.0, 100)) == Speed(
        math.inf, 40.0, 0.5, 100
    )


def test_only_the_last_answers_count(shelf):
    slow, quick = [Pace(20.0, 5.0, 100)] * 5, [Pace(0.2, 90.0, 100)] * 5
    assert kept(shelf, *slow) == Speed(math.inf, 5.0, 20.0, 100)
    assert kept(shelf, *quick) == Speed(math.inf, 90.0, 0.2, 100)
    (rows,) = json.loads((shelf / "paces.json").read_text()).values()
    assert rows == [[0.2, 90.0, 100]] * 5


def test_as_much_is_expected_of_all_as_of_the_longest_answer(shelf):
    kept(shelf, Pace(0.5, 40.0, 100))
    Paces(shelf).keep(HOME, "small", Pace(0.5, 80.0, 300))
    for model in ("large", "small"):
        speed = Paces(shelf).speed(HOME, model)
        assert speed is not None
        assert speed.longest == 300


def test_another_address_or_model_is_another_server(shelf):
    kept(shelf, Pace(0.5, 40.0, 100))
    assert Paces(shelf).speed(HOME, "small") is None
    moved = replace(HOME, base_url="http://192.168.0.7:11434/v1")
    assert Paces(shelf).speed(moved, "large") is None
    assert Paces(shelf).speed(replace(HOME, headers={"X": "y"}), "large") is not None


def test_what_was_asked_longest_ago_falls_out(shelf):
    kept(shelf, Pace(0.5, 40.0, 100))
    ((mark, rows),) = json.loads((shelf / "paces.json").read_text()).items()
    later = {f"another{number}": rows for number in range(99)}
    (shelf / "paces.json").write_text(json.dumps(later | {mark: rows}))
    paces = Paces(shelf)
    assert paces.speed(HOME, "large") is not None
    paces.keep(HOME, "small", Pace(0.5, 40.0, 100))
    assert paces.speed(HOME, "large") is None
    assert paces.speed(HOME, "small") is not None
    assert set(later) < set(json.loads((shelf / "paces.json").read_text()))


def test_no_name_and_no_address_is_kept(shelf):
    kept(shelf, Pace(0.5, 40.0, 100))
    text = (shelf / "paces.json").read_text()
    assert not any(word in text for word in ("home", "large", "127.0.0.1", "11434"))


@pytest.mark.parametrize(
    "damage",
    [
        "{",
        "[]",
        "null",
        '{"MARK": 3}',
        '{"MARK": [3, [1, 2], [1, 2, 3, 4], ["a", 2, 3], [null, 2, 3]]}',
        '{"MARK": [[-1, 2, 3], [1, 0, 3], [1, -2, 3], [1, 2, 0], [NaN, 1, 3]]}',
        '{"MARK": [[1, Infinity, 3], [Infinity, 1, 3], [1, 2, Infinity]]}',
    ],
)
def test_what_is_damaged_is_none(shelf, damage):
    kept(shelf, Pace(0.5, 40.0, 100))
    (mark,) = json.loads((shelf / "paces.json").read_text())
    (shelf / "paces.json").write_text(damage.replace("MARK", mark))
    assert Paces(shelf).speed(HOME, "large") is None
    assert kept(shelf, Pace(0.5, 40.0, 100)) == Speed(math.inf, 40.0, 0.0, 100)


def test_a_folder_that_cannot_be_written(shelf):
    shelf.write_text("in the way")
    with pytest.raises(StorageUnwritable):
        kept(shelf, Pace(0.5, 40.0, 100))
