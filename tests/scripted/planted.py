"""Pictures with a marker planted in every place of a file that is not pixels."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

MARKER = "PLANTED-48.8584N"
_RAW = MARKER.encode()
_XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:title>{MARKER}</dc:title></x:xmpmeta>'.encode()
_MOTION = b"\0\0\0\x18ftypmp42" + _RAW
"""What phones append to a picture: a short film."""


def _tiff_block(entries: list[tuple[int, int, int, bytes]], next_offset: int, base: int) -> bytes:
    """One image file directory at `base`; what does not fit into an entry follows it."""
    head = struct.pack("<H", len(entries))
    overflow = base + 2 + 12 * len(entries) + 4
    body, tail = b"", b""
    for tag, kind, count, value in sorted(entries):
        if len(value) > 4:
            body += struct.pack("<HHII", tag, kind, count, overflow + len(tail))
            tail += value + b"\0" * (len(value) % 2)
        else:
            body += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    return head + body + struct.pack("<I", next_offset) + tail


def exif(orientation: int = 1) -> bytes:
    """Camera, place and a thumbnail with a comment of its own, as a camera writes them."""
    small = io.BytesIO()
    Image.new("RGB", (16, 12), "red").save(small, "JPEG", comment=_RAW)
    thumbnail = small.getvalue()
    ascii_, short, long, rational = 2, 3, 4, 5
    degrees = struct.pack("<6I", 48, 1, 51, 1, 3024, 100)
    gps_at = 200
    thumbs_at = 400
    main = _tiff_block(
        [
            (0x010F, ascii_, len(_RAW) + 1, _RAW + b"\0"),
            (0x0112, short, 1, struct.pack("<H", orientation)),
            (0x9C9B, 1, 2 * len(MARKER), MARKER.encode("utf-16-le")),
            (0x8825, long, 1, struct.pack("<I", gps_at)),
        ],
        thumbs_at,
        8,
    )
    gps = _tiff_block(
        [(0x0001, ascii_, 2, b"N\0"), (0x0002, rational, 3, degrees), (0x001D, 2, 17, _RAW)],
        0,
        gps_at,
    )
    small_at = 500
    thumbs = _tiff_block(
        [
            (0x0201, long, 1, struct.pack("<I", small_at)),
            (0x0202, long, 1, struct.pack("<I", len(thumbnail))),
        ],
        0,
        thumbs_at,
    )
    block = b"II*\0" + struct.pack("<I", 8) + main
    assert len(block) <= gps_at
    block = block.ljust(gps_at, b"\0") + gps
    assert len(block) <= thumbs_at
    block = block.ljust(thumbs_at, b"\0") + thumbs
    assert len(block) <= small_at
    return b"Exif\0\0" + block.ljust(small_at, b"\0") + thumbnail


def profile() -> bytes:
    """A colour profile whose description is the marker."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made += _RAW
    made[:4] = struct.pack(">I", len(made))
    return bytes(made)


def _saved(picture: Image.Image, format: str, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, format, **options)
    return written.getvalue()


def _jpeg(picture: Image.Image) -> bytes:
    return (
        _saved(
            picture,
            "JPEG",
            quality=95,
            exif=exif(),
            icc_profile=profile(),
            xmp=_XMP,
            comment=_RAW,
        )
        + _MOTION
    )


def _two_pictures(picture: Image.Image) -> bytes:
    """A picture and a second one behind it, as phones keep depth and brightness."""
    second = Image.new("RGB", (16, 12), "red")
    second.encoderinfo = {"comment": _RAW}
    return (
        _saved(picture, "MPO", save_all=True, append_images=[second], exif=exif(), comment=_RAW)
        + _MOTION
    )


def _png(picture: Image.Image) -> bytes:
    texts = PngInfo()
    texts.add_text("Author", MARKER)
    texts.add_text("Comment", MARKER, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", _XMP.decode(), "en", MARKER)
    texts.add(b"prVt", _RAW, after_idat=True)
    return (
        _saved(picture, "PNG", pnginfo=texts, exif=exif(), icc_profile=profile(), dpi=(72, 72))
        + _MOTION
    )


def _webp(picture: Image.Image) -> bytes:
    return _saved(picture, "WEBP", lossless=True, exif=exif(), icc_profile=profile(), xmp=_XMP)


def _gif(picture: Image.Image) -> bytes:
    others = [Image.new("RGB", picture.size, "red")]
    return _saved(picture, "GIF", comment=_RAW, save_all=True, append_images=others) + _MOTION


def _tiff(picture: Image.Image) -> bytes:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    tags = ImageFileDirectory_v2()
    for tag in (270, 271, 305, 315, 33432):  # description, make, software, artist, copyright
        tags[tag] = MARKER
    tags[700] = _XMP
    others = [Image.new("RGB", (16, 12), "red")]
    return _saved(
        picture,
        "TIFF",
        tiffinfo=tags,
        icc_profile=profile(),
        save_all=True,
        append_images=others,
    )


def _bmp(picture: Image.Image) -> bytes:
    return _saved(picture, "BMP") + _MOTION


FILES: dict[str, Callable[[Image.Image], bytes]] = {
    "jpeg": _jpeg,
    "mpo": _two_pictures,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "tiff": _tiff,
    "bmp": _bmp,
}
