"""The main window: puts the parts side by side and connects what one tells to what another does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QMainWindow

from nearling.capture.files import capture_file
from nearling.core.errors import NearlingError, SettingsFailure
from nearling.core.media import Attachment
from nearling.instance.doorbell import Request
from nearling.settings.options import VOICE, Options
from nearling.settings.store import save_options
from nearling.ui.actions.acting import Acting
from nearling.ui.arrangement import Arrangement
from nearling.ui.beyond.beyond import Beyond
from nearling.ui.chat.title_bar import TitleBar
from nearling.ui.chat.transcript import Transcript
from nearling.ui.chat.transcript_view import TranscriptView
from nearling.ui.compose.composer import Composer
from nearling.ui.conversations.filling import Filling
from nearling.ui.conversations.menu import ConversationMenu
from nearling.ui.conversations.panel import ConversationPanel
from nearling.ui.dialogs.opening import Dialogs
from nearling.ui.dropping import Dropping
from nearling.ui.extraction.extractions import Extractions
from nearling.ui.first_sight import FirstSight
from nearling.ui.house import House
from nearling.ui.keyboard import Keyboard
from nearling.ui.landing import Landing
from nearling.ui.looking import Looking
from nearling.ui.models.mode_switch import ModeSwitch
from nearling.ui.models.models import Models
from nearling.ui.notice_bar import NoticeBar
from nearling.ui.notices import Notice, of_bug, of_failure
from nearling.ui.pages import Pages
from nearling.ui.picture.pictures import Pictures
from nearling.ui.readiness import Readiness
from nearling.ui.remembered import Remembered
from nearling.ui.session import Session
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme
from nearling.ui.tray import Tray
from nearling.ui.voice.recordings import Recordings
from nearling.ui.welcome import Welcome

if TYPE_CHECKING:  # what nobody sees or does before the window is seen
    from nearling.ui.chat.announcer import Announcer
    from nearling.ui.chat.turn_view import TurnView
    from nearling.ui.chat.turn_widget import TurnWidget
    from nearling.ui.consent.consenting import Consenting
    from nearling.ui.document.pane import DocumentPane
    from nearling.ui.picture.pane import PicturePane
    from nearling.ui.tables.tables import Tables
    from nearling.ui.talk import Talk


class MainWindow(QMainWindow):
    def __init__(self, house: House, theme: Theme, tasks: Tasks) -> None:
        super().__init__()
        self._house = house
        self._theme = theme
        self._tasks = tasks
        self._options = house.options
        self._dialogs = Dialogs(self, tasks)
        self.tray = Tray(lambda: self._options.closing == "tray")
        self._quitting = False
        self._remembered = Remembered(house.paths.settings_file.with_name("window.ini"))
        self.setWindowTitle("Nearling")
        self.setMinimumSize(640, 480)
        self.pictures = Pictures(house, tasks)
        self.session = Session(house, tasks, lambda: self._options)
        self.panel = ConversationPanel(theme)
        self._list = Filling(house, tasks, self.panel, lambda: self.session.conversation)
        self._menu = ConversationMenu(house, tasks, self.panel.list)
        self.transcript = TranscriptView(self._make_turn, self._complete_turn)
        self.composer = Composer(theme, hears=house.hears)
        self.recordings = Recordings(house, tasks)
        self.landing = Landing(house, tasks, self.pictures, self.recordings, self.composer)
        self.pages = Pages(self.composer.text)
        self.models = Models(
            self,
            house,
            theme,
            tasks,
            pages=self.pages,
            session=self.session,
            composer=self.composer,
            landing=self.landing,
            options=lambda: self._options,
            pick_folder=self._dialogs.model,
            tell=self.tell,
        )
        Dropping(self, tasks, self.landing, self.composer, self.models.add)
        self.notice = NoticeBar(theme)
        mode = ModeSwitch(self.session, self.models.known)
        self._title = TitleBar(mode, self.models.button)
        self._title.resized.connect(mode.fit)
        self.beyond = Beyond(
            self, house, theme, tasks, pages=self.pages, session=self.session, title=self._title
        )
        self.extractions = Extractions(self, house, theme, tasks, self.pages)
        self._welcome = Welcome(theme)
        self._arrangement = Arrangement(
            panel=self.panel,
            title=self._title,
            welcome=self._welcome,
            transcript=self.transcript,
            notice=self.notice,
            composer=self.composer,
        )
        self.setCentralWidget(self._arrangement)
        self.acting = Acting(
            self,
            house,
            tasks,
            session=self.session,
            landing=self.landing,
            composer=self.composer,
            options=lambda: self._options,
        )
        self.acting.done.connect(self._tell_done)
        self.looking = Looking(
            self.transcript,
            self._make_picture_pane,
            self._make_document_pane,
            self._arrangement.show_pane,
        )
        self.talk: Talk | None = None
        self.looking.actions_wanted.connect(self.acting.offer)
        self._keyboard = Keyboard(
            self,
            panel=self.panel,
            session=self.session,
            composer=self.composer,
            looking=self.looking,
            end_talking=lambda: self.talk is not None and self.talk.speaking.cancel(),
            leave_page=self.pages.close,
        )
        self._readiness = Readiness(self, house, tasks)
        self._connect()
        self._remembered.restore(self, self._arrangement.splitter)
        self.session.open_new()
        self._list.refresh()
        self.sight = FirstSight(self)
        self.sight.seen.connect(self._readiness.see)
        self.sight.seen.connect(self.models.known.look_again)

    # Putting together

    def _connect(self) -> None:
        self._tasks.failed.connect(self._tell_failure)
        self._tasks.stumbled.connect(self._stumbled)
        self.landing.refused.connect(self._tell_failure)
        self.panel.new_wanted.connect(self.open_new)
        self.panel.chosen.connect(self._look_back)
        self.panel.settings_wanted.connect(self.show_settings)
        self.panel.models_wanted.connect(self.models.open_page)
        self.panel.endpoints_wanted.connect(self.beyond.open_endpoints)
        self.panel.network_wanted.connect(self.beyond.open_network)
        self.panel.table_wanted.connect(self.extractions.open_page)
        self.beyond.changed.connect(self.models.known.look_again)
        self.pages.shown.connect(self._arrangement.show_page)
        known = self.models.known
        known.changed.connect(lambda: self.composer.lock.setVisible(known.beyond))
        self.panel.shortcuts_wanted.connect(self._dialogs.shortcuts)
        self.panel.about_wanted.connect(self._dialogs.about)
        talking = self.composer.talking
        for told in (self.session.shown, self.session.added, self.landing.landed, talking):
            told.connect(self.pages.close)
        self._menu.forgotten.connect(self._forgotten)
        self._welcome.pick_wanted.connect(self.pick)
        self.composer.pick_wanted.connect(self.pick)
        self.composer.asked.connect(self._ask)
        self.composer.changed.connect(self._readiness.begin)
        self.composer.stopped.connect(self.session.stop)
        self.transcript.wanted.connect(self.session.load)
        self.session.shown.connect(self._show_transcript)
        self.session.found.connect(self.transcript.go_to)
        self.session.added.connect(self._added)
        self.session.changed.connect(self.transcript.changed)
        self.session.changed.connect(self._announce)
        self.session.titled.connect(self._title.show_title)
        self.session.busy.connect(lambda on: self.composer.show_busy(busy=on))
        self.session.kept.connect(self.landing.clear_asked)
        self.session.kept.connect(self._list.refresh)
        self.session.ended.connect(self._list.refresh)
        self.tray.open_wanted.connect(self.come_forward)
        self.tray.new_wanted.connect(self.come_forward)
        self.tray.new_wanted.connect(self.open_new)
        self.tray.quit_wanted.connect(self.quit)
        self._keyboard.new_wanted.connect(self.open_new)
        self._keyboard.pick_wanted.connect(self.pick)
        self._keyboard.settings_wanted.connect(self.show_settings)
        self._keyboard.shortcuts_wanted.connect(self._dialogs.shortcuts)
        self._keyboard.quit_wanted.connect(self.quit)

    @cached_property
    def _announcer(self) -> Announcer:
        from nearling.ui.chat.announcer import Announcer

        return Announcer(self)

    @cached_property
    def consenting(self) -> Consenting:
        from nearling.ui.consent.consenting import Consenting

        return Consenting(
            self,
            self._house,
            self._theme,
            self._tasks,
            self.pictures,
            session=self.session,
            known=self.models.known,
            tell=self.tell,
            may_focus=self._may_focus,
            seek=self.transcript.seek,
            leave=self.composer.text.setFocus,
        )

    @cached_property
    def tables(self) -> Tables:
        from nearling.ui.tables.tables import Tables

        tables = Tables(self, self._tasks)
        tables.done.connect(self._tell_done)
        return tables

    def _make_turn(self, view: TurnView) -> TurnWidget:
        from nearling.ui.chat.turn_widget import TurnWidget

        return TurnWidget(self._theme, self.pictures, self.recordings, view, self._house.quoting)

    def _complete_turn(self, turn: TurnWidget) -> None:
        turn.complete()
        self.models.attend(turn)
        self.consenting.attend(turn)
        turn.edit_wanted.connect(self._edit)
        turn.link_followed.connect(self._dialogs.link)
        turn.picture_opened.connect(self.looking.open)
        turn.page_opened.connect(self.looking.open_page)
        turn.actions_wanted.connect(partial(self._offer, turn))
        self.tables.attend(turn.tables)
        turn.resume_wanted.connect(self.session.resume)
        turn.region_hovered.connect(lambda region: self.looking.light(turn.view, region))

    def _make_picture_pane(self) -> PicturePane:
        from nearling.ui.picture.pane import PicturePane

        pane = PicturePane(self._theme, self.pictures)
        self.tables.attend(pane.tables)
        return pane

    def _make_document_pane(self) -> DocumentPane:
        from nearling.ui.document.leaves import Leaves
        from nearling.ui.document.pane import DocumentPane

        pane = DocumentPane(self._theme, Leaves(self._house, self._tasks))
        self.tables.attend(pane.tables)
        return pane

    def begin_talking(self) -> None:
        """Where one can; to be called once the window is seen, which shall not wait for it."""
        if self._house.voice is None:
            return
        from nearling.ui.talk import Talk

        self.talk = Talk(
            self,
            self._house.voice,
            self._tasks,
            composer=self.composer,
            landing=self.landing,
            session=self.session,
            recordings=self.recordings,
            options=lambda: self._options,
            pick_folder=self._dialogs.folder,
            tell=self.tell,
            say=self._announcer.say,
        )
        self.talk.speaking.here.connect(self._words_came)
        self.models.changed.connect(self.talk.model.look_again)
        self.talk.found.look()

    # What the person does

    def open_new(self) -> None:
        self.session.open_new()
        self.looking.close()
        self.panel.mark(None)
        self.composer.text.setFocus()

    def _look_back(self, conversation: str, turn: str) -> None:
        self._readiness.when_ready(lambda: self.session.open(conversation, turn))

    def pick(self) -> None:
        self._take_files(self._dialogs.pictures())

    def receive(self, request: Request) -> None:
        """What a second start brought."""
        self.pages.close()
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

    def quit(self) -> None:
        """Ends Nearling, also where closing would only hide the window."""
        self._quitting = True
        self.close()

    def show_settings(self) -> None:
        self.tray.enter()  # it may have come meanwhile
        file = str(self._house.paths.settings_file)
        hidden = (*(() if self.tray.here else ("closing",)), *(() if self._house.hears else VOICE))
        known = {"writer_model": self.models.known.ask} | (self.talk.known if self.talk else {})
        self._dialogs.settings(self._options, file, self._use, hidden, known)

    def tell(self, notice: Notice) -> None:
        self.notice.show_notice(notice)
        self._announcer.say(f"{notice.sentence} {notice.advice}")

    def tell_bug(self, fault: str) -> None:
        self.tell(of_bug(fault, QGuiApplication.clipboard().setText))

    def _ask(self, question: str) -> None:
        self.notice.hide()
        local_only = self.composer.lock.isChecked()
        self.landing.when_settled(
            lambda: self.session.ask(question, self.landing.taken_along(), local_only=local_only)
        )

    def _take_files(self, files: Sequence[str]) -> None:
        self.landing.fetch([partial(capture_file, Path(file)) for file in files])

    def _edit(self, question: str) -> None:
        """To be asked again, in other words."""
        self.composer.text.setPlainText(question)
        self.composer.text.selectAll()
        self.composer.text.setFocus()

    def _use(self, options: Options) -> None:
        try:
            save_options(self._house.paths.settings_file, options)
        except SettingsFailure as error:
            self._tell_failure(error)
            return
        self._options = options
        self._theme.choose(options.theme)
        self._house.writers.use(options)
        if self.talk is not None:
            self.talk.use(options)
        self.tray.enter()

    def _may_focus(self) -> bool:
        """Whether something that asks may have the focus: nobody is in the middle of something."""
        there = self.focusWidget()
        around = (self.composer, self.transcript)
        inside = there is None or any(each is there or each.isAncestorOf(there) for each in around)
        return inside and not self.composer.text.toPlainText().strip()

    # What the parts tell

    def _show_transcript(self, transcript: Transcript) -> None:
        self._arrangement.show_conversation(empty=not len(transcript))
        self.transcript.show_transcript(transcript)
        self.panel.mark(self.session.conversation)

    def _added(self) -> None:
        self._arrangement.show_conversation(empty=False)
        self.transcript.added()
        self._announce(len(self.session.transcript) - 1)

    def _announce(self, row: int) -> None:
        if (view := self.session.transcript.view(row)) is not None:
            self._announcer.follow(view)

    def _words_came(self) -> None:
        """By a key that is heard everywhere, it may be."""
        if not self.isVisible() or self.isMinimized():
            self.come_forward()

    def _forgotten(self, conversation: str) -> None:
        if conversation == self.session.conversation:
            self.open_new()
        self._list.refresh()

    def _offer(self, turn: TurnWidget, attachment: Attachment, where: QPoint) -> None:
        self.acting.offer(turn.view, attachment, where)

    def _tell_done(self, sentence: str) -> None:
        """For a moment, where what can be done is hinted at otherwise."""
        self.composer.show_done(sentence)
        self._announcer.say(sentence)

    def _tell_failure(self, error: NearlingError) -> None:
        self.tell(of_failure(error))

    def _stumbled(self, error: BaseException) -> None:
        raise error  # to the one place where every bug ends

    # Qt's

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remembered.keep(self, self._arrangement.splitter)
        self.hide()  # before what may take a second
        if self.tray.here and self._options.closing == "tray" and not self._quitting:
            event.ignore()
            return
        self.tray.close()
        self._tasks.close()
        super().closeEvent(event)
