"""Which of several sources has the most or the first of something: each is asked the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.engines.local.built_in.amounts import amounts
from nearling.engines.local.built_in.days import Day, days
from nearling.engines.local.built_in.quoting.vocabulary import named_shapes, sections
from nearling.engines.local.built_in.quoting.words import any_marks, folded, marks, terms
from nearling.engines.local.built_in.quoting.writer import quoted
from nearling.engines.local.built_in.reply import Reply

_TEXT = sections("comparing.txt", Path(__file__).parent)
_QUESTIONS = dict(named_shapes(_TEXT["questions"]))
_MOST = 12
"""Sources that are asked."""


def compared(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
    """The source that it is, what it says, and what the others say."""
    asked = _asked(folded(prompt.question))
    together = _together(prompt)
    if asked is None or not 2 <= len(together) <= _MOST:
        return None
    question, sign, named = asked
    told: list[tuple[str, Reply]] = []
    for name, sources in together.items():
        cancellation.check()
        reply = quoted(Prompt(question, sources), cancellation)
        if not isinstance(reply, Reply) or not _says(question, reply):
            reason = _("{source} does not answer this for sure.").format(source=name)
            return _declined(reason) if named else None
        told.append((name, reply))
    sizes = _sizes([reply.text for _name, reply in told])
    if sizes is None:
        said = ", ".join(f"{name}: {reply.text}" for name, reply in told)
        return _declined(_("These cannot be compared for sure: {values}.").format(values=said))
    places = tuple(citation for _name, reply in told for citation in reply.citations)
    return Reply(_told(told, sizes, sign), Means.COUNTED, places)


def _asked(plain: str) -> tuple[str, int, bool] | None:
    """What each source is asked, 1 if the most or the last of it is meant, else -1, and whether
    the sources themselves are named."""
    which = re.search(_TEXT["which"][0], plain)
    for way, shape in named_shapes(_TEXT["ways"]) if which is not None else ():
        found = re.search(shape, plain)
        if found is not None and which is not None:
            name, sign = way.split()
            what = found.groupdict().get("what", "").strip(" ?.!")
            return _QUESTIONS[name].format(what=what), int(sign), which["noun"] is not None
    return None


def _together(prompt: Prompt) -> dict[str, tuple[Source, ...]]:
    """The sources of this message, or of all if it brought none; pages of a document as one."""
    own = [source for source in prompt.sources if source.exchange is None]
    parts: dict[tuple[str, str], list[Source]] = {}
    for source in own or prompt.sources:
        parts.setdefault((source.name, source.reading.digest), []).append(source)
    names = [name for name, _digest in parts]
    return {
        name if names.count(name) == 1 else f"{name} ({number})": tuple(sources)
        for number, ((name, _digest), sources) in enumerate(parts.items(), 1)
    }


def _says(question: str, reply: Reply) -> bool:
    """Whether what is cited names what was asked, so that all sources tell the same."""
    asked = any_marks(it for it in terms(question) if it.labels or not it.soft)
    return not asked or any(asked & marks(place.text) for place in reply.citations)


def _sizes(texts: Sequence[str]) -> list[Day] | list[Decimal] | None:
    """What can be put in order; None unless all are dates, or amounts of one unit."""
    # Each source writes its dates and numbers in its own way.
    dates = [day for text in texts if (day := days((folded(text.strip()),))[0]) is not None]
    if len(dates) == len(texts):
        return dates if all(day.whole for day in dates) else None
    found = [amount for text in texts if (amount := amounts((text,))[0][0]) is not None]
    if len(found) < len(texts) or len({amount.unit for amount in found}) > 1:
        return None
    return [amount.value for amount in found]


def _told(told: Sequence[tuple[str, Reply]], sizes: Sequence[Day | Decimal], sign: int) -> str:
    """The one that is meant, with what all of them say."""
    said = [f"{name}: {reply.text}" for name, reply in told]
    order = sorted(range(len(told)), key=sizes.__getitem__, reverse=sign > 0)
    if sizes[order[0]] == sizes[order[1]]:
        return _("None alone: {values}").format(values=", ".join(said))
    return f"{said[order[0]]} ({', '.join(said[place] for place in order[1:])})"


def _declined(reason: str) -> Declined:
    return Declined(reason, remedies=(_("Ask each of them on its own."),))
