"""Gathers what a question is about: its own pictures and those asked about before it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence

from nearling.assistant.preparation import Preparation, Prepared
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Turn
from nearling.core.events import Progress, Understood
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


class Sources:
    """Reads pictures through `preparation` and keeps what they say beside them in `history`."""

    def __init__(self, history: History, preparation: Preparation, engine: str) -> None:
        self._history = history
        self._preparation = preparation
        self._engine = engine

    def gather(
        self,
        turn: Turn,
        earlier: Sequence[Turn],
        captures: Mapping[str, Capture],
        cancellation: Cancellation,
    ) -> Generator[Progress | Understood, None, tuple[Source, ...]]:
        """The sources of `turn`, its own first, then earlier ones, newest first, each once.

        `captures` holds bytes that are still in memory, by digest; others come from the store.
        Raises what Reader.read raises.
        """
        found: dict[str, Source] = {}
        for attachment in _pictures(turn):
            if attachment.digest in found:
                continue
            prepared = self._kept(attachment)
            if prepared is None:
                yield Progress(_("Reading {name}").format(name=attachment.name))
                prepared = self._read(attachment, captures, cancellation)
            yield Understood(attachment.name, prepared.reading, prepared.cached)
            found[attachment.digest] = Source(attachment.name, prepared.reading)
        for attachment in (picture for past in reversed(earlier) for picture in _pictures(past)):
            if attachment.digest not in found:
                prepared = self._kept(attachment) or self._read(attachment, captures, cancellation)
                found[attachment.digest] = Source(attachment.name, prepared.reading)
        return tuple(found.values())

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
    ) -> Prepared:
        picture = captures.get(attachment.digest) or Capture(
            Medium.PICTURE, attachment.name, self._history.attachment(attachment.digest)
        )
        prepared = self._preparation.read(picture, cancellation)
        self._history.keep_reading(prepared.reading)
        self._preparation.forget(attachment.digest)
        return prepared


def _pictures(turn: Turn) -> tuple[Attachment, ...]:
    return tuple(a for a in turn.message.attachments if a.medium is Medium.PICTURE)
