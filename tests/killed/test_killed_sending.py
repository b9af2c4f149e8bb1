"""SIGKILL while something leaves this computer: nothing is lost, and nothing left untold."""

from __future__ import annotations

import random
import signal
import time

import pytest

from nearling.bench.loopback import loopback
from nearling.core.conversation import AttemptStatus, TurnStatus
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.writers import Zone
from nearling.history.history import History
from nearling.settings.endpoints import Endpoints
from nearling.settings.paths import Paths
from scripted.product import Product

WORDS = tuple(f"word{number} " for number in range(30))
SECONDS = 0.03
MOMENTS = 6
ZONES = ("--zone", "computer,network")


@pytest.fixture
def product(tmp_path):
    return Product(tmp_path / "home")


def add(product: Product, base_url: str) -> None:
    endpoints = Endpoints(Paths.find(product.environment).endpoints_file)
    endpoints.add(Endpoint("office", base_url, (RemoteModel("large"),), Zone.NETWORK))


def test_an_answer_that_is_streaming_is_kept_and_told_of(product):
    rng = random.Random(7)
    with loopback(WORDS, SECONDS) as server:
        add(product, server.base_url)
        for number in range(MOMENTS):
            question = f"Tell me story {number}."
            asking = product.start("ask", question, *ZONES, "--yes-send")
            before = len(server.bodies)
            while len(server.bodies) == before and asking.poll() is None:
                time.sleep(0.005)
            time.sleep(rng.uniform(0, SECONDS * len(WORDS)))
            asking.send_signal(signal.SIGKILL)
            said = asking.communicate(timeout=60)[0].decode()
            with History(product.home / "history") as history:
                history.recover()
                turn = history.turn(history.search(f"story {number}")[0].turn)
                assert turn.message.text == question
                attempt = turn.attempts[-1]  # who is on this computer declined before it
                # What was on the screen is in the history, and nothing that was not said.
                assert attempt.text.startswith(said.rstrip("\n"))
                assert "".join(WORDS).startswith(attempt.text)
                assert turn.status is TurnStatus.WAITING
                assert attempt.status is AttemptStatus.INTERRUPTED
                connections = history.connections()
            assert len(connections) == len(server.bodies) == number + 1


def test_a_question_that_waits_for_consent_waits_whenever_we_die(product):
    rng = random.Random(11)
    with loopback(WORDS) as server:
        add(product, server.base_url)
        begun = time.monotonic()
        assert product.run("ask", "Unhurried?", *ZONES).code == 4
        whole = time.monotonic() - begun
        for number in range(MOMENTS):
            question = f"Tell me story {number}."
            asking = product.start("ask", question, *ZONES)
            time.sleep(rng.uniform(0.3 * whole, whole))
            asking.send_signal(signal.SIGKILL)
            asking.communicate(timeout=60)
            with History(product.home / "history") as history:
                history.recover()
                waiting = [turn for turn in history.waiting() if turn.message.text == question]
            for turn in waiting:
                needs = product.run("resume", turn.id, *ZONES, "--json")
                assert needs.code == 4
                assert question in needs.json["preview"]["body"]["messages"][-1]["content"]
        assert server.bodies == []
        assert product.run("resume", turn_of(product), "--yes-send").code == 0
        assert len(server.bodies) == 1


def turn_of(product: Product) -> str:
    with History(product.home / "history") as history:
        return history.waiting()[-1].id
