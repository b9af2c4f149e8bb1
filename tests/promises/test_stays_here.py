"""Nothing leaves this computer while it answers: no connection, no look-up, no usage report."""

import os
import re
import shutil
import subprocess
import sys

import psutil
import pytest

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.bench.voice.phrases import FIXTURE
from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.media import Capture, Medium
from nearling.core.writers import Zone
from nearling.engines.local.bare.decoders.tiny import write_tiny
from nearling.engines.pool import Pool
from nearling.settings.assets import assets
from nearling.settings.endpoints import Endpoints
from nearling.settings.paths import Paths

QUESTION = "Which platform does it leave from?"
STRACE = ("strace", "-f", "-qq", "-e", "trace=%network", "-o")
INTERNET = re.compile(r"AF_INET6?\b|htons\(53\)|/run/nscd|systemd-resolved")


def test_no_process_touches_the_internet(product, ticket, tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so system calls cannot be watched")
    watch = (*STRACE, str(tmp_path / "calls"))
    # Somebody far away could be asked, and is not unless that is allowed.
    far = Endpoint("far", "https://far.example/v1", (RemoteModel("large"),), Zone.CLOUD)
    Endpoints(Paths.find(product.environment).endpoints_file).add(far)
    ended = product.run("ask", QUESTION, "--picture", ticket, before=watch)
    if "ptrace" in ended.notes.lower() or not (tmp_path / "calls").exists():
        pytest.skip(f"strace may not watch here: {ended.notes.strip()[-200:]}")
    assert (ended.code, "7" in ended.out) == (0, True)
    calls = (tmp_path / "calls").read_text()
    assert [line for line in calls.splitlines() if INTERNET.search(line)] == []


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "pdf"])
def test_reading_a_document_touches_no_internet(product, tmp_path, form):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so system calls cannot be watched")
    path = tmp_path / f"it.{form}"
    path.write_bytes(built(form, path.name, [Described("See https://far.example/a.png for more")]))
    watch = (*STRACE, str(tmp_path / "calls"))
    ended = product.run("read", path, before=watch)
    if "ptrace" in ended.notes.lower() or not (tmp_path / "calls").exists():
        pytest.skip(f"strace may not watch here: {ended.notes.strip()[-200:]}")
    assert (ended.code, "far.example" in ended.out) == (0, True)
    calls = (tmp_path / "calls").read_text()
    assert [line for line in calls.splitlines() if INTERNET.search(line)] == []


def test_hearing_touches_no_internet(product, tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so system calls cannot be watched")
    watch = (*STRACE, str(tmp_path / "calls"))
    hello = tmp_path / "hello.wav"
    hello.write_bytes((assets() / "hello.wav").read_bytes())
    ended = product.run("transcribe", hello, "--model", FIXTURE, before=watch)
    if "ptrace" in ended.notes.lower() or not (tmp_path / "calls").exists():
        pytest.skip(f"strace may not watch here: {ended.notes.strip()[-200:]}")
    assert (ended.code, ended.out) == (0, "Hello, can you hear me?\n")
    calls = (tmp_path / "calls").read_text()
    assert [line for line in calls.splitlines() if INTERNET.search(line)] == []


def test_a_language_model_touches_no_internet_and_leaves_no_report(product, tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so system calls cannot be watched")
    write_tiny(tmp_path / "tiny")
    home = tmp_path / "account"
    home.mkdir()
    watch = ("env", "-u", "XDG_CACHE_HOME", f"HOME={home}", *STRACE, str(tmp_path / "calls"))
    ended = product.run("ask", "Who are you?", "--model", tmp_path / "tiny", before=watch)
    if "ptrace" in ended.notes.lower() or not (tmp_path / "calls").exists():
        pytest.skip(f"strace may not watch here: {ended.notes.strip()[-200:]}")
    assert ended.code == 0, ended.notes
    calls = (tmp_path / "calls").read_text()
    assert [line for line in calls.splitlines() if INTERNET.search(line)] == []
    # Where onnxruntime keeps what it wants to report.
    assert not [each for each in home.rglob("*") if each.is_file()]


def test_the_watch_would_see_a_connection(tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so system calls cannot be watched")
    reach = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run(
        [*STRACE, str(tmp_path / "calls"), sys.executable, "-c", reach],
        check=True,
    )
    assert INTERNET.search((tmp_path / "calls").read_text())


def test_it_answers_where_there_is_no_network_at_all(product, ticket):
    alone = ("unshare", "--net")
    tried = subprocess.run([*alone, "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip(f"the network cannot be taken away: {tried.stderr.decode().strip()}")
    ended = product.run("ask", QUESTION, "--picture", ticket, before=alone)
    assert (ended.code, "7" in ended.out) == (0, True)


def test_usage_reports_are_off_in_every_process(ticket, tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "ORT_DISABLE_TELEMETRY", "1")
    pool = Pool(threads=1, idle_seconds=60, log_file=tmp_path / "log")
    try:
        picture = Capture(Medium.PICTURE, "t.png", ticket.read_bytes())
        pool.reader.read(picture, Cancellation())
        # Not all children of this process: a test of the window may have left its screen running.
        child = psutil.Process(pool._supervisors["reader"].pid)
        assert child.environ()["ORT_DISABLE_TELEMETRY"] == "1"
    finally:
        pool.close()


def test_usage_reports_are_off_before_a_runtime_could_be_imported():
    look = (
        "import os, sys, nearling; "
        "print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    )
    seen = subprocess.run(
        [sys.executable, "-c", look],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"ORT_DISABLE_TELEMETRY": "0"},
    )
    assert seen.stdout.split() == ["1", "False"]


def test_the_receipt_says_that_nothing_left(product, ticket):
    answered = product.run("ask", QUESTION, "--picture", ticket, "--json").json
    assert answered["route"]["zone"] == "computer"
    assert (answered["receipt"]["left"], answered["receipt"]["price"]) == ([], 0)


def test_no_word_of_the_user_is_logged(product, ticket):
    product.run("ask", "Which zebra crossing is meant?", "--picture", ticket)
    logs = list((product.home / "logs").rglob("*"))
    assert logs
    for log in logs:
        text = log.read_text().lower()
        assert not any(word in text for word in ("zebra", "night train", "39.90"))
