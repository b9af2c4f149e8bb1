"""Names a bug without its words: those may quote what a person asked or a picture said."""

from __future__ import annotations

import traceback


def named(error: BaseException) -> str:
    """The kind of the error and the functions and lines it came through, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.name}:{frame.lineno}" for frame in reversed(frames)]
    return f"{type(error).__name__} at {' < '.join(places)}"
