"""Any recording as blocks of sound at 16 kHz: a take of ours raw, all else through FFmpeg."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from nearling.core import take
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.engines.local.speech.media_file import MediaFile
from nearling.engines.local.speech.samples import Sound, shown
from nearling.engines.local.speech.take_file import TakeFile

_LARGEST_WAV = 1 << 32
"""Bytes; its header counts no further."""


def open_sound(recording: Path) -> Sound:
    """Raises UnusableFile with what is wrong with it."""
    name = shown(recording)
    try:
        # Opening a named pipe would wait for whoever writes into it.
        if not stat.S_ISREG(recording.stat().st_mode):
            raise UnusableFile(
                _("{name} is not an ordinary file.").format(name=name),
                _("Name a sound or video file."),
            )
        with recording.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(take.HEADER_BYTES)
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
    if not size:
        raise UnusableFile(_("{name} is empty.").format(name=name), _("Save or download it again."))
    return TakeFile(recording) if _is_take(head, size) else MediaFile(recording)


def _is_take(head: bytes, size: int) -> bool:
    sealed = take.HEADER_BYTES <= size < _LARGEST_WAV
    return head == take.header(None) or (sealed and head == take.header(size - take.HEADER_BYTES))
