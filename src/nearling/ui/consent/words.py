"""What is said of something that would leave: where it goes, what it costs, what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nearling.core.language import gettext as _
from nearling.core.language import marked, ngettext
from nearling.core.media import Attachment, Medium
from nearling.core.numerals import decimal, money, whole
from nearling.core.outgoing import CleanPicture, Destination, Outgoing, PieceKind
from nearling.core.writers import Zone
from nearling.ui.consent.asked import Asked

TITLES = {
    Zone.CLOUD: marked("Send this question to a larger model?"),
    Zone.NETWORK: marked("Send this question to your own server?"),
}
MARK = re.compile(r"\[HIDDEN_\d+\]")
"""What stands in the place of hidden words."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that leaves, as it is shown."""

    key: str
    title: str
    text: str = ""
    digest: str = ""
    picture: CleanPicture | None = None
    earlier: bool = False


def parts(asked: Asked) -> tuple[Part, ...]:
    """The question first; instructions are no words of the person's and are left out here."""
    if asked.outgoing is None:
        return ()
    return tuple(_parts(asked, asked.outgoing))


def _parts(asked: Asked, outgoing: Outgoing) -> Iterator[Part]:
    pieces = outgoing.pieces
    for piece in pieces:
        if piece.kind is PieceKind.QUESTION:
            yield Part("question", _("Your question"), piece.text)
    for piece in pieces:
        if piece.kind is PieceKind.SOURCE:
            title = _source(asked.attachments.get(piece.digest), piece.name)
            yield Part(piece.digest, title, piece.text, piece.digest)
        elif piece.kind is PieceKind.PICTURE and piece.picture is not None:
            title = _pixels(asked.name(piece.digest) or piece.name, piece.picture)
            yield Part(piece.digest, title, "", piece.digest, piece.picture)
    earlier = [piece.text for piece in pieces if piece.kind is PieceKind.EARLIER]
    if earlier:
        yield Part("earlier", _("What was said before"), "\n\n".join(earlier), earlier=True)


def _source(attachment: Attachment | None, name: str) -> str:
    if attachment is not None and attachment.medium is Medium.CLIP:
        return _("{name}: what was heard in it here").format(name=name)
    return _("{name}: the text that was read in it here").format(name=name)


def _pixels(name: str, picture: CleanPicture) -> str:
    return _("{name}: {width} × {height} pixels, {size}").format(
        name=name, width=picture.width, height=picture.height, size=size(len(picture.data))
    )


def size(count: int) -> str:
    """Of bytes or letters, for people."""
    if count < 1000:
        return ngettext("{n} byte", "{n} bytes", count).format(n=count)
    if count < 1_000_000:
        return _("{n} kB").format(n=decimal(count / 1000, 1))
    return _("{n} MB").format(n=decimal(count / 1_000_000, 1))


def goes_to(destination: Destination) -> str:
    if destination.zone is Zone.NETWORK:
        return _("{host} · {model}; it may pass it on").format(
            host=destination.host, model=destination.model
        )
    return _("{host} · {model}").format(host=destination.host, model=destination.model)


def cost(outgoing: Outgoing) -> str:
    if outgoing.price is None:
        return _("unknown: the endpoint's price is not known")
    if not outgoing.price:
        return money(outgoing.price)
    return _("at most {price}").format(price=money(outgoing.price))


def hidden(outgoing: Outgoing) -> str:
    if not outgoing.hidden:
        return _("nothing")
    places = ngettext("{n} place", "{n} places", outgoing.hidden)
    return places.format(n=whole(outgoing.hidden))


def every_byte(outgoing: Outgoing) -> str:
    """The request's body, set out to be read. Takes its time where that is large."""
    return json.dumps(json.loads(outgoing.body), ensure_ascii=False, indent=2)
