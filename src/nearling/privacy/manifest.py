"""Names what leaves in phrases, for the receipt under an answer."""

from __future__ import annotations

from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.core.outgoing import Outgoing, PieceKind


def left(outgoing: Outgoing) -> tuple[str, ...]:
    """One phrase a piece, the question first."""
    phrases = [_("your question")]
    earlier = sum(piece.kind is PieceKind.EARLIER for piece in outgoing.pieces)
    if earlier:
        phrases.append(
            ngettext(
                "{count} earlier question or answer",
                "{count} earlier questions and answers",
                earlier,
            ).format(count=whole(earlier))
        )
    for piece in outgoing.pieces:
        if piece.kind is PieceKind.SOURCE:
            phrases.append(_("the text of {name}").format(name=piece.name))
        if piece.kind is PieceKind.PICTURE:
            phrases.append(_("pixels of {name}").format(name=piece.name))
    return tuple(phrases)
