"""Reduces the recordings of a message to text, and points into them where an answer rests."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import replace

from nearling.core.abilities import Transcriber
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.errors import UnusableFile
from nearling.core.events import Cited, Declined, Doubted, Progress, Written, WrittenDown
from nearling.core.geometry import Box
from nearling.core.hearing import Hearing, Speech, Transcript
from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.core.reading import Line, Reading
from nearling.history.history import History

_WIDTH, _LINE_HEIGHT = 1_000, 20
"""Of the page that a transcript is laid out on, in pixels: readers of pages know no other place."""


class Recordings:
    """Listens through `transcriber` and keeps what was heard beside the clips in `history`."""

    def __init__(
        self, history: History, transcriber: Transcriber, speech: Callable[[], Speech]
    ) -> None:
        self._history = history
        self._transcriber = transcriber
        self._speech = speech

    def write_down(
        self, clip: Attachment, cancellation: Cancellation
    ) -> Generator[Progress | WrittenDown, None, Transcript]:
        """What is said in `clip`, which the history must hold.

        Raises what Transcriber.transcribe raises, and UnusableFile if nothing is said.
        """
        heard = self._history.transcript(clip.digest)
        cached = heard is not None
        if heard is None:
            try:
                heard = yield from self._listen(clip, cancellation)
            except UnusableFile as error:
                # The engine knows it by the name under which it is kept.
                sentence = error.sentence.replace(clip.digest, clip.name)
                raise UnusableFile(sentence, error.remedy) from error
            self._history.keep_transcript(clip.digest, heard)
        yield WrittenDown(clip.name, heard, cached)
        if not heard.segments:
            raise UnusableFile(
                _("No speech was heard in {name}.").format(name=clip.name),
                _("Record it again, closer to the microphone, or type the question."),
            )
        return heard

    def _listen(
        self, clip: Attachment, cancellation: Cancellation
    ) -> Generator[Progress, None, Transcript]:
        yield Progress(_("Listening to {name}").format(name=clip.name))
        told = 0
        recording = self._history.file(clip.digest)
        for heard in self._transcriber.transcribe(recording, self._speech(), cancellation):
            match heard:
                case Transcript():
                    return heard
                case Hearing():
                    percent = int(100 * heard.position / heard.length) if heard.length else 0
                    if percent >= told + 10:
                        told = percent
                        yield Progress(
                            _("Listening to {name}: {percent} %").format(
                                name=clip.name, percent=percent
                            )
                        )
        raise AssertionError("a transcriber ends with its transcript")


def as_page(digest: str, transcript: Transcript) -> Reading:
    """A page with one line a segment, for a writer that knows nothing of recordings."""
    lines = tuple(
        Line(segment.text, 1.0, box := _row(number), _corners(box), 0)
        for number, segment in enumerate(transcript.segments)
    )
    height = _LINE_HEIGHT * max(1, len(lines))
    return Reading(digest, _WIDTH, height, 0, lines, (), (), transcript.engine, transcript.seconds)


def timed(
    written: Iterable[Written | Doubted], heard: Mapping[str, Transcript]
) -> Iterator[Written | Doubted]:
    """`written` with citations that name the moment in a recording, not the line of such a page.

    `heard` are transcripts by their recording's digest.
    """
    for event in written:
        match event:
            case Cited():
                yield Cited(_timed(event.citation, heard))
            case Declined():
                yield replace(event, closest=tuple(_timed(each, heard) for each in event.closest))
            case _:
                yield event


def _timed(citation: Citation, heard: Mapping[str, Transcript]) -> Citation:
    transcript = heard.get(citation.digest)
    if transcript is None or citation.box is None:
        return citation
    segment = transcript.segments[citation.box.top // _LINE_HEIGHT]
    return replace(citation, box=None, moment=segment.start)


def _row(number: int) -> Box:
    top = number * _LINE_HEIGHT
    return Box(0, top, _WIDTH, top + _LINE_HEIGHT - 4)


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    return (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )
