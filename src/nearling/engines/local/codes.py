"""Finds bar codes and QR codes and what they hold."""

from __future__ import annotations

import numpy as np
import zxingcpp

from nearling.core.geometry import Box
from nearling.core.reading import Code
from nearling.engines.local.picture_decoding import Pixels

# Not the oldest ones (ITF, Codabar, Code 11 …): without a check digit, stripes of text pass.
_FORMATS = (
    zxingcpp.QRCode,
    zxingcpp.MicroQRCode,
    zxingcpp.RMQRCode,
    zxingcpp.DataMatrix,
    zxingcpp.Aztec,
    zxingcpp.PDF417,
    zxingcpp.MaxiCode,
    zxingcpp.EAN13,
    zxingcpp.EAN8,
    zxingcpp.UPCA,
    zxingcpp.UPCE,
    zxingcpp.Code128,
    zxingcpp.Code39,
    zxingcpp.Code93,
    zxingcpp.DataBar,
    zxingcpp.DataBarExp,
)


def find_codes(picture: Pixels) -> tuple[Code, ...]:
    """Every legible code from top to bottom, boxes in pixels of `picture`."""
    height, width = picture.shape[:2]
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(picture), formats=zxingcpp.BarcodeFormats(_FORMATS)
    )
    codes = [
        Code(code.text, code.format.name, _box(code.position).clipped(width, height))
        for code in found
        if code.valid
    ]
    return tuple(sorted(codes, key=lambda code: (code.box.top, code.box.left)))


def _box(position: zxingcpp.Position) -> Box:
    corners = (
        position.top_left,
        position.top_right,
        position.bottom_right,
        position.bottom_left,
    )
    return Box(
        min(corner.x for corner in corners),
        min(corner.y for corner in corners),
        max(corner.x for corner in corners) + 1,
        max(corner.y for corner in corners) + 1,
    )
