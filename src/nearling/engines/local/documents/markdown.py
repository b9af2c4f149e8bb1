"""Markdown: what it becomes as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt

from nearling.engines.local.documents.blocks import Section
from nearling.engines.local.documents.plain import in_parts
from nearling.engines.local.documents.web import blocks, parsed


def sections(text: str) -> Sequence[Section]:
    html = MarkdownIt("commonmark").enable("table").render(_without_front_matter(text))
    return list(in_parts(list(blocks(parsed(html)))))


def _without_front_matter(text: str) -> str:
    """Its lines are kept, as lines: between the rules that part it they would be a heading."""
    head, rule, rest = text.removeprefix("---\n").partition("\n---\n")
    return f"```\n{head}\n```\n{rest}" if text.startswith("---\n") and rule else text
