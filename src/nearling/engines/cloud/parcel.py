"""What may leave this computer in one request, and where to: each kind is made in one place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlencode

from nearling.core.endpoints import Endpoint
from nearling.core.errors import RemoteKind
from nearling.core.language import gettext as _
from nearling.core.network import Purpose
from nearling.core.outgoing import Outgoing
from nearling.engines.cloud.failures import failure
from nearling.settings.addresses import origin


@dataclass(frozen=True, slots=True)
class Parcel:
    purpose: Purpose
    url: str
    body: bytes | None = field(default=None, repr=False)
    """None: it is only asked for what is there."""
    kind: str = "application/json"
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Permit:
    """One question that somebody lets leave, once."""

    outgoing: Outgoing
    consent: str
    """Digest of what was let leave."""
    purpose: Purpose = Purpose.ANSWER
    turn: str = ""

    def parcel(self, endpoint: Endpoint, refused: Collection[str] = ()) -> Parcel:
        """The bytes that were let leave, but for technical parameters that `endpoint` refuses.

        Raises RemoteFailure, `forbidden`, if they were not, or not to there.
        """
        destination = self.outgoing.destination
        elsewhere = (
            destination.endpoint != endpoint.name
            or origin(destination.url) != origin(endpoint.base_url)
            or destination.zone.distance < endpoint.zone.distance
        )
        if elsewhere or self.consent != self.outgoing.digest:
            raise failure(
                RemoteKind.FORBIDDEN,
                endpoint.name,
                _("This is not what was allowed to leave; nothing was sent."),
                _("Look at it again and decide anew."),
            )
        body = self.outgoing.varied(refused) if refused else self.outgoing.body
        return Parcel(self.purpose, destination.url, body, turn=self.turn)


def address(endpoint: Endpoint, path: str) -> str:
    url = f"{endpoint.base_url}/{path}"
    return f"{url}?{urlencode(endpoint.query)}" if endpoint.query else url
