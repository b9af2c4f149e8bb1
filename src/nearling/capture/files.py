"""Takes files that a person names; looks at no byte of what is in them."""

from __future__ import annotations

import stat
from pathlib import Path

from nearling.core.errors import UnusableFile
from nearling.core.media import Capture, Medium

LARGEST_PICTURE = 256 * 1024 * 1024
"""Bytes. 50 megapixels of 16-bit RGBA are 400 MB raw, and no format we take stores them raw."""


def capture_picture(path: Path) -> Capture:
    """The picture file at `path`. Raises UnusableFile with what is wrong with it."""
    # A name on a disk need not be text; what is shown and kept must be.
    name = (path.name or str(path)).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnusableFile(
                f"{name} is a folder, not a picture.", "Name the pictures in it one by one."
            )
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFile(f"{name} is not an ordinary file.", "Name a picture file.")
        if status.st_size > LARGEST_PICTURE:
            raise UnusableFile(
                f"{name} has {status.st_size // 1_000_000} MB; "
                f"Nearling takes pictures up to {LARGEST_PICTURE // 1_000_000} MB.",
                "Save it smaller, for example as JPEG, and try again.",
            )
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnusableFile(
            f"There is no file {name} there.", "Check the spelling and the folder you are in."
        ) from error
    except PermissionError as error:
        raise UnusableFile(
            f"{name} may not be read by your account.",
            "Ask its owner for permission, or copy it to a place you can read.",
        ) from error
    except (OSError, ValueError) as error:
        raise UnusableFile(
            f"{name} could not be read.", "Check the disk it lies on, or use a copy of it."
        ) from error
    if not data:
        raise UnusableFile(f"{name} is empty.", "Save or download it again.")
    return Capture(Medium.PICTURE, name, data)
