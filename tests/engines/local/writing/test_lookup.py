"""Guesses are what followed the same three tokens before."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nearling.engines.local.writing.lookup import ALIKE, Lookup

TOKENS = st.lists(st.integers(0, 3), max_size=60)


def propose(tokens: list[int], most: int = 8) -> list[int]:
    return list(Lookup().propose(tokens, most))


def test_what_followed_before_is_guessed():
    assert propose([1, 2, 3, 4, 5, 6, 9, 1, 2, 3], 2) == [4, 5]


def test_two_alike_are_too_few():
    assert propose([1, 2, 3, 4, 9, 2, 3]) == []
    assert propose([1, 2, 3]) == []
    assert propose([1, 2, 3, 9, 1, 2, 3], 0) == []


def test_the_most_alike_is_taken_before_the_last():
    told = [7, 1, 2, 3, 50, 51, 8, 1, 2, 3, 60, 61, 7, 1, 2, 3]
    assert propose(told, 2) == [50, 51]


def test_of_equals_the_last_is_taken():
    assert propose([1, 2, 3, 50, 1, 2, 3, 60, 1, 2, 3], 1) == [60]


def test_what_goes_round_goes_on():
    assert propose([5, 6, 5, 6, 5, 6], 5) == [5, 6, 5, 6, 5]
    assert propose([5, 5, 5, 5], 3) == [5, 5, 5]


def test_arrays_are_tokens_too():
    assert list(Lookup().propose(np.array([1, 2, 3, 4, 1, 2, 3]), 1)) == [4]


@given(TOKENS, st.integers(0, 9))
def test_every_guess_stands_after_a_likeness(tokens, most):
    guess = propose(tokens, most)
    assert len(guess) in (0, most)
    places = [
        end for end in range(ALIKE, len(tokens)) if tokens[end - ALIKE : end] == tokens[-ALIKE:]
    ]
    assert bool(guess) == (bool(places) and most > 0)
    if guess:
        whole = tokens + guess
        assert any(whole[end : end + most] == guess for end in places)
