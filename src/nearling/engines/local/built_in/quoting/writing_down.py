"""All that stands in the sources or is said in them, where nothing but that is asked for."""

from collections.abc import Sequence

from nearling.core.conversation import Citation
from nearling.core.prompt import Source
from nearling.engines.local.built_in.quoting.declining import citation
from nearling.engines.local.built_in.quoting.question import Question

_POINTED_AT = 12
"""Lines, at most, that are each pointed at; the whole of more is what the answer is anyway."""


def written_down(
    question: Question, sources: Sequence[Source]
) -> tuple[str, tuple[Citation, ...]] | None:
    """Line by line, a blank line between sources; None where something else is asked for."""
    if not question.is_asked("all of it"):
        return None
    texts = ("\n".join(line.text for line in source.reading.lines) for source in sources)
    places = [
        citation(source, line) for source in sources for line in range(len(source.reading.lines))
    ]
    return "\n\n".join(filter(None, texts)), tuple(places) if len(places) <= _POINTED_AT else ()
