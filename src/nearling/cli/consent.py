"""Consent on the command line: what would leave is shown to the byte, and changed by options."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nearling.assistant.routing import Rules
from nearling.cli.names import PLACES
from nearling.cli.terminal import ZONE_COLOURS, Terminal
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Decision, Turn
from nearling.core.events import Event, NeedsConsent, Opened
from nearling.core.geometry import Box
from nearling.core.language import gettext as _
from nearling.core.numerals import money, whole
from nearling.core.outgoing import (
    UNCHANGED,
    Consent,
    Disclosure,
    Edits,
    Outgoing,
    PictureEdit,
    Piece,
)
from nearling.core.writers import Zone

if TYPE_CHECKING:  # `nearling --help` names the options, and loads nothing that runs
    from nearling.assistant.assistant import Assistant


@dataclass(frozen=True, slots=True)
class _Place:
    """A picture by its name, or a rectangle in it."""

    name: str
    box: Box | None


def add_consent(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--yes-send",
        action="store_true",
        help=_("let what would leave this computer leave, this once; it is shown all the same"),
    )
    parser.add_argument(
        "--lift",
        action="store_true",
        help=_("what is marked to stay on this computer may be asked about beyond it, this once"),
    )
    parser.add_argument(
        "--afresh", action="store_true", help=_("ask again, though the same was answered before")
    )
    parser.add_argument(
        "--hide",
        metavar=_("WORDS"),
        action="append",
        default=[],
        help=_("words that do not leave, wherever they stand; may be given several times"),
    )
    parser.add_argument(
        "--without-earlier",
        action="store_true",
        help=_("nothing that was said before in the conversation leaves"),
    )
    parser.add_argument(
        "--pixels",
        metavar=_("PICTURE[:L,T,R,B]"),
        type=_place,
        action="append",
        default=[],
        help=_("this picture, or this part of it, leaves as pixels instead of as what it says"),
    )
    parser.add_argument(
        "--mask",
        metavar=_("PICTURE:L,T,R,B"),
        type=_place,
        action="append",
        default=[],
        help=_("a place that is blacked out in the pixels of a picture that leaves"),
    )


@dataclass(frozen=True, slots=True)
class Consenting:
    """What the person said of consent before it was asked for."""

    assistant: Assistant
    arguments: Namespace
    rules: Rules
    cancellation: Cancellation

    def asked_again(self, turn: Turn) -> Generator[Event]:
        """For the consent that `turn` waits for, by whom it was to be asked."""
        yield Opened(turn.conversation, turn.id)
        yield self.assistant.preview(turn.id, None, self.cancellation)

    def edited(self, needed: NeedsConsent) -> NeedsConsent:
        """With the changes that the options name; they are kept with the turn."""
        edits = _edits(self.arguments, needed.outgoing)
        if edits == UNCHANGED:
            return needed
        return self.assistant.preview(needed.turn, edits, self.cancellation)

    def sent(self, needed: NeedsConsent) -> Generator[Event] | None:
        """How it goes on if it may leave; None if nobody said so."""
        if not self.arguments.yes_send:
            return None
        consent = Consent(needed.outgoing.digest, needed.edits, lift=self.arguments.lift)
        return self.assistant.resume(
            needed.turn, Decision.SEND, self.rules, self.cancellation, consent
        )


def show_preview(needed: NeedsConsent, terminal: Terminal) -> None:
    outgoing = needed.outgoing
    where = outgoing.destination
    colour = ZONE_COLOURS[where.zone]
    terminal.note(_("This would leave this computer:"), colour)
    for piece in outgoing.pieces:
        terminal.quiet_note(_told(piece))
    for line in _facts(outgoing):
        terminal.note(line, colour)
    if needed.lift:
        terminal.note(_("Something in it is marked to stay on this computer; --lift lets it go."))


def preview_shape(needed: NeedsConsent) -> dict[str, Any]:
    outgoing = needed.outgoing
    where = outgoing.destination
    return {
        "endpoint": where.endpoint,
        "model": where.model,
        "url": where.url,
        "zone": where.zone.value,
        "body": json.loads(outgoing.body),
        "bytes": len(outgoing.body),
        "digest": outgoing.digest,
        "tokens": outgoing.tokens,
        "price": outgoing.price,
        "hidden": outgoing.hidden,
        "marked": needed.lift,
    }


def _told(piece: Piece) -> str:
    picture = piece.picture
    if picture is None:
        return piece.text
    return _("[{name}: {width} × {height} pixels, {bytes} bytes]").format(
        name=piece.name, width=picture.width, height=picture.height, bytes=whole(len(picture.data))
    )


def _facts(outgoing: Outgoing) -> Iterator[str]:
    where = outgoing.destination
    yield _("Goes to: {host} · {model} ({place})").format(
        host=where.host, model=where.model, place=_(PLACES[where.zone])
    )
    if where.zone is Zone.NETWORK:
        yield _("What runs there may pass it on.")
    yield _("Size: {bytes} bytes, about {tokens} tokens").format(
        bytes=whole(len(outgoing.body)), tokens=whole(outgoing.tokens)
    )
    yield _("Costs at the most: {price}").format(price=money(outgoing.price))
    if outgoing.hidden:
        yield _("Hidden places: {count}").format(count=whole(outgoing.hidden))
    yield _("Names and addresses may remain: please check the text above.")


def _edits(arguments: Namespace, outgoing: Outgoing) -> Edits:
    digests = {piece.name: piece.digest for piece in outgoing.pieces if piece.digest}
    pictures = []
    for place in arguments.pixels:
        if place.name in digests:
            masks = tuple(m.box for m in arguments.mask if m.name == place.name and m.box)
            shown = Disclosure.REGION if place.box else Disclosure.WHOLE
            disclosure = Disclosure.MASKED if masks else shown
            pictures.append(PictureEdit(digests[place.name], disclosure, place.box, masks))
    return Edits(
        tuple(arguments.hide),
        pictures=tuple(pictures),
        without_earlier=arguments.without_earlier,
    )


def _place(text: str) -> _Place:
    name, colon, numbers = text.rpartition(":")
    if not colon:
        return _Place(text, None)
    try:
        left, top, right, bottom = (int(number) for number in numbers.split(","))
    except ValueError as error:
        raise ArgumentTypeError(
            _("a picture's name, or that with :LEFT,TOP,RIGHT,BOTTOM in pixels")
        ) from error
    return _Place(name, Box(left, top, right, bottom))
