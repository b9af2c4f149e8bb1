"""The page for tables: files and fields, the table, and the place that a cell was read from."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableView,
)

from nearling.capture.mime import local_files
from nearling.core.geometry import Box
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.ui.extraction.fields import Fields
from nearling.ui.extraction.model import SheetModel
from nearling.ui.extraction.preview import Preview
from nearling.ui.extraction.sheet import Sheet
from nearling.ui.keys import with_keys
from nearling.ui.page import Page
from nearling.ui.picture.pictures import Shown
from nearling.ui.theme.theme import Theme

_WIDEST = 260
"""Pixels of a column."""
_HIGH, _NARROW = 200, 240
"""Pixels that the table and the picture get at least."""
_BESIDE = 760
"""Pixels of the page; in a narrower one the picture stands below the table."""


class ExtractionPage(Page):
    pick_wanted = Signal()
    dropped = Signal(object)
    """Paths, of folders too."""
    run_wanted = Signal()
    stop_wanted = Signal()
    clear_wanted = Signal()
    save_wanted = Signal()
    place_wanted = Signal(int, int)
    """Row and field of the cell that is looked at."""

    def __init__(self, theme: Theme, sheet: Sheet) -> None:
        super().__init__(_("Table of files"))
        self._running = False
        self.sheet = sheet
        self.setAcceptDrops(True)
        about = QLabel(
            _(
                "Drop receipts, invoices or cards here, choose what is wanted of each, and get a "
                "table for your spreadsheet. What is not sure is left empty or marked."
            )
        )
        about.setProperty("look", "muted")
        about.setWordWrap(True)
        self.fields = Fields()
        self.fields.changed.connect(self.show_state)
        self.pick = _button(_("Add files …"), self.pick_wanted)
        self.clear = _button(_("Remove all files"), self.clear_wanted)
        self.run = _button(_("Make the table"), self.run_wanted)
        self.run.setProperty("look", "primary")
        self.stop = _button(_("Stop"), self.stop_wanted)
        self.state = QLabel()
        self.state.setProperty("look", "muted")
        self.state.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Files that are finished"))
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(6)
        self.model = SheetModel(sheet, theme)
        self.model.typed.connect(self.show_state)
        theme.changed.connect(self.model.layoutChanged)
        self.table = _table()
        self.table.setModel(self.model)
        self.table.selectionModel().currentChanged.connect(self._look)
        self.table.clicked.connect(self._look)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)
        self.preview = Preview(theme)
        self.preview.setMinimumWidth(_NARROW)
        self.both = QSplitter()
        self.both.setChildrenCollapsible(False)
        self.both.setHandleWidth(1)
        # As high as there is room; a picture would have all of its height.
        self.both.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.both.setMinimumHeight(_HIGH)
        self.both.addWidget(self.table)
        self.both.addWidget(self.preview)
        self.both.setStretchFactor(0, 3)
        self.both.setStretchFactor(1, 2)
        self.copy = QPushButton(_("Copy the table"))
        self.copy.setToolTip(with_keys(_("Copy the table"), "Ctrl+C"))
        self.copy.clicked.connect(self._copy)
        self.save = _button(_("Save the table …"), self.save_wanted)
        self.column.addWidget(about)
        self.column.addWidget(self.fields)
        self.column.addLayout(_row(self.pick, self.clear, None, self.stop, self.run))
        self.column.addWidget(self.progress)
        self.column.addWidget(self.state)
        self.column.addWidget(self.both, 1)
        self.column.addLayout(_row(self.copy, self.save, None))
        self.show_state()

    def show_running(self, *, running: bool) -> None:
        self._running = running
        self.show_state()

    def show_state(self) -> None:
        """What can be done now, and how far it is."""
        files = len(self.sheet.paths)
        finished, failed, doubtful = self.sheet.counted()
        ready = bool(files and self.fields.chosen)
        if self._running and self.stop.isHidden() and self.run.hasFocus():
            self.table.setFocus()  # before the button goes
        self.run.setVisible(not self._running)
        self.run.setEnabled(ready)
        self.stop.setVisible(self._running)
        self.clear.setEnabled(bool(files) and not self._running)
        self.fields.setEnabled(not self._running)
        self.progress.setVisible(self._running)
        self.progress.setMaximum(max(1, files))
        self.progress.setValue(finished + failed)
        for part in (self.copy, self.save):
            part.setEnabled(bool(finished))
        self.both.setVisible(bool(files))
        self.state.setText(_told(files, finished, failed, doubtful))

    def show_place(self, said: str, shown: Shown, box: Box | None) -> None:
        """The picture beside the table, and where in it a cell stands."""
        first = not self.preview.isVisible()
        self.preview.show_place(said, shown, box)
        if first:
            self.both.setSizes([3 * self.both.width() // 5, 2 * self.both.width() // 5])

    def _look(self, index: QModelIndex) -> None:
        if index.isValid() and index.column():
            self.place_wanted.emit(index.row(), index.column() - 1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sheet.as_tsv())

    # Qt's

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= _BESIDE
        self.both.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(local_files(event.mimeData()))


def _told(files: int, finished: int, failed: int, doubtful: int) -> str:
    if not files:
        return _("No file has been added yet.")
    told = [_("{done} of {all} files are finished.").format(done=whole(finished), all=whole(files))]
    if failed:
        told.append(
            ngettext("{n} file cannot be read.", "{n} files cannot be read.", failed).format(
                n=whole(failed)
            )
        )
    if doubtful:
        told.append(
            ngettext(
                "{n} cell is doubtful: look at it.",
                "{n} cells are doubtful: look at them.",
                doubtful,
            ).format(n=whole(doubtful))
        )
    return " ".join(told)


def _button(words: str, signal: object) -> QPushButton:
    button = QPushButton(words)
    button.clicked.connect(signal)
    return button


def _row(*buttons: QPushButton | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        if button is None:
            row.addStretch()
        else:
            row.addWidget(button)
    return row


def _table() -> QTableView:
    table = QTableView()
    table.setProperty("look", "account")
    table.setAccessibleName(_("Table of files"))
    table.setMinimumHeight(_HIGH)
    table.setEditTriggers(
        QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
    )
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setResizeContentsPrecision(0)  # to what is seen: there may be many more
    header.setMaximumSectionSize(_WIDEST)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return table
