"""Who can answer beyond this computer: the models of the endpoints that the person has added."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from nearling.assistant.pacing import TimedSender
from nearling.catalogue.paces import Paces
from nearling.core.abilities import Sender
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import SettingsFailure
from nearling.core.writers import Speed, WriterProfile, Zone
from nearling.engines.pool import Beyond, Candidate
from nearling.settings.addresses import is_this_computer

_log = logging.getLogger(__name__)

UNKNOWN_CONTEXT = 32_768
"""Tokens; what nearly every model that is served today holds."""
_ANSWER_TOKENS = 1_024
_TIER = 3
"""Nobody asks elsewhere for less than what would run here."""


class Remotes:
    """Looks at the endpoints anew each time: they come and go while Nearling runs."""

    def __init__(
        self,
        endpoints: Callable[[], Sequence[Endpoint]],
        sender: Callable[[Endpoint], Sender],
        paces: Paces,
    ) -> None:
        self._endpoints = endpoints
        self._sender = sender
        self._paces = paces

    def __call__(self) -> tuple[Candidate, ...]:
        """In the person's order. Nothing is connected, looked up or imported for it."""
        try:
            endpoints = self._endpoints()
        except SettingsFailure as error:
            # What is answered here needs none of them; their page says what is wrong.
            _log.warning("no endpoints: %s", error.kind)
            return ()
        found: list[Candidate] = []
        for endpoint in endpoints:
            sender = self._sender(endpoint)
            for model in endpoint.models:
                speed = self._paces.speed(endpoint, model.id)
                profile = _profile(endpoint, model, speed, order=len(found))
                timed = TimedSender(sender, self._paces, endpoint, model.id)
                found.append(Candidate(profile, None, beyond=Beyond(endpoint, model, timed)))
        return tuple(found)


def _profile(
    endpoint: Endpoint, model: RemoteModel, speed: Speed | None, order: int
) -> WriterProfile:
    from nearling.engines.cloud.relays import relays  # whoever has no endpoints loads none of it

    id_ = endpoint.writer(model.id)
    return WriterProfile(
        id=id_,
        name=id_,
        # What a near server is known to pass on counts as where it goes.
        zone=Zone.CLOUD if relays(model.id) else endpoint.zone,
        accepts=model.accepts,
        context_length=model.context_length or UNKNOWN_CONTEXT,
        tier=_TIER,
        price=model.price,
        speed=speed,
        answer_tokens=_ANSWER_TOKENS,
        over_network=not is_this_computer(endpoint.base_url),
        order=order,
    )
