"""An answer ends before its stop words, however the text is cut."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nearling.engines.local.writing.stopping import Stops

TEXT = st.text("abc", max_size=20)


def shown(words: list[str], pieces: list[str]) -> tuple[str, bool]:
    stops, text = Stops(words), ""
    for piece in pieces:
        text += stops.add(piece)
        if stops.reached:
            return text, True
    return text + stops.rest(), False


@given(
    text=TEXT,
    words=st.lists(st.text("abc", max_size=4), max_size=3),
    cuts=st.lists(st.integers(0, 20)),
)
def test_how_text_is_cut_makes_no_difference(text: str, words: list[str], cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places)]
    expected, reached = text, False
    for end in range(len(text) + 1):
        if found := [word for word in words if word and text[:end].endswith(word)]:
            expected, reached = text[: end - max(map(len, found))], True
            break
    assert shown(words, pieces) == shown(words, list(text)) == (expected, reached)


def test_what_may_be_a_stop_word_is_kept_back() -> None:
    stops = Stops(["\n\nUser:"])
    assert stops.add("Yes.\n") == "Yes."
    assert stops.add("\nUse") == ""
    assert stops.add(" it") == "\n\nUse it"
    assert not stops.reached
