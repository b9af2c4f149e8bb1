"""Scripted abilities: what they read and say is written down beforehand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nearling.assistant.documents import Documents
from nearling.assistant.recordings import Recordings
from nearling.core.abilities import Reader
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.document import Page, PageKind, Pages
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import NearlingError
from nearling.core.events import Delta, Finished, Written
from nearling.core.geometry import Box
from nearling.core.hearing import Heard, Hearing, Segment, Speech, Transcript
from nearling.core.media import Capture, Medium
from nearling.core.outgoing import CleanPicture, Outgoing, PictureEdit
from nearling.core.prompt import Prompt
from nearling.core.reading import Line, Reading
from nearling.core.writers import FREE, Price, Speed, WriterProfile, Zone
from nearling.engines.pool import Beyond, Candidate
from nearling.history.history import History

BOX = Box(1, 2, 30, 14)


def reading_of(picture: Capture, *texts: str) -> Reading:
    lines = tuple(
        Line(text, 0.99, Box(0, 20 * row, 100, 20 * row + 16), (), 0)
        for row, text in enumerate(texts)
    )
    return Reading(picture.digest, 200, 300, 0, lines, (), (), "scripted", 0.1)


class ScriptedReader:
    """Reads what `pictures` says a picture's name holds; counts how often it was asked."""

    def __init__(self, pictures: dict[str, Iterable[str] | NearlingError] | None = None) -> None:
        self._pictures = pictures or {}
        self.asked: list[str] = []

    def read(self, picture: Capture, cancellation: Cancellation) -> Reading:
        cancellation.check()
        self.asked.append(picture.name)
        says = self._pictures.get(picture.name, ())
        if isinstance(says, NearlingError):
            raise says
        return reading_of(picture, *says)


class ScriptedDocumentReader:
    """Opens what `documents` says a document's name holds, a tuple of lines a page."""

    def __init__(
        self, documents: dict[str, Iterable[Iterable[str]] | NearlingError] | None = None
    ) -> None:
        self._documents = documents or {}
        self.asked: list[str] = []

    def open(self, document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
        cancellation.check()
        self.asked.append(document.name)
        says = self._documents.get(document.name, ())
        if isinstance(says, NearlingError):
            raise says
        pages = tuple(tuple(page) for page in says)
        yield Pages(len(pages), PageKind.PAGE)
        for number, texts in enumerate(pages, 1):
            cancellation.check()
            yield Page(number, PageKind.PAGE, "", reading_of(document, *texts))


def documents(
    history: History,
    says: dict[str, Iterable[Iterable[str]] | NearlingError] | None = None,
    eyes: Reader | None = None,
) -> Documents:
    return Documents(history, ScriptedDocumentReader(says), eyes or ScriptedReader(), "scripted")


class ScriptedTranscriber:
    """Hears `says`, one segment each, a second long; counts how often it was asked."""

    def __init__(self, *says: str, error: NearlingError | None = None) -> None:
        self._says = says
        self._error = error
        self.asked: list[Path] = []

    def transcribe(
        self, recording: Path, speech: Speech, cancellation: Cancellation
    ) -> Iterator[Heard]:
        cancellation.check()
        self.asked.append(recording)
        length = float(len(self._says))
        for number, text in enumerate(self._says):
            yield Hearing(text, "", number + 1.0, length, 0.0)
        if self._error is not None:
            raise self._error
        segments = tuple(Segment(text, float(n), n + 1.0) for n, text in enumerate(self._says))
        yield Transcript(segments, "en" if segments else "", "scripted", length, 0.1)


def recordings(history: History, transcriber: ScriptedTranscriber | None = None) -> Recordings:
    return Recordings(history, transcriber or ScriptedTranscriber(), lambda: Speech(None))


class ScriptedWriter:
    """Says its events in order; an error among them is raised, a callable is called."""

    def __init__(self, *says: Written | NearlingError | Callable[[], object]) -> None:
        self._says = says
        self.prompts: list[Prompt] = []

    def write(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        self.prompts.append(prompt)
        for event in self._says:
            cancellation.check()
            if isinstance(event, NearlingError):
                raise event
            if isinstance(event, Written):
                yield event
            else:
                event()


class ScriptedCleaner:
    """Gives a picture's name, what is shown of it and its boxes instead of pixels."""

    def __init__(self, error: NearlingError | None = None) -> None:
        self._error = error
        self.asked: list[PictureEdit] = []

    def clean(
        self, picture: Capture, edit: PictureEdit, cancellation: Cancellation
    ) -> CleanPicture:
        cancellation.check()
        if self._error is not None:
            raise self._error
        self.asked.append(edit)
        return CleanPicture(2, 1, f"{picture.name} {edit.disclosure} {edit.masks}".encode())


class ScriptedSender:
    """Says its events as ScriptedWriter does, and keeps what it was given to send."""

    def __init__(self, *says: Written | NearlingError | Callable[[], object]) -> None:
        self._writer = ScriptedWriter(*says)
        self.sent: list[Outgoing] = []
        self.consents: list[str] = []

    def send(
        self, outgoing: Outgoing, consent: str, turn: str, cancellation: Cancellation
    ) -> Iterator[Written]:
        self.sent.append(outgoing)
        self.consents.append(consent)
        yield from self._writer.write(Prompt(""), cancellation)


def beyond(
    sender: ScriptedSender, name: str = "cloud", zone: Zone = Zone.CLOUD, **more
) -> Candidate:
    """A candidate behind an endpoint of that name, with one model."""
    price = more.pop("price", Price(1_000_000, 2_000_000))
    accepts = more.pop("accepts", frozenset({Medium.TEXT}))
    model = RemoteModel("large", accepts, price=price)
    endpoint = Endpoint(name, f"https://{name}.example/v1", (model,), zone)
    there = profile(endpoint.writer(model.id), zone, accepts=accepts, tier=3, price=price, **more)
    return Candidate(there, None, beyond=Beyond(endpoint, model, sender))


def says(*words: str) -> ScriptedWriter:
    return ScriptedWriter(*(Delta(word) for word in words), Finished(7, len(words)))


def profile(
    id: str,
    zone: Zone = Zone.COMPUTER,
    *,
    accepts: frozenset[Medium] = frozenset({Medium.TEXT}),
    context_length: int = 100_000,
    tier: int = 0,
    price: Price | None = FREE,
    speed: Speed | None = None,
) -> WriterProfile:
    return WriterProfile(id, id, zone, accepts, context_length, tier, price, speed)


def candidate(id: str, writer: ScriptedWriter, zone: Zone = Zone.COMPUTER, **more) -> Candidate:
    return Candidate(profile(id, zone, **more), writer)


def picture(name: str, data: bytes = b"") -> Capture:
    return Capture(Medium.PICTURE, name, data or name.encode())


def citation(text: str) -> Citation:
    return Citation("a.png", hashlib.sha256(text.encode()).hexdigest(), text, BOX)
