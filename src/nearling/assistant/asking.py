"""What is to be asked: a turn in words, with its sources, what was said before, and its rules."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from nearling.assistant.consent import waiting_for_consent, within
from nearling.assistant.prompt import build_prompt
from nearling.assistant.question import accepted
from nearling.assistant.recordings import Recordings
from nearling.assistant.routing import Rules
from nearling.assistant.sources import Gathering, Sources, ancestors
from nearling.assistant.surroundings import UNHINDERED, Surroundings
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Decision, Route, Turn
from nearling.core.events import Progress, Worded, WrittenDown
from nearling.core.hearing import Transcript
from nearling.core.media import Capture
from nearling.core.outgoing import UNCHANGED, Consent, Edits
from nearling.core.prompt import Prompt
from nearling.history.history import History

_Told = Gathering | Worded


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of the assistant, from its first event to its last."""

    turn: Turn
    captures: Mapping[str, Capture]
    """Bytes still in memory, by digest."""
    rules: Rules
    decision: Decision
    started: float
    """Seconds of time.perf_counter."""
    cancellation: Cancellation
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """One prompt on its way to an answer."""

    turn: Turn
    prompt: Prompt
    rules: Rules
    consent: Consent | None
    """To what of it may leave this computer."""
    edits: Edits
    """What the person changed of what would leave."""
    shown: Route | None
    """The one that consent was asked for."""
    marked: bool
    """Something in it is marked to stay on this computer."""
    heard: Mapping[str, Transcript]
    """Of the recordings among the sources, by digest."""
    started: float
    """Seconds of time.perf_counter."""
    cancellation: Cancellation
    surroundings: Surroundings = UNHINDERED


class Asker:
    def __init__(
        self,
        history: History,
        sources: Sources,
        recordings: Recordings,
        surroundings: Callable[[], Surroundings],
    ) -> None:
        self._surroundings = surroundings
        self._history = history
        self._sources = sources
        self._recordings = recordings

    def asking(self, asked: Asked) -> Generator[_Told, None, Asking]:
        """Raises what Sources.gather and Recordings.write_down raise, or UnusableQuestion."""
        turn = yield from self._worded(asked.turn, asked.cancellation)
        waiting = waiting_for_consent(turn)
        edits = UNCHANGED if waiting is None else waiting.edits
        if asked.consent is not None:
            edits = asked.consent.edits
        return (yield from self._whole(asked, turn, edits))

    def asking_quietly(self, asked: Asked, edits: Edits) -> Asking:
        """As `asking` has it for these edits; nobody is told on the way."""
        events = self._whole(asked, asked.turn, edits)
        try:
            while True:
                next(events)
        except StopIteration as end:
            asking: Asking = end.value
            return asking

    def _whole(self, asked: Asked, turn: Turn, edits: Edits) -> Generator[Gathering, None, Asking]:
        """The same each time, so that consent can be given to it."""
        cancellation = asked.cancellation
        earlier = ancestors(turn, self._history.turns(turn.conversation))
        about = yield from self._sources.gather(turn, earlier, asked.captures, cancellation)
        return Asking(
            turn=turn,
            prompt=build_prompt(turn.message.text, about.sources, earlier),
            rules=within(asked.rules, asked.decision, asked.consent, (*earlier, turn)),
            consent=asked.consent if asked.decision is Decision.SEND else None,
            edits=edits,
            shown=None if (waiting := waiting_for_consent(turn)) is None else waiting.route,
            marked=any(each.message.local_only for each in (*earlier, turn)),
            heard=about.heard,
            started=asked.started,
            cancellation=cancellation,
            surroundings=self._surroundings(),
        )

    def _worded(
        self, turn: Turn, cancellation: Cancellation
    ) -> Generator[Progress | WrittenDown | Worded, None, Turn]:
        """`turn` with its question in words, also when it was spoken."""
        clips = [each for each in turn.message.attachments if each.spoken]
        if turn.message.text or not clips:
            return turn
        heard = yield from self._recordings.write_down(clips[0], cancellation)
        turn = self._history.word(turn.id, accepted(heard.text))
        yield Worded(turn.message.text)
        return turn
