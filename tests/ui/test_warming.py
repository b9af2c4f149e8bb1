"""While a question is being written, the model that would answer it takes in what is known."""

from __future__ import annotations

import threading
from dataclasses import replace

from scripted.engines import candidate, says
from ui.conftest import until
from ui.test_choosing_writers import SMALL, ask
from ui.test_window import drop, receipt

__all__ = ["receipt"]


class Prefiller:
    """Remembers what it was given, and works until it may end or is given up."""

    def __init__(self) -> None:
        self.prompts = []
        self.may_end = threading.Event()
        self.may_end.set()
        self.given_up = 0

    def prefill(self, prompt, cancellation):
        self.prompts.append(prompt)
        while not self.may_end.wait(0.01):
            if cancellation.cancelled:
                self.given_up += 1
                return


def warm(open_window, **more):
    prefiller = Prefiller()
    small = replace(candidate(SMALL, says("Yes."), tier=1), prefiller=prefiller)
    return open_window(candidates=(small,), **more), prefiller


def test_it_begins_with_the_first_letter_and_not_with_each(open_window):
    window, prefiller = warm(open_window)
    until(lambda: window.models.known.models)
    assert not prefiller.prompts
    for text in ("H", "Ho", "How"):
        window.composer.text.setPlainText(text)
    until(lambda: prefiller.prompts)
    ask(window, "How many?")
    window.composer.text.setPlainText("A")
    until(lambda: len(prefiller.prompts) == 2)
    assert [past.question for past in prefiller.prompts[1].exchanges] == ["How many?"]


def test_a_picture_is_taken_in_as_soon_as_it_is_read(open_window, receipt):
    window, prefiller = warm(open_window, reads={"receipt.png": ["Total 12.50"]})
    until(lambda: window.models.known.models)
    drop(window, receipt)
    until(lambda: any(prompt.sources for prompt in prefiller.prompts))
    (source,) = prefiller.prompts[-1].sources
    assert source.reading.lines[0].text == "Total 12.50"


def test_a_question_waits_for_none_of_it(open_window):
    window, prefiller = warm(open_window)
    until(lambda: window.models.known.models)
    prefiller.may_end.clear()
    window.composer.text.setPlainText("H")
    until(lambda: prefiller.prompts)
    ask(window, "How many?")
    until(lambda: prefiller.given_up == 1)


def test_it_begins_while_somebody_talks(open_window):
    window, prefiller = warm(open_window)
    until(lambda: window.models.known.models)
    window.composer.talking.emit()
    until(lambda: prefiller.prompts)
