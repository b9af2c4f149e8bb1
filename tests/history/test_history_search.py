"""Words are found wherever they were said or read, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from history.making import answered, picture, reading_of
from nearling.core.conversation import Draft, Hit, Place
from nearling.history.excerpt import excerpt
from nearling.history.history import History


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    with History(tmp_path_factory.mktemp("search") / "history") as history:
        answered(history, "Where is the café?", "In the Straße by the harbour, NOT far.")
        bill = picture(b"bill")
        answered(history, "How much is it?", "It is 17.50 euros.", bill)
        history.keep_reading(
            reading_of(bill.digest, "Grand total 17.50", code="https://example.org/pay")
        )
        answered(history, "harbour harbour harbour", "harbour")
        yield history


@pytest.mark.parametrize(
    ("words", "place", "snippet"),
    [
        ("cafe", Place.QUESTION, "Where is the café?"),
        ("CAFÉ where", Place.QUESTION, "Where is the café?"),
        ("strasse", None, ""),
        ("straße", Place.ANSWER, "In the Straße by the harbour, NOT far."),
        ("euro", Place.ANSWER, "It is 17.50 euros."),
        ("NOT far", Place.ANSWER, "In the Straße by the harbour, NOT far."),
        ("grand tot", Place.ATTACHMENT, "Grand total 17.50 https://example.org/pay"),
        ("example.org/pay", Place.ATTACHMENT, "Grand total 17.50 https://example.org/pay"),
        ("total café", None, ""),
        ('"total', Place.ATTACHMENT, "Grand total 17.50 https://example.org/pay"),
        ("body:total", None, ""),
        ("", None, ""),
        ("*", None, ""),
        ("_", None, ""),
    ],
)
def test_words_are_found_where_they_stand(
    filled: History, words: str, place: Place | None, snippet: str
) -> None:
    found = [(hit.place, hit.snippet) for hit in filled.search(words)]
    assert found == ([] if place is None else [(place, snippet)])


def test_a_hit_leads_to_its_turn(filled: History) -> None:
    (hit,) = filled.search("grand total")
    turn = filled.turn(hit.turn)
    assert hit == Hit(
        turn.conversation,
        "How much is it?",
        turn.id,
        Place.ATTACHMENT,
        "Grand total 17.50 https://example.org/pay",
        turn.created,
    )


def test_the_best_comes_first_and_no_more_than_asked_for(filled: History) -> None:
    hits = filled.search("harbour")
    assert len(hits) == 3
    assert "Straße" in hits[-1].snippet
    assert filled.search("harbour", limit=1) == hits[:1]


def test_read_text_is_shown_where_the_file_came_up_last(history: History) -> None:
    bill = picture(b"bill")
    answered(history, "first", "1", bill)
    history.keep_reading(reading_of(bill.digest, "Grand total"))
    latest = history.open_turn(Draft("second", (bill,)))
    assert [hit.turn for hit in history.search("grand")] == [latest.id]


@pytest.mark.parametrize(
    ("text", "wanted", "shown"),
    [
        ("one two", ["two"], "one two"),
        ("a b c d e f Über\nalles " + "z " * 20, ["uber"], "…c d e f Über alles" + " z" * 10 + "…"),
        ("z " * 20 + "(café)", ["CAFE"], "…" + "z " * 15 + "(café)"),
        ("a " * 20, ["nowhere"], "a " * 15 + "a…"),
        ("語" * 300, ["語"], "語" * 240 + "…"),
    ],
)
def test_an_excerpt_shows_the_word_that_was_found(text: str, wanted: list[str], shown: str) -> None:
    assert excerpt(text, wanted) == shown


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.text(alphabet=st.characters(codec=None), max_size=30))
@example('"')
@example("NEAR(a b)")
@example("a AND OR NOT")
@example("^a + b -c {d} : *")
@example("\x00a")
@example("\ud800")
def test_nothing_typed_is_an_error(filled: History, words: str) -> None:
    assert all(isinstance(hit, Hit) for hit in filled.search(words))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.from_regex(r"[a-zäöé0-9]{1,12}", fullmatch=True), min_size=1, max_size=6))
def test_every_word_asked_is_found(filled: History, words: list[str]) -> None:
    turn = filled.open_turn(Draft(" ".join(["unmistakable", *words])))
    found = filled.search(f"unmistakable {words[-1]}", limit=1000)
    assert turn.id in {hit.turn for hit in found}
