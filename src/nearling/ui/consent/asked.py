"""One turn that waits for consent: what would leave, and what the person changed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtGui import QImage

from nearling.core.conversation import Route
from nearling.core.events import NeedsConsent
from nearling.core.media import Attachment, Medium
from nearling.core.outgoing import UNCHANGED, Disclosure, Edits, Outgoing, PictureEdit


@dataclass(frozen=True, slots=True)
class Asked:
    route: Route
    answered: bool = False
    """It has an answer already; another one was wanted."""
    given: NeedsConsent | None = None
    """What it was asked with."""
    edits: Edits = UNCHANGED
    needed: NeedsConsent | None = None
    """What would leave with the edits that it names; None until that is known."""
    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    """All that something could be read or heard in, by digest."""
    marks: frozenset[str] = frozenset()
    """Those that stand in `outgoing` in the place of hidden words."""
    images: Mapping[str, QImage] = field(default_factory=dict)
    """What leaves of pictures' pixels, by digest."""
    sent: bool = False
    """Consent was given to what `outgoing` holds."""
    changed: bool = False
    """Something else would leave than what consent was given for."""
    failure: str = ""
    """Why it is not known what would leave."""
    put_off: bool = False

    @property
    def ready(self) -> bool:
        """What `outgoing` holds is what would leave."""
        return self.needed is not None and self.needed.edits == self.edits

    @property
    def outgoing(self) -> Outgoing | None:
        return None if self.needed is None else self.needed.outgoing

    @property
    def lift(self) -> bool:
        """Something of it is marked to stay on this computer."""
        return self.needed is not None and self.needed.lift

    def edited(self, edits: Edits) -> Asked:
        return replace(self, edits=edits, changed=False, failure="")

    @property
    def hidden(self) -> tuple[tuple[str, bool], ...]:
        """Each phrase, and whether it stands anywhere in what would leave."""
        return tuple(
            (words, not self.ready or f"[HIDDEN_{number}]" in self.marks)
            for number, words in enumerate(self.edits.hidden, start=1)
        )

    def name(self, digest: str) -> str:
        attachment = self.attachments.get(digest)
        return "" if attachment is None else attachment.name

    def may_be_seen(self, digest: str) -> bool:
        """Whether pixels of it could leave."""
        attachment = self.attachments.get(digest)
        sees = self.outgoing is not None and self.outgoing.destination.takes_pictures
        return sees and attachment is not None and attachment.medium is Medium.PICTURE

    def picture(self, digest: str) -> PictureEdit:
        """What of a picture leaves."""
        found = (each for each in self.edits.pictures if each.digest == digest)
        return next(found, PictureEdit(digest))


def hiding(edits: Edits, words: str) -> Edits:
    """`edits` with one more phrase hidden, in whatever case."""
    words = " ".join(words.split())
    if not words or words.lower() in {each.lower() for each in edits.hidden}:
        return edits
    return replace(edits, hidden=(*edits.hidden, words))


def showing(edits: Edits, words: str) -> Edits:
    """`edits` with a phrase no longer hidden."""
    return replace(edits, hidden=tuple(each for each in edits.hidden if each != words))


def dropping(edits: Edits, digest: str, *, dropped: bool) -> Edits:
    others = edits.dropped - {digest}
    return replace(edits, dropped=others | {digest} if dropped else others)


def disclosing(edits: Edits, picture: PictureEdit) -> Edits:
    """`edits` with more or less of one picture."""
    others = tuple(each for each in edits.pictures if each.digest != picture.digest)
    more = () if picture.disclosure is Disclosure.TEXT else (picture,)
    return replace(edits, pictures=(*others, *more))
