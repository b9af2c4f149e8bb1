"""What a route and its receipt say in words: a short badge, and every line behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nearling.core.conversation import Receipt, Route
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.means import Means
from nearling.core.numerals import decimal, money, whole
from nearling.core.writers import Zone

PLACES = {
    Zone.COMPUTER: marked("On this computer"),
    Zone.NETWORK: marked("On your network"),
    Zone.CLOUD: marked("In the cloud"),
}

_MEANS = {
    Means.QUOTED: marked("quoted from the picture"),
    Means.COUNTED: marked("worked out from what is written there"),
    Means.COMPUTED: marked("computed"),
    Means.EXPLAINED: marked("explained by a note"),
    Means.SUMMARISED: marked("sentences chosen from the text"),
    Means.DESCRIBED: marked("measured in the picture"),
}


def badge(
    route: Route, receipt: Receipt | None, *, quoted: bool, from_document: bool = False
) -> str:
    """What stands behind the place: how it was answered, and how long it took."""
    means = (None if receipt is None else receipt.means) or Means.QUOTED
    said = _MEANS.get(means, "") if quoted else ""
    if said and from_document and means is Means.QUOTED:
        said = marked("quoted from the document")
    parts = [_(said) if said else route.writer]
    if receipt is not None:
        parts.append(_seconds(receipt.total_ms, 1))
        if receipt.again:
            parts.append(_("answered before"))
        elif route.leaves:
            parts.append(money(receipt.price))
        if receipt.left:
            parts.append(_("sent: {what}").format(what=", ".join(receipt.left)))
        else:
            parts.append(_("nothing was sent"))
    return " · ".join(parts)


def lines(route: Route, receipt: Receipt | None) -> tuple[tuple[str, str], ...]:
    """Each a label and what it says."""
    found = [
        (_("Where"), _(PLACES[route.zone])),
        (_("Why"), route.reason),
        (_("Who"), route.writer),
    ]
    if receipt is not None:
        if receipt.first_token_ms is not None:
            found.append((_("First word after"), _seconds(receipt.first_token_ms, 2)))
        found.append((_("All of it after"), _seconds(receipt.total_ms, 2)))
        if receipt.tokens_in or receipt.tokens_out:
            tokens = _("{read} in, {written} out").format(
                read=whole(receipt.tokens_in), written=whole(receipt.tokens_out)
            )
            found.append((_("Tokens"), tokens))
        found.extend(_of_model(receipt))
        found.append((_("Price"), money(receipt.price)))
        if receipt.again:
            found.append((_("Answered before"), _("taken from the history, nothing was sent")))
        found.append((_("What left this computer"), ", ".join(receipt.left) or _("nothing")))
    return tuple(found)


def _of_model(receipt: Receipt) -> Iterator[tuple[str, str]]:
    """How a language model came to its words."""
    written = receipt.total_ms - (receipt.first_token_ms or receipt.total_ms)
    if receipt.tokens_out > 1 and written > 0:
        speed = (receipt.tokens_out - 1) / written * 1000
        yield _("Speed"), _("{speed} tokens/s").format(speed=decimal(speed, 1))
    if receipt.reused:
        taken = _("{reused} of {read} tokens").format(
            reused=whole(receipt.reused), read=whole(receipt.tokens_in)
        )
        yield _("Taken over"), taken
    if receipt.guessed:
        right = _("{guessed} of {written} tokens").format(
            guessed=whole(receipt.guessed), written=whole(receipt.tokens_out)
        )
        yield _("Guessed right"), right
    if receipt.unsure is not None:
        likely = whole(round(100 * math.exp(receipt.unsure)))
        yield _("How sure"), _("at least {percent} % in nine of ten tokens").format(percent=likely)


def _seconds(milliseconds: float, places: int) -> str:
    return _("{seconds} s").format(seconds=decimal(milliseconds / 1000, places))
