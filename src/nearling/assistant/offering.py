"""What can be done here and now with one picture or document, as far as it has been read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nearling.core.cancellation import Cancellation
from nearling.core.events import Finished
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Table
from nearling.engines.pool import Candidate

_LONG = 600
"""Letters from which on a text can be told in fewer."""
_TRIED = 40
"""Pages that are looked through for an error."""


@dataclass(frozen=True, slots=True)
class Offered:
    text: str = ""
    """All of it."""
    tables: tuple[Table, ...] = ()
    explains: bool = False
    """There is an error in it that somebody here can explain."""

    @property
    def is_long(self) -> bool:
        return len(self.text) >= _LONG


def offered(
    sources: Sequence[Source],
    explain: str,
    writers: Iterable[Candidate],
    cancellation: Cancellation,
) -> Offered:
    """`explain` is how somebody would ask for it. Raises EngineFailure or Cancelled."""
    in_order = sorted(sources, key=lambda source: source.page or 0)
    text = "\n\n".join(source.reading.text for source in in_order if source.reading.lines)
    tables = tuple(table for source in in_order for table in source.reading.tables)
    prompt = Prompt(explain, tuple(in_order[:_TRIED]))
    explains = bool(text) and any(_explains(each, prompt, cancellation) for each in writers)
    return Offered(text, tables, explains)


def _explains(candidate: Candidate, prompt: Prompt, cancellation: Cancellation) -> bool:
    """Asks who answers without a model: that takes no time, and who does not know says so."""
    if candidate.writer is None or candidate.profile.tier:
        return False
    events = candidate.writer.write(prompt, cancellation)
    return any(isinstance(each, Finished) and each.means is Means.EXPLAINED for each in events)
