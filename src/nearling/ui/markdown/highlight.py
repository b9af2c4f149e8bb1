"""Code as HTML in the theme's colours; only colours are added, never a character changed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from nearling.ui.theme.tokens import Tokens

USUAL = "python"
"""The language that is loaded beforehand; others when they are first shown."""
_LONGEST = 20_000
"""Characters; beyond that colours cost more than they help."""
_KNOWN = frozenset(
    {
        "bash", "c", "c++", "cpp", "cs", "css", "csharp", "c#", "diff", "docker", "dockerfile",
        "go", "golang", "html", "ini", "java", "javascript", "js", "json", "jsx", "kotlin", "lua",
        "make", "makefile", "markdown", "md", "perl", "php", "powershell", "ps1", "py", "python",
        "r", "rb", "ruby", "rust", "rs", "scala", "sh", "shell", "sql", "swift", "toml", "ts",
        "tsx", "typescript", "xml", "yaml", "yml", "zsh",
    }
)  # fmt: skip
"""An answer names the language: the hundreds of other lexers are not for it to choose from."""


def coloured(code: str, language: str, tokens: Tokens) -> Iterator[str]:
    """`code` piece by piece: whoever asks for the next one decides how long that may go on."""
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Name, Number, String

    if language.lower() not in _KNOWN or len(code) > _LONGEST:
        yield escape(code)
        return
    colours = {
        Comment: tokens.muted,
        Keyword: tokens.cloud,
        String: tokens.local,
        Number: tokens.warning,
        Name.Function: tokens.network,
        Name.Class: tokens.network,
        Name.Decorator: tokens.network,
    }
    # Not get_tokens, which would take away and add characters.
    for _, kind, text in get_lexer_by_name(language.lower()).get_tokens_unprocessed(code):
        colour = next((colours[known] for known in colours if kind in known), None)
        shown = escape(text)
        yield f'<span style="color:{colour}">{shown}</span>' if colour else shown


def highlighted(code: str, language: str, tokens: Tokens) -> str:
    """`code` for a rich text view that keeps white space."""
    return kept("".join(coloured(code, language, tokens)))


def kept(html: str) -> str:
    return f'<div style="white-space:pre-wrap">{html}</div>'
