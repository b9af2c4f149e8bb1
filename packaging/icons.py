"""Draws the app's one icon, `assets/icons/nearling.svg`, in the sizes that desktops look for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[1] / "assets" / "icons" / "nearling.svg"
APP = "app.nearling.Nearling"  # how desktops call it; src/nearling/ui/opening.py says the same
SIDES = (16, 24, 32, 48, 64, 128, 256, 512)


def draw_icons(hicolor: Path) -> None:
    """Fills the folder of the theme that every desktop falls back to."""
    for side in SIDES:
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, side, side))
        painter.end()
        file = hicolor / f"{side}x{side}" / "apps" / f"{APP}.png"
        file.parent.mkdir(parents=True)
        if not image.save(str(file)):
            raise OSError(f"{file} could not be written")
    scalable = hicolor / "scalable" / "apps" / f"{APP}.svg"
    scalable.parent.mkdir(parents=True)
    scalable.write_bytes(DRAWING.read_bytes())
