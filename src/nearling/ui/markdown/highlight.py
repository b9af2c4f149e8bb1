"""Code as HTML in the theme's colours; only colours are added, never a character changed."""

from __future__ import annotations

from html import escape

from nearling.ui.theme.tokens import Tokens

USUAL = "python"
"""The language that is loaded beforehand; others when they are first shown."""
_LONGEST = 20_000
"""Characters; beyond that colours cost more than they help."""


def highlighted(code: str, language: str, tokens: Tokens) -> str:
    """`code` for a rich text view that keeps white space."""
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Name, Number, String
    from pygments.util import ClassNotFound

    if not language or len(code) > _LONGEST:
        return _kept(escape(code))
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return _kept(escape(code))
    colours = {
        Comment: tokens.muted,
        Keyword: tokens.cloud,
        String: tokens.local,
        Number: tokens.warning,
        Name.Function: tokens.network,
        Name.Class: tokens.network,
        Name.Decorator: tokens.network,
    }
    pieces = []
    for kind, text in lexer.get_tokens(code):
        colour = next((colours[known] for known in colours if kind in known), None)
        shown = escape(text)
        pieces.append(f'<span style="color:{colour}">{shown}</span>' if colour else shown)
    return _kept("".join(pieces))


def _kept(html: str) -> str:
    return f'<div style="white-space:pre-wrap">{html}</div>'
