"""The doorbell: a second start hands over, a dead owner keeps no door shut."""

import socket
import subprocess
import sys
import threading

import pytest

from nearling.instance import doorbell
from nearling.instance.doorbell import Doorbell, Request, Talk

HOLD = """
import sys, time
from pathlib import Path
from nearling.instance.doorbell import Doorbell
bell = Doorbell(Path(sys.argv[1]))
print(bell.answer(lambda request: None), flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "door"


def test_what_was_brought_is_handed_over(folder):
    heard: list[Request] = []
    told = threading.Event()

    def take(request: Request) -> None:
        heard.append(request)
        told.set()

    with Doorbell(folder) as home:
        assert home.answer(take)
        request = Request(("/a b/ü.png",), "What is it?")
        assert Doorbell(folder).ring(request)
        assert told.wait(5)
        assert heard == [request]


def test_nobody_is_at_home(folder):
    assert not Doorbell(folder).ring(Request())


def test_there_is_one_at_home(folder):
    with Doorbell(folder) as first, Doorbell(folder) as second:
        assert first.answer(print)
        assert not second.answer(print)


def test_a_killed_owner_keeps_no_door_shut(folder):
    held = subprocess.Popen([sys.executable, "-c", HOLD, folder], stdout=subprocess.PIPE)
    with held:
        assert held.stdout.readline() == b"True\n"
        held.kill()
    with Doorbell(folder) as home:
        assert not home.ring(Request())
        assert home.answer(print)


def test_nonsense_at_the_door_is_survived(folder):
    from multiprocessing.connection import Client

    with Doorbell(folder) as home:
        home.answer(print)
        with Client(str(folder / "door"), "AF_UNIX") as connection:
            connection.send_bytes(b"\xff not json")
        assert Doorbell(folder).ring(Request())


def test_a_window_that_hangs_keeps_nobody_waiting(folder, monkeypatch):
    monkeypatch.setattr(doorbell, "_PATIENCE_SECONDS", 0.05)
    folder.mkdir(mode=0o700)
    rung: list[bool] = []

    def ring() -> None:
        rung.extend(Doorbell(folder).ring(Request(("x" * 400_000,))) for _ in range(4))

    with socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(folder / "door"))
        hanging.listen(1)
        ringing = threading.Thread(target=ring, daemon=True)
        ringing.start()
        ringing.join(20)
    assert rung == [False] * 4


def test_a_folder_that_others_may_enter_is_not_trusted(folder):
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with Doorbell(folder) as home:
        assert not home.answer(print)
    assert not Doorbell(folder).ring(Request())


def test_who_talks_is_heard_in_order(folder):
    heard: list[str] = []
    told = threading.Event()

    def talk(ring: Talk) -> None:
        heard.append(ring.action)
        if ring.action == "cancel":
            told.set()

    with Doorbell(folder) as home:
        assert home.answer(print, talk)
        for action in ("start", "stop", "cancel"):
            assert Doorbell(folder).ring(Talk(action))
        assert told.wait(5)
        assert heard == ["start", "stop", "cancel"]


def test_a_window_that_does_not_listen_says_so(folder):
    with Doorbell(folder) as home:
        assert home.answer(print)
        assert not Doorbell(folder).ring(Talk("start"))
        assert Doorbell(folder).ring(Request())
