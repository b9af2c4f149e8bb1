"""Questions about a picture as such: what is said of it, what is not, and what is none of it."""

from dataclasses import replace

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Colour, Look, Reading
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


SAID = {
    "size": "1200 × 800 pixels (0.96 megapixels), JPEG, 2,345,678 bytes.",
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
    "what format is this image": "size",
    "Wie groß ist das Bild?": "size",
    "Welche Auflösung hat das Foto?": "size",
    "When was this taken?": "taken",
    "When was this photo taken?": "taken",
    "Wann wurde das Foto aufgenommen?": "taken",
    "Wann wurde dieses Bild gemacht?": "taken",
    "Which camera was this taken with?": "camera",
    "What camera took this photo?": "camera",
    "Mit welcher Kamera wurde das aufgenommen?": "camera",
    "Where was this taken?": "place",
    "Where was this picture taken?": "place",
    "Wo wurde das Foto aufgenommen?": "place",
    "What colours are in this picture?": "colours",
    "What are the main colors of this image?": "colours",
    "Welche Farben hat das Bild?": "colours",
    "Is it sharp?": "sharp",
    "Is this photo blurry?": "sharp",
    "Ist das Bild scharf oder verwackelt?": "sharp",
    "Is this picture too dark?": "bright",
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
        "",
    ],
)
def test_is_not_asked_about_the_picture_as_such(question):
    assert describe(question, picture()) is None


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
    printed = page("Photo taken on 3 May")
    printed = replace(printed, reading=replace(printed.reading, look=BARE))
    assert describe("When was this taken?", printed) is None
    assert describe("Who is this?", printed) is None
    assert isinstance(describe("Describe this picture", printed), Declined)


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
