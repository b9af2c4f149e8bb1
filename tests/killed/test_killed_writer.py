"""SIGKILL of a language model's process: no prompt is lost, and what was said stays."""

import threading
from dataclasses import replace

import psutil
import pytest

from killed.moments import spread
from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.assistant.writers import Writers
from nearling.catalogue.library import Library
from nearling.catalogue.measured import Measurements
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import AttemptStatus, Decision, Draft, TurnStatus
from nearling.core.events import Answered, Delta, Failed, Progress
from nearling.engines.local.bare.decoders.folder import write_folder
from nearling.engines.local.bare.decoders.graph import Layout
from nearling.engines.local.bare.decoders.tiny import tiny_shape, write_tiny
from nearling.engines.local.bare.decoders.tokens import filled_up, learnt
from nearling.engines.local.bare.decoders.weights import GivenWeights, random_checkpoint
from nearling.engines.pool import Pool
from nearling.history.history import History
from nearling.settings.options import Options
from scripted.engines import documents, recordings

MOMENTS = 12
TRIES = 10
"""On a busy computer a model may have answered by the time that we get to kill it."""
QUESTION = "Tell me all that you know about words. " * 12


@pytest.fixture
def house(tmp_path):
    write_tiny(tmp_path / "tiny")
    library = Library(tmp_path / "models")
    library.add(tmp_path / "tiny")
    pool = Pool(threads=1, idle_seconds=60, log_file=tmp_path / "engines.log")
    measurements = Measurements(tmp_path / "models")
    writers = Writers(pool, library, measurements, Options(answer_tokens=96))
    with History(tmp_path / "history") as history:
        yield House(pool, history, writers, tmp_path / "failed-models.json")
    pool.close()


class House:
    def __init__(self, pool, history, writers, journal):
        self.pool = pool
        self.history = history
        self.journal = journal
        self.writers = writers
        self.assistant = Assistant(
            history,
            pool.reader,
            pool.reader_id,
            recordings(history),
            writers,
            cleaner=pool.cleaner,
            documents=documents(history),
        )

    @property
    def pid(self):
        return self.pool._supervisors["writer"].pid

    def ask(self, rules=None):
        return self.assistant.answer(Draft(QUESTION), rules or Rules(only="tiny"), Cancellation())

    def kill(self):
        if (pid := self.pid) is not None:
            psutil.Process(pid).kill()
            return True
        return False


def test_killed_at_any_moment_it_costs_no_prompt(house):
    killed = 0
    for moment in spread(MOMENTS, 0, 0.7, seed=7):
        killings = []
        timer = threading.Timer(moment, lambda done=killings: done.append(house.kill()))
        house.pool.rest()  # so that some kills meet a load
        timer.start()
        events = list(house.ask())
        timer.join(60)
        killed += any(killings)
        said = "".join(event.text for event in events if isinstance(event, Delta))
        end, turn = events[-1], house.history.turn(events[0].turn)
        assert turn.message.text == QUESTION.strip()
        assert "".join(attempt.text for attempt in turn.attempts) == said
        if isinstance(end, Failed):
            assert end.kind == "engine_lost"
            assert end.partial == said
            house.journal.unlink()
            again = list(
                house.assistant.resume(turn.id, Decision.AGAIN, Rules(only="tiny"), Cancellation())
            )
            assert isinstance(again[-1], Answered)
        else:
            assert isinstance(end, Answered)
        house.journal.unlink(missing_ok=True)
    assert killed > MOMENTS / 3, "hardly any process was there to be killed"


def test_killed_while_it_takes_the_prompt_in_the_answer_comes_from_a_lower_rung(house):
    events, killed = [], False
    for event in house.ask():
        events.append(event)
        if isinstance(event, Progress) and not killed:
            killed = house.kill()
    assert killed
    assert isinstance(events[-1], Answered)
    assert len(house.history.turn(events[0].turn).attempts) == 1


def test_killed_in_mid_answer_what_was_said_is_kept(house):
    for _ in range(TRIES):
        events = []
        for event in house.ask():
            events.append(event)
            if isinstance(event, Delta):
                house.kill()
        if isinstance(end := events[-1], Failed):
            break
    assert isinstance(end, Failed)
    assert end.partial
    turn = house.history.turn(events[0].turn)
    assert turn.status is TurnStatus.WAITING
    assert turn.attempts[-1].status is AttemptStatus.FAILED
    assert turn.attempts[-1].text == end.partial


def test_a_model_that_dies_every_time_gives_way_to_the_built_in_writer(house):
    for _ in range(TRIES):
        asked = []
        for event in house.ask(Rules(preferred="tiny")):
            asked.append(event)
            if isinstance(event, Progress):
                house.kill()
        turn = house.history.turn(asked[0].turn)
        asked_of = [attempt.route.writer for attempt in turn.attempts]
        if len(asked_of) > 1:
            break
        house.journal.unlink(missing_ok=True)
    assert asked_of == ["tiny", "built-in"]


def test_a_process_that_gets_no_memory_costs_no_prompt(house, monkeypatch, tmp_path):
    heavy = house.writers.name(write_heavy(tmp_path / "heavy"))
    supervisor = house.pool._supervisors["writer"]
    free = supervisor._launch
    # Room for Python, its libraries and the tiny model.
    tight = ("prlimit", "--as=500000000", *free.command)
    monkeypatch.setattr(supervisor, "_launch", replace(free, command=tight))
    events = list(house.ask(Rules(only=heavy)))
    assert isinstance(events[-1], Failed)
    assert events[-1].kind in ("engine_lost", "memory")
    turn = house.history.turn(events[0].turn)
    assert (turn.message.text, turn.status) == (QUESTION.strip(), TurnStatus.WAITING)
    resumed = house.assistant.resume(
        turn.id, Decision.AGAIN, Rules(preferred=heavy), Cancellation()
    )
    end = list(resumed)[-1]
    assert isinstance(end, Answered)
    assert end.attempt.route.writer == "tiny"


def write_heavy(folder):
    """200 MB of weights, in the form that needs the most memory."""
    shape = replace(tiny_shape("llama"), vocab_size=50_000, hidden_size=512, num_attention_heads=32)
    tokenizer = filled_up(learnt(["some words"], 1000), shape.vocab_size)
    weights = GivenWeights(random_checkpoint(shape, 0))
    write_folder(folder, shape, weights, tokenizer, {"model": Layout("grouped", "fp32")})
    return folder
