"""How much of a picture leaves is drawn on it, and what is shown is what leaves."""

from __future__ import annotations

import base64
import io
import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nearling.core.geometry import Box
from nearling.core.outgoing import Disclosure
from nearling.ui.consent.rectangles import Rectangles
from scripted.consent import OWN, Remote
from ui.conftest import until
from ui.test_access import nameless, unreachable
from ui.test_consent import ASKING, ask, receipt, remote, window
from ui.test_window import drop, press, shown

__all__ = ["receipt", "remote", "window"]

WIDE, HIGH = 640, 136


@pytest.fixture
def card(window, receipt):
    with Image.open(receipt) as picture:
        assert picture.size == (WIDE, HIGH)
    drop(window, receipt)
    card = ask(window)
    until(lambda: section(card).choice and section(card).choice.choice.isEnabled())
    return card


def section(card):
    (found,) = (each for key, each in card.sections.items() if key != "question")
    return found


def choose(card, disclosure: Disclosure) -> None:
    """By keys, as in every list of choices."""
    choice = section(card).choice.choice
    choice.setFocus()
    at = list(Disclosure).index(disclosure)
    while choice.currentIndex() != at:
        before = choice.currentIndex()
        press("Down" if before < at else "Up")
        until(lambda before=before: choice.currentIndex() != before)
        choice.setFocus()
        until(lambda: card.complete)


def sent(remote) -> Image.Image | None:
    """The picture in what was sent."""
    content = json.loads(remote.sender.sent[-1].body)["messages"][-1]["content"]
    if isinstance(content, str):
        return None
    (url,) = (part["image_url"]["url"] for part in content if part["type"] == "image_url")
    return Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))


def send(card, window, remote) -> Image.Image | None:
    until(lambda: card.complete)
    card.send.click()
    until(lambda: remote.sender.sent)
    return sent(remote)


def edit(card):
    (found,) = card._asked.edits.pictures
    return found


def test_only_its_text_leaves_unless_more_is_chosen(card, window, remote):
    assert section(card).choice.choice.currentData() == Disclosure.TEXT
    assert not section(card).choice.sketch.isVisible()
    assert section(card).excerpt.isVisible()
    assert send(card, window, remote) is None


def test_a_part_is_chosen_and_sized_by_keys(card, window, remote):
    choose(card, Disclosure.REGION)
    sketch = section(card).choice.sketch
    assert edit(card).region == Box(160, 34, 480, 102)
    assert section(card).title.text().startswith("receipt.png: 320 × 68 pixels, ")
    assert not section(card).excerpt.isVisible()
    sketch.setFocus()
    press("Left", "Left", "shift+Down")
    until(lambda: card.complete and edit(card).region == Box(128, 34, 448, 118))
    assert nameless(window) == []
    assert unreachable(window) == []
    assert send(card, window, remote).size == (320, 84)


def test_places_are_blacked_out_by_pointer_and_keys(card, window, remote):
    choose(card, Disclosure.MASKED)
    sketch = section(card).choice.sketch
    assert edit(card).masks == (Box(160, 34, 480, 102),)
    sketch.setFocus()
    press("Delete")
    until(lambda: edit(card).masks == ())
    settled(window, sketch)
    begin, end = (sketch.mapToGlobal(point) for point in corners(sketch))
    subprocess.run(
        [
            *("xdotool", "mousemove", str(begin.x()), str(begin.y()), "mousedown", "1"),
            *("mousemove", str(end.x() - 5), str(end.y())),
            *("mousemove", str(end.x()), str(end.y()), "mouseup", "1"),
        ],
        check=True,
    )
    until(lambda: len(edit(card).masks) == 1 and card.complete)
    (mask,) = edit(card).masks
    assert abs(mask.left - 10) <= 3
    assert abs(mask.right - 200) <= 3
    picture = send(card, window, remote).convert("L")
    assert picture.size == (WIDE, HIGH)
    assert picture.getpixel((100, 40)) < 30
    assert picture.getpixel((630, 5)) > 220


def settled(window, sketch) -> None:
    """Waits until it is in sight and stays where it is."""
    passed = []

    def still() -> bool:
        passed.append(sketch.mapToGlobal(sketch.rect().topLeft()))
        if len(passed) < 10 or window.transcript._later.isActive():
            return False
        if sketch.visibleRegion().boundingRect() != sketch.rect():
            window.transcript.reveal(sketch)
            return False
        return passed[-10:] == [passed[-1]] * 10

    until(still)


def corners(sketch):
    """Of the picture's 10, 10 and 200, 70, on the screen."""
    from PySide6.QtCore import QPoint

    x, y, width, height = sketch._placement.shown(Box(10, 10, 200, 70))
    return QPoint(round(x), round(y)), QPoint(round(x + width), round(y + height))


def test_the_whole_picture_and_back_to_its_text(card, window, remote):
    choose(card, Disclosure.WHOLE)
    assert card._asked.images.keys() == {edit(card).digest}
    assert not section(card).thumbnail.pixmap().isNull()
    assert b"Total" not in card._asked.outgoing.body
    choose(card, Disclosure.TEXT)
    until(lambda: card._asked.edits.pictures == () and card.complete)
    assert b"Total" in card._asked.outgoing.body
    assert not section(card).thumbnail.isVisible()


def test_a_model_that_takes_no_pictures_is_given_none(open_window, receipt):
    window = open_window(
        reads={"receipt.png": ["Total"]}, candidates=(Remote(OWN).candidate,), options=ASKING
    )
    drop(window, receipt)
    assert section(ask(window)).choice is None
    assert shown(window).below is not None


# Rectangles

SPOTS = st.floats(-50, 450)


@given(st.lists(st.tuples(st.integers(0, 4), SPOTS, SPOTS, SPOTS, SPOTS), max_size=12))
def test_rectangles_stay_on_the_picture(deeds):
    now = Rectangles(400, 300)
    for deed, *spots in deeds:
        match deed:
            case 0:
                now = now.drawn(*spots)
            case 1:
                now = now.moved(round(spots[0]), round(spots[1]))
            case 2:
                now = now.sized(round(spots[0]), round(spots[1]))
            case 3:
                now = now.next()
            case 4:
                now = now.removed()
        whole = Box(0, 0, now.width, now.height)
        assert all(box.intersection(whole) == box and box.area for box in now.boxes)
        assert not now.boxes or 0 <= now.current < len(now.boxes)


def test_the_one_part_that_is_seen_is_replaced_and_never_taken_away():
    one = Rectangles(400, 300, most=1).middle()
    assert one.removed() == one
    assert one.drawn(300, 200, 10, 20).boxes == (Box(10, 20, 300, 200),)
    assert one.drawn(5, 5, 6, 6) == one
