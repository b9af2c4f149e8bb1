"""Answers a question by quoting the value that the sources hold; declines where none does."""

from collections.abc import Sequence
from itertools import groupby, islice

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.geometry import enclosing
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.engines.local.built_in.quoting.counting import counted
from nearling.engines.local.built_in.quoting.declining import citation, declined
from nearling.engines.local.built_in.quoting.faults import fault_shown
from nearling.engines.local.built_in.quoting.fields import sheet_of
from nearling.engines.local.built_in.quoting.layout import layout
from nearling.engines.local.built_in.quoting.matching import looked_up
from nearling.engines.local.built_in.quoting.pages import Pages
from nearling.engines.local.built_in.quoting.passages import Passage
from nearling.engines.local.built_in.quoting.question import Question, understood
from nearling.engines.local.built_in.quoting.ranking import ranked
from nearling.engines.local.built_in.quoting.saying import said
from nearling.engines.local.built_in.quoting.scanning import scanned
from nearling.engines.local.built_in.quoting.stated import CLOSEST, closest, stated
from nearling.engines.local.built_in.quoting.writing_down import written_down
from nearling.engines.local.built_in.reply import Reply

_KINDS = (fault_shown, ranked, counted, said, looked_up)
"""One file for each kind of question; the first that feels asked answers or declines."""

_LIKELY = 12
"""Pages of a document, those that fit the question best: they come in that order."""


def quoted(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined:
    """The value asked for and where it stands: every word of it stands in a source."""
    question = understood(prompt.question)
    # What a question brings along is meant, not what others before it did.
    everything = written_down(question, prompt.sources[: 1 if prompt.exchanges else None])
    if everything is not None and everything[0]:
        return Reply(everything[0], Means.QUOTED, everything[1])
    if question.is_asked("model"):
        return declined(question, prompt.sources)
    near = list[tuple[float, Source, Passage]]()
    for document, each in groupby(prompt.sources, key=_document):
        cancellation.check()
        sources = tuple(islice(each, _LIKELY if document else None))
        if not document:
            found = _shown(prompt, sources)
        else:
            pages = Pages(sources)
            asked = understood(prompt.question, pages.known)
            found = _stated(asked, pages)
            near.extend(() if found else closest(asked, pages))
        if found is not None:
            return found
    near.sort(key=lambda it: -it[0])
    return declined(question, prompt.sources, [_passage(*it[1:]) for it in near[:CLOSEST]])


def _document(source: Source) -> str:
    """Empty for what has no pages."""
    return "" if source.page is None else source.reading.digest


def _stated(asked: Question, pages: Pages) -> Reply | None:
    """A picture is asked about what it shows; a page may be about anything else."""
    found = stated(asked, pages)
    if found is None:
        return None
    places = tuple(citation(found.source, line) for line in dict.fromkeys(found.lines))
    return Reply(found.text, Means.QUOTED, places)


def _passage(source: Source, passage: Passage) -> Citation:
    boxes = (source.reading.lines[line].box for line in passage.lines(0, len(passage.text)))
    digest, box = source.reading.digest, enclosing(boxes)
    return Citation(source.name, digest, passage.text, box, source.page)


def _shown(prompt: Prompt, sources: Sequence[Source]) -> Reply | None:
    """What the first of these pictures says that says it."""
    return next(filter(None, (_found(prompt, source) for source in sources)), None)


def _found(prompt: Prompt, source: Source) -> Reply | None:
    sheet = sheet_of(layout(source.reading))
    question = understood(prompt.question, sheet.marks)
    codes = scanned(question, source.reading)
    if codes:
        name, digest = source.name, source.reading.digest
        places = tuple(Citation(name, digest, code.text, code.box, source.page) for code in codes)
        return Reply("\n".join(code.text for code in codes), Means.QUOTED, places)
    found = next(filter(None, (kind(question, sheet) for kind in _KINDS)), None)
    if found is None or not found.text:
        return None
    lines = dict.fromkeys(found.lines)
    return Reply(found.text, Means.QUOTED, tuple(citation(source, line) for line in lines))
