"""What the window shows, worked out without Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.conversation import (
    Attempt,
    AttemptStatus,
    Draft,
    Hit,
    Message,
    Place,
    Receipt,
    Route,
    Summary,
    Turn,
    TurnOutline,
    TurnStatus,
)
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Cited,
    Compacted,
    Declined,
    Delta,
    Doubted,
    Failed,
    Opened,
    Progress,
    Routed,
)
from nearling.core.geometry import Box
from nearling.core.reading import Line, Reading
from nearling.core.writers import Zone
from nearling.ui.chat.extents import Extents
from nearling.ui.chat.receipt import badge, lines
from nearling.ui.chat.remarks import remarks
from nearling.ui.chat.shelf import fitted
from nearling.ui.chat.transcript import Transcript
from nearling.ui.chat.turn_view import (
    State,
    after,
    of_draft,
    of_turn,
    resumed,
    with_answer,
)
from nearling.ui.compose.pending import Pending, Stage
from nearling.ui.conversations.listing import by_day, found
from nearling.ui.picture.placement import Placement
from nearling.ui.picture.selection import Spot, between, everything, is_on_text, spot_at, text_of
from nearling.ui.theme.tokens import DARK, LIGHT, contrast
from scripted.engines import citation, picture

ROUTE = Route("quoting", Zone.COMPUTER, "This computer can answer.")
RECEIPT = Receipt(300.0, 1240.0, 0, 0)
OPENED = of_draft(Draft("How much?", (picture("a.png"),)), "turn")


# Rows and where they are


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60), st.data())
def test_extents_agree_with_plain_sums(heights, data):
    extents = Extents(heights)
    for _ in range(5):
        if data.draw(st.booleans()):
            height = data.draw(st.integers(0, 500))
            extents.append(height)
            heights.append(height)
        row = data.draw(st.integers(0, len(heights) - 1))
        extents[row] = heights[row] = data.draw(st.integers(0, 500))
    tops = [sum(heights[:row]) for row in range(len(heights) + 1)]
    assert [extents.top(row) for row in range(len(heights) + 1)] == tops
    assert extents.total == tops[-1]
    y = data.draw(st.integers(0, tops[-1] + 10))
    row = extents.row_at(y)
    if y < tops[-1]:
        assert tops[row] <= y < tops[row + 1]
    else:
        assert row == len(heights) - 1


def test_a_transcript_knows_what_it_has_to_load():
    transcript = Transcript(TurnOutline(str(at), 10, 0) for at in range(1000))
    transcript.put(replace(OPENED, id="3"))
    assert transcript.missing(range(2, 5)) == ("2", "4")
    assert transcript.put(replace(OPENED, id="elsewhere")) is None
    assert transcript.add(OPENED) == 1000
    for at in range(1000):
        transcript.put(replace(OPENED, id=str(at)))
    assert transcript.view(999) is not None
    assert transcript.view(0) is None


# A turn as it happens


def test_an_answer_grows_and_ends():
    view = after(OPENED, [Opened("c", "turn"), Progress("Reading a.png")])
    assert (view.state, view.progress) == (State.WORKING, "Reading a.png")
    view = after(view, [Routed(ROUTE), Delta("39"), Delta("."), Cited(citation("39")), Delta("90")])
    assert (view.text, view.route, len(view.citations)) == ("39.90", ROUTE, 1)
    attempt = Attempt(
        "a", ROUTE, AttemptStatus.ANSWERED, "39.90", (citation("39"),), receipt=RECEIPT
    )
    view = after(view, [Answered(attempt)])
    assert (view.state, view.text, view.receipt) == (State.ANSWERED, "39.90", RECEIPT)
    assert view.finished
    assert not view.resumable


def test_a_writer_that_declines_leaves_nothing_behind():
    view = after(OPENED, [Routed(ROUTE), Delta("x"), Declined("It is too hard.")])
    assert (view.text, view.route) == ("", None)


def test_no_answer_shows_what_comes_closest():
    view = after(OPENED, [CannotAnswer(("Nothing fits.",), ("Ask less.",), (citation("39"),))])
    assert (view.state, view.reasons, view.remedies) == (
        State.REFUSED,
        ("Nothing fits.",),
        ("Ask less.",),
    )
    assert view.resumable
    assert resumed(view).state is State.WORKING


@pytest.mark.parametrize(
    ("kind", "state", "reasons"),
    [("cancelled", State.STOPPED, ()), ("engine_lost", State.WAITING, ("It died.",))],
)
def test_an_end_before_the_answer_keeps_what_was_written(kind, state, reasons):
    view = after(OPENED, [Delta("39"), Failed(kind, "It died.", "Try again.", "39")])
    assert (view.state, view.text, view.reasons) == (state, "39", reasons)


def test_a_receipt_says_everything():
    assert (
        badge(ROUTE, RECEIPT, quoted=True) == "quoted from the picture · 1.2 s · nothing was sent"
    )
    said = dict(lines(ROUTE, replace(RECEIPT, price=1500, left=("the question",))))
    assert said["Where"] == "On this computer"
    assert said["Price"] == "0.0015 USD"
    assert said["What left this computer"] == "the question"


def test_a_receipt_of_a_language_model_says_how_it_came_to_its_words():
    receipt = Receipt(500.0, 2500.0, 1204, 41, reused=1100, guessed=12, unsure=-0.5)
    said = dict(lines(ROUTE, receipt))
    assert said["Tokens"] == "1,204 in, 41 out"
    assert said["Speed"] == "20.0 tokens/s"
    assert said["Taken over"] == "1,100 of 1,204 tokens"
    assert said["Guessed right"] == "12 of 41 tokens"
    assert said["How sure"] == "at least 61 % in nine of ten tokens"
    plain = dict(lines(ROUTE, replace(receipt, tokens_out=1, reused=0, guessed=0, unsure=None)))
    assert not plain.keys() & {"Speed", "Taken over", "Guessed right", "How sure"}


# Several answers


def answered(words: str, **of_receipt) -> Attempt:
    receipt = replace(RECEIPT, **of_receipt)
    return Attempt(words, ROUTE, AttemptStatus.ANSWERED, words, receipt=receipt)


def test_all_answers_of_a_turn_are_kept_and_the_latest_is_shown():
    view = after(OPENED, [Answered(answered("one"))])
    view = after(resumed(view), [Routed(ROUTE), Delta("tw"), Answered(answered("two"))])
    assert (view.text, view.at, len(view.answers)) == ("two", 1, 2)
    earlier = with_answer(view, 0)
    assert (earlier.text, earlier.at, earlier.state) == ("one", 0, State.ANSWERED)
    assert with_answer(earlier, 1) == view


@pytest.mark.parametrize(
    ("end", "reasons"),
    [
        (Failed("cancelled", "", "", "tw"), ()),
        (Failed("engine_lost", "It died.", "Try again.", "tw"), ("It died.",)),
        (CannotAnswer(("It is too long.",), ()), ("It is too long.",)),
    ],
)
def test_an_answer_stands_whatever_becomes_of_another(end, reasons):
    before = after(OPENED, [Answered(answered("one"))])
    view = after(resumed(before), [Routed(ROUTE), Delta("tw"), end])
    assert (view.state, view.text, view.reasons) == (State.ANSWERED, "one", reasons)
    assert not view.resumable


def test_a_turn_that_was_interrupted_on_its_way_to_another_answer_shows_the_first():
    message = Message("How much?", (), local_only=False)
    attempts = (answered("one"), replace(answered("tw"), status=AttemptStatus.INTERRUPTED))
    turn = Turn(
        "t", "c", None, message, TurnStatus.WAITING, attempts, datetime.now(UTC), "It died."
    )
    view = of_turn(turn)
    assert (view.state, view.text) == (State.ANSWERED, "one")


def test_what_is_to_be_known_beside_an_answer():
    told = {"left_out": ("4 questions were left out.",), "doubted": ("never said",), "cut": True}
    view = after(OPENED, [Answered(answered("one", **told))])
    caution = "Answers come from a small model; check what matters."
    assert remarks(view, quoted=False) == (
        "4 questions were left out.",
        "No source says “never said”.",
        "The answer was cut: there was no room for more.",
        caution,
    )
    assert remarks(after(OPENED, [Answered(answered("one"))]), quoted=True) == ()
    running = after(OPENED, [Routed(ROUTE), Compacted(("4 were.",)), Delta("o"), Doubted("x")])
    assert remarks(running, quoted=False) == ("4 were.", "No source says “x”.")


# Pictures


def test_a_picture_is_fitted_and_never_enlarged():
    assert Placement.fitted(1000, 500, 500, 500) == Placement(0.5, 0.0, 125.0)
    small = Placement.fitted(10, 10, 100, 100)
    assert small == Placement(1.0, 45.0, 45.0)
    assert small.shown(Box(1, 2, 3, 5)) == (46.0, 47.0, 2.0, 3.0)
    assert small.pixel(46.0, 47.0) == (1.0, 2.0)


def reading(rotation=0):
    texts = ("TOTAL", "25.15", "Thanks")
    rows = [
        Line(text, 1.0, Box(0, 20 * at, 100, 20 * at + 16), (), 0) for at, text in enumerate(texts)
    ]
    return Reading("d", 100, 60, rotation, tuple(rows), (), (), "e", 0.1)


def test_text_is_selected_letter_by_letter():
    said = reading()
    first, last = spot_at(said, 41, 8), spot_at(said, 59, 30)
    assert (first, last) == (Spot(0, 2), Spot(1, 3))
    assert text_of(between(said, first, last)) == "TAL\n25."
    assert between(said, last, first) == between(said, first, last)
    assert between(said, first, last)[0].box == Box(40, 0, 100, 16)
    assert text_of(everything(said)) == "TOTAL\n25.15\nThanks"
    assert is_on_text(said, 5, 5)
    assert not is_on_text(said, 5, 18)


@pytest.mark.parametrize(
    ("rotation", "x", "y", "letter"),
    [(0, 0, 8, 0), (180, 0, 8, 5), (90, 50, 0, 5), (270, 50, 0, 0), (270, 50, 16, 5)],
)
def test_turned_text_runs_the_way_it_reads(rotation, x, y, letter):
    assert spot_at(reading(rotation), x, y) == Spot(0, letter)


def test_where_nothing_was_read_nothing_is_selected():
    empty = Reading("d", 10, 10, 0, (), (), (), "e", 0.1)
    assert spot_at(empty, 1, 1) is None


def test_pictures_land_once():
    pending = Pending()
    assert pending.add(picture("a.png"))
    assert not pending.add(picture("a.png"))
    pending.read(picture("a.png").digest)
    assert len(pending) == 1
    assert next(iter(pending._landed.values())).stage is Stage.READ
    pending.remove(picture("a.png").digest)
    assert pending.captures == ()


# The list


def test_conversations_stand_under_their_day():
    now = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    summaries = [
        Summary(str(days), f"{days}\ndays", 1, now - timedelta(days=days), "39.90", days % 2)
        for days in (0, 1, 3, 30)
    ]
    rows = by_day(summaries, now)
    assert [row.title for row in rows if not row.conversation] == [
        "TODAY",
        "YESTERDAY",
        "THIS WEEK",
        "EARLIER",
    ]
    assert (rows[1].title, rows[1].below, rows[3].picture) == ("0 days", "39.90", True)


def test_what_was_found_says_where():
    hit = Hit("c", "Receipt", "t", Place.ATTACHMENT, "…1 Orange\njuice", datetime.now(UTC))
    rows = found([hit])
    assert (rows[0].title, rows[1].below) == ("1 found", "in the picture: …1 Orange juice")
    assert found([])[0].title == "Nothing found"


# Colours


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_text_can_be_read(tokens):
    grounds = (
        tokens.ground, tokens.panel, tokens.side, tokens.code, tokens.chosen, tokens.hover
    )  # fmt: skip
    pairs = [(ink, ground) for ink in (tokens.ink, tokens.muted) for ground in grounds]
    pairs += [(tokens.local, ground) for ground in (tokens.ground, tokens.panel, tokens.code)]
    pairs += [
        (tokens.on_local, tokens.local),
        (tokens.on_network, tokens.network),
        (tokens.on_cloud, tokens.cloud),
        (tokens.local, tokens.local_ground),
        (tokens.network, tokens.network_ground),
        (tokens.cloud, tokens.cloud_ground),
        (tokens.warning, tokens.warning_ground),
        (tokens.cloud, tokens.code),
        (tokens.network, tokens.code),
        (tokens.warning, tokens.code),
    ]
    weak = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5}
    assert weak == {}


def test_one_picture_is_shown_as_large_as_there_is_room():
    assert fitted([(380, 160)], 532) == (((380, 160),), 380)
    assert fitted([(380, 160)], 190) == (((190, 80),), 190)
    assert fitted([], 532) == ((), 0)


def test_several_pictures_stand_beside_each_other():
    sizes, width = fitted([(380, 160), (160, 240), (380, 200), (20, 10)], 532)
    assert sizes == ((172, 72), (100, 150), (172, 91), (20, 10))
    assert width == 172 + 100 + 172 + 2 * 8
