"""What a question must be before anything is done about it."""

from __future__ import annotations

import re
from dataclasses import replace

from nearling.core.conversation import Draft
from nearling.core.errors import UnusableQuestion
from nearling.core.language import gettext as _
from nearling.core.media import Medium
from nearling.core.numerals import whole

_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Halves of characters that stand for no byte of a command line."""
LONGEST_QUESTION = 20_000
"""Characters; some ten pages, which no person types."""


def accepted(question: str) -> str:
    """The question as it is kept: valid Unicode, no NUL, nothing around it.

    Raises UnusableQuestion if nothing is left or far too much.
    """
    mended = _LONE.sub("�", question.replace("\0", ""))
    clean = mended.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
    if not clean:
        raise UnusableQuestion(
            _("There is no question."), _('Ask one, for example: "What is the total?"')
        )
    if len(clean) > LONGEST_QUESTION:
        raise UnusableQuestion(
            _("The question has {length} characters; Nearling takes up to {longest}.").format(
                length=whole(len(clean)), longest=whole(LONGEST_QUESTION)
            ),
            _("Ask about the part that matters."),
        )
    return clean


def acceptable(draft: Draft) -> Draft:
    """`draft` with its question as it is kept. Raises UnusableQuestion if there is none."""
    clips = [each for each in draft.captures if each.medium is Medium.CLIP]
    if draft.question.strip() or not clips:
        return replace(draft, question=accepted(draft.question))
    asked = next((each for each in clips if each.spoken), clips[0])
    captures = (replace(each, spoken=each is asked) for each in draft.captures)
    return replace(draft, question="", captures=tuple(captures))
