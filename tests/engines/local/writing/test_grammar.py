"""An answer that has a form keeps it, whatever the model would rather say."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.errors import EngineFailure, UnusableQuestion
from nearling.core.language_model import Sampling
from nearling.engines.local.bare.decoders.tokens import ENDS, learnt
from nearling.engines.local.writing.grammar import Form, Grammar

TOKENIZER = learnt(['{"name": "the quick brown fox", "total": 12.50, "paid": true}'] * 3, 320)
END = TOKENIZER.token_to_id(ENDS)
WIDE = 384
"""Models give more logits than there are tokens."""
GRAMMAR = Grammar(TOKENIZER.to_str(), (END,))
SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 12},
        "total": {"type": "integer", "minimum": 0, "maximum": 9999},
        "paid": {"enum": ["yes", "no"]},
    },
    "required": ["name", "total", "paid"],
    "additionalProperties": False,
}


def said(form: Form, seed: int) -> str:
    """What comes of drawing from all that is allowed."""
    random, ids = np.random.default_rng(seed), list[int]()
    while not form.complete:
        allowed = form.allowed(WIDE)
        assert allowed.shape == (WIDE,)
        assert not allowed[TOKENIZER.get_vocab_size() :].any()
        token = int(random.choice(np.flatnonzero(allowed)))
        if token == END:
            break
        form.take(token)
        ids.append(token)
    return str(TOKENIZER.decode(ids))


@given(st.integers(0, 2**32))
@settings(max_examples=50)
def test_a_schema_is_kept(seed: int) -> None:
    values = json.loads(said(GRAMMAR.form(Sampling(json_schema=json.dumps(SCHEMA))), seed))
    assert set(values) == {"name", "total", "paid"}
    assert len(values["name"]) <= 12
    assert 0 <= values["total"] <= 9999
    assert values["paid"] in {"yes", "no"}


@given(st.integers(0, 2**32))
@settings(max_examples=50)
def test_a_grammar_is_kept(seed: int) -> None:
    lark = 'start: "Total: " NUMBER ("." DIGIT DIGIT)?\nNUMBER: /[1-9][0-9]{0,3}/\nDIGIT: /[0-9]/'
    assert re.fullmatch(
        r"Total: [1-9][0-9]{0,3}(\.[0-9]{2})?", said(GRAMMAR.form(Sampling(grammar=lark)), seed)
    )


def test_each_answer_begins_anew() -> None:
    sampling = Sampling(grammar='start: "a" "b"')
    form = GRAMMAR.form(sampling)
    form.take(TOKENIZER.token_to_id("a"))
    begins = GRAMMAR.form(sampling).allowed(WIDE)
    assert begins[TOKENIZER.token_to_id("a")]
    assert not form.allowed(WIDE)[TOKENIZER.token_to_id("a")]


@pytest.mark.parametrize("ends", [(), (5000,)])
def test_a_model_without_an_end_cannot_keep_a_form(ends: tuple[int, ...]) -> None:
    with pytest.raises(EngineFailure, match="form"):
        Grammar(TOKENIZER.to_str(), ends)


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(json_schema="{"),
        Sampling(json_schema="[]"),
        Sampling(json_schema='{"type": "alien"}'),
        Sampling(grammar="start: nowhere"),
        Sampling(grammar="start: /(/"),
        Sampling(grammar=""),
    ],
)
def test_a_form_without_sense_is_said(sampling: Sampling) -> None:
    with pytest.raises(UnusableQuestion, match="no sense"):
        GRAMMAR.form(sampling)
