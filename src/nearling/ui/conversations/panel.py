"""The left side: a new conversation, the search over everything, and the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nearling.core.language import gettext as _
from nearling.ui.conversations.listing import Row
from nearling.ui.keys import keys, with_keys
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme

_PAUSE_MS = 120
"""After the last key before it is searched."""
_ROW = Qt.ItemDataRole.UserRole


class ConversationPanel(QWidget):
    new_wanted = Signal()
    chosen = Signal(str, str)
    """The conversation's id, and the turn's where a search found it."""
    search_wanted = Signal(str)
    settings_wanted = Signal()
    models_wanted = Signal()
    endpoints_wanted = Signal()
    network_wanted = Signal()
    table_wanted = Signal()
    shortcuts_wanted = Signal()
    about_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(256)
        # As wide as its words are in the language in use; titles in the list may be cut.
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        new = QPushButton(_("New conversation"))
        new.setProperty("look", "primary")
        new.setToolTip(keys("Ctrl+N"))
        new.clicked.connect(self.new_wanted)
        self.search = _Search()
        self.search.setPlaceholderText(_("Search everything …"))
        self.search.setAccessibleName(_("Search in all conversations and pictures"))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # the whole window takes them
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.search_wanted.emit(self.search.text().strip()))
        self.search.textChanged.connect(self._restart)
        self.model = _Rows()
        self.list = _List()
        self.list.setAccessibleName(_("Conversations"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Painter(theme, self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setUniformItemSizes(False)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.list.clicked.connect(self._choose)
        self.list.opened.connect(self._choose)
        theme.changed.connect(self.list.scheduleDelayedItemsLayout)
        promise = QLabel(_("Everything is read and kept here"))
        promise.setProperty("look", "muted")
        promise.setWordWrap(True)
        dot = QLabel("●")
        dot.setProperty("look", "promise")
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(dot)
        foot.addSpacing(4)
        foot.addWidget(promise, 1)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for name, label, shortcut, signal in (
            ("settings", _("Settings"), "Ctrl+,", self.settings_wanted),
            ("table", _("Table of files"), "Ctrl+Shift+T", self.table_wanted),
            ("models", _("Models"), "Ctrl+Shift+M", self.models_wanted),
            ("endpoints", _("Endpoints"), "Ctrl+Shift+E", self.endpoints_wanted),
            ("network", _("Network"), "Ctrl+Shift+N", self.network_wanted),
            ("keyboard", _("Keyboard shortcuts"), "F1", self.shortcuts_wanted),
            ("about", _("About Nearling"), "", self.about_wanted),
        ):
            button = QPushButton()
            button.setProperty("look", "bare")
            button.setAccessibleName(label)
            button.setToolTip(with_keys(label, shortcut) if shortcut else label)
            button.clicked.connect(signal)
            theme.dress(button, name)
            button.setIconSize(QSize(18, 18))
            tools.addWidget(button)
        tools.addStretch()
        rule = QWidget()
        rule.setFixedHeight(1)
        rule.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rule.setStyleSheet("background: palette(mid);")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(new)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(rule)
        layout.addLayout(foot)
        layout.addLayout(tools)

    def _restart(self) -> None:
        self._pause.start()

    def show_rows(self, rows: Sequence[Row], current: str | None) -> None:
        self.model.replace(rows)
        self.mark(current)

    def mark(self, conversation: str | None) -> None:
        """Shows which conversation is open."""
        row = self.model.row_of(conversation)
        if row is None:
            self.list.setCurrentIndex(QModelIndex())
        else:
            self.list.setCurrentIndex(self.model.index(row))

    def _choose(self, index: QModelIndex) -> None:
        row: Row = index.data(_ROW)
        if row.conversation:
            self.chosen.emit(row.conversation, row.turn)


class _Search(QLineEdit):
    # Qt's

    def sizeHint(self) -> QSize:
        """Wide enough for its placeholder in any language."""
        around = 26  # what the style sheet leaves on both sides, and the cursor
        wide = self.fontMetrics().horizontalAdvance(self.placeholderText()) + around
        return super().sizeHint().expandedTo(QSize(wide, 0))


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def replace(self, rows: Sequence[Row]) -> None:
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def row_of(self, conversation: str | None) -> int | None:
        return next(
            (at for at, row in enumerate(self._rows) if row.conversation == conversation), None
        )

    # Qt's

    def rowCount(self, parent: object = None) -> int:
        del parent
        return len(self._rows)

    def data(self, index: object, role: int = 0) -> object:
        row = self._rows[index.row()]  # type: ignore[attr-defined]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.below
        return None

    def flags(self, index: object) -> Qt.ItemFlag:
        if not self._rows[index.row()].conversation:  # type: ignore[attr-defined]
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _List(QListView):
    opened = Signal(QModelIndex)

    # Qt's

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    """Headings in small letters; a conversation in two lines on a rounded ground."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    # Qt's

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        row: Row = index.data(_ROW)  # type: ignore[attr-defined]
        line = QFontMetrics(option.font).lineSpacing()
        return QSize(200, 2 * line + 20 if row.conversation else line + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        row: Row = index.data(_ROW)  # type: ignore[attr-defined]
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        font = QFont(option.font)
        if not row.conversation:
            font.setPixelSize(self._theme.pixels(11))
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(rect.adjusted(2, 8, 0, -2), Qt.AlignmentFlag.AlignVCenter, row.title)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = QPainterPath()
        ground.addRoundedRect(rect.adjusted(0, 2, 0, -2), 8, 8)
        if chosen or hovered:
            painter.fillPath(ground, QColor(tokens.chosen if chosen else tokens.hover))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.local))
            painter.drawPath(ground)
        inner = rect.adjusted(9, 8, -9, -8)
        line = inner.height() // 2
        font.setPixelSize(self._theme.pixels(14))
        painter.setFont(font)
        painter.setPen(QColor(tokens.ink))
        self._line(painter, QRect(inner.left(), inner.top(), inner.width(), line), row.title)
        left = inner.left()
        if row.picture:
            icon("picture", tokens.muted).paint(painter, QRect(left, inner.top() + line, 15, line))
            left += 20
        font.setPixelSize(self._theme.pixels(12))
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        below = QRect(left, inner.top() + line, inner.right() - left, line)
        self._line(painter, below, row.below)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)
