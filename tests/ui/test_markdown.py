"""Answers as blocks: streamed or whole they are the same, and nothing in them can load anything."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from nearling.ui.markdown.blocks import Block, Blocks
from nearling.ui.markdown.highlight import highlighted
from nearling.ui.theme.tokens import LIGHT

ANSWER = """# A title

Some **bold** words and a [link](https://example.org/a?b=1).

- one
- two

```python
def f():
    return "1 < 2"
```

| a | b |
|---|---|
| 1 | 2 |
"""
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["![x](file:///etc/passwd)", "<img src=x>", "```", "\n\n", "- ", "    ", "[a]: b\n",
             "[a](javascript:alert(1))", "| a |\n|--|\n", "> ", "\u202e", "&lt;img&gt;", "~~~\n"]
        ),
    ),
    max_size=25,
).map("".join)  # fmt: skip


def streamed(text: str, size: int) -> Blocks:
    blocks = Blocks()
    for at in range(0, len(text), size):
        blocks.append(text[at : at + size])
    return blocks


def test_streamed_or_whole_it_is_the_same():
    whole = streamed(ANSWER, len(ANSWER)).all
    assert [bool(block.code) for block in whole] == [False, False, False, True, False]
    assert whole[3] == Block(code='def f():\n    return "1 < 2"', language="python")
    for size in (1, 3, 17):
        assert streamed(ANSWER, size).all == whole


def test_a_finished_block_is_not_parsed_again():
    blocks = streamed(ANSWER, 5)
    kept = list(blocks.finished)
    blocks.append("\n\nmore *words*\n")
    assert blocks.finished[: len(kept)] == kept
    assert all(one is other for one, other in zip(blocks.finished, kept, strict=False))
    assert len(blocks._tail) < 30


@given(HOSTILE)
def test_nothing_that_loads_comes_out(text):
    blocks = streamed(text, 7)
    for block in blocks.all:
        tags = set(re.findall(r"<\s*([a-zA-Z0-9]+)", block.html))
        assert not tags & {"img", "script", "style", "link", "iframe", "object", "svg", "input"}
        assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', block.html)).lower()
        assert not re.findall(r"<[^>]*\b(src|style|background)\s*=", block.html)


@given(HOSTILE, st.sampled_from(["python", "html", "", "no-such-language"]))
def test_colours_change_no_character(code, language):
    html = highlighted(code, language, LIGHT)
    shown = unescape(re.sub(r"<[^>]*>", "", html))
    assert shown == code.replace("\r\n", "\n").replace("\r", "\n") or shown == code
