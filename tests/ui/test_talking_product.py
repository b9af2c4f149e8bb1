"""Talking to the installed product's window: a real microphone, a real child, a real history."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager

import numpy as np
import psutil
import pytest

from nearling.bench.demo.spoken import SPOKEN, a_microphone, samples
from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.library import Library
from nearling.core.take import BYTES_A_SAMPLE, HEADER_BYTES, is_growing
from nearling.core.take import RATE as TAKE_RATE
from nearling.settings.paths import Paths
from scripted.pictures import draw, saved
from scripted.product import Product

pytestmark = pytest.mark.alone
RUNTIMES = {"onnxruntime", "rapidocr", "cv2", "zxingcpp", "faster_whisper", "ctranslate2", "av"}
RUN = """
import sys
sys.argv = ["nearling", "open", "--json"]
from nearling.__main__ import main
code = main()
print(*sorted(name.partition(".")[0] for name in sys.modules), flush=True)
sys.exit(code)
"""


def eventually(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)
    return found


@pytest.fixture
def microphone():
    with a_microphone() as microphone:
        if microphone is None:
            pytest.skip("pulseaudio is not installed, so nothing can be heard")
        yield microphone


@pytest.fixture
def product(tmp_path):
    product = Product(tmp_path / "home")
    Library(product.home / "models").add(FIXTURE)  # by a command: asked elsewhere
    return product


@pytest.fixture
def opened(product, display, application, microphone):
    environ = product.environment | microphone.environ
    environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    @contextmanager
    def open_window():
        with subprocess.Popen(
            [sys.executable, "-P", "-c", RUN],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                assert json.loads(process.stdout.readline()) == {"window": "open"}
                yield process
            finally:
                process.kill()

    return open_window


def takes_of(product):
    return sorted(Paths.find({"NEARLING_HOME": str(product.home)}).takes.glob("*.wav"))


def heard(take):
    """Whether sound other than silence has come into it."""
    data = take.read_bytes()[HEADER_BYTES:]
    found = np.frombuffer(data[: len(data) // 2 * 2], "<i2")
    return int(np.abs(found).max(initial=0)) > 1_000


def begin(product):
    """Returns once the microphone is heard: how soon that is, other tests say."""
    assert product.run("talk", "start").code == 0
    eventually(lambda: any(take.stat().st_size > HEADER_BYTES for take in takes_of(product)))


def answered(product):
    listed = product.run("history", "list", "--json").json["conversations"]
    if not listed:
        return None
    (turn,) = product.run("history", "show", listed[0]["id"], "--json").json["turns"]
    return turn["status"] in ("answered", "unanswered") and turn


def test_what_is_said_to_the_open_window_is_asked(product, opened, microphone, tmp_path):
    picture = saved(draw("Corner Shop", "Total: 12.50 EUR"), tmp_path / "receipt.png")
    with opened() as process:
        assert product.run("open", picture, "--json").json == {"window": "handed over"}
        begin(product)
        microphone.say(samples())
        eventually(lambda: any(map(heard, takes_of(product))))
        microphone.wait_until_heard()
        assert product.run("talk", "stop").code == 0
        turn = eventually(lambda: answered(product))
        assert (turn["question"], turn["status"]) == (SPOKEN.question, "answered")
        assert turn["attempts"][-1]["answer"] == "12.50 EUR"
        assert sorted(each["medium"] for each in turn["attachments"]) == ["clip", "picture"]
        eventually(lambda: not takes_of(product))  # its text is safe, and its sound in the history
        process.terminate()
        out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert not set(out.split()) & RUNTIMES


def test_a_take_whose_window_was_killed_is_found_again(product, opened, microphone):
    with opened() as process:
        begin(product)
        microphone.say(samples())
        (take,) = takes_of(product)
        eventually(lambda: heard(take))
        microphone.wait_until_heard()
        # What the microphone has heard is on its way through the sound system for a while.
        size = take.stat().st_size
        eventually(lambda: take.stat().st_size > size + TAKE_RATE * BYTES_A_SAMPLE)
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
    assert is_growing(take)
    psutil.wait_procs(children, timeout=20)
    assert not any(child.is_running() for child in children)
    with opened():
        (found,) = eventually(
            lambda: [each for each in takes_of(product) if each != take and not is_growing(each)]
        )
        written = product.run("transcribe", found, "--json").json
        assert written["files"][0]["text"] == SPOKEN.question


def test_a_take_that_is_cancelled_leaves_nothing(product, opened, microphone):
    with opened():
        begin(product)
        microphone.say(samples())
        eventually(lambda: any(map(heard, takes_of(product))))
        assert product.run("talk", "cancel").code == 0
        eventually(lambda: not takes_of(product))
        assert product.questions() == []
