"""Tab goes through a window as it is read, whenever and wherever its widgets were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def straighten(whole: QWidget) -> None:
    """What was added last would else come last: an old turn after the composer."""
    for one, other in pairwise(_stops(whole)):
        QWidget.setTabOrder(one, other)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    for inner in _placed(widget) if layout is None else _laid_out(layout):
        yield from _stops(inner)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        assert item is not None  # noqa: S101  there are as many
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)


def _placed(widget: QWidget) -> list[QWidget]:
    inner = [each for each in widget.children() if isinstance(each, QWidget)]
    own = [each for each in inner if not each.isWindow()]
    return sorted(own, key=lambda each: (each.y(), each.x()))
