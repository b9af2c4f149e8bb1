"""How an answer that no language model wrote is shown: as one quotation, or as Markdown."""

from __future__ import annotations

from nearling.core.means import Means
from nearling.ui.tables.written import has_table, plainly


def as_markdown(text: str, means: Means | None) -> str | None:
    """What a source says stays letter for letter in it; None: `text` is one quotation."""
    if means is Means.EXPLAINED:  # the words that are explained, then the project's own note
        words, apart, note = text.partition("\n\n")
        return plainly(words) + apart + note
    if means is Means.SUMMARISED or has_table(text):
        return plainly(text)
    return None
