"""What leaves is what is shown: no more, no less, to the byte, and the same each time."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium
from nearling.core.outgoing import (
    Disclosure,
    Edits,
    PictureEdit,
    Piece,
    PieceKind,
)
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.cleaning import PictureCleaner
from nearling.privacy.payload import INSTRUCTION, outgoing
from scripted.engines import reading_of
from scripted.leaving import (
    ENDPOINT,
    MODEL,
    TECHNICAL,
    TEXTS,
    conversation,
    decoded,
    edited,
    expected,
    jpeg,
    made,
    prompts,
    source,
    spoken,
)
from scripted.pictures import draw, encoded


@given(prompts(), st.data())
def test_the_body_holds_what_the_pieces_show_and_nothing_else(prompt, data):
    edits, pictures = data.draw(edited(prompt))
    leaves = made(prompt, edits, pictures)
    body = json.loads(leaves.body)
    assert body.pop("messages") == expected(leaves.pieces)
    assert body == TECHNICAL
    assert leaves.pieces[0] == Piece(PieceKind.INSTRUCTION, text=INSTRUCTION)
    assert leaves.pieces[-1].kind is PieceKind.QUESTION


@given(prompts(), st.data())
def test_whatever_is_said_it_goes_to_the_same_place(prompt, data):
    leaves, plain = made(prompt, *data.draw(edited(prompt))), made(Prompt("Why?"))
    assert leaves.destination == plain.destination
    assert leaves.destination.url == (
        "https://there.example/v1/chat/completions?api-version=2024+a%26b"
    )
    assert set(json.loads(leaves.body)) == set(json.loads(plain.body))
    roles = [message["role"] for message in json.loads(leaves.body)["messages"]]
    assert roles == ["system", *["user", "assistant"] * (len(roles) // 2 - 1), "user"]


@given(TEXTS, TEXTS)
def test_fences_hold_in_the_body(name, text):
    (_, told) = spoken(made(Prompt("Why?", (source(name, text),))).body)
    fence = told.split("<source ", 1)[1].split(">", 1)[0]
    assert told.count(f"<source {fence}>") == told.count(f"</source {fence}>") == 1
    assert told.endswith(f"</source {fence}>\n\nWhy?")


# Letters that nothing technical is written with.
SECRET = st.text("жßÖöЩz ", min_size=3, max_size=9).filter(str.strip)


@given(st.lists(SECRET, min_size=1, max_size=3), st.data())
def test_hidden_words_are_nowhere_in_the_body(hidden, data):
    def containing(words: str) -> str:
        said = data.draw(
            st.sampled_from(
                (words, words.upper(), words.lower(), words.replace(" ", "\n"), f"x{words}y")
            )
        )
        return data.draw(TEXTS) + said + data.draw(TEXTS)

    words = hidden[0]
    prompt = Prompt(
        containing(words),
        (source(containing(words), containing(words)), source("b", containing(words), 0)),
        (Exchange(containing(words), containing(words)),),
    )
    leaves = made(prompt, Edits(hidden=tuple(hidden)))
    assert leaves.hidden >= 6
    told = " ".join("\n".join(spoken(leaves.body)).split())
    for each in hidden:
        seen = " ".join(each.split())
        assert seen.casefold() not in told.casefold()
        assert seen.upper() not in told.upper()
    assert told.count("[HIDDEN_") == leaves.hidden


def test_of_a_dropped_attachment_nothing_leaves():
    prompt = conversation()
    digest = prompt.sources[0].reading.digest
    shown = PictureEdit(digest, Disclosure.WHOLE)
    leaves = made(prompt, Edits(dropped=frozenset({digest}), pictures=(shown,)), {})
    told = "\n".join(spoken(leaves.body))
    assert "NAME-A" not in told
    assert "TEXT-A" not in told
    assert "image_url" not in leaves.body.decode()
    assert digest not in {piece.digest for piece in leaves.pieces}
    assert all(left in told for left in ("NAME-B", "TEXT-B", "QUESTION-THEN", "QUESTION-NOW"))


def test_without_what_was_said_before_only_the_question_and_its_sources_leave():
    told = "\n".join(spoken(made(conversation(), Edits(without_earlier=True)).body))
    assert all(gone not in told for gone in ("THEN", "NAME-B", "TEXT-B"))
    assert all(left in told for left in ("QUESTION-NOW", "NAME-A", "TEXT-A"))


@pytest.mark.parametrize("disclosure", [Disclosure.REGION, Disclosure.MASKED, Disclosure.WHOLE])
def test_where_pixels_are_shown_the_text_does_not_leave(disclosure):
    prompt = conversation()
    digest = prompt.sources[1].reading.digest
    edits = Edits(pictures=(PictureEdit(digest, disclosure),))
    leaves = made(prompt, edits, {digest: jpeg(b"PIXELS-B")})
    told = "\n".join(spoken(leaves.body))
    assert "TEXT-B" not in told
    assert "NAME-B" not in told
    assert told.index("PIXELS-B") < told.index("QUESTION-THEN")
    text = made(prompt, Edits(pictures=(PictureEdit(digest, Disclosure.TEXT),)))
    assert text.body == made(prompt).body


def test_the_pixels_that_leave_are_those_of_the_clean_picture():
    file = encoded(draw("Tenant", "Wilhelmina"))
    known = Capture(Medium.PICTURE, "a.png", file)
    edit = PictureEdit(known.digest, Disclosure.MASKED, masks=(Box(0, 60, 640, 120),))
    clean = PictureCleaner().clean(known, edit, Cancellation())
    prompt = Prompt("Who?", (Source("a.png", reading_of(known, "Tenant", "Wilhelmina")),))
    leaves = made(prompt, Edits(pictures=(edit,)), {known.digest: clean})
    image, question = json.loads(leaves.body)["messages"][1]["content"]
    assert decoded(image) == clean.data
    assert question == {"type": "text", "text": "Who?"}
    assert "Wilhelmina" not in leaves.body.decode()


def test_each_picture_counts_where_it_leaves():
    prompt = conversation()
    twice = replace(prompt, sources=(*prompt.sources, replace(prompt.sources[1], exchange=None)))
    digest = prompt.sources[1].reading.digest
    edits = Edits(pictures=(PictureEdit(digest, Disclosure.WHOLE),))
    once = made(prompt, edits, {digest: jpeg(b"x")})
    again = made(twice, edits, {digest: jpeg(b"x")})
    assert again.body.decode().count("image_url") == 2 * once.body.decode().count("image_url")
    assert again.tokens - once.tokens >= 1_000
    assert again.price == again.tokens * 1 + 300 * 2


def test_a_token_is_at_most_three_bytes():
    plain, foreign = made(Prompt("word" * 300)), made(Prompt("字" * 1_200))
    assert plain.tokens >= 400
    assert foreign.tokens >= 1_200


def test_an_unknown_price_is_unknown():
    model = replace(MODEL, price=None)
    assert outgoing(Prompt("a"), ENDPOINT, model, Edits(), {}, answer_tokens=1).price is None


@given(prompts())
def test_leaving_out_what_is_dispensable_changes_nothing_that_was_said(prompt):
    leaves = made(prompt)
    varied = json.loads(leaves.varied({"stream_options", "max_tokens", "messages", "model"}))
    whole = json.loads(leaves.body)
    assert varied["max_completion_tokens"] == whole.pop("max_tokens")
    whole.pop("stream_options")
    assert {name: varied[name] for name in whole} == whole
    assert leaves.varied(()) == leaves.body


_BUILDS = """
import sys
sys.path.insert(0, sys.argv[1])
from nearling.core.outgoing import Disclosure, Edits, PictureEdit
from scripted.leaving import conversation, jpeg, made

prompt = conversation()
digest = prompt.sources[1].reading.digest
dropped = frozenset({"gone", "away", prompt.sources[0].reading.digest})
edits = Edits(("then", "now"), dropped, (PictureEdit(digest, Disclosure.WHOLE),))
print(made(prompt, edits, {digest: jpeg(b"PIXELS")}).digest)
"""


def test_other_processes_build_the_same_bytes():
    """Consent is given to bytes, and sent after a restart."""
    tests = str(Path(__file__).parents[1])
    digests = {
        subprocess.run(
            [sys.executable, "-c", _BUILDS, tests],
            env={"PYTHONHASHSEED": seed, "NEARLING_LANGUAGE": language},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, language in (("0", "en"), ("1", "de"), ("77", "en"))
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64


def test_what_is_shown_in_a_log_is_not_what_is_said():
    assert "QUESTION-NOW" not in repr(replace(made(conversation()), pieces=()))
