"""Endpoints to be asked for consent to, and an assistant whose previews a test can hold up."""

from __future__ import annotations

import threading
from dataclasses import replace

from nearling.assistant.assistant import Assistant
from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import NearlingError
from nearling.core.events import Delta, Finished, NeedsConsent, Written
from nearling.core.media import Medium
from nearling.core.outgoing import Edits
from nearling.core.writers import Price, Zone
from nearling.engines.pool import Beyond, Candidate
from scripted.engines import ScriptedSender, profile

BOTH = frozenset({Medium.TEXT, Medium.PICTURE})
MODEL = RemoteModel("gpt-4o-mini", BOTH, 128_000, Price(150_000, 600_000))
CLOUD = Endpoint("openrouter", "https://openrouter.ai/api/v1", (MODEL,), Zone.CLOUD)
OWN = Endpoint("den", "http://den.lan:11434/v1", (RemoteModel("qwen"),), Zone.NETWORK)
SAYS = (Delta("It "), Delta("is so."), Finished(812, 40, price=2_134))

ROOMY = RemoteModel("roomy", BOTH, 4_000_000, Price(1, 1))
LARGE = Endpoint("large", "https://large.example/v1", (ROOMY,), Zone.CLOUD)
"""Holds a megabyte."""


class Remote:
    """A candidate, and what was sent to it."""

    def __init__(self, endpoint: Endpoint = CLOUD, *says: Written | NearlingError) -> None:
        self.sender = ScriptedSender(*(says or SAYS))
        (model,) = endpoint.models
        there = profile(
            endpoint.writer(model.id),
            endpoint.zone,
            accepts=model.accepts,
            context_length=model.context_length or 32_768,
            price=model.price,
            tier=3,
        )
        self.candidate = Candidate(there, None, beyond=Beyond(endpoint, model, self.sender))

    def changed(self) -> Candidate:
        """What would leave for it is something else than before."""
        there = replace(self.candidate.profile, answer_tokens=99)
        return replace(self.candidate, profile=there)


class HeldAssistant(Assistant):
    """Remembers every preview; they wait for `go` and fail with `refuses`."""

    go: threading.Event | None = None
    refuses: NearlingError | None = None

    def preview(
        self, turn_id: str, edits: Edits | None, cancellation: Cancellation
    ) -> NeedsConsent:
        self.previews = [*getattr(self, "previews", []), edits]
        if self.go is not None:
            self.go.wait(60)
        if self.refuses is not None:
            raise self.refuses
        return super().preview(turn_id, edits, cancellation)
