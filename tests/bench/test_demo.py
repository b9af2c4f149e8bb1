"""The demonstration holds on this computer, and would say so if it did not."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nearling.bench.demo.asking import ERRANDS, PAID, judged
from nearling.bench.demo.network import traffic
from nearling.bench.demo.page import page
from nearling.bench.demo.pictures import PICTURES, RECEIPT, DemoPicture
from nearling.bench.demo.seen import shows_outline
from nearling.bench.demo.step import Mark, Step
from nearling.bench.executable import Ran, run_product
from nearling.bench.sound.virtual_microphone import missing
from nearling.core.ourselves import own_command

TOTAL = next(line.box for line in RECEIPT.draw().lines if line.text == "£25.15")
SPOKEN = () if missing() else ("window-voice",)
WINDOW = ["window", "window-answer", "window-refusal", *SPOKEN, "window-settings", "window-dark"]
KINDS = {"real", "project fixture", "simulated server", "not possible here"}


class Page(HTMLParser):
    """Collects the outlined places and everything the page would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.outlined = 0
        self.fetched: list[str] = []
        self.shots: list[tuple[str, Image.Image]] = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        self.scripts += tag == "script"
        self.outlined += "mark" in (said.get("class") or "").split()
        self.fetched += [said[name] or "" for name in ("src", "href", "srcset") if name in said]
        self.fetched += re.findall(r"url\(([^)]*)\)", said.get("style") or "")
        if "width" in said:
            data = b64decode((said["src"] or "").partition(",")[2])
            self.shots.append((said["alt"] or "", Image.open(io.BytesIO(data))))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Mapping[str, Any]]:
    folder = tmp_path_factory.mktemp("demo")
    ran = subprocess.run(
        own_command("demo", "--out", str(folder / "page"), "--json"),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert ran.stdout.count("\n") == 1, ran.stderr
    return ran.returncode, json.loads(ran.stdout)


def test_every_step_held(shown: tuple[int, Mapping[str, Any]]) -> None:
    code, told = shown
    steps = told["steps"]
    assert [step["name"] for step in steps if not step["name"].startswith("window-")] == [
        *(errand.name for errand in ERRANDS),
        "follow-up",
        "explained",
        "receipts",
        "spoken",
        "written",
        "consent",
        "window",
        "killed",
        "network",
    ]
    assert not [step for step in steps if step["ok"] is False]
    assert code == 0
    for step in steps:
        assert step["kind"] in KINDS
        assert step["why"]
        assert (step["ok"] is None) == (step["kind"] == "not possible here")


def test_the_page_outlines_every_cited_place_and_fetches_nothing(
    shown: tuple[int, Mapping[str, Any]],
) -> None:
    _, told = shown
    text = Path(told["page"]).read_text("utf-8")
    html = Page(text)
    cited = sum(
        len(step["citations"]) + len(step["closest"]) for step in told["steps"] if step["picture"]
    )
    assert html.outlined == cited > 0
    assert all(link.startswith(("data:image/", "#")) for link in html.fetched), html.fetched
    assert not html.scripts
    assert "@import" not in text
    assert "url(" not in text


def test_the_real_window_is_used_and_seen(shown: tuple[int, Mapping[str, Any]]) -> None:
    # Told by what is installed: a demonstration that only says it has no screen has failed.
    lacking = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")
    _, told = shown
    steps = [step for step in told["steps"] if step["name"].startswith("window")]
    assert [step["name"] for step in steps] == WINDOW
    assert all((step["kind"], step["ok"]) == ("real", True) for step in steps)
    assert "virtual screen" in steps[0]["why"]
    assert steps[1]["answer"] == "£25.15"
    captions, pictures = zip(*Page(Path(told["page"]).read_text("utf-8")).shots, strict=True)
    assert list(captions) == [caption for step in steps for caption in step["screenshots"]]
    assert [picture.size for picture in pictures[:3]] == [(1280, 820)] * 3
    assert all(shows_outline(pictures[at]) for at in (1, 2, -1))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.file)
def test_the_committed_picture_is_the_drawn_one(picture: DemoPicture) -> None:
    drawn, kept = (
        np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=np.int16)
        for data in (picture.draw().picture, picture.data())
    )
    assert drawn.shape == kept.shape
    # Another build of the imaging library may round otherwise, but not draw otherwise.
    assert np.abs(drawn - kept).mean() < 1
    assert len(picture.data()) < 100_000


