"""Keeps those pages of long documents that fit a question best, and says how many it left out.

Who only quotes is given every page; a language model takes time and money for each.
"""

from __future__ import annotations

from dataclasses import replace

from nearling.core.chat import fenced
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.core.prompt import Prompt, Source

ENOUGH = 24_000
"""Letters of pages in one prompt: some eight thousand tokens."""


def leafed(prompt: Prompt, room: int = ENOUGH) -> tuple[Prompt, tuple[str, ...]]:
    """`prompt` with at most `room` letters of pages, and what was left out.

    Pages stand in the order in which they fit. The best page of each document always stays.
    """
    spent, began, kept, left_out = 0, set[str](), list[Source](), 0
    for source in prompt.sources:
        if source.page is None:
            kept.append(source)
            continue
        letters = len(fenced(source))
        first = source.reading.digest not in began
        began.add(source.reading.digest)
        if first or spent + letters <= room:
            spent += letters
            kept.append(source)
        else:
            left_out += 1
    if not left_out:
        return prompt, ()
    total = left_out + sum(source.page is not None for source in kept)
    told = ngettext(
        "{count} of {total} pages was left out; those that fit the question best were kept.",
        "{count} of {total} pages were left out; those that fit the question best were kept.",
        left_out,
    ).format(count=whole(left_out), total=whole(total))
    return replace(prompt, sources=tuple(kept)), (told,)
