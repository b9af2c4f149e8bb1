"""Broken documents are read or refused, by a child that dies of none of them twice."""

import contextlib
import random
import zipfile
from io import BytesIO

import pytest

from nearling.bench.useful.files import FORMS, built
from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.media import Capture, Medium
from nearling.engines.pool import Pool
from scripted.documents import INN, SHED

_ZIPPED = ("docx", "pptx", "xlsx", "epub")


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(1, 60, tmp_path_factory.mktemp("fuzz") / "engines.log")
    yield pool
    pool.close()


def _mutated(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    match chance.randrange(4):
        case 0:
            del content[chance.randrange(len(content)) :]
        case 1:
            start = chance.randrange(len(content))
            del content[start : start + chance.randrange(1, 200)]
        case 2:
            for _ in range(chance.randrange(1, 30)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        case _:
            start = chance.randrange(len(content))
            piece = content[start : start + chance.randrange(1, 300)]
            content[start:start] = piece * chance.randrange(1, 20)
    return bytes(content)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """The same archive with one broken file in it."""
    before, after = zipfile.ZipFile(BytesIO(data)), BytesIO()
    broken = chance.choice(before.namelist())
    with zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED) as package:
        for name in before.namelist():
            content = before.read(name)
            package.writestr(name, _mutated(content, chance) if name == broken else content)
    return after.getvalue()


def _read(pool, data: bytes, name: str) -> None:
    document = Capture(Medium.DOCUMENT, name, data)
    with contextlib.suppress(UnusableFile):
        for _ in pool.document_reader.open(document, Cancellation()):
            pass


@pytest.mark.parametrize("form", [it for it in FORMS if it not in ("picture", "photo")])
def test_a_broken_document_is_read_or_refused(pool, form):
    chance = random.Random(form)
    whole = built(form, f"it.{form}", (INN, SHED))
    for number in range(40):
        inside = form in _ZIPPED and number % 2
        data = _inside(whole, chance) if inside else _mutated(whole, chance)
        _read(pool, data, f"it.{form}")


def test_noise_is_refused(pool):
    chance = random.Random("noise")
    for start in (
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<html>",
    ):
        for _ in range(10):
            _read(pool, start + chance.randbytes(chance.randrange(1, 3_000)), "noise")
