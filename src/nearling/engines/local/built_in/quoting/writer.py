"""Answers a question by quoting the value that the sources hold; declines where none does."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.engines.local.built_in.quoting.counting import counted
from nearling.engines.local.built_in.quoting.covering import covered
from nearling.engines.local.built_in.quoting.declining import citation, declined
from nearling.engines.local.built_in.quoting.faults import fault_shown
from nearling.engines.local.built_in.quoting.fields import Sheet, sheet_of
from nearling.engines.local.built_in.quoting.layout import layout
from nearling.engines.local.built_in.quoting.matching import Answer, looked_up
from nearling.engines.local.built_in.quoting.question import Question, understood
from nearling.engines.local.built_in.quoting.ranking import ranked
from nearling.engines.local.built_in.quoting.saying import said
from nearling.engines.local.built_in.quoting.scanning import scanned
from nearling.engines.local.built_in.quoting.writing_down import written_down
from nearling.engines.local.built_in.reply import Reply

_KINDS = (fault_shown, ranked, counted, said, looked_up)
"""One file for each kind of question; the first that feels asked answers or declines."""

_LIKELY = 12
"""Pages; a value that stands on a page with none of the question's words is quoted by chance."""


def quoted(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined:
    """The value asked for and where it stands: every word of it stands in a source."""
    question = understood(prompt.question)
    # What a question brings along is meant, not what others before it did.
    everything = written_down(question, prompt.sources[: 1 if prompt.exchanges else None])
    if everything is not None and everything[0]:
        return Reply(everything[0], Means.QUOTED, everything[1])
    likely = () if question.is_asked("model") else _likely(prompt.sources)
    for _digest, pages in groupby(likely, key=lambda source: source.reading.digest):
        found: dict[str, tuple[Citation, ...]] = {}
        for source in pages:
            cancellation.check()
            text, places = _found(prompt, source)
            if text:
                found.setdefault(text, places)
        if len(found) == 1:
            text, places = found.popitem()
            return Reply(text, Means.QUOTED, places)
        if found:  # pages of one document that say different things
            break
    return declined(question, prompt.sources)


def _sure(question: Question, sheet: Sheet, source: Source, found: Answer) -> bool:
    """A picture is asked about what it shows; a page may be about anything else."""
    return source.page is None or covered(question, sheet, source.reading, found)


def _likely(sources: Iterable[Source]) -> Iterator[Source]:
    """Of each document the pages that fit the question best: they come in that order."""
    pages = Counter[str]()
    for source in sources:
        pages[source.reading.digest] += source.page is not None
        if pages[source.reading.digest] <= _LIKELY:
            yield source


def _found(prompt: Prompt, source: Source) -> tuple[str, tuple[Citation, ...]]:
    sheet = sheet_of(layout(source.reading))
    question = understood(prompt.question, sheet.marks)
    codes = scanned(question, source.reading)
    if codes:
        name, digest = source.name, source.reading.digest
        places = tuple(Citation(name, digest, code.text, code.box, source.page) for code in codes)
        return "\n".join(code.text for code in codes), places
    follows = prompt.exchanges if not question.kinds else ()
    # "And the milk?" asks for the same kind of value as the question before.
    before = tuple(understood(exchange.question).kinds for exchange in follows[-1:])
    for asked in (question, *(replace(question, kinds=kinds) for kinds in before)):
        found = next(filter(None, (kind(asked, sheet) for kind in _KINDS)), None)
        if found is not None and found.text and _sure(asked, sheet, source, found):
            return found.text, tuple(citation(source, line) for line in dict.fromkeys(found.lines))
    return "", ()
