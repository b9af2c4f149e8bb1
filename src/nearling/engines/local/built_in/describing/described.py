"""What can be said of a picture as such: its size, its file, its colours, whether it is sharp."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from math import gcd
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.means import Means
from nearling.core.numerals import decimal, whole
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Look, Reading
from nearling.engines.local.built_in.quoting.question import understood
from nearling.engines.local.built_in.quoting.words import folded
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.shapes import Shapes

_ASKING = Shapes(Path(__file__).with_name("asking.txt"))
_COLOURS = {
    "black": marked("black"), "white": marked("white"), "grey": marked("grey"),
    "brown": marked("brown"), "red": marked("red"), "orange": marked("orange"),
    "yellow": marked("yellow"), "green": marked("green"), "turquoise": marked("turquoise"),
    "blue": marked("blue"), "purple": marked("purple"), "pink": marked("pink"),
    "beige": marked("beige"), "light grey": marked("light grey"), "dark grey": marked("dark grey"),
    "light green": marked("light green"), "dark green": marked("dark green"),
    "light blue": marked("light blue"), "dark blue": marked("dark blue"),
}  # fmt: skip
_SHARP = {True: marked("It looks sharp."), False: marked("It looks blurred.")}
_SAYING = {
    "size": marked("{width} × {height} pixels ({megapixels} megapixels), {format}, {bytes} bytes."),
    "format": marked("{format}, {size} ({bytes} bytes)."),
    "shape": marked("{way}: {width} × {height} pixels, which is {ratio}."),
    "camera": marked("{camera}, as the file says."),
    "taken": marked("{moment}, by the camera's clock, as the file says."),
    "place": marked("At {latitude}, {longitude} (latitude and longitude), as the file says."),
    "colours": marked("Mostly {colours}."),
    "dark": marked("It is dark: {percent} % of full brightness on average."),
    "bright": marked("It is bright: {percent} % of full brightness on average."),
    "": marked("Neither dark nor bright: {percent} % of full brightness on average."),
}
_UNSAID = {
    "camera": marked("The file does not say with which camera it was taken."),
    "taken": marked("The file does not say when it was taken."),
    "place": marked("The file does not say where it was taken."),
    "colours": marked("No colour takes up enough of it to be named."),
    "sharp": marked("Whether it is sharp cannot be told for sure."),
}
_DARK, _BRIGHT = 0.25, 0.75
_LONGEST_RATIO = len("16:10")
_WORD = re.compile(r"[\w']+")


def described(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
    """Measured, never guessed; None where the picture as such is not asked about."""
    cancellation.check()
    newest = prompt.sources[0].exchange if prompt.sources else None
    pictures = [
        (source, source.reading.look)
        for source in takewhile(lambda source: source.exchange == newest, prompt.sources)
        if source.reading.look is not None
    ]
    if not pictures:
        return None
    legible = any(picture.reading.lines for picture, _look in pictures)
    topic = _topic(prompt.question, legible)
    if topic and topic not in ("shown", "who"):
        return _measured(topic, pictures) or (None if legible else Declined(_(_UNSAID[topic])))
    # Who or what it is may be printed there, or be held by a code.
    silent = not any(it.reading.lines or it.reading.codes for it in prompt.sources)
    wanted = silent and not understood(prompt.question).is_asked("model")
    return _not_seen(pictures) if topic == "shown" or wanted else None


def _topic(question: str, legible: bool) -> str:
    """What of a picture as such is asked about; empty where it is something else, or not sure."""
    plain = " ".join(folded(question.replace("’", "'")).split()).rstrip(" ?!.")
    found = next((name for name, key in _ASKING.section("topics") if key.search(plain)), "")
    topic, _blank, sure = found.partition(" ")
    named = sure or not legible or _ASKING.part("NOUN").search(plain)
    return topic if named and all(map(_is_known, _WORD.findall(plain))) else ""


def _is_known(word: str) -> bool:
    """Whether a word says nothing but how a picture is asked about."""
    small = (*_ASKING.section("parts"), *_ASKING.section("around"))
    asked = any(shape.fullmatch(word) for _name, shape in small)
    return asked or any(key.search(word) for _name, key in _ASKING.section("topics"))


def _measured(topic: str, pictures: Sequence[tuple[Source, Look]]) -> Reply | None:
    """None where it is known of no picture."""
    said = [(picture.name, _said(topic, picture.reading, look)) for picture, look in pictures]
    if not any(sentence for _name, sentence in said):
        return None
    lines = [
        f"{name}: {sentence or _(_UNSAID[topic])}" if len(said) > 1 else sentence
        for name, sentence in said
    ]
    return Reply("\n".join(lines), Means.DESCRIBED)


def _not_seen(pictures: Sequence[tuple[Source, Look]]) -> Declined:
    measured = [
        " ".join(_said(topic, it.reading, look) for topic in ("size", "colours", "sharp"))
        for it, look in pictures
    ]
    return Declined(
        _("Saying what a picture shows takes a vision model, of about 0.4 GB; none is here yet."),
        remedies=(
            *(_("What can be measured: {what}").format(what=each.strip()) for each in measured),
            _("Ask about its words, its size, its colours, or when and with what it was taken."),
        ),
    )


def _said(topic: str, reading: Reading, look: Look) -> str:
    """Empty where a fact that it takes is not known."""
    if topic == "sharp":
        return "" if look.sharp is None else _(_SHARP[look.sharp])
    if topic == "bright":
        topic = "dark" if look.brightness < _DARK else "bright" if look.brightness > _BRIGHT else ""
    try:
        return _(_SAYING[topic]).format_map(_facts(reading, look))
    except KeyError:
        return ""


def _facts(reading: Reading, look: Look) -> dict[str, str]:
    """Those that are known."""
    width, height = reading.width, reading.height
    shared = gcd(width, height) or 1
    ratio = f"{width // shared}:{height // shared}"
    count, unit = (look.bytes / 1e6, "MB") if look.bytes >= 1e6 else (look.bytes / 1e3, "kB")
    named = (f"{_(_COLOURS[it.name])} {round(100 * it.share)} %" for it in look.colours)
    facts = {
        "width": str(width), "height": str(height), "megapixels": _brief(width * height / 1e6),
        "way": _("Square") if width == height else _("Landscape") if width > height
        else _("Portrait"),
        "ratio": ratio if len(ratio) <= _LONGEST_RATIO else f"{_brief(width / height)}:1",
        "format": look.format or "?", "size": f"{_brief(count)} {unit}", "bytes": whole(look.bytes),
        "camera": look.camera, "moment": look.taken, "colours": ", ".join(named),
        "percent": str(round(100 * look.brightness)),
        "latitude": "" if look.latitude is None else f"{look.latitude:.5f}",
        "longitude": "" if look.longitude is None else f"{look.longitude:.5f}",
    }  # fmt: skip
    return {name: fact for name, fact in facts.items() if fact}


def _brief(number: float) -> str:
    """Two decimals, or fewer where these say as much."""
    places = next(it for it in (0, 1, 2) if it == 2 or round(number, it) == round(number, 2))
    return decimal(number, places)
