"""Takes files that a person names; what is in them is left to who reads them."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from nearling.capture.kinds import LOOKED_AT, medium_of
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.media import Capture, Medium

LARGEST_PICTURE = 256 * 1024 * 1024
"""Bytes. 50 megapixels of 16-bit RGBA are 400 MB raw, and no format we take stores them raw."""
LARGEST_CLIP = LARGEST_PICTURE
"""Bytes. Some twenty hours of speech as MP3; what is asked about is kept, a film need not be."""
LARGEST_DOCUMENT = LARGEST_PICTURE
"""Bytes."""

_LARGEST = {
    Medium.PICTURE: LARGEST_PICTURE,
    Medium.CLIP: LARGEST_CLIP,
    Medium.DOCUMENT: LARGEST_DOCUMENT,
}
_FOLDER = {
    Medium.PICTURE: marked("{name} is a folder, not a picture."),
    Medium.CLIP: marked("{name} is a folder, not a recording."),
    Medium.DOCUMENT: marked("{name} is a folder, not a document."),
}
_ONE_BY_ONE = {
    Medium.PICTURE: marked("Name the pictures in it one by one."),
    Medium.CLIP: marked("Name the recordings in it one by one."),
    Medium.DOCUMENT: marked("Name the documents in it one by one."),
}
_TOO_LARGE = {
    Medium.PICTURE: marked("{name} has {size} MB; Nearling takes pictures up to {largest} MB."),
    Medium.CLIP: marked("{name} has {size} MB; Nearling takes recordings up to {largest} MB."),
    Medium.DOCUMENT: marked("{name} has {size} MB; Nearling takes documents up to {largest} MB."),
}
_SMALLER = {
    Medium.PICTURE: marked("Save it smaller, for example as JPEG, and try again."),
    Medium.CLIP: marked("Have it written down as a file of its own: nearling transcribe"),
    Medium.DOCUMENT: marked("Save the part of it that matters as a file of its own."),
}


def capture_file(path: Path) -> Capture:
    """The picture, recording or document at `path`, whichever it is. Raises UnusableFile."""
    return _capture(path, medium_of(path.name, _head(path)))


def capture_picture(path: Path) -> Capture:
    """The picture file at `path`. Raises UnusableFile with what is wrong with it."""
    return _capture(path, Medium.PICTURE)


def capture_clip(path: Path) -> Capture:
    """The recording at `path`, sound or film. Raises UnusableFile with what is wrong with it."""
    return _capture(path, Medium.CLIP)


def capture_take(take: Path) -> Capture:
    """What was just said, under the moment at which it was. Raises UnusableFile."""
    said = _capture(take, Medium.CLIP)
    moment = datetime.fromtimestamp(take.stat().st_mtime).astimezone()
    name = _("spoken {moment:%Y-%m-%d %H.%M.%S}").format(moment=moment)
    return replace(said, name=f"{name}.wav", spoken=True)


def capture_document(path: Path) -> Capture:
    """The document at `path`. Raises UnusableFile with what is wrong with it."""
    return _capture(path, Medium.DOCUMENT)


def capture_input(data: bytes) -> Capture:
    """What came without a name: a picture, a recording, a document or text. Raises UnusableFile."""
    name, medium = _("standard input"), medium_of("", data[:LOOKED_AT])
    if not data.strip():
        raise UnusableFile(
            _("Nothing came on standard input."), _("Copy it again, or name a file.")
        )
    if len(data) > _LARGEST[medium]:
        raise _too_large(name, len(data), medium)
    return Capture(medium, name, data)


def _head(path: Path) -> bytes:
    """Nothing where it cannot be read: why not is found out when all of it is."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(LOOKED_AT)
    except (OSError, ValueError):
        return b""


def _capture(path: Path, medium: Medium) -> Capture:
    # A name on a disk need not be text; what is shown and kept must be.
    name = (path.name or str(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnusableFile(_(_FOLDER[medium]).format(name=name), _(_ONE_BY_ONE[medium]))
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFile(
                _("{name} is not an ordinary file.").format(name=name),
                _("Name the file itself, or a copy of it."),
            )
        if status.st_size > _LARGEST[medium]:
            raise _too_large(name, status.st_size, medium)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnusableFile(
            _("There is no file {name} there.").format(name=name),
            _("Check the spelling and the folder you are in."),
        ) from error
    except PermissionError as error:
        raise UnusableFile(
            _("{name} may not be read by your account.").format(name=name),
            _("Ask its owner for permission, or copy it to a place you can read."),
        ) from error
    except (OSError, ValueError) as error:
        raise UnusableFile(
            _("{name} could not be read.").format(name=name),
            _("Check the disk it lies on, or use a copy of it."),
        ) from error
    if not data:
        raise UnusableFile(_("{name} is empty.").format(name=name), _("Save or download it again."))
    return Capture(medium, name, data)


def _too_large(name: str, size: int, medium: Medium) -> UnusableFile:
    largest = _LARGEST[medium] // 1_000_000
    told = _(_TOO_LARGE[medium]).format(name=name, size=size // 1_000_000, largest=largest)
    return UnusableFile(told, _(_SMALLER[medium]))
