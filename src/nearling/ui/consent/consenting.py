"""Attends to turns that wait for consent: finds out what would leave, and does what was decided.

What a person changed is kept here, turn by turn: a turn that is scrolled away has no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from nearling.core.cancellation import Cancellation
from nearling.core.errors import NearlingError
from nearling.core.events import NeedsConsent
from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.core.outgoing import UNCHANGED, Edits, Outgoing
from nearling.ui.chat.turn_view import State
from nearling.ui.consent.asked import Asked, disclosing, dropping, hiding, showing
from nearling.ui.consent.words import MARK, every_byte
from nearling.ui.house import House
from nearling.ui.models.known import Known
from nearling.ui.notices import Notice
from nearling.ui.picture.pictures import Pictures
from nearling.ui.session import Session
from nearling.ui.tasks import Job, Tasks
from nearling.ui.theme.theme import Theme

_CARD = "nearling.ui.consent.card"
"""Imported before it is needed, in the background: few turns ever ask, and then at once."""

if TYPE_CHECKING:
    from nearling.ui.chat.turn_widget import TurnWidget
    from nearling.ui.consent.card import ConsentCard


@dataclass(frozen=True, slots=True)
class _Prepared:
    needed: NeedsConsent
    attachments: Mapping[str, Attachment]
    marks: frozenset[str]
    images: Mapping[str, QImage]


class Consenting(QObject):
    def __init__(
        self,
        window: QWidget,
        house: House,
        theme: Theme,
        tasks: Tasks,
        pictures: Pictures,
        *,
        session: Session,
        known: Known,
        tell: Callable[[Notice], None],
        may_focus: Callable[[], bool],
        seek: Callable[[QWidget], None],
        leave: Callable[[], None],
    ) -> None:
        """`may_focus`: whether the person is not in the middle of something else; `seek` brings a
        card into sight; `leave` has the focus go on once something was decided.
        """
        super().__init__(window)
        self._house, self._theme, self._tasks = house, theme, tasks
        self._pictures = pictures
        self._session, self._known, self._tell = session, known, tell
        known.changed.connect(self._show_beyond)
        self._get_ready()
        self._may_focus, self._seek, self._leave = may_focus, seek, leave
        self._asked: dict[str, Asked] = {}
        self._turns: WeakValueDictionary[str, TurnWidget] = WeakValueDictionary()
        """Those that are there: what was scrolled away is let go."""
        self._cards: dict[str, ConsentCard] = {}
        self._jobs: dict[str, Job[_Prepared]] = {}

    def attend(self, turn: TurnWidget) -> None:
        """To a turn that was made just now."""
        self._turns[turn.view.id] = turn
        of = turn.view.id
        turn.viewed.connect(partial(self._see_soon, turn))
        turn.further.show_beyond(beyond=self._known.beyond)
        turn.further.larger_wanted.connect(partial(self._when_free, self._session.ask_beyond, of))
        turn.further.here_wanted.connect(partial(self._when_free, self._session.answer_here, of))
        turn.further.afresh_wanted.connect(partial(self._ask_afresh, of))
        self._see_soon(turn)

    # What a turn shows

    def _see_soon(self, turn: TurnWidget) -> None:
        """In an event of its own: a turn and its card together would be a hitch."""
        waits = turn.view.asks is not None and turn.below is None
        if waits:
            QTimer.singleShot(0, turn, partial(self._see, turn))
        else:
            self._see(turn)

    def _see(self, turn: TurnWidget) -> None:
        view, known = turn.view, self._asked.get(turn.view.id)
        if view.asks is None or not view.finished:
            if turn.below is not None:
                turn.put_below(None)
            if view.finished and known is not None:  # what was hidden is hidden next time, too
                self._asked[view.id] = replace(known, sent=False)
            return
        fresh = view.needed is not None and (known is None or known.given is not view.needed)
        if known is None or fresh:
            kept = UNCHANGED if view.needed is None else view.needed.edits
            self._asked[view.id] = Asked(
                view.asks,
                answered=view.state is State.ANSWERED,
                given=view.needed,
                edits=kept if known is None else known.edits,
                changed=known is not None and known.sent,
            )
            self._prepare(view.id, None if known is None else known.edits)
        if turn.below is None:
            self._show(turn)
            if fresh and self._may_focus():
                card = self._cards[view.id]
                card.setFocus()
                card.completed.connect(partial(self._seek, card))

    def _show(self, turn: TurnWidget) -> None:
        from nearling.ui.consent.card import ConsentCard
        from nearling.ui.consent.folded import Folded

        of = turn.view.id
        asked = self._asked[of]
        self._cards.pop(of, None)
        if asked.put_off:
            folded = Folded()
            folded.look_wanted.connect(partial(self._unfold, of))
            folded.here.connect(partial(self._answer_here, of))
            turn.put_below(folded)
            return
        card = ConsentCard(self._theme, self._pictures, asked)
        card.disclosed.connect(
            lambda picture: self._edited(of, disclosing(self._asked[of].edits, picture))
        )
        card.hide_wanted.connect(lambda words: self._edit(of, hiding, words))
        card.show_wanted.connect(lambda words: self._edit(of, showing, words))
        card.drop_wanted.connect(
            lambda digest, dropped: self._edited(
                of, dropping(self._asked[of].edits, digest, dropped=dropped)
            )
        )
        card.earlier_wanted.connect(
            lambda on: self._edited(of, replace(self._asked[of].edits, without_earlier=not on))
        )
        card.every_byte.wanted.connect(partial(self._show_bytes, of))
        card.resized.connect(turn.resized)
        card.sent.connect(partial(self._send, of))
        card.here.connect(partial(self._answer_here, of))
        card.put_off.connect(partial(self._put_off, of))
        self._cards[of] = card
        turn.put_below(card)

    def _update(self, turn: str) -> None:
        card = self._cards.get(turn)
        if card is not None and isValid(card):
            card.show_asked(self._asked[turn])

    # What would leave

    def _edit(self, turn: str, how: Callable[[Edits, str], Edits], words: str) -> None:
        edits = self._asked[turn].edits
        for each in MARK.split(words):  # what is hidden already is no words of the person's
            edits = how(edits, each)
        self._edited(turn, edits)

    def _edited(self, turn: str, edits: Edits) -> None:
        asked = self._asked[turn]
        if edits == asked.edits:
            return
        self._asked[turn] = asked.edited(edits)
        self._update(turn)
        self._prepare(turn, edits)

    def _prepare(self, turn: str, edits: Edits | None) -> None:
        """Finds out what would leave with `edits`, None: with those that are kept.

        What is under way is given up.
        """
        if (before := self._jobs.pop(turn, None)) is not None:
            before.drop()
        given = self._asked[turn].given

        def work(cancellation: Cancellation) -> _Prepared:
            if given is not None and edits in (None, given.edits):
                return self._looked_at(given)
            return self._looked_at(self._house.assistant.preview(turn, edits, cancellation))

        def then(prepared: _Prepared) -> None:
            self._jobs.pop(turn, None)
            self._asked[turn] = replace(
                self._asked[turn],
                edits=prepared.needed.edits,
                needed=prepared.needed,
                attachments=prepared.attachments,
                marks=prepared.marks,
                images=prepared.images,
            )
            self._update(turn)

        def failed(error: NearlingError) -> bool:
            self._jobs.pop(turn, None)
            told = f"{error.sentence} {error.remedy}"
            self._asked[turn] = replace(self._asked[turn], failure=told)
            self._update(turn)
            return True

        self._jobs[turn] = self._tasks.call(work, then, failed=failed)

    def _looked_at(self, needed: NeedsConsent) -> _Prepared:
        """Takes its time: not on the thread of the window."""
        history, pieces = self._house.history, needed.outgoing.pieces
        turns = history.turns(history.turn(needed.turn).conversation)
        return _Prepared(
            needed,
            {each.digest: each for past in turns for each in past.message.attachments},
            frozenset(mark for piece in pieces for mark in MARK.findall(piece.text)),
            {
                piece.digest: QImage.fromData(piece.picture.data)
                for piece in pieces
                if piece.picture is not None
            },
        )

    def _show_bytes(self, turn: str) -> None:
        asked, card = self._asked[turn], self._cards[turn]
        outgoing = asked.outgoing
        if outgoing is None:
            return

        def then(text: str) -> None:
            if isValid(card) and card.every_byte.outgoing is outgoing:
                card.every_byte.show_text(text)

        self._tasks.call(lambda _: every_byte(outgoing), then)

    # What was decided

    def _send(self, turn: str, outgoing: Outgoing, lift: bool) -> None:
        asked = self._asked[turn]
        if asked.ready and outgoing is asked.outgoing and self._is_free():
            self._asked[turn] = replace(asked, sent=True)
            self._leave()
            self._session.send(turn, outgoing, asked.edits, lift=lift)

    def _answer_here(self, turn: str) -> None:
        self._when_free(self._session.answer_here, turn)

    def _ask_afresh(self, turn: str) -> None:
        route = self._turns[turn].view.route
        if route is not None and self._is_free():
            self._session.ask_afresh(turn, route.writer)

    def _put_off(self, turn: str) -> None:
        self._leave()
        if self._asked[turn].answered:  # then nothing waits for it
            self._tasks.call(
                lambda _: self._house.assistant.withdraw(turn),
                lambda _: self._session.load([turn]),
            )
        else:
            self._fold(turn, put_off=True)

    def _unfold(self, turn: str) -> None:
        self._fold(turn, put_off=False)
        self._cards[turn].setFocus()

    def _fold(self, turn: str, *, put_off: bool) -> None:
        self._asked[turn] = replace(self._asked[turn], put_off=put_off)
        widget = self._turns.get(turn)
        if widget is not None and isValid(widget):
            self._show(widget)

    def _when_free(self, act: Callable[[str], None], turn: str) -> None:
        if self._is_free():
            self._leave()
            act(turn)

    def _show_beyond(self) -> None:
        self._get_ready()
        for turn in self._turns.values():
            if isValid(turn):
                turn.further.show_beyond(beyond=self._known.beyond)

    def _get_ready(self) -> None:
        if self._known.beyond:
            self._tasks.call(lambda _: import_module(_CARD), lambda _: None)

    def _is_free(self) -> bool:
        if self._session.is_busy:
            self._tell(
                Notice(
                    _("A question is being answered right now."),
                    _("Wait until it is done, or stop it first."),
                )
            )
        return not self._session.is_busy
