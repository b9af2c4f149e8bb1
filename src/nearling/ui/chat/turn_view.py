"""One turn as it is shown, made from what is kept or, while it happens, from its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from nearling.core.conversation import (
    Attempt,
    AttemptStatus,
    Citation,
    Draft,
    Receipt,
    Route,
    Turn,
    TurnStatus,
)
from nearling.core.errors import Cancelled
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Cited,
    Compacted,
    Declined,
    Delta,
    DocumentRead,
    Doubted,
    End,
    Event,
    Failed,
    NeedsConsent,
    NeedsModel,
    Opened,
    Progress,
    Routed,
    Understood,
    Worded,
    WrittenDown,
)
from nearling.core.language import gettext as _
from nearling.core.media import Attachment


class State(StrEnum):
    WORKING = "working"
    ANSWERED = "answered"
    REFUSED = "refused"
    """Nobody allowed could answer."""
    WAITING = "waiting"
    """It can be gone on with."""
    STOPPED = "stopped"
    """The person wanted it so."""


_STATES = {
    TurnStatus.OPEN: State.WORKING,
    TurnStatus.WAITING: State.WAITING,
    TurnStatus.ANSWERED: State.ANSWERED,
    TurnStatus.UNANSWERED: State.REFUSED,
    TurnStatus.CANCELLED: State.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Partial:
    """What came from beyond this computer before that broke off."""

    route: Route
    text: str


@dataclass(frozen=True, slots=True)
class TurnView:
    id: str
    question: str
    attachments: tuple[Attachment, ...]
    state: State
    local_only: bool = False
    """It is marked to stay on this computer."""
    text: str = ""
    """The answer, or the part of it that was written."""
    citations: tuple[Citation, ...] = ()
    """What the answer rests on; where there is none, what comes closest."""
    route: Route | None = None
    receipt: Receipt | None = None
    progress: str = ""
    reasons: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """What the writer's context could not hold."""
    doubted: tuple[str, ...] = ()
    """Words in quotation marks that no source says."""
    answers: tuple[Attempt, ...] = ()
    """All that were given, oldest first."""
    at: int = 0
    """Which of them is shown."""
    partials: tuple[Partial, ...] = ()
    """Of earlier tries, oldest first."""
    asks: Route | None = None
    """Where it would be sent, once the person lets it leave."""
    needed: NeedsConsent | None = None
    """What would leave then, where that is known already."""

    @property
    def resumable(self) -> bool:
        return self.state in (State.WAITING, State.REFUSED, State.STOPPED)

    @property
    def finished(self) -> bool:
        return self.state is not State.WORKING


def of_turn(turn: Turn) -> TurnView:
    attempt = turn.answer or (turn.attempts[-1] if turn.attempts else None)
    view = TurnView(
        turn.id,
        turn.message.text,
        turn.message.attachments,
        _STATES[turn.status],
        turn.message.local_only,
        reasons=(turn.note,) if turn.note else (),
        answers=tuple(a for a in turn.attempts if a.status is AttemptStatus.ANSWERED),
        partials=tuple(Partial(a.route, a.text) for a in turn.attempts if _broken(a, attempt)),
    )
    last = turn.attempts[-1] if turn.attempts else None
    if last is not None and last.status is AttemptStatus.WAITING and view.finished:
        view = replace(view, asks=last.route, reasons=())
    if view.answers and view.finished:
        return with_answer(view, len(view.answers) - 1)
    return view if attempt is None else _with_attempt(view, attempt)


def _broken(attempt: Attempt, shown: Attempt | None) -> bool:
    ended = (AttemptStatus.FAILED, AttemptStatus.INTERRUPTED, AttemptStatus.CANCELLED)
    partial = attempt.status in ended and bool(attempt.text)
    return partial and attempt.route.leaves and attempt is not shown


def with_answer(view: TurnView, at: int) -> TurnView:
    """As it looks with the answer `at` of those that it has."""
    answered = replace(view, state=State.ANSWERED, progress="", reasons=(), remedies=(), at=at)
    return _with_attempt(answered, view.answers[at])


