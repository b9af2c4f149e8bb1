"""The key for all windows is chosen, changed and let go of; its failures are told, not raised."""

import queue

import pytest

from nearling.assistant import everywhere
from nearling.assistant.everywhere import EverywhereKey
from nearling.core.errors import HotkeyFailure


class ScriptedSource:
    def __init__(self, did: queue.SimpleQueue[str], hotkey: object) -> None:
        self._did = did
        self._name = str(hotkey)

    def start(self) -> None:
        if self._name == "F2":
            raise HotkeyFailure("F2 is taken.", "Choose another key.")
        self._did.put(f"start {self._name}")

    def stop(self) -> None:
        self._did.put(f"stop {self._name}")


@pytest.fixture
def did(monkeypatch):
    did: queue.SimpleQueue[str] = queue.SimpleQueue()
    monkeypatch.setattr(everywhere, "key_source", lambda key, *_: ScriptedSource(did, key))
    return did


@pytest.fixture
def key(did):
    key = EverywhereKey(lambda: None, lambda: None, lambda failure: did.put(failure.sentence))
    yield key
    key.close()


def test_one_key_at_a_time_and_none_in_the_end(key, did):
    key.choose("F8")
    assert did.get(timeout=10) == "start F8"
    key.choose("F8")
    key.choose("Meta+PgUp")
    assert did.get(timeout=10) == "stop F8"
    assert did.get(timeout=10) == "start Super+PageUp"
    key.choose("")
    assert did.get(timeout=10) == "stop Super+PageUp"
    key.close()
    assert did.empty()


def test_a_key_that_is_taken_or_unknown_is_told_and_another_one_can_be_chosen(key, did):
    key.choose("F2")
    assert did.get(timeout=10) == "F2 is taken."
    key.choose("Nonsense")
    assert "Nonsense" in did.get(timeout=10)
    key.choose("F8")
    assert did.get(timeout=10) == "start F8"
    key.close()
    assert did.get(timeout=10) == "stop F8"


def test_who_wants_no_key_pays_for_no_thread(key):
    key.choose("")
    assert key._thread is None
