"""The next token is drawn as it was asked, and its likelihood is the model's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.errors import EngineFailure
from nearling.core.language_model import Sampling
from nearling.engines.local.writing.sampling import Sampler

LOGITS = np.log(np.array([0.4, 0.3, 0.15, 0.1, 0.05], np.float32))


def drawn(sampling: Sampling, logits: np.ndarray = LOGITS, count: int = 4000) -> np.ndarray:
    """How often each token comes."""
    sampler = Sampler(sampling, ())
    ids = [sampler.choose(logits).id for _ in range(count)]
    return np.bincount(ids, minlength=len(logits)) / count


def test_without_a_temperature_the_likeliest_is_taken() -> None:
    assert Sampler(Sampling(), ()).choose(LOGITS).id == 0


def test_draws_follow_the_model() -> None:
    expected = [0.4, 0.3, 0.15, 0.1, 0.05]
    assert drawn(Sampling(temperature=1, seed=1)) == pytest.approx(expected, abs=0.03)


def test_temperature_flattens_or_sharpens() -> None:
    weights = np.array([0.4, 0.3, 0.15, 0.1, 0.05]) ** 2
    shares = drawn(Sampling(temperature=0.5, seed=1))
    assert shares == pytest.approx(weights / weights.sum(), abs=0.03)


@pytest.mark.parametrize(
    ("sampling", "kept"),
    [
        (Sampling(temperature=1, top_p=0.69), 2),
        (Sampling(temperature=1, top_p=0.72), 3),
        (Sampling(temperature=1, top_p=0.01), 1),
        (Sampling(temperature=1, min_p=0.2), 4),
        (Sampling(temperature=1, min_p=0.3), 3),
        (Sampling(temperature=1, min_p=1.0), 1),
        (Sampling(temperature=1, top_p=0.86, min_p=0.5), 2),
    ],
)
def test_the_unlikely_are_left_out(sampling: Sampling, kept: int) -> None:
    assert np.flatnonzero(drawn(sampling)).tolist() == list(range(kept))


def test_a_nucleus_wider_than_the_first_glance_is_whole() -> None:
    shares = drawn(Sampling(temperature=1, top_p=0.9, seed=2), np.zeros(1000, np.float32), 9000)
    assert np.count_nonzero(shares) == pytest.approx(900, abs=5)


def test_the_same_seed_draws_the_same() -> None:
    def ids(seed: int | None) -> list[int]:
        sampler = Sampler(Sampling(temperature=1, seed=seed), ())
        return [sampler.choose(LOGITS).id for _ in range(50)]

    assert ids(7) == ids(7)
    assert ids(7) != ids(8)
    assert ids(None) != ids(None)


def test_what_was_said_before_becomes_less_likely() -> None:
    logits = np.array([3.0, 2.0, -1.0, -1.5], np.float32)
    sampler = Sampler(Sampling(repetition=2.0), (2,))
    # 3 / 2 is less than 2; then 2 / 2 less than 1.5; then nothing new is left above.
    assert [sampler.choose(logits).id for _ in range(3)] == [0, 1, 0]
    assert logits.tolist() == [3.0, 2.0, -1.0, -1.5]


def test_only_what_is_allowed_comes() -> None:
    allowed = np.array([False, False, True, False, True])
    assert Sampler(Sampling(), ()).choose(LOGITS, allowed).id == 2
    sampler = Sampler(Sampling(temperature=2, seed=3), ())
    assert {sampler.choose(LOGITS, allowed).id for _ in range(100)} == {2, 4}


@given(
    st.lists(st.floats(-50, 50, width=32), min_size=2, max_size=40),
    st.sampled_from([Sampling(), Sampling(temperature=1.5, top_p=0.5, repetition=1.3, seed=1)]),
)
def test_likelihood_and_entropy_are_the_models_own(values: list[float], sampling: Sampling) -> None:
    choice = Sampler(sampling, (0,)).choose(np.array(values, np.float32))
    wide = np.array(values, np.float64)
    shares = np.exp(wide - wide.max())
    shares /= shares.sum()
    assert choice.logprob == pytest.approx(np.log(shares[choice.id]), abs=1e-3)
    assert choice.entropy == pytest.approx(-(shares * np.log(shares)).sum(), abs=1e-3)


def test_a_token_that_cannot_be_has_no_part_in_it() -> None:
    choice = Sampler(Sampling(), ()).choose(np.array([0.0, -np.inf, 0.0], np.float32))
    assert choice.logprob == pytest.approx(np.log(0.5))
    assert choice.entropy == pytest.approx(np.log(2))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_none_are_said(value: float) -> None:
    with pytest.raises(EngineFailure, match="no numbers"):
        Sampler(Sampling(), ()).choose(np.array([0.0, value], np.float32))
