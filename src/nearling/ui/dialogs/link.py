"""Where a link in an answer leads, shown letter for letter before anything is opened."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.chat.prose import Prose

_OPENED = ("http", "https", "mailto")


class LinkDialog(QDialog):
    def __init__(self, target: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Open this link?"))
        self.setMinimumWidth(480)
        self._url = QUrl(target)
        heading = QLabel(_("Open this link?"))
        heading.setProperty("look", "heading")
        # Percent and punycode stay: what looks like another letter must not look like it here.
        address = Prose(_("Address of the link"), "mono")
        address.show_plain(self._url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        known = self._url.scheme() in _OPENED
        advice = QLabel(
            _("It is opened by your browser, which then reaches the network.")
            if known
            else _("Nearling opens web and mail addresses only. You can copy this one.")
        )
        advice.setProperty("look", "muted")
        advice.setWordWrap(True)
        cancel, copy, go = QPushButton(_("Cancel")), QPushButton(_("Copy")), QPushButton(_("Open"))
        cancel.setDefault(True)
        cancel.clicked.connect(self.reject)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(target))
        copy.clicked.connect(self.accept)
        go.clicked.connect(lambda: QDesktopServices.openUrl(self._url))
        go.clicked.connect(self.accept)
        go.setVisible(known)
        row = QHBoxLayout()
        row.addWidget(cancel)
        row.addStretch()
        row.addWidget(copy)
        row.addWidget(go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addWidget(address)
        layout.addWidget(advice)
        layout.addLayout(row)
