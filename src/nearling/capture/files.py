"""Takes files that a person names; looks at no byte of what is in them."""

from __future__ import annotations

import stat
from pathlib import Path

from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
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
                _("{name} is a folder, not a picture.").format(name=name),
                _("Name the pictures in it one by one."),
            )
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFile(
                _("{name} is not an ordinary file.").format(name=name), _("Name a picture file.")
            )
        if status.st_size > LARGEST_PICTURE:
            raise UnusableFile(
                _("{name} has {size} MB; Nearling takes pictures up to {largest} MB.").format(
                    name=name,
                    size=status.st_size // 1_000_000,
                    largest=LARGEST_PICTURE // 1_000_000,
                ),
                _("Save it smaller, for example as JPEG, and try again."),
            )
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
    return Capture(Medium.PICTURE, name, data)
