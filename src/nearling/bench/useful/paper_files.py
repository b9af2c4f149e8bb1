"""Writes described pages as a PDF with text, a scanned PDF, a picture and a photo."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Sequence

from PIL import Image

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import photograph
from nearling.bench.fonts import DEVELOP
from nearling.bench.useful.described import Described
from nearling.bench.useful.placed import WIDTH, Paper, paper

_SCALE = 2
"""Pixels a point in pictures: 144 dots an inch."""
_THEN = time.gmtime(0)


def pdf(pages: Sequence[Described]) -> bytes:
    """Text in Helvetica. Raises UnicodeEncodeError for a letter outside Windows' Western ones."""
    first_page = 5
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
    ]
    for number, page in enumerate(pages):
        laid_out = paper(page)
        resources = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        box = f"[0 0 {WIDTH} {laid_out.height:.2f}]"
        at = first_page + 2 * number + 1
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources {resources} "
            f"/Contents {at} 0 R >>".encode()
        )
        objects.append(_stream(_drawn(laid_out)))
    return _file(objects)


def scan(pages: Sequence[Described]) -> bytes:
    """A PDF whose pages are pictures."""
    pictures = [
        Image.open(io.BytesIO(picture(page).picture)).convert("L").convert("RGB") for page in pages
    ]
    content = io.BytesIO()
    pictures[0].save(
        content,
        "PDF",
        resolution=72 * _SCALE,
        save_all=True,
        append_images=pictures[1:],
        # The same description gives the same bytes.
        creationDate=_THEN,
        modDate=_THEN,
    )
    return content.getvalue()


def picture(page: Described) -> Sheet:
    laid_out = paper(page)
    canvas = Canvas(_SCALE * WIDTH, round(_SCALE * laid_out.height), DEVELOP.sans)
    for it in laid_out.placed:
        face = DEVELOP.bold if it.bold else DEVELOP.sans
        left, top = _SCALE * it.left, _SCALE * it.top
        canvas.text(left, top, it.text, size=_SCALE * it.size, face=face)
    return canvas.sheet()


def photo(page: Described, seed: int) -> Sheet:
    return photograph(picture(page), seed)


def _font(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
    )


def _drawn(laid_out: Paper) -> bytes:
    drawn = []
    for it in laid_out.placed:
        # A line's text stands on its baseline, four fifths below its top.
        below = laid_out.height - it.top - 0.8 * it.size
        text = it.text.encode("cp1252")
        for special in (b"\\", b"(", b")"):
            text = text.replace(special, b"\\" + special)
        place = f"BT /F{2 if it.bold else 1} {it.size} Tf {it.left:.2f} {below:.2f} Td ("
        drawn.append(place.encode() + text + b") Tj ET")
    return b"\n".join(drawn)


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    return head + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    content = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, it in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode() + it + b"\nendobj\n"
    start = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        content += f"{place:010d} 00000 n \n".encode()
    content += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    content += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(content)
