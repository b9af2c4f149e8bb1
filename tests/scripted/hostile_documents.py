"""Documents that want to do harm, or that nobody may open."""

from __future__ import annotations

import io
import zipfile
from hashlib import md5

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_EVERYTHING = -4


def with_files(data: bytes, files: dict[str, bytes]) -> bytes:
    """The same archive with some files replaced or added."""
    before, after = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED) as package:
        for name in dict.fromkeys((*before.namelist(), *files)):
            package.writestr(name, files[name] if name in files else before.read(name))
    return after.getvalue()


def bomb(form: str, place: str) -> bytes:
    """An archive of some hundred kilobytes that unpacks into a thousand times as much."""
    before, after = zipfile.ZipFile(io.BytesIO(built(form, "it", [Described("x")]))), io.BytesIO()
    with zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name in before.namelist():
            if name != place:
                package.writestr(name, before.read(name))
        with package.open(place, "w") as file:
            for _ in range(160):
                file.write(b" " * 1_048_576)
    return after.getvalue()


def laughing(root: str) -> str:
    """A billion laughs before the root of an XML file."""
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    return f"<!DOCTYPE {root} [{entities}]>"


def encrypted_pdf(password: str) -> bytes:
    """With RC4 of 40 bits, as the standard security handler of PDF 1.1 does it."""
    data = built("pdf", "it", [Described("secret")])
    file_id = b"0123456789abcdef"
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(_md5(padded)[:5], padded)
    seed = padded + owner + _EVERYTHING.to_bytes(4, "little", signed=True) + file_id
    user = _rc4(_md5(seed)[:5], _PADDING)
    encrypt = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P {_EVERYTHING} /O <{owner.hex()}> "
        f"/U <{user.hex()}> >> /ID [<{file_id.hex()}> <{file_id.hex()}>]"
    )
    return data.replace(b"/Root 1 0 R", f"/Root 1 0 R {encrypt}".encode())


def endless_pdf(pages: int) -> bytes:
    """The same page again and again."""
    data = built("pdf", "it", [Described("one")])
    data = data.replace(b"/Count 1", f"/Count {pages}".encode())
    return data.replace(b"/Kids [5 0 R]", f"/Kids [{'5 0 R ' * pages}]".encode())


def _md5(data: bytes) -> bytes:
    return md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    swap = 0
    for at in range(256):
        swap = (swap + state[at] + key[at % len(key)]) % 256
        state[at], state[swap] = state[swap], state[at]
    told = bytearray()
    one = two = 0
    for byte in data:
        one = (one + 1) % 256
        two = (two + state[one]) % 256
        state[one], state[two] = state[two], state[one]
        told.append(byte ^ state[(state[one] + state[two]) % 256])
    return bytes(told)
