"""Holds an answer to a form: after each token, which ones may come next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nearling.core.errors import EngineFailure, UnusableQuestion
from nearling.core.language import gettext as _
from nearling.core.language_model import Sampling

if TYPE_CHECKING:
    from llguidance import LLMatcher


class Form:
    """What is left to be said of one answer."""

    def __init__(self, matcher: LLMatcher) -> None:
        self._matcher = matcher

    @property
    def complete(self) -> bool:
        """Nothing more may follow."""
        return bool(self._matcher.is_stopped())

    def allowed(self, vocabulary: int) -> NDArray[np.bool_]:
        """For each of so many tokens; those that end an answer only where it may end."""
        mask = np.frombuffer(self._matcher.compute_bitmask(), np.uint8)
        self._check()
        return np.unpackbits(mask, count=vocabulary, bitorder="little").view(np.bool_)

    def take(self, id: int) -> None:
        self._matcher.consume_token(id)
        self._check()

    def _check(self) -> None:
        if self._matcher.is_error():
            raise _not_kept()


class Grammar:
    """Makes forms for the tokens of one model. Raises EngineFailure where it has no end."""

    def __init__(self, tokenizer: str, ends: Iterable[int]) -> None:
        from llguidance import LLTokenizer

        try:
            self._tokenizer = LLTokenizer(tokenizer, eos_token=list(ends))
        except ValueError as error:
            raise _not_kept() from error

    def form(self, sampling: Sampling) -> Form:
        """For a sampling that asks for one. Raises UnusableQuestion where it makes no sense."""
        from llguidance import LLMatcher

        try:
            if sampling.json_schema is not None:
                grammar = LLMatcher.grammar_from_json_schema(
                    sampling.json_schema,
                    # Free to put blanks, a weak model puts nothing else until its room is up.
                    overrides={
                        "whitespace_flexible": False,
                        "item_separator": ", ",
                        "key_separator": ": ",
                    },
                )
            else:
                grammar = LLMatcher.grammar_from_lark(sampling.grammar or "")
        except ValueError as error:
            raise _unusable() from error
        matcher = LLMatcher(self._tokenizer, grammar, log_level=0)
        if matcher.is_error():
            raise _unusable()
        return Form(matcher)


def _not_kept() -> EngineFailure:
    return EngineFailure(
        _("The answer could not be kept in the form that was asked for."),
        _("Ask for a simpler form."),
    )


def _unusable() -> UnusableQuestion:
    return UnusableQuestion(
        _("The form that was asked of the answer makes no sense."),
        _("Check the JSON schema or the grammar."),
    )
