"""The conversation that is open: asks, stops, goes on, and keeps its transcript up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Decision, Draft, Mode, Summary, TurnOutline
from nearling.core.media import Capture
from nearling.core.writers import Zone
from nearling.settings.options import Options
from nearling.ui.chat.transcript import Transcript
from nearling.ui.house import House
from nearling.ui.tasks import Job, Tasks

if TYPE_CHECKING:  # nobody asks before the window is seen
    from nearling.assistant.routing import Rules
    from nearling.core.events import Event, Opened
    from nearling.core.outgoing import Edits, Outgoing
    from nearling.ui.chat.turn_view import TurnView

_AT_ONCE = 8
"""Turns loaded with the outline; enough to fill a screen."""

_Loaded = tuple[Summary, tuple[TurnOutline, ...], str | None, Mode | None]
"""A conversation, its turns, who answers in it, and how far it may go for that."""


class Session(QObject):
    """One turn is worked on at a time, whichever conversation is looked at."""

    shown = Signal(object)
    """Another Transcript."""
    found = Signal(int)
    """The row that was looked for in it."""
    added = Signal()
    changed = Signal(int)
    titled = Signal(str, int)
    """What the conversation is called, and how many questions it holds."""
    busy = Signal(bool)
    kept = Signal()
    """The question is on the disk: it need not be kept in the composer."""
    ended = Signal()
    writer_chosen = Signal()
    """Who answers in the open conversation may be another one."""
    mode_chosen = Signal()
    """The open conversation may go further for an answer, or less far."""

    def __init__(self, house: House, tasks: Tasks, options: Callable[[], Options]) -> None:
        super().__init__()
        self._house = house
        self._tasks = tasks
        self._options = options
        self.conversation: str | None = None
        self.writer: str | None = None
        """The id of who answers in it; None: whoever is best."""
        self._mode: Mode | None = None
        """How far it may go; None: as the settings say."""
        self.transcript = Transcript()
        self._title = ""
        self._job: Job[Event] | None = None
        self._live: TurnView | None = None
        self._loading: set[str] = set()

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    @property
    def mode(self) -> Mode:
        return self._mode or Mode(self._options().new_mode)

    # Looking

    def open_new(self) -> None:
        self._show(None, "", ())

    def open(self, conversation: str, turn: str = "") -> None:
        """At its end, or where `turn` is."""

        def work(_: Cancellation) -> tuple[_Loaded, list[TurnView]]:
            from nearling.ui.chat.turn_view import of_turn

            history = self._house.history
            outlines = history.outlines(conversation)
            last = [of_turn(history.turn(each.id)) for each in outlines[-_AT_ONCE:]]
            summary = history.conversation(conversation)
            writer, mode = (
                history.chosen_writer(conversation),
                history.chosen_mode(conversation),
            )
            return (summary, outlines, writer, mode), last

        def then(loaded: tuple[_Loaded, list[TurnView]]) -> None:
            (summary, outlines, writer, mode), last = loaded
            self._show(summary.id, summary.title, outlines, last, writer=writer, mode=mode)
            row = self.transcript.row(turn)
            if row is not None:
                self.found.emit(row)

        self._tasks.call(work, then)

    def load(self, turns: Sequence[str]) -> None:
        """Has turns of the open conversation loaded that are looked at."""
        wanted = [turn for turn in turns if turn not in self._loading]
        if not wanted:
            return
        self._loading.update(wanted)

        def work(_: Cancellation) -> list[TurnView]:
            from nearling.ui.chat.turn_view import of_turn

            return [of_turn(self._house.history.turn(turn)) for turn in wanted]

        def then(views: list[TurnView]) -> None:
            self._loading.difference_update(wanted)
            for view in views:
                if self._live is None or view.id != self._live.id:
                    self._put(view)

        self._tasks.call(work, then)

    # Asking

    def ask(self, question: str, captures: Sequence[Capture], *, local_only: bool = False) -> None:
        draft = Draft(question, tuple(captures), self.conversation, local_only=local_only)
        rules = self.rules()
        self._begin(
            lambda cancellation: self._house.assistant.answer(draft, rules, cancellation),
            lambda opened: self._opened(draft, opened),
        )

    def resume(self, turn: str) -> None:
        """Goes on with a turn of the open conversation."""
        self._resume(turn, Decision.AGAIN, self.rules())

    def answer_anew(self, turn: str, writer: str | None) -> None:
        """Another answer beside the ones that are there; None: by whoever is best."""
        self._resume(turn, Decision.ANEW, replace(self.rules(), only=writer))

    def answer_whole(self, turn: str) -> None:
        """Another answer, by somebody who needs to leave nothing out."""
        rules = self.rules()
        whole = replace(rules, only=None, preferred=self.writer or rules.preferred, whole=True)
        self._resume(turn, Decision.ANEW, whole)

    def ask_beyond(self, turn: str) -> None:
        """Another answer, from beyond this computer: nothing leaves before consent to it."""
        rules = replace(self._anywhere(), without=frozenset({Zone.COMPUTER}))
        self._resume(turn, Decision.ANEW, rules)

    def ask_afresh(self, turn: str, writer: str) -> None:
        """The same of the same, though it was answered before."""
        self._resume(turn, Decision.ANEW, replace(self._anywhere(), only=writer, afresh=True))

    def answer_here(self, turn: str) -> None:
        """On this computer or not at all."""
        self._resume(turn, Decision.HERE, self.rules())

    def send(self, turn: str, outgoing: Outgoing, edits: Edits, *, lift: bool) -> None:
        """Just what was shown leaves, once."""
        rules = replace(self._anywhere(), afresh=True)  # who sends it wants it sent

        def work(cancellation: Cancellation) -> Iterable[Event]:
            from nearling.core.outgoing import Consent

            consent = Consent(outgoing.digest, edits, lift)  # takes its time with large pictures
            return self._house.assistant.resume(
                turn, Decision.SEND, rules, cancellation, consent=consent
            )

        self._begin(work, lambda _: self._resumed(turn))

    def show_answer(self, turn: str, at: int) -> None:
        """One of several that a turn has."""
        from nearling.ui.chat.turn_view import with_answer

        row = self.transcript.row(turn)
        view = None if row is None else self.transcript.view(row)
        if view is not None and view.finished:
            self._put(with_answer(view, at))

    def _resume(self, turn: str, decision: Decision, rules: Rules) -> None:
        self._begin(
            lambda cancellation: self._house.assistant.resume(turn, decision, rules, cancellation),
            lambda _: self._resumed(turn),
        )

    def _resumed(self, turn: str) -> None:
        from nearling.ui.chat.turn_view import resumed

        row = self.transcript.row(turn)
        view = None if row is None else self.transcript.view(row)
        if view is not None:
            self._live = resumed(view)
            self._put(self._live)

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _begin(
        self,
        work: Callable[[Cancellation], Iterable[Event]],
        opened: Callable[[Opened], None],
    ) -> None:
        if self._job is not None:
            return
        from nearling.core.events import Opened
        from nearling.ui.chat.turn_view import after

        def each(events: Sequence[Event]) -> None:
            for event in events:
                if isinstance(event, Opened):
                    opened(event)
            if self._live is not None:
                self._live = after(self._live, events)
                self._put(self._live)

        self._job = self._tasks.stream(work, each, ended=self._end)
        self.busy.emit(True)

    def _opened(self, draft: Draft, event: Opened) -> None:
        from nearling.ui.chat.turn_view import of_draft

        self._live = of_draft(draft, event.turn)
        if self.conversation == draft.conversation:
            if draft.conversation is None:
                title = " ".join(draft.question.split())
                self._show(event.conversation, title, (), writer=self.writer, mode=self._mode)
                if self.writer is not None:
                    self._keep_writer()
                if self._mode is not None:
                    self._keep_mode()
            self.transcript.add(self._live)
            self.added.emit()
            self.titled.emit(self._title, len(self.transcript))
        self.kept.emit()

    def _end(self) -> None:
        self._job = None
        self._live = None
        self.busy.emit(False)
        self.ended.emit()

    def _anywhere(self) -> Rules:
        """Wherever the conversation goes by itself: what leaves then is shown first."""
        return replace(self.rules(), zones=frozenset(Zone), mode=Mode.ASK, lift=True, only=None)

    # Who answers

    def choose_writer(self, writer: str | None) -> None:
        """In the open conversation, from the next question on."""
        if writer != self.writer:
            self.writer = writer
            self.writer_chosen.emit()
            self._keep_writer()

    def rules(self) -> Rules:
        """What holds for the next question."""
        from nearling.assistant.routing import Preference, Rules

        options = self._options()
        return Rules(
            zones=frozenset({Zone.COMPUTER} if self.mode is Mode.HERE else Zone),
            mode=self.mode,
            patience_seconds=options.patience_seconds,
            preference=Preference(options.preference),
            only=self.writer,
            preferred=options.writer_model or None,
        )

    def _keep_writer(self) -> None:
        conversation, writer = self.conversation, self.writer
        if conversation is not None:
            self._tasks.call(
                lambda _: self._house.history.choose_writer(conversation, writer), lambda _: None
            )

    def choose_mode(self, mode: Mode) -> None:
        """For the open conversation, from the next question on."""
        if mode is not self.mode:
            self._mode = mode
            self.mode_chosen.emit()
            self._keep_mode()

    def _keep_mode(self) -> None:
        conversation, mode = self.conversation, self._mode
        if conversation is not None:
            self._tasks.call(
                lambda _: self._house.history.choose_mode(conversation, mode), lambda _: None
            )

    def _show(
        self,
        conversation: str | None,
        title: str,
        outlines: Sequence[TurnOutline],
        loaded: Sequence[TurnView] = (),
        *,
        writer: str | None = None,
        mode: Mode | None = None,
    ) -> None:
        self.conversation, self._title, self.writer = conversation, title, writer
        self._mode = mode
        self.transcript = Transcript(outlines)
        self._loading.clear()
        for view in loaded:
            self.transcript.put(view)
        if self._live is not None:
            self.transcript.put(self._live)
        self.shown.emit(self.transcript)
        self.titled.emit(title, len(self.transcript))
        self.writer_chosen.emit()
        self.mode_chosen.emit()

    def _put(self, view: TurnView) -> None:
        row = self.transcript.put(view)
        if row is not None:
            self.changed.emit(row)