def answered(answer: str, box: tuple[float, ...], **more: object) -> Ran:
    told = {
        "answer": answer,
        "citations": [{"source": "receipt.jpg", "text": answer, "box": list(box)}],
        "understood": [{"size": [596, 856]}],
        "route": {"zone": "computer", "writer": "built-in", "reason": "It can."},
        "receipt": {"total_ms": 900.0, "price": 0, "left": []},
        "closest": [],
        "reasons": [],
        "remedies": [],
    }
    return Ran(0, json.dumps(told | more), "", 1.0)


def test_the_right_answer_from_the_right_place_holds() -> None:
    step = judged(PAID, answered("£25.15", TOTAL))
    assert step.ok is True
    assert step.receipt == "On this computer · built-in · 0.9 s · free · nothing was sent"


@pytest.mark.parametrize(
    "ran",
    [
        answered("£23.15", TOTAL),
        answered("£25.15", (10, 10, 60, 30)),
        answered("", TOTAL),
        answered("£25.15", TOTAL, route={"zone": "cloud", "writer": "other", "reason": ""}),
        answered("£25.15", TOTAL, receipt={"total_ms": 1, "price": 0, "left": ["the picture"]}),
        replace(answered("£25.15", TOTAL), code=1),
    ],
    ids=["wrong", "elsewhere", "refused", "cloud", "left", "failed"],
)
def test_anything_else_does_not_hold(ran: Ran) -> None:
    assert judged(PAID, ran).ok is False


def test_an_answer_where_there_is_none_does_not_hold() -> None:
    refusal = next(errand for errand in ERRANDS if not errand.truths)
    assert judged(refusal, answered("0123 456", TOTAL)).ok is False
    silent = answered("", TOTAL, citations=[], route=None, receipt=None)
    assert judged(refusal, replace(silent, code=3)).ok is False
    said = answered("", TOTAL, citations=[], route=None, receipt=None, reasons=["It is not there."])
    assert judged(refusal, replace(said, code=3)).ok is True


def test_a_failure_is_shown_with_its_sentence() -> None:
    error = {"kind": "engine", "sentence": "It broke.", "remedy": "Try again.", "partial": ""}
    step = judged(PAID, Ran(1, json.dumps({"error": error}), "", 1.0))
    assert step.ok is False
    assert step.reasons == ("It broke.", "Try again.")


def test_the_trace_counts_what_reaches_out() -> None:
    quiet = """\
12 execve("/bin/nearling", ["nearling"], 0x7 /* 9 vars */) = 0
13 execve("/bin/python", ["python"], 0x7 /* 9 vars */) = 0
13 execve("/nowhere", ["python"], 0x7) = -1 ENOENT (No such file or directory)
13 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 4
13 connect(5, {sa_family=AF_UNIX, sun_path="/run/user/1000/bus"}, 110) = 0
"""
    assert traffic(quiet).processes == 2
    assert (traffic(quiet).connections, traffic(quiet).lookups) == (0, 0)
    loud = """\
13 connect(4, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("1.2.3.4")}, 16 <unfinished ...>
13 connect(4, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0)}, 28) = 0
13 sendto(4, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 1
13 connect(4, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("1.2.3.4")}, 16) = 0
13 connect(4, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT
"""  # noqa: E501
    assert (traffic(loud).connections, traffic(loud).lookups) == (3, 2)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_trace_sees_a_real_connection(tmp_path: Path) -> None:
    trace = tmp_path / "trace.txt"
    knocks = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    watch = ["strace", "-f", "-qq", "-e", "trace=network,execve", "-o", str(trace)]
    ran = subprocess.run([*watch, sys.executable, "-c", knocks], check=False)
    if ran.returncode:
        pytest.skip("strace may not watch here")
    assert traffic(trace.read_text()).connections == 1
    assert traffic(trace.read_text()).lookups == 0


def test_what_a_picture_says_cannot_become_markup() -> None:
    evil = '<script src="https://example.org/x.js"></script>'
    step = Step(
        name="receipt",
        title=evil,
        kind="project fixture",
        why=evil,
        ok=True,
        seconds=1.0,
        question=evil,
        answer=evil,
        citations=(Mark(evil, (1, 2, 3, 4)),),
        closest=(Mark(evil, (1, 2, 3, 4)),),
        reasons=(evil,),
        details=(evil,),
        receipt=evil,
        picture=RECEIPT,
        size=(596, 856),
    )
    text = page([step, replace(step, picture=None, name="killed", ok=False)], [evil], 1.0)
    html = Page(text)
    assert not html.scripts
    assert evil not in text
    assert html.outlined == 2
    assert "did not hold" in text


def test_a_folder_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = run_product(["demo", "--out", str(tmp_path / "file"), "--json"], tmp_path)
    assert ran.code == 1
    assert ran.object()["error"]["kind"] == "storage_unwritable"
