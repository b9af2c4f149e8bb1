"""A word is sure once two hearings in a row begin with it; the rest may still change."""

import pytest

from nearling.engines.local.speech.agreement import Agreement


def heard(*texts):
    agreement = Agreement()
    for text in texts:
        agreement.hear(text)
    return agreement.agreed, agreement.open


@pytest.mark.parametrize(
    ("texts", "agreed", "tentative"),
    [
        ((), "", ""),
        (("What is",), "", "What is"),
        (("What is", "What is in"), "What is", "in"),
        (("what is it.", "What is it in the"), "What is it", "in the"),
        (("What is", "What is in this", "What is in that"), "What is in", "that"),
        (("One two", "One two", "Other words here"), "One two", "here"),
        (("One", "One", "Two three", "Two three four"), "Two three", "four"),
        (("今天天", "今天天气", "今天天气很好"), "今天天气", "很好"),
    ],
)
def test_agreement(texts, agreed, tentative):
    assert heard(*texts) == (agreed, tentative)
