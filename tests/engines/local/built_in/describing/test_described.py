"""Questions about a picture as such: what is said of it, what is not, and what is none of it."""

from dataclasses import replace

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.geometry import Box
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Code, Colour, Look, Reading
from nearling.engines.local.built_in.describing.described import described
from nearling.engines.local.built_in.reply import Reply
from scripted.readings import page

LOOK = Look(
    "JPEG", 2_345_678, "2026-05-03 14:20:07", "Nikon Z 5", 51.34, -12.375,
    (Colour("white", 0.68), Colour("blue", 0.3)), 0.9, True,
)  # fmt: skip
BARE = replace(LOOK, taken="", camera="", latitude=None, longitude=None, sharp=None, colours=())


def picture(look=LOOK, name="a.jpg"):
    return Source(name, Reading("d", 1200, 800, 0, (), (), (), "by hand", 0.0, look))


def describe(question, *sources):
    return described(Prompt(question, sources), Cancellation())


def printed(look=LOOK):
    source = page("Photo club", "Open on 3 May")
    return replace(source, reading=replace(source.reading, look=look))


SAID = {
    "size": "1200 × 800 pixels (0.96 megapixels), JPEG, 2,345,678 bytes.",
    "format": "JPEG, 2.35 MB (2,345,678 bytes).",
    "shape": "Landscape: 1200 × 800 pixels, which is 3:2.",
    "taken": "2026-05-03 14:20:07, by the camera's clock, as the file says.",
    "camera": "Nikon Z 5, as the file says.",
    "place": "At 51.34000, -12.37500 (latitude and longitude), as the file says.",
    "colours": "Mostly white 68 %, blue 30 %.",
    "sharp": "It looks sharp.",
    "bright": "It is bright: 90 % of full brightness on average.",
}
ASKED = {
    "How large is this picture?": "size",
    "How big is the image?": "size",
    "What is the resolution of this photo?": "size",
    "How many megapixels does this picture have?": "size",
    "how many pixels wide is this photo": "size",
    "What's the height of the image?": "size",
    "what format is this image": "format",
    "Is this a png or a jpg?": "format",
    "How big is the file?": "format",
    "Welches Dateiformat ist das?": "format",
    "Is this picture landscape or portrait?": "shape",
    "What is the aspect ratio?": "shape",
    "Hochformat oder Querformat?": "shape",
    "Wie groß ist das Bild?": "size",
    "Welche Auflösung hat das Foto?": "size",
    "When was this taken?": "taken",
    "When was this photo taken?": "taken",
    "Wann wurde das Foto aufgenommen?": "taken",
    "Wann wurde dieses Bild gemacht?": "taken",
    "What day was this taken?": "taken",
    "What is the date of this photo?": "taken",
    "Von wann ist das Foto?": "taken",
    "Does the file say when it was taken?": "taken",
    "An welchem Tag habe ich das Bild aufgenommen?": "taken",
    "Which camera was this taken with?": "camera",
    "What camera took this photo?": "camera",
    "what was this photo taken with": "camera",
    "Which phone did I use to take this?": "camera",
    "What is the camera model?": "camera",
    "Mit welcher Kamera wurde das aufgenommen?": "camera",
    "mit welcher Kamera": "camera",
    "what did I shoot this with": "camera",
    "Where was this taken?": "place",
    "Where was I when I took this?": "place",
    "Where was this picture taken?": "place",
    "Wo wurde das Foto aufgenommen?": "place",
    "What colours are in this picture?": "colours",
    "What are the main colors of this image?": "colours",
    "Welche Farben hat das Bild?": "colours",
    "Which colour is there most of?": "colours",
    "Is there more blue or white?": "colours",
    "What's the second most common colour in the picture?": "colours",
    "How much of the picture is blue?": "colours",
    "Welche Farbe überwiegt?": "colours",
    "Is it sharp?": "sharp",
    "Is this photo blurry?": "sharp",
    "Did the picture come out in focus?": "sharp",
    "Ist das Bild scharf oder verwackelt?": "sharp",
    "Is this picture too dark?": "bright",
    "Is the image light or dark?": "bright",
    "Wie hell ist das Bild?": "bright",
}


@pytest.mark.parametrize(("question", "what"), ASKED.items())
def test_says_what_was_measured(question, what):
    reply = describe(question, picture())
    assert isinstance(reply, Reply)
    assert (reply.text, reply.means) == (SAID[what], Means.DESCRIBED)


