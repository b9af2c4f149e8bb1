"""Loads what Markdown needs before the first answer; to be called where waiting does no harm."""

from __future__ import annotations

from nearling.ui.markdown.blocks import Blocks
from nearling.ui.markdown.highlight import USUAL, highlighted
from nearling.ui.theme.tokens import LIGHT


def get_ready() -> None:
    Blocks().append("*words*")
    highlighted("words", USUAL, LIGHT)
