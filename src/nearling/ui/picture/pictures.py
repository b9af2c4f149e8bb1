"""The pixels of attachments and of what was just dropped, decoded elsewhere and kept a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from shiboken6 import isValid

from nearling.core.cancellation import Cancellation
from nearling.core.media import Attachment, Capture, Medium, Rendition
from nearling.ui.house import House
from nearling.ui.tasks import Tasks

if TYPE_CHECKING:  # nothing is read before the window is seen
    from nearling.core.reading import Reading

_MOST_BYTES = 24_000_000
"""Some twenty thumbnails, more than can be seen; what was scrolled away is decoded again."""
THUMBNAIL, WHOLE = 640, 4096
"""The longest side in pixels: as shown in a conversation, and where it is looked at closely."""


class Shown:
    """A picture's pixels, and the size in which its boxes are measured."""

    def __init__(self, digest: str, width: int, height: int, image: QImage) -> None:
        self.digest, self.width, self.height, self.image = digest, width, height, image

    @classmethod
    def of(cls, rendition: Rendition) -> Shown:
        width, height = rendition.full_width, rendition.full_height
        return cls(rendition.digest, width, height, pixels(rendition))


def pixels(rendition: Rendition) -> QImage:
    image = QImage(
        rendition.data,
        rendition.width,
        rendition.height,
        3 * rendition.width,
        QImage.Format.Format_RGB888,
    )
    # A copy: Qt does not keep the bytes alive.
    return image.convertToFormat(QImage.Format.Format_RGB32)


class Pictures:
    def __init__(self, house: House, tasks: Tasks) -> None:
        self._house = house
        self._tasks = tasks
        self._kept: OrderedDict[tuple[str, int], Shown] = OrderedDict()

    def ready(self, digest: str, longest: int) -> Shown | None:
        return self._kept.get((digest, longest))

    def thumbnail(self, capture: Capture, cancellation: Cancellation) -> Shown:
        """Takes its time: not to be called on the thread of the window. Raises as Decoder does."""
        return Shown.of(self._house.decoder.decode(capture, THUMBNAIL, cancellation))

    def keep_thumbnail(self, shown: Shown) -> None:
        self._keep(shown, THUMBNAIL)

    def show_attachment(
        self,
        attachment: Attachment,
        longest: int,
        asker: QObject,
        then: Callable[[Shown], None],
    ) -> None:
        """Calls `then` at once where it is ready; not at all where it cannot be shown.

        Nor when `asker` is gone by then: it was scrolled away.
        """
        if (known := self.ready(attachment.digest, longest)) is not None:
            then(known)
            return

        def work(cancellation: Cancellation) -> Shown:
            data = self._house.history.attachment(attachment.digest)
            capture = Capture(Medium.PICTURE, attachment.name, data)
            return Shown.of(self._house.decoder.decode(capture, longest, cancellation))

        def arrived(shown: Shown) -> None:
            self._keep(shown, longest)
            if isValid(asker):
                then(shown)

        self._tasks.call(work, arrived, failed=lambda _: True)

    def reading(self, digest: str, then: Callable[[Reading], None]) -> None:
        """What it says, if it has been read."""

        def told(reading: Reading | None) -> None:
            if reading is not None:
                then(reading)

        self._tasks.call(lambda _: self._house.assistant.reading(digest), told)

    def _keep(self, shown: Shown, longest: int) -> None:
        self._kept[shown.digest, longest] = shown
        while sum(each.image.sizeInBytes() for each in self._kept.values()) > _MOST_BYTES:
            self._kept.popitem(last=False)