@pytest.mark.parametrize(
    "question",
    [
        "What is shown here?",
        "What is shown in this picture?",
        "What can you see?",
        "What do you see in this photo?",
        "What's in this picture?",
        "What does the picture show?",
        "Who is this?",
        "Who is in the photo?",
        "What kind of dog is this?",
        "Describe this picture.",
        "Describe this",
        "Was ist auf dem Bild zu sehen?",
        "Was siehst du?",
        "Was zeigt das Bild?",
        "Wer ist das?",
        "Beschreibe das Bild",
    ],
)
def test_says_plainly_that_it_cannot_see(question):
    declined = describe(question, picture())
    assert isinstance(declined, Declined)
    assert "vision model" in declined.reason
    assert SAID["size"] in declined.remedies[0]
    assert "51.3" not in " ".join(declined.remedies)


@pytest.mark.parametrize(
    "question",
    [
        "How large is the flat?",
        "How big is the family pack?",
        "When was the photo club founded?",
        "When was it delivered?",
        "Where was it made?!  or sold",
        "What colour is the T-shirt?",
        "Is the knife sharp?",
        "Which camera is the cheapest?",
        "What is the total?",
        "Who is this letter from?",
        "What does the sign say?",
        "What is the size of the shoes?",
        "Wo ist das Foto?",
        "What is the resolution?",
        "How wide is it?",
        "How many megapixels does it have?",
        "What colour is it?",
        "What is the date on this photo?",
        "How big is the file?",
        "When was it made?",
        "",
    ],
)
def test_is_not_asked_about_the_picture_as_such(question):
    assert describe(question, printed()) is None


@pytest.mark.parametrize(
    "question",
    ["When was this taken?", "Which camera was this taken with?", "Where was this taken?",
     "Is it sharp?", "What colours are in this picture?"],
)  # fmt: skip
def test_what_is_not_known_is_said_and_never_empty(question):
    declined = describe(question, picture(BARE))
    assert isinstance(declined, Declined)
    assert declined.reason


def test_what_the_file_does_not_say_may_be_printed():
    assert describe("When was this taken?", printed(BARE)) is None
    assert describe("Who is this?", printed(BARE)) is None
    assert isinstance(describe("Describe this picture", printed(BARE)), Declined)


def test_a_picture_that_says_nothing_has_to_be_seen():
    assert "vision model" in describe("How many people are there?", picture()).reason
    assert describe("Write a poem about it", picture()) is None
    assert describe("What is the total?", picture(), page("Total 5.00")) is None
    coded = picture()
    coded = replace(
        coded, reading=replace(coded.reading, codes=(Code("a", "QR", Box(0, 0, 9, 9)),))
    )
    assert describe("What does the QR code say?", coded) is None


@pytest.mark.parametrize(
    ("width", "height", "said"),
    [(4032, 3024, "Landscape: 4032 × 3024 pixels, which is 4:3."),
     (1080, 1920, "Portrait: 1080 × 1920 pixels, which is 9:16."),
     (500, 500, "Square: 500 × 500 pixels, which is 1:1."),
     (1366, 768, "Landscape: 1366 × 768 pixels, which is 1.78:1.")],
)  # fmt: skip
def test_its_shape(width, height, said):
    shaped = picture()
    shaped = replace(shaped, reading=replace(shaped.reading, width=width, height=height))
    assert describe("Is it landscape or portrait?", shaped).text == said


def test_each_of_several_pictures():
    reply = describe("How large is this picture?", picture(), picture(name="b.jpg"))
    assert reply.text.splitlines() == [f"a.jpg: {SAID['size']}", f"b.jpg: {SAID['size']}"]
    reply = describe("When was this taken?", picture(BARE), picture(name="b.jpg"))
    assert reply.text.splitlines()[0] == "a.jpg: The file does not say when it was taken."


def test_the_newest_picture_is_meant():
    earlier = replace(picture(BARE, "old.jpg"), exchange=0)
    assert describe("When was this taken?", picture(), earlier).text == SAID["taken"]


def test_a_page_of_a_document_was_not_measured():
    assert describe("How large is this picture?", page("Corner Shop")) is None
    assert describe("What is shown here?") is None
