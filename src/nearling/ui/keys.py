"""What the keys of a shortcut are called: Ctrl here is Strg in German."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence


def keys(shortcut: str | QKeySequence) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(label: str, shortcut: str) -> str:
    return f"{label} ({keys(shortcut)})"
