"""How much of the model's context a question takes is seen while it is written."""

from __future__ import annotations

import re
import time

from scripted.engines import candidate, says
from ui.conftest import spin, until
from ui.test_answering_anew import LONG, NARROW
from ui.test_choosing_writers import SMALL, ask
from ui.test_window import drop, receipt

__all__ = ["receipt"]

KEYS = "Enter sends · Shift+Enter begins a line"


def weight(window) -> int | None:
    """Tokens, as they are shown."""
    found = re.match(r"([\d,]+) of [\d,]+ tokens of context used", window.composer._aside.text())
    return int(found[1].replace(",", "")) if found else None


def test_it_grows_with_what_is_written_and_what_was_said(open_window):
    window = open_window(candidates=(candidate(SMALL, says(*["word "] * 90), tier=1),))
    empty = until(lambda: weight(window))
    assert window.composer._aside.text().endswith("of 100,000 tokens of context used")
    assert window.composer._promise.text().startswith("Answers come from a small model")
    window.composer.text.setPlainText("word " * 60)
    until(lambda: weight(window) >= empty + 100)
    ask(window, "How many?")
    until(lambda: weight(window) >= empty + 150)
    window.open_new()
    until(lambda: weight(window) == empty)


def test_a_picture_counts_once_it_is_read(open_window, receipt):
    window = open_window(
        candidates=(candidate(SMALL, says("x"), tier=1),),
        reads={"receipt.png": ["many words " * 20] * 5},
    )
    empty = until(lambda: weight(window))
    drop(window, receipt)
    until(lambda: weight(window) > empty + 300)
    (digest,) = window.composer._chips
    window.landing.remove(digest)
    until(lambda: weight(window) == empty)


def test_more_than_fits_is_said(open_window):
    small = candidate(SMALL, says(*["small "] * 20), tier=1, context_length=NARROW)
    window = open_window(candidates=(small,))
    ask(window, LONG)
    window.composer.text.setPlainText("And then?")
    until(lambda: window.composer._aside.text().endswith("; the oldest is left out"))
    assert window.composer._aside.property("look") == "full"
    window.open_new()
    until(lambda: window.composer._aside.property("look") == "hint")


def test_the_built_in_writer_needs_no_meter(open_window):
    window = open_window(
        candidates=(
            candidate("quoting", says("built-in")),
            candidate(SMALL, says("small"), tier=1),
        )
    )
    window.session.choose_writer(SMALL)
    until(lambda: weight(window))
    window.session.choose_writer("quoting")
    until(lambda: weight(window) is None)
    assert window.composer._aside.text() == KEYS
    assert window.composer._promise.text().startswith("Nearling quotes")


def test_without_a_model_nothing_is_weighed(open_window):
    window = open_window(says("x"), id="quoting")
    weighed = []
    window._house.assistant.weigh = lambda *about: weighed.append(about)
    window.composer.text.setPlainText("word")
    spin(0.7)
    assert (weighed, window.composer._aside.text()) == ([], KEYS)


def test_somebody_who_types_fast_is_weighed_now_and_then(open_window):
    window = open_window(candidates=(candidate(SMALL, says("x"), tier=1),))
    until(lambda: weight(window))
    weigh, drafts = window._house.assistant.weigh, []

    def counted(draft, rules):
        drafts.append(draft.question)
        return weigh(draft, rules)

    window._house.assistant.weigh = counted
    begun = time.monotonic()
    for at in range(100):
        window.composer.text.setPlainText("word " * at)
        spin(0.01)
    until(lambda: drafts and drafts[-1] == "word " * 99)
    assert len(drafts) <= 2 + (time.monotonic() - begun) / 0.3
