"""Why there is no answer, what comes closest to one, and what to do instead."""

from collections.abc import Sequence

from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.prompt import Source
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.words import any_marks, marks, terms

_WORDS = marked(
    "Writing, explaining, judging and translating take a language model; this only quotes."
)
_NOT_THERE = marked("Nothing that was read in the picture answers this for sure.")
_NOT_IN_PAGES = marked("Nothing in the pages that fit the question best answers it for sure.")
_NO_PICTURE = marked("There is no picture to quote from.")
_MODEL = marked("A question like this needs a language model. Add one: nearling models add FOLDER")
_ASK = marked("Ask for words, names or numbers that are printed in the picture.")
_ATTACH = marked("Attach a picture that shows the answer.")

_SHOWN = 3
"""Passages or lines."""


def declined(
    question: Question, sources: Sequence[Source], passages: Sequence[Citation] = ()
) -> Declined:
    """Why there is no answer, what comes closest, and what to do instead.

    `passages`: of documents, those that come closest.
    """
    if question.is_asked("model"):
        return Declined(_(_WORDS), remedies=(_(_MODEL),))
    if not sources:
        return Declined(_(_NO_PICTURE), remedies=(_(_ATTACH), _(_MODEL)))
    paged = all(source.page is not None for source in sources)
    not_there = _(_NOT_IN_PAGES) if paged else _(_NOT_THERE)
    pictures = [source for source in sources if source.page is None]
    closest = (*passages, *_closest(question, pictures))[:_SHOWN]
    return Declined(not_there, closest, (_(_ASK), _(_MODEL)))


def citation(source: Source, line: int) -> Citation:
    shown = source.reading.lines[line]
    return Citation(source.name, source.reading.digest, shown.text, shown.box, source.page)


def _closest(question: Question, sources: Sequence[Source]) -> tuple[Citation, ...]:
    """Lines that share most words with the question, in the order they stand."""
    wanted = any_marks(terms(question.text))
    ranked = sorted(
        (-len(shared), order, index)
        for order, source in enumerate(sources)
        for index, line in enumerate(source.reading.lines)
        if (shared := wanted & marks(line.text))
    )
    return tuple(citation(sources[order], index) for _shared, order, index in ranked[:_SHOWN])
