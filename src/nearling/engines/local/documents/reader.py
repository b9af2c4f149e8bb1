"""Fulfils DocumentReader and PageRenderer."""

from collections.abc import Iterator

from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, Pages
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Capture, Rendition


class FileDocumentReader:
    def open(self, document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
        cancellation.check()
        raise self._unknown(document)

    def render(
        self, document: Capture, page: int, longest: int, cancellation: Cancellation
    ) -> Rendition:
        del page, longest
        cancellation.check()
        raise self._unknown(document)

    def _unknown(self, document: Capture) -> UnusableFile:
        return UnusableFile(
            _("{name} is no document that Nearling takes.").format(name=document.name),
            _("Save it as PDF and try that."),
        )
