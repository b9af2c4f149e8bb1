"""What passes between Nearling and its child processes, and how it is framed.

A frame is two unsigned 32-bit little-endian lengths, a JSON message and raw bytes. There is no
pickle: a child parses hostile files, and nothing it sends may become code on this side.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from nearling.core.document import Page, Pages
from nearling.core.events import Cited, Declined, Delta, Finished, Prefilling, Written
from nearling.core.extraction import Found
from nearling.core.hearing import Heard, Hearing, Speech, Transcript
from nearling.core.language_model import Measured, Sampling, Setup
from nearling.core.media import Rendition
from nearling.core.outgoing import CleanPicture, PictureEdit
from nearling.core.prompt import Prompt
from nearling.core.reading import Reading

_T = TypeVar("_T")
_LENGTHS = struct.Struct("<II")
_LARGEST = 512 * 1024 * 1024


class BrokenFrame(Exception):
    """The other side ended in the middle of a frame or sent something that is none."""


class Read(msgspec.Struct, frozen=True, tag=True):
    """Asks for a Reading of the picture whose bytes ride along."""

    id: int
    engine: str
    name: str


class Render(msgspec.Struct, frozen=True, tag=True):
    """Asks for a Rendition of the picture whose bytes ride along."""

    id: int
    engine: str
    name: str
    longest: int


class Open(msgspec.Struct, frozen=True, tag=True):
    """Asks for the Pages and every Page of the document whose bytes ride along."""

    id: int
    engine: str
    name: str


class RenderPage(msgspec.Struct, frozen=True, tag=True):
    """Asks for a Rendition of one page of the document whose bytes ride along."""

    id: int
    engine: str
    name: str
    page: int
    longest: int


class Clean(msgspec.Struct, frozen=True, tag=True):
    """Asks for a CleanPicture of the picture whose bytes ride along."""

    id: int
    engine: str
    name: str
    edit: PictureEdit


class Extract(msgspec.Struct, frozen=True, tag=True):
    """Asks for the fields of one file that has been read."""

    id: int
    engine: str
    readings: tuple[Reading, ...]
    fields: tuple[str, ...]


class Write(msgspec.Struct, frozen=True, tag=True):
    id: int
    engine: str
    prompt: Prompt


class Listen(msgspec.Struct, frozen=True, tag=True):
    """Asks for what is heard in a recording, which the child reads from the disk itself."""

    id: int
    engine: str
    recording: bytes
    """A path as the system writes it, which need not be text."""
    model: bytes | None
    language: str | None
    translate: bool
    hints: tuple[str, ...]
    word_times: bool

    @classmethod
    def of(cls, id: int, engine: str, recording: Path, speech: Speech) -> Listen:
        model = None if speech.model is None else os.fsencode(speech.model.absolute())
        return cls(
            id,
            engine,
            os.fsencode(recording.absolute()),
            model,
            speech.language,
            speech.translate,
            speech.hints,
            speech.word_times,
        )

    @property
    def path(self) -> Path:
        return Path(os.fsdecode(self.recording))

    @property
    def speech(self) -> Speech:
        model = None if self.model is None else Path(os.fsdecode(self.model))
        return Speech(model, self.language, self.translate, self.hints, self.word_times)


class ModelSetup(msgspec.Struct, frozen=True):
    """A Setup whose folder is a path as the system writes it, which need not be text."""

    folder: bytes
    context_length: int
    provider: str
    reuse: bool
    lookup: bool
    sampling: Sampling

    @classmethod
    def of(cls, setup: Setup) -> ModelSetup:
        return cls(
            os.fsencode(setup.folder.absolute()),
            setup.context_length,
            setup.provider,
            setup.reuse,
            setup.lookup,
            setup.sampling,
        )

    @property
    def setup(self) -> Setup:
        return Setup(
            Path(os.fsdecode(self.folder)),
            self.context_length,
            self.provider,
            self.reuse,
            self.lookup,
            self.sampling,
        )


class Compose(msgspec.Struct, frozen=True, tag=True):
    """Asks a language model to write."""

    id: int
    engine: str
    prompt: Prompt
    model: ModelSetup


class Prefill(msgspec.Struct, frozen=True, tag=True):
    """Asks a language model to take in what a prompt says before its question."""

    id: int
    engine: str
    prompt: Prompt
    model: ModelSetup


class Count(msgspec.Struct, frozen=True, tag=True):
    """Asks how many tokens a prompt has."""

    id: int
    engine: str
    prompt: Prompt
    model: ModelSetup


class Measure(msgspec.Struct, frozen=True, tag=True):
    """Asks how fast a language model is here."""

    id: int
    engine: str
    model: ModelSetup


class Warm(msgspec.Struct, frozen=True, tag=True):
    """Asks for every engine of the family to be loaded."""

    id: int


class Stop(msgspec.Struct, frozen=True, tag=True):
    """Asks for the call `id` to be given up."""

    id: int


class Taken(msgspec.Struct, frozen=True, tag=True):
    """Says that a page of the call `id` was taken, so that there is room for another one."""

    id: int


class Beat(msgspec.Struct, frozen=True, tag=True):
    """The child is alive, whatever its engines are doing."""


class Wrote(msgspec.Struct, frozen=True, tag=True):
    """One of the writer's events; exactly one field is filled."""

    id: int
    delta: Delta | None = None
    cited: Cited | None = None
    declined: Declined | None = None
    finished: Finished | None = None
    prefilling: Prefilling | None = None

    @classmethod
    def of(cls, id: int, event: Written) -> Wrote:
        match event:
            case Delta():
                return cls(id, delta=event)
            case Cited():
                return cls(id, cited=event)
            case Declined():
                return cls(id, declined=event)
            case Finished():
                return cls(id, finished=event)
            case Prefilling():
                return cls(id, prefilling=event)

    @property
    def event(self) -> Written:
        for event in (self.delta, self.cited, self.declined, self.finished, self.prefilling):
            if event is not None:
                return event
        raise BrokenFrame("an event of no kind")


