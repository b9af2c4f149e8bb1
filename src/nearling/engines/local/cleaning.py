"""Makes the picture that may leave: a new JPEG of nothing but the pixels that a person shows."""

from __future__ import annotations

import io

from PIL import Image

from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.geometry import Box
from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.core.outgoing import CleanPicture, Disclosure, PictureEdit
from nearling.engines.local.picture_decoding import Pixels, decode

LONGEST = 1568
"""Pixels of a side; the large services make whatever is larger smaller themselves."""
_QUALITY = 85
_MARGIN = 1
"""Pixels around a mask, where smoothed edges of letters reach out of a close box."""
_EXACT = (b"\x89PNG", b"GIF8", b"BM")
"""How formats begin that keep each pixel as it was."""
_BLOCK = 16
"""Pixels of a side that other formats keep together: a letter leaves traces in all of its block."""
_FILL = 0
"""Black: a colour laid over can be taken off by nobody, a blur can."""


class PictureCleaner:
    """Fulfils Cleaner. The same picture and edit give the same bytes."""

    def clean(
        self, picture: Capture, edit: PictureEdit, cancellation: Cancellation
    ) -> CleanPicture:
        if edit.disclosure is Disclosure.TEXT:
            raise ValueError("nothing but text is shown of this picture")
        pixels = decode(picture)
        cancellation.check()
        block = 1 if picture.data.startswith(_EXACT) else _BLOCK
        shown = _shown(pixels, edit, block, picture.name)
        # An image made from an array has no past: no comment, profile or thumbnail to be kept.
        image = Image.fromarray(shown)
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=1.0)
        written = io.BytesIO()
        image.save(written, "JPEG", quality=_QUALITY)
        return CleanPicture(image.width, image.height, written.getvalue())


def _shown(pixels: Pixels, edit: PictureEdit, block: int, name: str) -> Pixels:
    """Masked at full size: scaling first would carry something of a word into its surroundings."""
    height, width = pixels.shape[:2]
    part = (edit.region or Box(0, 0, width, height)).clipped(width, height)
    if not part.area:
        raise UnusableFile(
            _("The part of {name} that was chosen is empty.").format(name=name),
            _("Draw it anew, over what may be seen."),
        )
    shown = pixels.copy()
    for mask in edit.masks:
        left, right = _reach(mask.left, mask.right, width, block)
        top, bottom = _reach(mask.top, mask.bottom, height, block)
        box = Box(left, top, right, bottom).clipped(width, height)
        shown[box.top : box.bottom, box.left : box.right] = _FILL
    return shown[part.top : part.bottom, part.left : part.right]


def _reach(one: int, other: int, length: int, block: int) -> tuple[int, int]:
    """From where to where a mask between two places of a side hides, whichever is named first.

    Whole blocks, counted from either end: which of them was the first before the picture was
    turned upright is not asked.
    """
    first, last = sorted((one, other))
    return (
        min(first // block * block, length - -(-(length - first) // block) * block) - _MARGIN,
        max(-(-last // block) * block, length - (length - last) // block * block) + _MARGIN,
    )
