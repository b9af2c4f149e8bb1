"""Every table that was read, cell by cell, where nothing but that is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Table
from nearling.core.table_text import TableForm, table_text
from nearling.engines.local.built_in.quoting.words import folded
from nearling.engines.local.built_in.reply import Reply

_WHICH = r"(?:(?:the|this|that|all|every|each|any|die|diese|alle|jede) )*tab(?:le|elle)[sn]?"
_ASKED = re.compile(
    rf"(?:(?:please|bitte|can you|could you|kannst du) )*(?:(?:extract|copy|export|extrahiere?n?"
    rf"|exportiere?n?) {_WHICH}|{_WHICH} (?:extrahieren|exportieren|auslesen|herauslesen)"
    rf"|(?:lies|lese) {_WHICH} (?:aus|heraus))(?: (?:out|please|bitte))*\W*"
)
_POINTED_AT = 12
"""Tables, at most, that are each pointed at."""


def whole_tables(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
    cancellation.check()
    plain = " ".join(folded(prompt.question).replace(",", " ").split())
    if _ASKED.fullmatch(plain) is None:
        return None
    found = _found(prompt.sources)
    if not found:
        reason = _("No table was read here.")
        return Declined(reason, remedies=(_("Ask for the text instead: Write it down"),))
    text = "\n\n".join(table_text(table, TableForm.MARKDOWN) for _source, table in found)
    places = tuple(_place(source, table) for source, table in found)
    return Reply(text, Means.QUOTED, places if len(places) <= _POINTED_AT else ())


def _found(sources: Sequence[Source]) -> list[tuple[Source, Table]]:
    """Of what this question brought along; where that is nothing, of what came last."""
    newest = [each for each in sources if each.exchange == sources[0].exchange]
    digests = list(dict.fromkeys(source.reading.digest for source in newest))
    in_order = sorted(
        newest, key=lambda source: (digests.index(source.reading.digest), source.page or 0)
    )
    return [(source, table) for source in in_order for table in source.reading.tables]


def _place(source: Source, table: Table) -> Citation:
    """Named by its first row."""
    first = " ".join(cell.text for cell in table.rows[0] if cell.text) if table.rows else ""
    return Citation(source.name, source.reading.digest, first, table.box, source.page)
