"""What this is: its version, what it stands on, and under which licences."""

from __future__ import annotations

import platform
import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution, requires

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nearling import __version__
from nearling.core.language import gettext as _
from nearling.ui.theme.icons import icon


class AboutDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Nearling"))
        self.setMinimumWidth(460)
        picture = QLabel()
        picture.setPixmap(icon("nearling", "", 48).pixmap(QSize(48, 48)))
        picture.setAccessibleName("Nearling")
        name = QLabel(f"Nearling {__version__}")
        name.setProperty("look", "heading")
        promise = QLabel(
            _(
                "Ask about anything on your screen. It is read here;\n"
                "nothing leaves unless you say so."
            )
        )
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(promise)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(picture)
        head.addLayout(words, 1)
        licence = QLabel(
            _("MIT licence · Python {python} · {system}\nIt stands on these, with thanks:").format(
                python=platform.python_version(), system=platform.system()
            )
        )
        licence.setProperty("look", "muted")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for row, (package, version, terms) in enumerate(foundations()):
            for column, text in enumerate((package, version, terms)):
                label = QLabel(text)
                label.setProperty("look", "muted" if column else "")
                grid.addWidget(label, row, column)
        done = QPushButton(_("Done"))
        done.setDefault(True)
        done.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(licence)
        layout.addLayout(grid)
        layout.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)


def foundations() -> tuple[tuple[str, str, str], ...]:
    """Name, version and licence of everything Nearling requires and has found."""
    names = {re.split(r"[^\w-]", each)[0] for each in requires("nearling") or ()}
    found = []
    for name in sorted(names):
        try:
            data = distribution(name).metadata
        except PackageNotFoundError:
            continue
        terms = _said(data, "License-Expression") or _classified(data.get_all("Classifier") or [])
        terms = terms or _said(data, "License") or _("see its own pages")
        found.append((name, data["Version"], terms))
    return tuple(found)


def _said(data: PackageMetadata, field: str) -> str:
    """Not every reader of metadata that may be installed gives None for what is not there."""
    return data[field] if field in data else ""  # noqa: SIM401 - it promises no get


def _classified(classifiers: list[str]) -> str:
    licences = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License")]
    return ", ".join(licences)
