"""Tokens become text as they come, and a character is whole or not there."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer, decoders, models

from nearling.engines.local.bare.decoders.tokens import learnt
from nearling.engines.local.writing.detokenising import Detokeniser


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Takes marks for plain letters, as what users or sources write is taken."""
    tokenizer = learnt(["the quick brown fox, 12.50 €"] * 3, 300)
    tokenizer.encode_special_tokens = True
    return tokenizer


def pieces(tokenizer: Tokenizer, ids: list[int]) -> list[str]:
    stream = Detokeniser(tokenizer.decode)
    return [*(stream.add(each) for each in ids), stream.rest()]


@given(st.text(st.characters(exclude_characters="\ufffd", exclude_categories=["Cs"])))
@example("<|endoftext|>")
def test_text_comes_out_as_it_went_in(tokenizer: Tokenizer, text: str) -> None:
    given = pieces(tokenizer, tokenizer.encode(text).ids)
    assert "".join(given) == text
    assert not any("\ufffd" in each for each in given)


@given(st.lists(st.integers(0, 299), max_size=30))
def test_whatever_a_model_says_comes_out(tokenizer: Tokenizer, ids: list[int]) -> None:
    assert "".join(pieces(tokenizer, ids)) == tokenizer.decode(ids).rstrip("\ufffd")


def test_an_emoji_comes_with_its_last_byte(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("a🦊").ids
    assert len(ids) == 5
    assert pieces(tokenizer, ids) == ["a", "", "", "", "🦊", ""]


def test_half_a_character_at_the_end_is_left_out(tokenizer: Tokenizer) -> None:
    assert pieces(tokenizer, tokenizer.encode("ab🦊").ids[:-1])[-1] == ""


def test_spaces_that_depend_on_the_word_before_are_kept() -> None:
    words = {"▁Hello": 0, "▁world": 1, "!": 2, "<0xC3>": 3, "<0xA9>": 4, "▁": 5}
    tokenizer = Tokenizer(models.BPE(words, [], byte_fallback=True))
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
        decoders.Strip(" ", 1, 0),
    ])  # fmt: skip
    assert pieces(tokenizer, [0, 1, 2, 5, 3, 4, 3, 4]) == [
        "Hello", " world", "!", " ", "", "é", "", "é", "",
    ]  # fmt: skip
