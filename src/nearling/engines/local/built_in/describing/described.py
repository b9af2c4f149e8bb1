"""What can be said of a picture as such: its size, its file, its colours, whether it is sharp."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.means import Means
from nearling.core.numerals import decimal, whole
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Look, Reading
from nearling.engines.local.built_in.quoting.words import folded
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.shapes import Shapes

_ASKING = Shapes(Path(__file__).with_name("asking.txt"))
_COLOURS = {
    "black": marked("black"), "white": marked("white"), "grey": marked("grey"),
    "brown": marked("brown"), "red": marked("red"), "orange": marked("orange"),
    "yellow": marked("yellow"), "green": marked("green"), "turquoise": marked("turquoise"),
    "blue": marked("blue"), "purple": marked("purple"), "pink": marked("pink"),
}  # fmt: skip
_DARK, _BRIGHT = 0.25, 0.75


def described(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
    """Measured, never guessed; None where the picture as such is not asked about."""
    cancellation.check()
    plain = " ".join(folded(prompt.question.replace("’", "'")).split()).rstrip(" ?!.")
    asked = _ASKING.taken("all", plain)
    newest = prompt.sources[0].exchange if prompt.sources else None
    pictures = [
        source
        for source in takewhile(lambda source: source.exchange == newest, prompt.sources)
        if source.reading.look is not None
    ]
    if asked is None or not pictures:
        return None
    if asked[0] == "who" and any(picture.reading.lines for picture in pictures):
        # A name may be printed there.
        return None
    if asked[0] in ("shown", "who"):
        return _not_seen(pictures)
    said = [
        (picture.name, _SAYING[asked[0]](picture.reading, look))
        for picture in pictures
        if (look := picture.reading.look) is not None
    ]
    if not any(sentence for _name, sentence in said):
        # What the file does not say may stand in the picture.
        return None if any(it.reading.lines for it in pictures) else Declined(_(_UNSAID[asked[0]]))
    lines = [
        f"{name}: {sentence or _(_UNSAID[asked[0]])}" if len(said) > 1 else sentence
        for name, sentence in said
    ]
    return Reply("\n".join(lines), Means.DESCRIBED)


def _not_seen(pictures: list[Source]) -> Declined:
    measured = [
        " ".join((_size(it.reading, look), _colours(it.reading, look), _sharp(it.reading, look)))
        for it in pictures
        if (look := it.reading.look) is not None
    ]
    return Declined(
        _("Saying what a picture shows takes a vision model, of about 0.4 GB; none is here yet."),
        remedies=(
            *(_("What can be measured: {what}").format(what=each.strip()) for each in measured),
            _("Ask about its words, its size, its colours, or when and with what it was taken."),
        ),
    )


def _size(reading: Reading, look: Look) -> str:
    sentence = _("{width} × {height} pixels ({megapixels} megapixels), {format}, {bytes} bytes.")
    return sentence.format(
        width=reading.width,
        height=reading.height,
        megapixels=decimal(reading.width * reading.height / 1e6, 2),
        format=look.format,
        bytes=whole(look.bytes),
    )


def _colours(_reading: Reading, look: Look) -> str:
    named = ", ".join(
        f"{_(_COLOURS[colour.name])} {round(100 * colour.share)} %" for colour in look.colours
    )
    return _("Mostly {colours}.").format(colours=named) if named else ""


def _sharp(_reading: Reading, look: Look) -> str:
    if look.sharp is None:
        return ""
    return _("It looks sharp.") if look.sharp else _("It looks blurred.")


def _bright(_reading: Reading, look: Look) -> str:
    percent = round(100 * look.brightness)
    if look.brightness < _DARK:
        return _("It is dark: {percent} % of full brightness on average.").format(percent=percent)
    if look.brightness > _BRIGHT:
        return _("It is bright: {percent} % of full brightness on average.").format(percent=percent)
    return _("Neither dark nor bright: {percent} % of full brightness on average.").format(
        percent=percent
    )


def _taken(_reading: Reading, look: Look) -> str:
    if not look.taken:
        return ""
    return _("{moment}, by the camera's clock, as the file says.").format(moment=look.taken)


def _camera(_reading: Reading, look: Look) -> str:
    return _("{camera}, as the file says.").format(camera=look.camera) if look.camera else ""


def _place(_reading: Reading, look: Look) -> str:
    if look.latitude is None or look.longitude is None:
        return ""
    return _("At {latitude}, {longitude} (latitude and longitude), as the file says.").format(
        latitude=f"{look.latitude:.5f}", longitude=f"{look.longitude:.5f}"
    )


_SAYING: dict[str, Callable[[Reading, Look], str]] = {
    "size": _size, "format": _size, "camera": _camera, "taken": _taken, "place": _place,
    "colours": _colours, "sharp": _sharp, "bright": _bright,
}  # fmt: skip
_UNSAID = {
    "camera": marked("The file does not say with which camera it was taken."),
    "taken": marked("The file does not say when it was taken."),
    "place": marked("The file does not say where it was taken."),
    "colours": marked("No colour takes up enough of it to be named."),
    "sharp": marked("Whether it is sharp cannot be told for sure."),
}
