"""What an engine can do: Protocols of one method each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, Pages
from nearling.core.events import Written
from nearling.core.extraction import Found
from nearling.core.hearing import Heard, Speech
from nearling.core.language_model import Measured, Setup
from nearling.core.media import Capture, Rendition
from nearling.core.outgoing import CleanPicture, Outgoing, PictureEdit
from nearling.core.prompt import Prompt
from nearling.core.reading import Reading


class Reader(Protocol):
    def read(self, picture: Capture, cancellation: Cancellation) -> Reading:
        """Everything legible in `picture`.

        Raises UnusableFile if it is no picture we can take, EngineFailure if the engine
        cannot do it, Cancelled if `cancellation` was set meanwhile.
        """
        ...


class Decoder(Protocol):
    def decode(self, picture: Capture, longest: int, cancellation: Cancellation) -> Rendition:
        """`picture` upright, with no side longer than `longest` pixels and never enlarged.

        Raises UnusableFile, EngineFailure or Cancelled.
        """
        ...


class Cleaner(Protocol):
    def clean(
        self, picture: Capture, edit: PictureEdit, cancellation: Cancellation
    ) -> CleanPicture:
        """What `edit` lets be seen of `picture`, made anew from its pixels, small enough to send.

        Raises UnusableFile, EngineFailure or Cancelled; ValueError if `edit` shows no pixels.
        """
        ...


class Sender(Protocol):
    """A writer beyond this computer, which is given nothing but what was shown."""

    def send(
        self, outgoing: Outgoing, consent: str, turn: str, cancellation: Cancellation
    ) -> Iterator[Written]:
        """Deltas, then Finished. `consent` is the digest of what the person let leave.

        Raises RemoteFailure, also after the first Delta, and `forbidden` without connecting if
        `consent` is not that of `outgoing`; StorageFailure if the connection cannot be accounted
        for; Cancelled.
        """
        ...


class DocumentReader(Protocol):
    def open(self, document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
        """Pages first, then every Page in order.

        Raises UnusableFile if it is no document we can take (encrypted, damaged, a bomb, another
        format), EngineFailure or Cancelled.
        """
        ...


class PageRenderer(Protocol):
    def render(
        self, document: Capture, page: int, longest: int, cancellation: Cancellation
    ) -> Rendition:
        """The picture of one page of a PDF, in the proportions of that Page's reading.

        Raises UnusableFile, EngineFailure or Cancelled.
        """
        ...


class Extractor(Protocol):
    def extract(
        self, readings: Sequence[Reading], fields: Sequence[str], cancellation: Cancellation
    ) -> tuple[Found | None, ...]:
        """What one file holds for each of `fields`; None where that is not sure to be there.

        `readings` are its pages in order, one for a picture. Raises EngineFailure or Cancelled.
        """
        ...


class Writer(Protocol):
    def write(self, prompt: Prompt, cancellation: Cancellation) -> Iterator[Written]:
        """Deltas and citations, then Finished; or a single Declined and nothing else.

        Raises EngineFailure or Cancelled, also after the first Delta.
        """
        ...


class TokenCounter(Protocol):
    def count(self, prompt: Prompt, cancellation: Cancellation) -> int:
        """Exactly the tokens that its writer would be given. Raises EngineFailure or Cancelled."""
        ...


class Prefiller(Protocol):
    def prefill(self, prompt: Prompt, cancellation: Cancellation) -> None:
        """Takes in what `prompt` says before its question; repeatable, and changes no answer.

        Raises what Writer.write raises.
        """
        ...


class Transcriber(Protocol):
    def transcribe(
        self, recording: Path, speech: Speech, cancellation: Cancellation
    ) -> Iterator[Heard]:
        """Hearings as the listening goes on, then one Transcript that covers every sample.

        A take that still grows is read along until it is sealed; the same take read afterwards
        gives the same text. Raises UnusableFile if it is no recording we can take, ModelMissing
        at its end if `speech` names no model and somebody spoke, EngineFailure or Cancelled.
        """
        ...


class LanguageModel(Protocol):
    """Holds one model at a time: the one that was asked last."""

    def write(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> Iterator[Written]:
        """Prefilling as the prompt is taken in, Deltas, then Finished.

        A prompt that leaves no room for an answer raises PromptTooLong before anything is
        computed. Raises UnusableModel, EngineFailure or Cancelled too.
        """
        ...

    def count(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> int:
        """Tokens of `prompt` as this model's chat template puts it; loads no weights.

        Raises UnusableModel.
        """
        ...

    def prefill(self, prompt: Prompt, setup: Setup, cancellation: Cancellation) -> None:
        """Loads the model and takes in what `prompt` says before its question.

        What was taken in before Cancelled stays. Raises what `write` raises.
        """
        ...

    def measure(self, setup: Setup, cancellation: Cancellation) -> Measured:
        """Takes at most 20 seconds after the load. Raises what `write` raises."""
        ...
