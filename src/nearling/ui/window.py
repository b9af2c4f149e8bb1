"""The main window: puts the parts side by side and connects what one tells to what another does.

Dialogs are imported when they are opened: the window is to be there at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nearling.capture.files import capture_picture
from nearling.capture.mime import holds_something
from nearling.core.cancellation import Cancellation
from nearling.core.errors import NearlingError, SettingsFailure
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.media import Attachment
from nearling.core.numerals import whole
from nearling.instance.doorbell import Request
from nearling.settings.options import Options
from nearling.settings.store import save_options
from nearling.ui.chat.announcer import Announcer
from nearling.ui.chat.transcript import Transcript
from nearling.ui.chat.transcript_view import TranscriptView
from nearling.ui.chat.turn_view import TurnView
from nearling.ui.chat.turn_widget import TurnWidget
from nearling.ui.compose.composer import Composer
from nearling.ui.conversations.listing import Row, by_day, found
from nearling.ui.conversations.menu import ConversationMenu
from nearling.ui.conversations.panel import ConversationPanel
from nearling.ui.elided import Elided
from nearling.ui.house import House
from nearling.ui.landing import Landing
from nearling.ui.markdown.readiness import get_ready
from nearling.ui.notice_bar import NoticeBar
from nearling.ui.notices import Notice, of_bug, of_failure
from nearling.ui.picture.pane import PicturePane
from nearling.ui.picture.pictures import Pictures
from nearling.ui.session import Session
from nearling.ui.tasks import Job, Tasks
from nearling.ui.theme.theme import Theme
from nearling.ui.tray import Tray
from nearling.ui.welcome import Welcome

_COLUMN, _LISTED = 760, 300
_PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff"


class MainWindow(QMainWindow):
    def __init__(self, house: House, theme: Theme, tasks: Tasks) -> None:
        super().__init__()
        self._house = house
        self._theme = theme
        self._tasks = tasks
        self._options = house.options
        self._looked_at = ""
        """The turn whose picture the pane shows."""
        self._searching: Job[tuple[Row, ...]] | None = None
        self._announcer = Announcer(self)
        self._tray: Tray | None = None
        self._quitting = False
        self._settings = QSettings(
            str(house.paths.settings_file.with_name("window.ini")), QSettings.Format.IniFormat
        )
        self.setWindowTitle("Nearling")
        self.setMinimumSize(640, 480)
        self.setAcceptDrops(True)
        self.pictures = Pictures(house, tasks)
        self.session = Session(house, tasks, lambda: self._options.patience_seconds)
        self.panel = ConversationPanel(theme)
        self._menu = ConversationMenu(house, tasks, self.panel.list)
        self.transcript = TranscriptView(self._make_turn)
        self.composer = Composer(theme)
        self.landing = Landing(house, tasks, self.pictures, self.composer)
        self.notice = NoticeBar(theme)
        self.pane = PicturePane(theme, self.pictures)
        self._title, self._about_it = Elided(), QLabel()
        self._stack = QStackedWidget()
        self._welcome = Welcome(theme)
        self._splitter = QSplitter()
        self._lay_out()
        self._connect()
        self._actions()
        self._restore()
        self.session.open_new()
        self.refresh()
        self._tasks.call(lambda _: get_ready(), lambda _: None)

    # Putting together

    def _lay_out(self) -> None:
        self._title.setProperty("look", "title")
        self._about_it.setProperty("look", "muted")
        bar = QWidget()
        bar.setProperty("look", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(52)
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addWidget(self._about_it)
        row.addStretch()
        self._stack.addWidget(self._welcome)
        self._stack.addWidget(self.transcript)
        column = QWidget()
        column.setMaximumWidth(_COLUMN)
        below = QVBoxLayout(column)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.notice)
        below.addWidget(self.composer)
        centred = QHBoxLayout()
        centred.setContentsMargins(24, 0, 24, 0)
        centred.addStretch(1)
        centred.addWidget(column, 1000)
        centred.addStretch(1)
        chat = QWidget()
        chat.setProperty("look", "ground")
        chat.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        chat.setMinimumWidth(360)
        chat_layout = QVBoxLayout(chat)
        chat_layout.setContentsMargins(0, 0, 0, 0)
        chat_layout.setSpacing(0)
        chat_layout.addWidget(bar)
        chat_layout.addWidget(self._stack, 1)
        chat_layout.addLayout(centred)
        self._splitter.addWidget(chat)
        self._splitter.addWidget(self.pane)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self.pane.hide()
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.panel)
        layout.addWidget(self._splitter, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self._tasks.failed.connect(self._tell_failure)
        self._tasks.stumbled.connect(self._stumbled)
        self.landing.refused.connect(self._tell_failure)
        self.panel.new_wanted.connect(self.open_new)
        self.panel.chosen.connect(self.session.open)
        self.panel.search_wanted.connect(lambda _: self.refresh())
        self.panel.settings_wanted.connect(self.show_settings)
        self.panel.shortcuts_wanted.connect(self.show_shortcuts)
        self.panel.about_wanted.connect(self.show_about)
        self._menu.forgotten.connect(self._forgotten)
        self._welcome.pick_wanted.connect(self.pick)
        self.composer.pick_wanted.connect(self.pick)
        self.composer.asked.connect(self._ask)
        self.composer.stopped.connect(self.session.stop)
        self.transcript.wanted.connect(self.session.load)
        self.session.shown.connect(self._show_transcript)
        self.session.found.connect(self.transcript.go_to)
        self.session.added.connect(self._added)
        self.session.changed.connect(self.transcript.changed)
        self.session.changed.connect(self._announce)
        self.session.titled.connect(self._show_title)
        self.session.busy.connect(lambda on: self.composer.show_busy(busy=on))
        self.session.kept.connect(self.landing.clear)
        self.session.kept.connect(self.refresh)
        self.session.ended.connect(self.refresh)
        self.pane.closed.connect(self.pane.hide)
        self.pane.region_hovered.connect(self._light_turn)

    def _actions(self) -> None:
        standard = QKeySequence.StandardKey
        for text, keys, act in (
            (_("New conversation"), standard.New, self.open_new),
            (_("Add pictures"), standard.Open, self.pick),
            (_("Search"), standard.Find, self._search),
            (_("Write a question"), QKeySequence("Ctrl+L"), self.composer.text.setFocus),
            (_("Stop, or close the picture"), QKeySequence("Esc"), self._escape),
            (_("Zoom in on the picture"), standard.ZoomIn, lambda: self.pane.zoom_by(1.25)),
            (_("Zoom out of the picture"), standard.ZoomOut, lambda: self.pane.zoom_by(0.8)),
            (_("Fit the picture"), QKeySequence("Ctrl+0"), self.pane.fit),
            (_("Settings"), QKeySequence("Ctrl+,"), self.show_settings),
            (_("Keyboard shortcuts"), QKeySequence("F1"), self.show_shortcuts),
            (_("Close the window"), standard.Close, self.close),
            (_("Quit"), QKeySequence("Ctrl+Q"), self.quit),
        ):
            action = QAction(text, self)
            action.setShortcuts(keys) if isinstance(keys, standard) else action.setShortcut(keys)
            action.triggered.connect(lambda _=False, act=act: act())
            self.addAction(action)

    def _restore(self) -> None:
        self.resize(1280, 820)
        geometry = self._settings.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        parts = self._settings.value("parts")
        if parts is not None:
            self._splitter.restoreState(parts)

    def _make_turn(self, view: TurnView) -> TurnWidget:
        turn = TurnWidget(self._theme, self.pictures, view, self._house.quoting)
        turn.link_followed.connect(self.show_link)
        turn.picture_opened.connect(self._open_picture)
        turn.resume_wanted.connect(self.session.resume)
        turn.region_hovered.connect(lambda region: self._light_picture(turn.view, region))
        return turn

    # What the person does

    def open_new(self) -> None:
        self.session.open_new()
        self.pane.hide()
        self.panel.mark(None)
        self.composer.text.setFocus()

    def pick(self) -> None:
        pictures, everything = _("Pictures"), _("All files")
        kinds = f"{pictures} ({_PICTURES});;{everything} (*)"
        self._take_files(QFileDialog.getOpenFileNames(self, _("Add pictures"), "", kinds)[0])

    def receive(self, request: Request) -> None:
        """What a second start brought."""
        if request.new:
            self.open_new()
        if request.question and not self.composer.text.toPlainText().strip():
            self.composer.text.setPlainText(request.question)
        self._take_files(request.files)
        self.come_forward()

    def come_forward(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.composer.text.setFocus()

    def enter_tray(self) -> None:
        """Shows an icon in the tray, if the desktop has one."""
        self._tray = Tray.where_there_is_one()
        if self._tray is not None:
            self._tray.open_wanted.connect(self.come_forward)
            self._tray.new_wanted.connect(self.come_forward)
            self._tray.new_wanted.connect(self.open_new)
            self._tray.quit_wanted.connect(self.quit)

    def quit(self) -> None:
        """Ends Nearling, also where closing would only hide the window."""
        self._quitting = True
        self.close()

    def refresh(self) -> None:
        """The list on the left, as it is now."""
        words = self.panel.search.text().strip()

        def work(_: Cancellation) -> tuple[Row, ...]:
            history = self._house.history
            if words:
                return found(history.search(words, limit=100))
            return by_day(history.conversations(_LISTED), datetime.now().astimezone())

        if self._searching is not None:
            self._searching.drop()
        self._searching = self._tasks.call(
            work, lambda rows: self.panel.show_rows(rows, self.session.conversation)
        )

    def show_settings(self) -> None:
        from nearling.ui.dialogs.settings import SettingsDialog

        file = str(self._house.paths.settings_file)
        hidden = ("closing",) if self._tray is None else ()
        dialog = SettingsDialog(self._options, file, self, hidden)
        dialog.changed.connect(self._use)
        dialog.exec()

    def show_shortcuts(self) -> None:
        from nearling.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self.actions(), self).exec()

    def show_about(self) -> None:
        from nearling.ui.dialogs.about import AboutDialog

        AboutDialog(self).exec()

    def show_link(self, target: str) -> None:
        from nearling.ui.dialogs.link import LinkDialog

        LinkDialog(target, self).exec()

    def tell(self, notice: Notice) -> None:
        self.notice.show_notice(notice)
        self._announcer.say(f"{notice.sentence} {notice.advice}")

    def tell_bug(self, fault: str) -> None:
        self.tell(of_bug(fault, QGuiApplication.clipboard().setText))

    def _ask(self, question: str) -> None:
        self.notice.hide()
        self.landing.when_settled(lambda: self.session.ask(question, self.landing.pending.captures))

    def _take_files(self, files: Sequence[str]) -> None:
        self.landing.fetch([partial(capture_picture, Path(file)) for file in files])

    def _search(self) -> None:
        self.panel.search.setFocus()
        self.panel.search.selectAll()

    def _escape(self) -> None:
        if self.session.is_busy:
            self.session.stop()
        elif self.pane.isVisible():
            self.pane.hide()
        elif self.panel.search.text():
            self.panel.search.clear()

    def _use(self, options: Options) -> None:
        try:
            save_options(self._house.paths.settings_file, options)
        except SettingsFailure as error:
            self._tell_failure(error)
            return
        self._options = options
        self._theme.choose(options.theme)

    # What the parts tell

    def _show_transcript(self, transcript: Transcript) -> None:
        self._stack.setCurrentWidget(self.transcript if len(transcript) else self._welcome)
        self.transcript.show_transcript(transcript)
        self.panel.mark(self.session.conversation)

    def _added(self) -> None:
        self._stack.setCurrentWidget(self.transcript)
        self.transcript.added()
        self._announce(len(self.session.transcript) - 1)

    def _announce(self, row: int) -> None:
        if (view := self.session.transcript.view(row)) is not None:
            self._announcer.follow(view)

    def _show_title(self, title: str, questions: int) -> None:
        self._title.set_text(title or _("New conversation"))
        about = ngettext(
            "{n} question · kept on this computer",
            "{n} questions · kept on this computer",
            questions,
        )
        self._about_it.setText(about.format(n=whole(questions)) if questions else "")

    def _forgotten(self, conversation: str) -> None:
        if conversation == self.session.conversation:
            self.open_new()
        self.refresh()

    def _open_picture(self, view: TurnView, attachment: Attachment) -> None:
        self._looked_at = view.id
        self.pane.show_attachment(attachment, view.citations)
        if not self.pane.isVisible():
            self.pane.show()
            room = self._splitter.width()
            self._splitter.setSizes([room * 55 // 100, room * 45 // 100])

    def _light_picture(self, view: TurnView, region: int) -> None:
        if self.pane.isVisible() and view.id == self._looked_at:
            self.pane.canvas.light(region)

    def _light_turn(self, region: int) -> None:
        self.pane.canvas.light(region)
        row = self.session.transcript.row(self._looked_at)
        turn = None if row is None else self.transcript.widget(row)
        if turn is not None:
            turn.light(region)

    def _tell_failure(self, error: NearlingError) -> None:
        self.tell(of_failure(error))

    def _stumbled(self, error: BaseException) -> None:
        raise error  # to the one place where every bug ends

    # Qt's

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if holds_something(event.mimeData()):
            event.acceptProposedAction()
            self.composer.show_inviting(inviting=True)
            self.landing.wake()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.composer.show_inviting(inviting=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.composer.show_inviting(inviting=False)
        event.acceptProposedAction()
        self.landing.take(event.mimeData())
        self.composer.text.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("parts", self._splitter.saveState())
        self.hide()  # before what may take a second
        if self._tray is not None and self._options.closing == "tray" and not self._quitting:
            event.ignore()
            return
        if self._tray is not None:
            self._tray.close()
        self._tasks.close()
        super().closeEvent(event)
