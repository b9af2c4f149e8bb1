"""Asks in each language a product that speaks it, as the person who asks would have it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from nearling.bench.product import product
from nearling.bench.useful.asking import Ask, asking
from nearling.bench.useful.said import Said
from nearling.core.media import Capture

AskIn = Callable[[str], Ask]
"""Takes the code of a language, such as de."""
_SETTING = "NEARLING_LANGUAGE"
_ENGLISH = re.compile(r"\b(?:what|when|where|which|who|how|the|this|it|is|with)\b")
_GERMAN = re.compile(r"\b(?:wie|wer|was|wo|wann|welche[rnms]?|ist|hat|das|der|die)\b")


@contextmanager
def asking_in_languages() -> Iterator[AskIn]:
    """A language's product starts with its first question, and all end together."""
    with ExitStack() as products:
        started: dict[str, Ask] = {}

        def ask_in(language: str) -> Ask:
            def ask(questions: Sequence[str], captures: tuple[Capture, ...]) -> Said:
                with speaking(language):
                    if language not in started:
                        ready = products.enter_context(product())
                        started[language] = asking(ready.assistant)
                    return started[language](questions, captures)

            return ask

        yield ask_in


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """This process and what it starts meanwhile speak `language`."""
    before = os.environ.get(_SETTING)
    os.environ[_SETTING] = language
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SETTING]
        else:
            os.environ[_SETTING] = before


def language_of(question: str) -> str:
    """Of a short question that comes without one."""
    plain = question.casefold()
    return "de" if _GERMAN.search(plain) and not _ENGLISH.search(plain) else "en"
