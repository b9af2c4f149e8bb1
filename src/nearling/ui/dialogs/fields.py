"""The control for an option: which one, what it holds, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field
from typing import Any

from PySide6.QtWidgets import QLineEdit, QSpinBox

from nearling.core.language import gettext as _
from nearling.ui.dialogs.choice import Choice
from nearling.ui.dialogs.key_field import KeyField
from nearling.ui.dialogs.lines_field import LinesField

Control = Choice | QSpinBox | QLineEdit | LinesField

_TEXTS: dict[str, Callable[[], Control]] = {
    "keys": KeyField,
    "lines": LinesField,
    "words": QLineEdit,
}


def control(option: Field[Any], value: object, changed: Callable[[], None]) -> Control:
    """Shows `value`; `changed` is called once the person has chosen another."""
    made: Control
    match option.metadata:
        case {"choices": choices}:
            made = Choice()
            for choice, shown in choices.items():
                made.addItem(_(shown), choice)
        case {"yes": _yes}:
            made = Choice()
            made.addItem(_("Yes"), True)
            made.addItem(_("No"), False)
        case {"text": "name", "none": none}:
            made = Choice()
            made.addItem(_(none), "")
        case {"text": kind}:
            made = _TEXTS[kind]()
        case limits:
            made = _number(limits["at_least"], limits["at_most"], limits["step"])
    show(made, value)
    if isinstance(made, Choice):
        made.currentIndexChanged.connect(changed)
    elif isinstance(made, QSpinBox):
        made.valueChanged.connect(changed)
    elif isinstance(made, KeyField):
        made.textChanged.connect(changed)
    elif isinstance(made, LinesField):
        made.finished.connect(changed)
    else:
        made.editingFinished.connect(changed)
    return made


def show(made: Control, value: Any) -> None:
    """Without telling anybody."""
    blocked = made.blockSignals(True)
    if isinstance(made, Choice):
        made.select(value)
    elif isinstance(made, QSpinBox):
        made.setValue(value)
    elif isinstance(made, KeyField):
        made.show_keys(value)
    elif isinstance(made, LinesField):
        made.setPlainText(value)
    else:
        made.setText(value)
    made.blockSignals(blocked)


def value_of(made: Control) -> Any:
    if isinstance(made, Choice):
        return made.currentData()
    if isinstance(made, QSpinBox):
        return made.value()
    if isinstance(made, KeyField):
        return made.keys
    if isinstance(made, LinesField):
        return made.lines
    return "".join(filter(str.isprintable, made.text())).strip()


def _number(least: int, most: int, step: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setSingleStep(step)
    spin.lineEdit().setTextMargins(8, 0, 8, 0)  # a style sheet's padding does not reach it
    spin.setKeyboardTracking(False)  # 60 is meant, not the 6 on the way there
    return spin
