"""What is shown while somebody talks, worked out from what is told; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from nearling.core.talk import (
    Dropped,
    Ended,
    Ending,
    HandsFree,
    Heard,
    Level,
    Listening,
    ListeningAhead,
    NothingArrives,
    NothingSaid,
    Opening,
    SomethingArrives,
    Spoken,
    Told,
    Troubled,
)


class Phase(StrEnum):
    QUIET = "quiet"
    OPENING = "opening"
    LISTENING = "listening"
    WRITING = "writing"
    """Nobody talks any more, and not all is written down."""


@dataclass(frozen=True, slots=True)
class TalkView:
    take: Path | None = None
    """The one that is being made."""
    began: float | None = None
    """When its first samples came, on the clock of whoever asks."""
    device: str = ""
    hands_free: bool = False
    silent: bool = False
    """No sound is arriving."""
    level: Level | None = None
    stable: str = ""
    tentative: str = ""
    writing: tuple[Path, ...] = ()
    """Takes that have ended and are still being written down."""
    ahead: bool = False
    """The seconds before a press are kept in memory."""

    @property
    def phase(self) -> Phase:
        if self.take is not None:
            return Phase.OPENING if self.began is None else Phase.LISTENING
        return Phase.WRITING if self.writing else Phase.QUIET

    @property
    def under_way(self) -> bool:
        return self.phase is not Phase.QUIET

    def seconds(self, now: float) -> int:
        """That have been spoken."""
        return 0 if self.began is None else max(0, int(now - self.began))


def after(view: TalkView, told: Told, now: float) -> TalkView:  # noqa: C901, PLR0911  one a value
    """`view` once `told` was told at `now`."""
    match told:
        case Opening():
            return TalkView(told.take, writing=view.writing, ahead=view.ahead)
        case Listening():
            return replace(view, began=now, device=told.device)
        case Level():
            return replace(view, level=told)
        case NothingArrives():
            return replace(view, silent=True)
        case SomethingArrives():
            return replace(view, silent=False)
        case HandsFree():
            return replace(view, hands_free=True)
        case ListeningAhead():
            return replace(view, ahead=told.on)
        case Heard():
            if view.take not in (None, told.take):  # an earlier one, still being written down
                return view
            return replace(view, stable=told.hearing.stable, tentative=told.hearing.tentative)
        case Ended():
            if told.reason is Ending.CLOSED:
                return _without(view, told.take)
            ended = _without(view, told.take, words=True)
            return replace(ended, writing=(*ended.writing, told.take))
        case Dropped() | Spoken() | NothingSaid() | Troubled():
            return _without(view, told.take)


def _without(view: TalkView, take: Path | None, *, words: bool = False) -> TalkView:
    """Once nothing more comes of `take`, None for the one that could not even begin.

    With `words`, what was heard of it stays.
    """
    left = tuple(each for each in view.writing if each != take)
    if view.take is not None and take not in (None, view.take):
        return replace(view, writing=left)
    kept = (view.stable, view.tentative) if words else ("", "")
    return TalkView(stable=kept[0], tentative=kept[1], writing=left, ahead=view.ahead)


def awaiting(view: TalkView, take: Path) -> TalkView:
    """`view` once a take that lies there already is to be heard."""
    return replace(view, writing=(*view.writing, take))
