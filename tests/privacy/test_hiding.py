"""Words that were hidden leave in no form in which somebody could read them."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nearling.privacy.hiding import Hiding
from scripted.engines import picture, reading_of

MARK = re.compile(r"\[HIDDEN_[0-9]+\]")


def has_letters(words: str) -> bool:
    """Arabic has letters that are nothing but accents over a space, such as U+FC5E."""
    return any(map(str.isalnum, unicodedata.normalize("NFKD", words)))


WORDS = st.text(min_size=1, max_size=12).filter(has_letters)
FORMS = (
    str.upper,
    str.lower,
    str.title,
    str.swapcase,
    lambda words: words.replace(" ", "\n"),
    lambda words: words.replace(" ", "  \r\n\t"),
    lambda words: words.replace(" ", "\u00a0"),
    lambda words: unicodedata.normalize("NFD", words),
    lambda words: unicodedata.normalize("NFC", words),
    "\u200b".join,
    "\u00ad".join,
)


def hide(text: str, *hidden: str) -> str:
    return Hiding(hidden).hide(text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "words", ["Oakenshaw", "Anna Müller", "Straße 4", "ΣΊΣΥΦΟΣ", "O\u2019Neill"]
)
def test_words_are_found_in_every_form(words, form):
    assert hide(f"To {form(words)}, by hand.", words) == "To [HIDDEN_1], by hand."


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Strasse", "Straße"),
        ("STRASSE", "straße"),
        ("o\ufb03ce", "office"),  # a ligature
        ("\uff21\uff22", "ab"),  # full width
        ("Oaken-\nshaw", "Oakenshaw"),
        ("Oaken\u2010\n   shaw", "oakenshaw"),
        ("HX-20481", "HX20481"),
        ("HX 20481", "hx - 20481"),
        ("well-\nknown", "well-known"),
        ("\u0130stanbul", "istanbul"),
        ("A\u0301nna", "Ánna"),
        ("An\u202ena", "Anna"),
        ("an\x00na", "Anna"),
    ],
)
def test_what_looks_the_same_is_the_same(text, hidden):
    assert hide(f"({text})", hidden) == "([HIDDEN_1])"


def test_nothing_is_left_of_an_accent():
    assert hide("Andre\u0301 came", "Andre") == "[HIDDEN_1] came"
    assert hide("Andre\u0301\nx", "André") == "[HIDDEN_1]\nx"


def test_each_place_is_counted_and_the_same_words_have_the_same_mark():
    hiding = Hiding(("Anna", "Berg"))
    assert hiding.hide("anna BERG\nAnna") == "[HIDDEN_1] [HIDDEN_2]\n[HIDDEN_1]"
    assert hiding.hide("Annabell") == "[HIDDEN_1]bell"
    assert hiding.places == 4


def test_the_longest_words_count_where_several_begin():
    assert hide("Anna Berg and Anna", "Anna", "Anna Berg") == "[HIDDEN_2] and [HIDDEN_1]"


def test_words_that_overlap_are_hidden_together():
    assert hide("Mill Anna Berg Street", "Mill Anna", "Anna Berg Street") == "[HIDDEN_1]"


def test_a_mark_is_not_taken_for_words():
    assert hide("hidden HIDDEN", "hidden", "1") == "[HIDDEN_1] [HIDDEN_1]"


@pytest.mark.parametrize("hidden", ["", "  \n", "\u200b", "-", "\ufc5e"])
def test_what_has_no_letters_hides_nothing(hidden):
    assert hide("a - b", hidden) == "a - b"


def test_what_is_not_hidden_stays_as_it_is():
    text = 'Ünïcode\u200b  "quoted" \\ \x00 - \r\n ﬁne\u2028'
    assert hide(text, "absent") == text
    assert hide(text) == text


@example("Oaken-\nshaw", ["Oakenshaw"])
@example("ß", ["S"])
@given(st.text(), st.lists(WORDS, max_size=4))
def test_hidden_words_are_nowhere_in_what_leaves(text, hidden):
    for found in (text, text.join(hidden), " \n".join([*hidden, text, *map(str.upper, hidden)])):
        hiding = Hiding(hidden)
        left = hiding.hide(found)
        shown = MARK.split(left) if hiding.places else [left]
        for words in hidden:
            for part in shown:
                assert words.casefold() not in part.casefold()
                assert words.upper() not in part.upper()
                assert " ".join(words.split()) not in " ".join(part.split())


@given(st.text(), st.lists(WORDS, max_size=4), st.data())
def test_only_the_places_are_changed(text, hidden, data):
    at = data.draw(st.integers(0, len(text)))
    hiding = Hiding(hidden)
    left = hiding.hide(text[:at] + "".join(hidden[:1]) + text[at:])
    if not MARK.search(text):
        assert len(MARK.findall(left)) == hiding.places
    assert hiding.places or left == text


def test_a_reading_in_which_something_is_hidden_is_text_alone():
    whole = reading_of(picture("a.png"), "Tenant: Anna", "Berg", "Rent: 842.50")
    hiding = Hiding(("Anna Berg",))
    assert hiding.hide_in(reading_of(picture("b.png"), "Rent")) == reading_of(
        picture("b.png"), "Rent"
    )
    hidden = hiding.hide_in(whole)
    assert hidden.text == "Tenant: [HIDDEN_1]\nRent: 842.50"
    assert (hidden.digest, hidden.codes, hidden.tables) == (whole.digest, (), ())
    assert "Anna" not in repr(hidden)
