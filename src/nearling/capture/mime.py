"""Takes what is dropped or pasted: files, or a picture's bytes; decodes nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from nearling.capture.files import LARGEST_PICTURE, capture_file
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Capture, Medium

_KINDS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/tiff": "tiff",
    "image/gif": "gif",
    "image/bmp": "bmp",
}
"""Best first: a clipboard often offers one picture in several kinds."""
_FROM_OURSELVES = "application/x-qt-image"

Fetch = Callable[[], Capture]
"""Reads what was handed over; slow where a disk is; raises UnusableFile."""


def holds_something(mime: QMimeData) -> bool:
    return any(url.isLocalFile() for url in mime.urls()) or _kind(mime) is not None


def fetches(mime: QMimeData) -> tuple[Fetch, ...]:
    """One for each file or picture; to be called where waiting does no harm."""
    if files := local_files(mime):
        return tuple(partial(capture_file, path) for path in files)
    kind = _kind(mime)
    if kind is None:
        return ()
    name = _("picture {moment:%Y-%m-%d %H.%M.%S}").format(moment=datetime.now().astimezone())
    if kind == _FROM_OURSELVES:
        return (partial(_captured, f"{name}.png", _encoded(mime.imageData())),)
    return (partial(_captured, f"{name}.{_KINDS[kind]}", bytes(mime.data(kind).data())),)


def text_fetch(mime: QMimeData) -> tuple[Fetch, ...]:
    """Plain text as a document; to be called where text is wanted and not to be typed."""
    text = mime.text() if mime.hasText() else ""
    if not text.strip():
        return ()
    name = _("text {moment:%Y-%m-%d %H.%M.%S}").format(moment=datetime.now().astimezone())
    return (partial(Capture, Medium.DOCUMENT, f"{name}.txt", text.encode()),)


def local_files(mime: QMimeData) -> tuple[Path, ...]:
    """Files and folders of this computer."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def _kind(mime: QMimeData) -> str | None:
    offered = mime.formats()
    return next((kind for kind in (*_KINDS, _FROM_OURSELVES) if kind in offered), None)


def _captured(name: str, data: bytes) -> Capture:
    if not data:
        raise UnusableFile(
            _("What was pasted is no longer there."), _("Copy it again and paste at once.")
        )
    if len(data) > LARGEST_PICTURE:
        raise UnusableFile(_("The pasted picture is too large."), _("Copy the part that matters."))
    return Capture(Medium.PICTURE, name, data)


def _encoded(image: QImage) -> bytes:
    """A picture that was made in this very process, where nothing has to be decoded."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(data.data())
