"""dev.py fetches uv from whatever index is set, and uses it only if the lock means that file."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

NAME = "uv-9.9.9-py3-none-any.whl"
PROGRAM = b"#!/bin/sh\necho uv 9.9.9\n"


@dataclass
class Index:
    """What the index on the loopback holds by path, and who asked for it."""

    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""


def packed_uv() -> bytes:
    """A wheel with a program in it, laid out as uv's are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("uv/__init__.py", b"")
        archive.writestr("uv-9.9.9.data/scripts/uv", PROGRAM)
    return packed.getvalue()


WHEEL = packed_uv()
DIGEST = f"sha256:{hashlib.sha256(WHEEL).hexdigest()}"
# The lock's entry: nothing may ever be fetched from the address that it holds.
LOCKED = {"version": "9.9.9", "wheels": [{"url": f"https://x.invalid/{NAME}", "hash": DIGEST}]}


@pytest.fixture
def index() -> Iterator[Index]:
    index = Index({f"/{NAME}": ("application/zip", WHEEL)})

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            index.asked.append((self.path, self.headers.get("Authorization", "")))
            kind, body = index.pages.get(self.path.partition("?")[0], ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        index.url = f"http://127.0.0.1:{server.server_port}/simple"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield index
        server.shutdown()
        thread.join(60)


def plain(dev: ModuleType, *indexes: str, links: tuple[str, ...] = ()) -> object:
    return dev.Mirror(indexes, links, {})


def is_there(program: Path) -> bool:
    return program.read_bytes() == PROGRAM and bool(program.stat().st_mode & stat.S_IXUSR)


@pytest.mark.parametrize("link", ["../../{}#sha256=0", "/{}", "/{}?a=1&amp;b=2"])
def test_from_a_page_in_html(dev: ModuleType, index: Index, tmp_path: Path, link: str) -> None:
    address = link.format(NAME)
    page = f"<!DOCTYPE html><a\n data-x='1' href=\"{address}\">{NAME}</a>"
    index.pages["/simple/uv/"] = ("text/html", page.encode())
    dev.fetch_uv(LOCKED, plain(dev, index.url), tmp_path / "a b" / "uv")
    assert is_there(tmp_path / "a b" / "uv")
    assert len(list((tmp_path / "a b").iterdir())) == 1


def test_from_a_page_in_json(dev: ModuleType, index: Index, tmp_path: Path) -> None:
    page = json.dumps({"files": [{"url": f"../../{NAME}", "filename": NAME}]})
    index.pages["/simple/uv/"] = ("application/vnd.pypi.simple.v1+json", page.encode())
    dev.fetch_uv(LOCKED, plain(dev, index.url + "/"), tmp_path / "uv")
    assert is_there(tmp_path / "uv")


def test_the_password_of_an_index_is_sent_for_its_files_too(
    dev: ModuleType, index: Index, tmp_path: Path
) -> None:
    index.pages["/simple/uv/"] = ("text/html", f'<a href="/{NAME}">uv</a>'.encode())
    address = index.url.replace("//", "//me:s%40cret@")
    dev.fetch_uv(LOCKED, plain(dev, address), tmp_path / "uv")
    login = f"Basic {base64.b64encode(b'me:s@cret').decode()}"
    assert index.asked == [("/simple/uv/", login), (f"/{NAME}", login)]


def test_the_password_of_an_index_is_neither_sent_elsewhere_nor_shown(
    dev: ModuleType, index: Index, tmp_path: Path
) -> None:
    elsewhere = "http://me:s%40cret@localhost:1/simple"
    with pytest.raises(dev.Problem) as raised:
        dev.fetch_uv(LOCKED, plain(dev, elsewhere, index.url), tmp_path / "uv")
    assert index.asked == [("/simple/uv/", "")]
    assert "cret" not in str(raised.value)


def test_from_a_folder_of_an_index_or_of_files(dev: ModuleType, tmp_path: Path) -> None:
    files = tmp_path / "the files"
    files.mkdir()
    (files / NAME).write_bytes(WHEEL)
    page = tmp_path / "simple/uv/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="../../the%20files/{NAME}">{NAME}</a>', "utf-8")
    places = [
        plain(dev, (tmp_path / "simple").as_uri()),
        plain(dev, links=(str(files),)),
        plain(dev, links=(files.as_uri(),)),
    ]
    for number, place in enumerate(places):
        dev.fetch_uv(LOCKED, place, tmp_path / str(number) / "uv")
        assert is_there(tmp_path / str(number) / "uv")


def test_another_file_under_the_same_name_is_refused(
    dev: ModuleType, index: Index, tmp_path: Path
) -> None:
    index.pages["/simple/uv/"] = ("text/html", f'<a href="/{NAME}">uv</a>'.encode())
    index.pages[f"/{NAME}"] = ("application/zip", WHEEL + b"x")
    with pytest.raises(dev.Problem, match="is not the file"):
        dev.fetch_uv(LOCKED, plain(dev, index.url), tmp_path / "tools" / "uv")
    assert not (tmp_path / "tools").exists()


def test_the_next_index_is_asked_when_one_fails(
    dev: ModuleType, index: Index, tmp_path: Path
) -> None:
    index.pages["/good/uv/"] = ("text/html", f'<a href="/{NAME}">uv</a>'.encode())
    good = index.url.replace("/simple", "/good")
    nowhere = "http://127.0.0.1:1/simple"  # nobody listens on this port
    mirror = plain(dev, "no address", nowhere, "file:///nowhere", index.url, good)
    dev.fetch_uv(LOCKED, mirror, tmp_path / "uv")
    assert is_there(tmp_path / "uv")


def test_every_failure_is_told_in_a_line(dev: ModuleType, index: Index, tmp_path: Path) -> None:
    index.pages["/empty/uv/"] = ("text/html", b"<html></html>")
    empty = index.url.replace("/simple", "/empty")
    with pytest.raises(dev.Problem) as raised:
        dev.fetch_uv(LOCKED, plain(dev, index.url, empty), tmp_path / "uv")
    lines = str(raised.value).splitlines()
    assert lines[1:3] == [
        "  127.0.0.1: Not Found",
        "  127.0.0.1: has no uv 9.9.9 for this machine",
    ]
    assert "PIP_INDEX_URL" in lines[3]
