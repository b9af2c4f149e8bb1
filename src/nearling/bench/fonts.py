"""The packaged fonts, in two groups that share no family."""

import io
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from PIL import ImageFont

from nearling.settings.assets import assets


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, named by its path below assets/fonts."""

    file: str


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces a set of pictures is drawn with; `second` is another sans, `till` another mono."""

    sans: Face
    bold: Face
    second: Face
    serif: Face
    serif_bold: Face
    mono: Face
    till: Face


DEVELOP = Faces(
    sans=Face("liberation-sans/LiberationSans-Regular.ttf"),
    bold=Face("liberation-sans/LiberationSans-Bold.ttf"),
    second=Face("carlito/Carlito-Regular.ttf"),
    serif=Face("caladea/Caladea-Regular.ttf"),
    serif_bold=Face("caladea/Caladea-Bold.ttf"),
    mono=Face("jetbrains-mono/JetBrainsMono-Regular.ttf"),
    till=Face("inconsolata/Inconsolata.otf"),
)

FRESH = Faces(
    sans=Face("open-sans/OpenSans-Regular.ttf"),
    bold=Face("open-sans/OpenSans-Bold.ttf"),
    second=Face("b612/B612-Regular.otf"),
    serif=Face("liberation-serif/LiberationSerif-Regular.ttf"),
    serif_bold=Face("liberation-serif/LiberationSerif-Bold.ttf"),
    mono=Face("hack/Hack-Regular.ttf"),
    till=Face("courier-prime/Courier Prime.otf"),
)


def folder() -> Traversable:
    """assets/fonts, wherever the assets are."""
    return assets() / "fonts"


def load(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels.

    Basic layout, because the full one is missing from some builds of Pillow and joins code
    symbols into ligatures: the same picture must come out everywhere.
    """
    content = folder().joinpath(*face.file.split("/")).read_bytes()
    return ImageFont.truetype(io.BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)
