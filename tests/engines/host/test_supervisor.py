"""A child process may print, fail, hang, die or fall idle; the caller keeps its question."""

import os
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineFailure, EngineLost, UnusableFile
from nearling.core.events import Cited, Declined, Delta, Finished
from nearling.core.media import Capture, Medium
from nearling.core.prompt import Prompt
from nearling.engines.host.messages import Read
from nearling.engines.host.proxies import ReaderProxy, WriterProxy
from nearling.engines.host.supervisor import Launch, Supervisor

SCRIPT = Path(__file__).with_name("scripted_child.py")


@pytest.fixture
def start(tmp_path):
    started = []
    before = set(threading.enumerate())

    def build(idle_seconds=60.0, **options) -> Supervisor:
        command = (sys.executable, str(SCRIPT), str(idle_seconds))
        supervisor = Supervisor(Launch(command, tmp_path / "log" / "engines.log"), **options)
        started.append(supervisor)
        return supervisor

    yield build
    for supervisor in started:
        pid = supervisor.pid
        supervisor.close()
        assert pid is None or not psutil.pid_exists(pid)
    assert set(threading.enumerate()) <= before


def picture(name: str, data: bytes = b"12345") -> Capture:
    return Capture(Medium.PICTURE, name, data)


def read(supervisor, name, data=b"12345", cancellation=None):
    reader = ReaderProxy(supervisor, "scripted")
    return reader.read(picture(name, data), cancellation or Cancellation())


def write(supervisor, question):
    return list(WriterProxy(supervisor, "scripted").write(Prompt(question), Cancellation()))


def child_of(reading) -> int:
    return int(reading.engine.split()[1])


def test_a_reading_comes_back_whole(start):
    data = os.urandom(3_000_000)
    reading = read(start(), "fine", data)
    assert reading.digest == picture("fine", data).digest
    assert reading.lines[0].text == "3000000 bytes"
    assert reading.seconds == 3


def test_one_child_serves_many_calls(start):
    supervisor = start()
    assert child_of(read(supervisor, "a")) == child_of(read(supervisor, "b")) == supervisor.pid


def test_what_libraries_print_does_not_break_the_frames(start, tmp_path):
    supervisor = start()
    assert read(supervisor, "print").lines
    assert read(supervisor, "fine").lines
    assert "a library talks" in (tmp_path / "log" / "engines.log").read_text()


def test_a_known_failure_keeps_its_words(start):
    with pytest.raises(UnusableFile) as caught:
        read(start(), "refuse")
    assert (caught.value.sentence, caught.value.remedy) == ("It is no picture.", "Use another.")


def test_a_bug_is_told_and_its_words_are_not_logged(start, tmp_path):
    supervisor = start()
    with pytest.raises(EngineFailure):
        read(supervisor, "bug")
    log = (tmp_path / "log" / "engines.log").read_text()
    assert "ZeroDivisionError" in log
    assert "secret" not in log
    assert read(supervisor, "fine").lines


def test_a_child_that_dies_once_is_started_again_with_the_same_picture(start, tmp_path):
    assert read(start(), f"die-once {tmp_path / 'died'}").lines[0].text == "5 bytes"


def test_a_child_that_always_dies_is_told(start):
    supervisor = start()
    with pytest.raises(EngineLost):
        read(supervisor, "die")
    assert read(supervisor, "fine").lines


def test_a_child_killed_between_calls_is_not_noticed(start):
    supervisor = start()
    first = child_of(read(supervisor, "a"))
    os.kill(first, 9)
    assert child_of(read(supervisor, "b")) != first


def test_silence_is_noticed(start, tmp_path):
    supervisor = start()
    pid = child_of(read(supervisor, "fine"))
    supervisor._silence_seconds = 2.5  # a busy computer may need longer to start it
    threading.Timer(0.2, os.kill, (pid, 19)).start()  # SIGSTOP: alive, but says nothing
    with pytest.raises(EngineLost):
        list(supervisor.call(_slow, Cancellation(), b"x"))
    assert not psutil.pid_exists(pid)


def _slow(id):
    return Read(id, "scripted", "wait")


@pytest.mark.alone
@pytest.mark.parametrize(("name", "survives"), [("wait", True), ("hang", False)])
def test_cancel_is_prompt(start, name, survives):
    supervisor = start()
    pid = child_of(read(supervisor, "fine"))
    cancellation = Cancellation()
    threading.Timer(0.2, cancellation.cancel).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        read(supervisor, name, cancellation=cancellation)
    assert time.monotonic() - begun < 3
    assert (supervisor.pid == pid) is survives
    assert read(supervisor, "fine").lines


def test_an_idle_child_gives_its_memory_back_and_is_there_again(start):
    supervisor = start(idle_seconds=0.3)
    first = child_of(read(supervisor, "a"))
    psutil.Process(first).wait(timeout=30)
    assert supervisor.pid is None
    assert child_of(read(supervisor, "b")) != first


def test_warming_does_not_wait(start):
    supervisor = start()
    supervisor.warm()
    assert supervisor.pid is not None
    assert child_of(read(supervisor, "a")) == supervisor.pid


def test_a_child_that_cannot_be_started_is_told_when_it_is_needed(tmp_path):
    supervisor = Supervisor(Launch((str(tmp_path / "missing"),), tmp_path / "log"))
    supervisor.warm()
    with pytest.raises(EngineFailure, match="cannot be started"):
        read(supervisor, "fine")


def test_a_writer_streams_its_events(start):
    events = write(start(), "two words")
    assert events[:2] == [Delta("two"), Delta("words")]
    assert isinstance(events[2], Cited)
    assert events[3] == Finished(1, 2)


def test_a_decline_arrives_with_its_remedy(start):
    assert write(start(), "decline") == [Declined("it is too hard", (), ("Ask something else.",))]


def test_a_loss_after_the_first_word_is_told_and_not_repeated(start):
    writer = WriterProxy(start(), "scripted")
    words = writer.write(Prompt("one die"), Cancellation())
    assert next(words) == Delta("one")
    with pytest.raises(EngineLost):
        next(words)


def test_an_abandoned_answer_frees_the_child(start):
    supervisor = start()
    words = WriterProxy(supervisor, "scripted").write(Prompt("a " * 1000), Cancellation())
    next(words)
    words.close()
    assert read(supervisor, "fine").lines


def test_the_child_ends_with_its_parent(start):
    supervisor = start()
    pid = child_of(read(supervisor, "fine"))
    supervisor._process._inbox.close()
    psutil.Process(pid).wait(timeout=30)
