"""What the endpoints page shows, worked out without Qt: whom it names, and how its key is."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.endpoints import Endpoint, KeyPlace
from nearling.core.errors import KeyFailure
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.core.writers import Zone
from nearling.settings.addresses import host
from nearling.settings.keys import Keys
from nearling.ui.house import House

_NAMED = 3
"""Models that a card names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class Row:
    endpoint: Endpoint
    about: str
    note: str
    """Sentences: what is to be known of it, or what is wrong with its key."""


def look(house: House) -> tuple[Row, ...]:
    """Takes its time, and connects to nobody."""
    return tuple(_row(each, house.keys) for each in house.endpoints.all())


def _row(endpoint: Endpoint, keys: Keys) -> Row:
    said, wrong = _key(endpoint, keys)
    about = " · ".join((host(endpoint.base_url), _models(endpoint), said))
    relays = _("It may pass on what it gets.") if endpoint.zone is Zone.NETWORK else ""
    return Row(endpoint, about, " ".join(filter(None, (wrong, relays))))


def _models(endpoint: Endpoint) -> str:
    names = [each.id for each in endpoint.models]
    said = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    if more <= 0:
        return said
    others = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return others.format(names=said, count=whole(more))


def _key(endpoint: Endpoint, keys: Keys) -> tuple[str, str]:
    """Where its key is, and what is wrong with that. The keyring is not asked: it may ask back."""
    match endpoint.key:
        case KeyPlace.NONE:
            return _("no key"), ""
        case KeyPlace.KEYRING:
            return _("key in the keyring"), ""
        case KeyPlace.ENVIRONMENT:
            said = _("key from {variable}").format(variable=endpoint.variable)
        case KeyPlace.SESSION:
            said = _("key until Nearling ends")
    try:
        keys.fetch(endpoint)
    except KeyFailure as error:
        return said, f"{error.sentence} {error.remedy}"
    return said, ""
