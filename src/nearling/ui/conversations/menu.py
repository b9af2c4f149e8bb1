"""What can be done with a conversation in the list: write it into a file, or forget it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QListView, QMenu, QMessageBox

from nearling.core.cancellation import Cancellation
from nearling.core.errors import StorageUnwritable
from nearling.core.language import gettext as _
from nearling.ui.conversations.listing import Row
from nearling.ui.house import House
from nearling.ui.tasks import Tasks

_LONGEST_NAME = 60
_MOUSE = QContextMenuEvent.Reason.Mouse
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ConversationMenu(QObject):
    """Opens where the list is clicked with the other button, or by the menu key."""

    forgotten = Signal(str)
    """The conversation's id."""

    def __init__(self, house: House, tasks: Tasks, listed: QListView) -> None:
        super().__init__(listed)
        self._house = house
        self._tasks = tasks
        self._list = listed
        for each in (listed, listed.viewport()):
            each.installEventFilter(self)

    def _open(self, index: QModelIndex, place: QPoint) -> None:
        row: Row | None = index.data(Qt.ItemDataRole.UserRole)
        if row is None or not row.conversation:
            return
        menu = QMenu(self._list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Export …"), lambda: self._export(row))
        menu.addSeparator()
        menu.addAction(_("Forget …"), lambda: self._forget(row))
        menu.popup(self._list.viewport().mapToGlobal(place))

    def _export(self, row: Row) -> None:
        proposed = str(Path.home() / f"{file_name(row.title)}.md")
        chosen, _filter = QFileDialog.getSaveFileName(
            self._list, _("Export the conversation"), proposed, "Markdown (*.md)"
        )
        if not chosen:
            return

        def work(_cancellation: Cancellation) -> None:
            text = self._house.history.export(row.conversation, "markdown")
            try:
                Path(chosen).write_text(text, "utf-8")
            except OSError as error:
                raise StorageUnwritable(
                    _("{file} cannot be written there.").format(file=Path(chosen).name),
                    _("Choose another folder."),
                ) from error

        self._tasks.call(work, lambda _done: None)

    def _forget(self, row: Row) -> None:
        asking = QMessageBox(self._list)
        asking.setWindowTitle(_("Forget this conversation?"))
        asking.setTextFormat(Qt.TextFormat.PlainText)
        asking.setText(_("Forget “{title}”?").format(title=row.title))
        asking.setInformativeText(
            _(
                "Its questions, answers and pictures are erased from this computer. "
                "This cannot be undone."
            )
        )
        forget = asking.addButton(_("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        keep = asking.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        asking.setDefaultButton(keep)
        asking.setEscapeButton(keep)
        asking.exec()
        if asking.clickedButton() is forget:
            self._tasks.call(
                lambda _cancellation: self._house.history.forget(row.conversation),
                lambda _done: self.forgotten.emit(row.conversation),
            )
        asking.deleteLater()

    # Qt's

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent) and event.reason() is _MOUSE:
            self._open(self._list.indexAt(event.pos()), event.pos())
        elif isinstance(event, QContextMenuEvent) or _is_menu_key(event):
            index = self._list.currentIndex()
            self._open(index, self._list.visualRect(index).center())
        else:
            return super().eventFilter(watched, event)
        return True


def _is_menu_key(event: QEvent) -> bool:
    """Shift+F10, for keyboards without a menu key; Qt itself knows the menu key only."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() is QEvent.Type.KeyPress
        and event.keyCombination() == QKeyCombination(_SHIFT, Qt.Key.Key_F10)
    )


def file_name(title: str) -> str:
    """`title` as a name that any file system takes."""
    plain = "".join(each if each.isalnum() or each in " -_" else " " for each in title)
    return " ".join(plain.split())[:_LONGEST_NAME].strip() or "Conversation"