def of_draft(draft: Draft, turn: str) -> TurnView:
    attachments = tuple(capture.attachment for capture in draft.captures)
    return TurnView(turn, draft.question, attachments, State.WORKING, draft.local_only)


def resumed(view: TurnView) -> TurnView:
    """As it looks the moment it is gone on with."""
    return TurnView(
        view.id,
        view.question,
        view.attachments,
        State.WORKING,
        view.local_only,
        answers=view.answers,
        partials=_partials(view),
    )


def _partials(view: TurnView) -> tuple[Partial, ...]:
    away = view.route is not None and view.route.leaves
    if view.route is None or not away or not view.text or view.state is State.ANSWERED:
        return view.partials
    return (*view.partials, Partial(view.route, view.text))


def after(view: TurnView, events: Iterable[Event]) -> TurnView:
    """`view` once `events` have happened to its turn."""
    words: list[str] = []
    for event in events:
        if isinstance(event, Delta):
            words.append(event.text)
        else:
            view = _after(replace(view, text=view.text + "".join(words)), event)
            words.clear()
    return replace(view, text=view.text + "".join(words)) if words else view


def _after(view: TurnView, event: Event) -> TurnView:  # noqa: PLR0911  one return an event
    if isinstance(event, End):
        return _ended(view, event)
    match event:
        case Progress():
            return replace(view, progress=event.sentence)
        case Understood() | DocumentRead():
            return replace(view, progress=_("Read {name}").format(name=event.name))
        case WrittenDown():
            return replace(view, progress=_("Heard {name}").format(name=event.name))
        case Worded():
            return replace(view, question=event.question)
        case Routed():
            return replace(view, route=event.route, progress="")
        case Compacted():
            return replace(view, left_out=event.left_out)
        case Cited():
            return replace(view, citations=(*view.citations, event.citation))
        case Doubted():
            return replace(view, doubted=(*view.doubted, event.text))
        case Declined():
            return replace(view, text="", citations=(), route=None, left_out=(), doubted=())
        case Opened() | Delta():
            return view


def _ended(view: TurnView, event: End) -> TurnView:
    """Where another answer was wanted and did not come, the latest one stands, and why is said."""
    if isinstance(event, Answered):
        answers = (*view.answers, event.attempt)
        return with_answer(replace(view, answers=answers), len(answers) - 1)
    ended = _unanswered(view, event)
    if not view.answers:
        return ended
    kept = with_answer(view, len(view.answers) - 1)
    return replace(
        kept,
        reasons=ended.reasons,
        remedies=ended.remedies,
        asks=ended.asks,
        needed=ended.needed,
    )


def _unanswered(
    view: TurnView, event: CannotAnswer | NeedsConsent | NeedsModel | Failed
) -> TurnView:
    match event:
        case CannotAnswer():
            return replace(
                view,
                state=State.REFUSED,
                progress="",
                route=None,
                citations=event.closest,
                reasons=event.reasons,
                remedies=event.remedies,
            )
        case NeedsConsent():
            return replace(view, state=State.WAITING, progress="", asks=event.route, needed=event)
        case NeedsModel():
            return replace(
                view,
                state=State.WAITING,
                progress="",
                reasons=(event.sentence,),
                remedies=(event.remedy,),
            )
        case Failed():
            stopped = event.kind == Cancelled.kind
            return replace(
                view,
                state=State.STOPPED if stopped else State.WAITING,
                progress="",
                text=event.partial,
                reasons=() if stopped else (event.sentence,),
                remedies=() if stopped else (event.remedy,),
            )


def _left(attempt: Attempt) -> bool:
    """Whether it went beyond this computer, or tried to."""
    return attempt.route.leaves and attempt.status is not AttemptStatus.WAITING


def _with_attempt(view: TurnView, attempt: Attempt) -> TurnView:
    answered = view.state is State.ANSWERED
    return replace(
        view,
        text=attempt.text,
        citations=attempt.citations,
        route=attempt.route if answered or attempt.text or _left(attempt) else None,
        receipt=attempt.receipt if answered else None,
        left_out=attempt.receipt.left_out if attempt.receipt else (),
        doubted=attempt.receipt.doubted if attempt.receipt else (),
    )
