"""Draws one page of a PDF, as large as its reading is at most."""

from __future__ import annotations

from contextlib import closing

import pypdfium2

from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Capture, Rendition
from nearling.engines.local.documents.content import Content, content_of
from nearling.engines.local.documents.limits import damaged
from nearling.engines.local.documents.pdf import opened, page_of, size_in_pixels


class PdfRenderer:
    """Fulfils PageRenderer."""

    def render(
        self, document: Capture, page: int, longest: int, cancellation: Cancellation
    ) -> Rendition:
        if content_of(document.data) is not Content.PDF:
            raise UnusableFile(
                _("{name} has no printed pages that could be shown.").format(name=document.name),
                _("Its text can be read and asked about all the same."),
            )
        cancellation.check()
        with closing(opened(document)) as pdf:
            if not 1 <= page <= len(pdf):
                raise _no_such_page(document.name, page)
            try:
                with closing(page_of(pdf, page - 1)) as drawn:
                    width, height, scale = size_in_pixels(drawn)
                    smaller = min(1.0, longest / max(width, height))
                    image = drawn.render(scale=scale * smaller).to_pil().convert("RGB")
            except pypdfium2.PdfiumError as error:
                raise damaged(document.name) from error
        return Rendition(document.digest, image.width, image.height, width, height, image.tobytes())


def _no_such_page(name: str, page: int) -> UnusableFile:
    return UnusableFile(
        _("{name} has no page {page}.").format(name=name, page=page),
        _("Open it and look which page you mean."),
    )
