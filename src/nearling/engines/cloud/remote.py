"""An endpoint as one of those who can answer: asked, tried out, listened to what it offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.events import Written
from nearling.core.network import Ledger, Purpose
from nearling.core.outgoing import Outgoing
from nearling.core.tested import Tested
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.chat_stream import ChatStream, answer_of
from nearling.engines.cloud.client import Client
from nearling.engines.cloud.model_list import models_of
from nearling.engines.cloud.parcel import Parcel, Permit, address
from nearling.engines.cloud.patience import USUAL, Limits, Patience
from nearling.engines.cloud.retrying import retried
from nearling.engines.cloud.transcription import text_of, upload
from nearling.engines.cloud.trial import Trial


class Remote:
    """Fulfils Sender; each call runs on the thread that calls."""

    def __init__(
        self,
        endpoint: Endpoint,
        key: Callable[[], str],
        ledger: Ledger,
        breakers: Breakers,
        limits: Limits = USUAL,
    ) -> None:
        """`key` may take its time and raise KeyFailure; it gives "" where none is wanted."""
        self._endpoint = endpoint
        self._client = Client(endpoint, key, ledger, breakers)
        self._trial = Trial(endpoint, key, ledger, breakers, limits)
        self._breakers = breakers
        self._limits = limits

    def send(
        self, outgoing: Outgoing, consent: str, turn: str, cancellation: Cancellation
    ) -> Iterator[Written]:
        """As Sender says; KeyFailure, too."""
        permit = Permit(outgoing, consent, Purpose.ANSWER, turn)
        # What was not allowed says nothing about the endpoint.
        permit.parcel(self._endpoint)
        patience = Patience(self._endpoint.name, self._limits)
        once = partial(self._answered, permit, patience, cancellation)
        with self._breakers.trying(self._endpoint):
            yield from retried(once, patience, cancellation)

    def models(self, cancellation: Cancellation) -> tuple[RemoteModel, ...]:
        """What it says that it offers. Raises RemoteFailure, KeyFailure or Cancelled."""
        parcel = Parcel(Purpose.MODELS, address(self._endpoint, "models"))
        body = self._whole(parcel, self._limits, cancellation)
        return models_of(body, self._endpoint.name)

    def test(self, model: str, cancellation: Cancellation) -> Tested:
        """Asks it something of ours; a good answer opens it again where it was left alone."""
        tested = self._trial.tested(model, cancellation)
        if tested.ok:
            self._breakers.works(self._endpoint)
        return tested

    def mended(self) -> None:
        """It was given another key: what went wrong with the former one counts no more."""
        self._breakers.works(self._endpoint)

    def transcribe(
        self, recording: bytes, name: str, model: str, language: str, cancellation: Cancellation
    ) -> str:
        """What is said in it. Raises RemoteFailure, KeyFailure or Cancelled."""
        parcel = upload(self._endpoint, recording, name, model, language)
        # The first word comes with the last one.
        limits = replace(self._limits, first_token=self._limits.total)
        with self._breakers.trying(self._endpoint):
            return text_of(self._whole(parcel, limits, cancellation), self._endpoint.name)

    def _answered(
        self, permit: Permit, patience: Patience, cancellation: Cancellation
    ) -> Iterator[Written]:
        with self._client.asked(permit, patience, cancellation) as answer:
            stream = ChatStream(self._endpoint.name)
            yield from answer_of(stream, answer.pieces, patience, cancellation)

    def _whole(self, parcel: Parcel, limits: Limits, cancellation: Cancellation) -> bytes:
        patience = Patience(self._endpoint.name, limits)

        def once() -> Iterator[bytes]:
            with self._client.fetched(parcel, patience, cancellation) as answer:
                yield b"".join(answer.pieces)

        return b"".join(retried(once, patience, cancellation))
