"""Builds what would leave this computer for one prompt, with the pixels that are let be seen."""

from __future__ import annotations

from collections.abc import Iterator

from nearling.core.abilities import Cleaner
from nearling.core.cancellation import Cancellation
from nearling.core.media import Capture, Medium
from nearling.core.outgoing import CleanPicture, Disclosure, Edits, Outgoing, PictureEdit
from nearling.core.prompt import Prompt
from nearling.engines.pool import Candidate
from nearling.history.history import History
from nearling.privacy.payload import outgoing

_KEPT = 8
"""Pictures; while words are being hidden, none has to be cleaned again."""


class Sending:
    def __init__(self, history: History, cleaner: Cleaner) -> None:
        self._history = history
        self._cleaner = cleaner
        self._clean: dict[PictureEdit, CleanPicture] = {}

    def outgoing(
        self, prompt: Prompt, candidate: Candidate, edits: Edits, cancellation: Cancellation
    ) -> Outgoing | None:
        """The request that asks `candidate`; None for one on this computer.

        Raises what Cleaner.clean and History.attachment raise.
        """
        beyond = candidate.beyond
        if beyond is None:
            return None
        pictures = {
            edit.digest: self._picture(edit, name, cancellation)
            for edit, name in _seen(prompt, edits)
        }
        profile = candidate.profile
        return outgoing(
            prompt,
            beyond.endpoint,
            beyond.model,
            edits,
            pictures,
            answer_tokens=profile.answer_tokens,
            zone=profile.zone,
        )

    def _picture(self, edit: PictureEdit, name: str, cancellation: Cancellation) -> CleanPicture:
        if edit not in self._clean:
            data = self._history.attachment(edit.digest)
            picture = Capture(Medium.PICTURE, name, data)
            self._clean[edit] = self._cleaner.clean(picture, edit, cancellation)
            for oldest in list(self._clean)[:-_KEPT]:
                del self._clean[oldest]
        return self._clean[edit]


def _seen(prompt: Prompt, edits: Edits) -> Iterator[tuple[PictureEdit, str]]:
    """Those of which pixels leave, each with the name of its picture."""
    names = {source.reading.digest: source.name for source in prompt.sources}
    for edit in edits.pictures:
        hidden = edit.disclosure is Disclosure.TEXT or edit.digest in edits.dropped
        if not hidden and edit.digest in names:
            yield edit, names[edit.digest]
