"""A figure: one measured number, what it is held against, and what to know about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `baseline` are in `unit`; `ratio` is value ÷ baseline.

    None is what could not be measured or has nothing to be held against; the note says why.
    """

    name: str
    value: float | None
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    note: str = ""


def compared(name: str, ours: float, theirs: float, unit: str, note: str) -> Figure:
    """Ours beside a baseline; no ratio to a baseline of nothing."""
    return Figure(name, ours, unit, theirs, ours / theirs if theirs else None, note)


def row(figure: Figure) -> str:
    """The figure as a line of a table whose columns stand under each other."""
    value = _number(figure.value, figure.unit)
    baseline = "" if figure.baseline is None else f"against {_number(figure.baseline, figure.unit)}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:6.2f} ×"
    return f"{figure.name:<28} {value:>12}  {baseline:<20} {ratio}".rstrip()


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "not measured"
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.1f} {unit}"
