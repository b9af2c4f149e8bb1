"""A described file as somebody hands it in."""

from __future__ import annotations

from nearling.bench.useful.files import built
from nearling.bench.useful.questions import Made
from nearling.core.media import Capture, Medium

_PICTURES = ("picture", "photo")


def captured(made: Made) -> Capture:
    """Raises what `built` raises."""
    file = made.file
    medium = Medium.PICTURE if file.form in _PICTURES else Medium.DOCUMENT
    return Capture(medium, file.name, built(file.form, file.name, made.described))
