"""A row of a table of files, as scripts and as spreadsheets take it."""

from dataclasses import FrozenInstanceError

import pytest

from nearling.core import tested
from nearling.core.extraction import Extracted, Found, as_cells, as_object
from nearling.core.geometry import Box
from nearling.core.ourselves import own_command
from nearling.core.writers import Zone

BOX = Box(1, 2, 30, 40)
FIELDS = ("date", "total", "shop")
FOUND = Extracted((Found("1.2.2026", BOX), Found("7.00", BOX, 3, doubtful=True), None), pages=0)


def test_a_row_for_scripts_has_a_key_for_each_field():
    assert as_object("a.png", FIELDS, FOUND) == {
        "file": "a.png",
        "date": {"text": "1.2.2026", "box": [1, 2, 30, 40], "doubtful": False},
        "total": {"text": "7.00", "box": [1, 2, 30, 40], "doubtful": True},
        "shop": None,
    }


def test_a_document_s_row_names_the_pages():
    told = as_object("a.pdf", FIELDS, Extracted(FOUND.cells, pages=4))
    assert told["total"]["page"] == 3
    assert told["date"]["page"] == 1


def test_a_row_for_spreadsheets_ends_with_what_is_doubtful():
    assert as_cells(FIELDS, FOUND) == ("1.2.2026", "7.00", "", "total")


def test_what_came_of_a_trial_cannot_be_changed():
    outcome = tested.Tested(True, "It answered.", "", "127.0.0.1", Zone.NETWORK, 12)
    with pytest.raises(FrozenInstanceError):
        outcome.ok = False


def test_a_packaged_nearling_starts_itself_without_a_module(monkeypatch):
    assert own_command("look")[1:] == ("-P", "-m", "nearling", "look")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert own_command("look")[1:] == ("look",)
