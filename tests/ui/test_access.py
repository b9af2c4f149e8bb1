"""Everything in every window has a name and can be reached without a pointer."""

from __future__ import annotations

import pytest

from nearling.core.events import Cited, Delta, Finished
from nearling.core.language_model import Resident, Setup
from nearling.settings.options import Options
from nearling.ui.voice.clip import Clip
from scripted.engines import ScriptedWriter, citation, says
from scripted.voice import ScriptedVoice
from scripted.writer_folders import hub_folder
from ui.conftest import spin, until
from ui.test_window import drop, ended, receipt, shown, type_into

__all__ = ["receipt"]


def nodes(interface):
    """Everything that a screen reader can come to, from a window down."""
    yield interface
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None and not child.state().invisible:
            yield from nodes(child)


def nameless(widget):
    """Controls that a screen reader could only call by their kind."""
    from PySide6.QtGui import QAccessible

    role, text = QAccessible.Role, QAccessible.Text.Name
    controls = {
        role.Button, role.PushButton, role.CheckBox, role.ComboBox, role.EditableText, role.List,
        role.SpinBox, role.Link, role.RadioButton, role.Slider, role.PageTab, role.Dialog,
    }  # fmt: skip
    tree = list(nodes(QAccessible.queryAccessibleInterface(widget)))
    assert len(tree) > 5
    found = []
    for node in tree:
        inner = node.object()
        ours = inner is None or not inner.objectName().startswith("qt_spinbox")
        if node.role() in controls and ours and not node.text(text).strip():
            found.append((node.role().name, type(inner).__name__))
    return found


def unreachable(widget):
    """Buttons and fields that Tab never comes to."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSpinBox, QWidget

    kinds = (QAbstractButton, QComboBox, QLineEdit, QSpinBox)
    return [
        each.accessibleName() or type(each).__name__
        for each in widget.findChildren(QWidget)
        if isinstance(each, kinds)
        and each.isVisible()
        and each.isEnabled()
        and not each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not each.objectName().startswith("qt_")
        and type(each).__name__ != "QToolButton"  # the one that clears the search field
    ]


def test_the_window_can_be_heard(open_window, receipt):
    writer = ScriptedWriter(
        Delta("Some *words*\n\n```python\nx = 1\n```\n"), Cited(citation("x")), Finished(1, 1)
    )
    window = open_window(writer, reads={"receipt.png": ["Total"]})
    drop(window, receipt)
    assert nameless(window) == []
    type_into(window, "How much?")
    ended(window)
    shown(window)._canvases[0][1].opened.emit()
    until(window.looking.pictures.isVisible)
    window.tell_bug("KeyError at somewhere")
    spin(0.1)
    assert nameless(window) == []
    assert unreachable(window) == []


def test_the_models_page_can_be_heard(open_window, tmp_path):
    from PySide6.QtGui import QAccessible

    window = open_window(says("x"))
    here = hub_folder(tmp_path / "smol", "_q4")
    window._house.library.add(here)
    window._house.writers.in_memory = Resident(Setup(here, 1024), 312)
    window.models.open_page()
    page = until(lambda: window.models.page)
    until(lambda: page.cards and page._resident)
    spin(0.1)
    assert nameless(window) == []
    assert unreachable(window) == []
    text = QAccessible.Text.Name
    names = {node.text(text) for node in nodes(QAccessible.queryAccessibleInterface(page))}
    assert names >= {"Measure how fast smol is", "Have smol give its memory back", "Remove smol"}


def test_talking_can_be_heard(open_window, tmp_path):
    voice = ScriptedVoice(tmp_path / "takes")
    window = open_window(says("Seven."), voice=voice)
    voice.talking.begin(hands_free=True)
    voice.talking.hearing("how", "many")
    until(window.composer.live.words.isVisible)
    assert nameless(window) == []
    assert unreachable(window) == []
    voice.talking.end_take()
    voice.talking.finish("How many?")
    ended(window)
    voice.talking.speak("")
    until(window.notice.isVisible)
    until(shown(window).findChild(Clip).button.isEnabled)
    assert nameless(window) == []
    assert unreachable(window) == []


@pytest.mark.parametrize("name", ["settings", "shortcuts", "about", "link"])
def test_every_dialog_can_be_heard(open_window, name):
    from nearling.ui.dialogs.about import AboutDialog
    from nearling.ui.dialogs.link import LinkDialog
    from nearling.ui.dialogs.settings import SettingsDialog
    from nearling.ui.dialogs.shortcuts import ShortcutsDialog

    window = open_window(says("x"))
    dialog = {
        "settings": lambda: SettingsDialog(Options(), "settings.toml", window),
        "shortcuts": lambda: ShortcutsDialog(window.actions(), window),
        "about": lambda: AboutDialog(window),
        "link": lambda: LinkDialog("https://example.org", window),
    }[name]()
    dialog.show()
    spin(0.1)
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    dialog.close()
