"""A menu of everybody who can answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from nearling.core.language import gettext as _
from nearling.core.numerals import whole
from nearling.core.writers import WriterProfile
from nearling.ui.models.known import Known


def fill(
    menu: QMenu,
    known: Known,
    choose: Callable[[str | None], None],
    show_models: Callable[[], None],
    *,
    chosen: str | None = None,
    marked: bool = True,
) -> None:
    """`marked`: whether the one that is `chosen` is to be seen; None stands for whoever is best."""
    menu.clear()
    for before in menu.findChildren(QActionGroup):
        before.deleteLater()
    one_of_them = QActionGroup(menu)

    def add(words: str, writer: str | None) -> None:
        action = menu.addAction(words.replace("&", "&&"), partial(choose, writer))
        if marked:
            action.setCheckable(True)
            action.setChecked(writer == chosen)
            one_of_them.addAction(action)

    add(_("Automatic: the best that is here"), None)
    for each in known.writers:
        add(_("Built-in: only quotes") if known.is_built_in(each.id) else _told(each), each.id)
    if marked and chosen is not None and known.find(chosen) is None:
        add(_("{model}: no longer here").format(model=chosen), chosen)
    menu.addSeparator()
    if not known.models:
        menu.addAction(_("No language model is here yet")).setEnabled(False)
    menu.addAction(_("Models …"), show_models)


def name_of(writer: str | None, known: Known) -> str:
    """In few words."""
    if writer is None:
        return _("Automatic")
    return _("Built-in") if known.is_built_in(writer) else writer


def _told(model: WriterProfile) -> str:
    if model.speed is None:
        return model.name
    return _("{model} · {speed} tokens/s").format(
        model=model.name, speed=whole(round(model.speed.decode))
    )
