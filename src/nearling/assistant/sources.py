"""Gathers what a question is about: what came with it, and what came before it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from nearling.assistant.documents import Documents
from nearling.assistant.preparation import Preparation, Prepared
from nearling.assistant.recordings import Recordings, as_page
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Turn
from nearling.core.events import DocumentRead, Progress, Understood, WrittenDown
from nearling.core.hearing import Transcript
from nearling.core.language import gettext as _
from nearling.core.media import Attachment, Capture, Medium
from nearling.core.prompt import Source
from nearling.core.reading import Reading
from nearling.history.history import History


def ancestors(turn: Turn, turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns that lead to `turn`, oldest first, without it; other branches are left out."""
    by_id = {known.id: known for known in turns}
    path: list[Turn] = []
    parent = turn.parent
    while parent is not None and parent in by_id:
        path.append(by_id[parent])
        parent = by_id[parent].parent
    return tuple(reversed(path))


Gathering = Progress | Understood | DocumentRead | WrittenDown


@dataclass(frozen=True, slots=True)
class Gathered:
    sources: tuple[Source, ...]
    """Those of the turn itself first, then earlier ones, newest first, each once."""
    heard: dict[str, Transcript]
    """Of the recordings among them, by digest."""


class Sources:
    """Reads pictures through `preparation` and keeps what they say beside them in `history`."""

    def __init__(
        self,
        history: History,
        preparation: Preparation,
        engine: str,
        recordings: Recordings,
        documents: Documents,
    ) -> None:
        self._history = history
        self._preparation = preparation
        self._engine = engine
        self._recordings = recordings
        self._documents = documents

    def gather(
        self,
        turn: Turn,
        earlier: Sequence[Turn],
        captures: Mapping[str, Capture],
        cancellation: Cancellation,
    ) -> Generator[Gathering, None, Gathered]:
        """What `turn` and the turns before it are about.

        `captures` holds bytes that are still in memory, by digest; others come from the store.
        Raises what Reader.read and Recordings.write_down raise.
        """
        found: dict[str, tuple[Source, ...]] = {}
        heard: dict[str, Transcript] = {}
        answered = [past.id for past in earlier if past.answer is not None]
        for past in (turn, *reversed(earlier)):
            exchange = answered.index(past.id) if past.id in answered else None
            for attachment in _about(past):
                if attachment.digest in found:
                    continue
                if attachment.medium is Medium.DOCUMENT:
                    capture = captures.get(attachment.digest)
                    reads = self._documents.read(attachment, capture, cancellation)
                    yield from (event for event in reads if past is turn)
                    found[attachment.digest] = self._documents.sources(
                        attachment, turn.message.text, _before(earlier), exchange
                    )
                    continue
                if attachment.medium is Medium.CLIP:
                    transcript = yield from self._recordings.write_down(attachment, cancellation)
                    heard[attachment.digest] = transcript
                    reading = as_page(attachment.digest, transcript)
                else:
                    reading = yield from self._read(
                        attachment, captures, cancellation, told=past is turn
                    )
                found[attachment.digest] = (Source(attachment.name, reading, exchange),)
        return Gathered(tuple(chain.from_iterable(found.values())), heard)

    def known_of(self, turns: Sequence[Turn], question: str) -> tuple[Source, ...]:
        """What `turns` (oldest first) are about, as far as it has been read before `question`."""
        answered = [past.id for past in turns if past.answer is not None]
        found: dict[str, tuple[Source, ...]] = {}
        for past in reversed(turns):
            exchange = answered.index(past.id) if past.id in answered else None
            for attachment in _about(past):
                if attachment.digest not in found:
                    found[attachment.digest] = self.known_as(
                        attachment, question, _before(turns), exchange
                    )
        return tuple(chain.from_iterable(found.values()))

    def known_as(
        self, attachment: Attachment, question: str, before: str, exchange: int | None
    ) -> tuple[Source, ...]:
        """As the sources of `question`; none if it has not been read."""
        if attachment.medium is Medium.DOCUMENT:
            return self._documents.sources(attachment, question, before, exchange)
        reading = self.known(attachment.digest)
        return () if reading is None else (Source(attachment.name, reading, exchange),)

    def known(self, digest: str) -> Reading | None:
        """What was read from the file with `digest`, now or at any time before."""
        return self._preparation.remembered(digest) or self._history.reading(digest, self._engine)

    def _kept(self, attachment: Attachment) -> Prepared | None:
        kept = self._history.reading(attachment.digest, self._engine)
        return None if kept is None else Prepared(kept, cached=True)

    def _read(
        self,
        attachment: Attachment,
        captures: Mapping[str, Capture],
        cancellation: Cancellation,
        *,
        told: bool,
    ) -> Generator[Progress | Understood, None, Reading]:
        prepared = self._kept(attachment)
        if prepared is None:
            if told:
                yield Progress(_("Reading {name}").format(name=attachment.name))
            prepared = self._read_now(attachment, captures, cancellation)
        if told:
            yield Understood(attachment.name, prepared.reading, prepared.cached)
        return prepared.reading

    def _read_now(
        self,
        attachment: Attachment,
        captures: Mapping[str, Capture],
        cancellation: Cancellation,
    ) -> Prepared:
        picture = captures.get(attachment.digest) or Capture(
            Medium.PICTURE, attachment.name, self._history.attachment(attachment.digest)
        )
        prepared = self._preparation.read(picture, cancellation)
        self._history.keep_reading(prepared.reading)
        self._preparation.forget(attachment.digest)
        return prepared


def _before(turns: Sequence[Turn]) -> str:
    """The question that was asked last; `turns` are oldest first."""
    return turns[-1].message.text if turns else ""


def _about(turn: Turn) -> tuple[Attachment, ...]:
    """All but the clip that is the question itself."""
    return tuple(a for a in turn.message.attachments if not a.spoken)