class Listened(msgspec.Struct, frozen=True, tag=True):
    """One of the transcriber's events; exactly one field is filled."""

    id: int
    hearing: Hearing | None = None
    transcript: Transcript | None = None

    @classmethod
    def of(cls, id: int, event: Heard) -> Listened:
        match event:
            case Hearing():
                return cls(id, hearing=event)
            case Transcript():
                return cls(id, transcript=event)

    @property
    def event(self) -> Heard:
        if self.transcript is not None:
            return self.transcript
        if self.hearing is not None:
            return self.hearing
        raise BrokenFrame("an event of no kind")


class Opened(msgspec.Struct, frozen=True, tag=True):
    """What is known of a document, or one page of it; exactly one field is filled."""

    id: int
    pages: Pages | None = None
    page: Page | None = None
    """Its picture rides along as raw bytes and is put in its place on arrival."""

    @classmethod
    def of(cls, id: int, it: Pages | Page) -> Opened:
        if isinstance(it, Pages):
            return cls(id, pages=it)
        return cls(id, page=it)

    @property
    def event(self) -> Pages | Page:
        event = self.pages or self.page
        if event is None:
            raise BrokenFrame("an event of no kind")
        return event


class Done(msgspec.Struct, frozen=True, tag=True):
    id: int
    reading: Reading | None = None
    rendition: Rendition | None = None
    """Its pixels ride along as raw bytes and are put in their place on arrival."""
    clean: CleanPicture | None = None
    """Its bytes ride along too."""
    extracted: tuple[Found | None, ...] | None = None
    tokens: int | None = None
    measured: Measured | None = None


class Raised(msgspec.Struct, frozen=True, tag=True):
    id: int
    kind: str
    sentence: str
    remedy: str


Request = (
    Read
    | Render
    | Open
    | RenderPage
    | Clean
    | Extract
    | Write
    | Listen
    | Compose
    | Prefill
    | Count
    | Measure
)
Event = Wrote | Listened | Opened
ToChild = Request | Warm | Stop | Taken
FromChild = Beat | Event | Done | Raised

_encoder = msgspec.json.Encoder()
_to_child: msgspec.json.Decoder[ToChild] = msgspec.json.Decoder(ToChild)
_from_child: msgspec.json.Decoder[FromChild] = msgspec.json.Decoder(FromChild)


@dataclass(frozen=True, slots=True)
class Frame:
    message: bytes
    buffer: bytes

    def for_child(self) -> ToChild:
        return self._decode(_to_child)

    def from_child(self) -> FromChild:
        message = self._decode(_from_child)
        if isinstance(message, Done) and message.rendition is not None:
            return Done(message.id, rendition=replace(message.rendition, data=self.buffer))
        if isinstance(message, Done) and message.clean is not None:
            return Done(message.id, clean=replace(message.clean, data=self.buffer))
        if isinstance(message, Opened) and message.page is not None:
            return Opened(message.id, page=replace(message.page, picture=self.buffer))
        return message

    def _decode(self, decoder: msgspec.json.Decoder[_T]) -> _T:
        try:
            return decoder.decode(self.message)
        except msgspec.MsgspecError as error:
            raise BrokenFrame("a message of no known kind") from error


def send(pipe: IO[bytes], message: ToChild | FromChild, buffer: bytes = b"") -> None:
    """Writes one frame. Raises OSError when the other side is gone."""
    encoded = _encoder.encode(message)
    pipe.write(_LENGTHS.pack(len(encoded), len(buffer)))
    pipe.write(encoded)
    pipe.write(buffer)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Frame | None:
    """The next frame, or None at the end of the pipe. Raises BrokenFrame."""
    head = pipe.read(_LENGTHS.size)
    if not head:
        return None
    if len(head) < _LENGTHS.size:
        raise BrokenFrame("the pipe ended in a frame's head")
    sizes = _LENGTHS.unpack(head)
    if max(sizes) > _LARGEST:
        raise BrokenFrame("a frame larger than any we send")
    message, buffer = (pipe.read(size) for size in sizes)
    if (len(message), len(buffer)) != sizes:
        raise BrokenFrame("the pipe ended in a frame")
    return Frame(message, buffer)
