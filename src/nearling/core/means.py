"""By what means an answer came about: what its words rest on."""

from __future__ import annotations

from enum import StrEnum


class Means(StrEnum):
    QUOTED = "quoted"
    """Every word stands in a source."""
    COUNTED = "counted"
    """Worked out from cells or values of a source, each of them cited."""
    COMPUTED = "computed"
    """Worked out from the question alone."""
    EXPLAINED = "explained"
    """Said by a note of the project's own, about words that stand in a source."""
    SUMMARISED = "summarised"
    """Sentences of a source, chosen by an algorithm."""
    DESCRIBED = "described"
    """Measured in the pixels of a picture, or told by its file."""
    WRITTEN = "written"
    """By a language model."""
