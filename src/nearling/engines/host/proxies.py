"""Engines as the rest of the house sees them: the abilities, fulfilled by a child process."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.errors import EngineLost
from nearling.core.events import Written
from nearling.core.extraction import Found
from nearling.core.hearing import Heard, Hearing, Speech
from nearling.core.media import Capture, Rendition
from nearling.core.outgoing import CleanPicture, Disclosure, PictureEdit
from nearling.core.prompt import Prompt
from nearling.core.reading import Reading
from nearling.engines.host.messages import (
    Clean,
    Done,
    Extract,
    Listen,
    Listened,
    Read,
    Render,
    Write,
    Wrote,
)
from nearling.engines.host.supervisor import Supervisor

_TRIES = 3
_log = logging.getLogger(__name__)


class ReaderProxy:
    """A Reader whose engine may die: the picture is still here and is handed to a new child."""

    def __init__(self, supervisor: Supervisor, engine: str) -> None:
        self._supervisor = supervisor
        self._engine = engine

    def read(self, picture: Capture, cancellation: Cancellation) -> Reading:
        for tries_left in reversed(range(_TRIES)):
            try:
                return self._once(picture, cancellation)
            except EngineLost:
                if not tries_left:
                    raise
                _log.warning("the reading process was lost; starting it again")
        raise AssertionError("unreachable")

    def _once(self, picture: Capture, cancellation: Cancellation) -> Reading:
        answers = self._supervisor.call(
            lambda id: Read(id, self._engine, picture.name),
            cancellation,
            picture.data,
        )
        for answer in answers:
            if isinstance(answer, Done) and answer.reading is not None:
                return answer.reading
        raise AssertionError("a read call ends with its reading")


class DecoderProxy:
    """A Decoder in a child; a picture that kills it once is not tried again."""

    def __init__(self, supervisor: Supervisor, engine: str) -> None:
        self._supervisor = supervisor
        self._engine = engine

    def decode(self, picture: Capture, longest: int, cancellation: Cancellation) -> Rendition:
        answers = self._supervisor.call(
            lambda id: Render(id, self._engine, picture.name, longest), cancellation, picture.data
        )
        for answer in answers:
            if isinstance(answer, Done) and answer.rendition is not None:
                return answer.rendition
        raise AssertionError("a render call ends with its rendition")


class CleanerProxy:
    """A Cleaner in a child; a picture that kills it once is not tried again."""

    def __init__(self, supervisor: Supervisor, engine: str) -> None:
        self._supervisor = supervisor
        self._engine = engine

    def clean(
        self, picture: Capture, edit: PictureEdit, cancellation: Cancellation
    ) -> CleanPicture:
        if edit.disclosure is Disclosure.TEXT:
            raise ValueError("nothing but text is shown of this picture")
        answers = self._supervisor.call(
            lambda id: Clean(id, self._engine, picture.name, edit), cancellation, picture.data
        )
        for answer in answers:
            if isinstance(answer, Done) and answer.clean is not None:
                return answer.clean
        raise AssertionError("a clean call ends with its picture")


class ExtractorProxy:
    """An Extractor in a child; what was read is still here and is handed to a new one."""

    def __init__(self, supervisor: Supervisor, engine: str) -> None:
        self._supervisor = supervisor
        self._engine = engine

    def extract(
        self, readings: Sequence[Reading], fields: Sequence[str], cancellation: Cancellation
    ) -> tuple[Found | None, ...]:
        for tries_left in reversed(range(_TRIES)):
            try:
                return self._once(tuple(readings), tuple(fields), cancellation)
            except EngineLost:
                if not tries_left:
                    raise
                _log.warning("the extracting process was lost; starting it again")
        raise AssertionError("unreachable")

    def _once(
        self, readings: tuple[Reading, ...], fields: tuple[str, ...], cancellation: Cancellation
    ) -> tuple[Found | None, ...]:
        answers = self._supervisor.call(
            lambda id: Extract(id, self._engine, readings, fields), cancellation
        )
        for answer in answers:
            if isinstance(answer, Done) and answer.extracted is not None:
                return answer.extracted
        raise AssertionError("an extract call ends with its fields")


class WriterProxy:
    """A Writer in a child; a loss before its first event is mended, a later one is told."""

    def __init__(self, supervisor: Supervisor, engine: str) -> None:
        self._supervisor = supervisor
        self._engine = engine

    def write(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        for tries_left in reversed(range(_TRIES)):
            begun = False
            try:
                for event in self._once(prompt, cancellation):
                    begun = True
                    yield event
            except EngineLost:
                if begun or not tries_left:
                    raise
                _log.warning("the writing process was lost; starting it again")
            else:
                return

    def _once(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        answers = self._supervisor.call(
            lambda id: Write(id, self._engine, prompt),
            cancellation,
        )
        for answer in answers:
            if isinstance(answer, Wrote):
                yield answer.event


class TranscriberProxy:
    """A Transcriber whose engine may die: the recording is on the disk, and heard once more."""

    def __init__(self, supervisor: Supervisor, engine: str) -> None:
        self._supervisor = supervisor
        self._engine = engine

    def transcribe(
        self, recording: Path, speech: Speech, cancellation: Cancellation
    ) -> Iterator[Heard]:
        untold = _Untold()
        for tries_left in reversed(range(_TRIES)):
            try:
                for event in self._once(recording, speech, cancellation):
                    yield from untold.of(event)
            except EngineLost:
                if not tries_left:
                    raise
                _log.warning("the hearing process was lost; starting it again")
                untold.begin_again()
            else:
                return

    def _once(self, recording: Path, speech: Speech, cancellation: Cancellation) -> Iterator[Heard]:
        answers = self._supervisor.call(
            lambda id: Listen.of(id, self._engine, recording, speech), cancellation
        )
        for answer in answers:
            if isinstance(answer, Listened):
                yield answer.event


class _Untold:
    """What was not told yet: the same recording is heard in the same words again."""

    def __init__(self) -> None:
        self._position = 0.0
        self._told = 0
        """Segments."""
        self._again = 0
        """Of those, how many came since the last beginning."""

    def begin_again(self) -> None:
        self._again = 0

    def of(self, event: Heard) -> Iterator[Heard]:
        if not isinstance(event, Hearing):
            yield event
            return
        known = min(max(self._told - self._again, 0), len(event.segments))
        self._again += len(event.segments)
        self._told = max(self._told, self._again)
        if event.position >= self._position or known < len(event.segments):
            self._position = max(self._position, event.position)
            yield replace(event, segments=event.segments[known:])
