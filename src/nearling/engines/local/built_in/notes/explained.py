"""What an error message means and what helps: quoted from its source, told by a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.prompt import Prompt, Source
from nearling.engines.local.built_in.notes.matching import Match, best_match
from nearling.engines.local.built_in.notes.note import Note, notes
from nearling.engines.local.built_in.quoting.words import folded
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.shapes import Shapes

_ASKING = Shapes(Path(__file__).with_name("asking.txt"))
_LEGIBLE = 0.7
"""Below it a line may say something else, such as the code of another error."""
_LOOKED_AT = 20_000
"""Letters at the end of a text: a long log says last what stopped it."""
_WORDS = 300
"""Letters at either end of a long question, where what is wanted stands beside a pasted text."""
_PASTED = 0.25
"""Of its line, at least, that an error fills which is handed over without a word about it."""


def explained(
    prompt: Prompt, cancellation: Cancellation, known: Callable[[], Sequence[Note]] = notes
) -> Reply | None:
    """None where nothing is asked about an error, or none of the `known` notes is sure."""
    said = prompt.question.replace("’", "'")
    if len(said) > 2 * _WORDS:
        said = f"{said[:_WORDS]} {said[-_WORDS:]}"
    plain = " ".join(folded(said).split())
    helped = _ASKING.mentioned("help", plain)
    own = best_match(prompt.question[-_LOOKED_AT:], known())
    if own is not None and (helped or _is_said(prompt.question, plain, own)):
        lines = prompt.question[-_LOOKED_AT:].split("\n")
        return _reply(own.note, lines[own.first : own.last + 1], ())
    for source in prompt.sources if helped else ():
        cancellation.check()
        if source.exchange != prompt.sources[0].exchange:
            break
        reply = _about(source, known())
        if reply is not None:
            return reply
    return None


def _is_said(question: str, plain: str, own: Match) -> bool:
    """Whether it asks about the message that it says, or is nothing but that message."""
    if _ASKING.mentioned("other", plain):
        return False
    lines = question[-_LOOKED_AT:].split("\n")
    held = sum(map(len, lines[own.first : own.last + 1]))
    return _ASKING.mentioned("about", plain) or len(own.words) >= _PASTED * held


def _about(source: Source, known: Sequence[Note]) -> Reply | None:
    lines = source.reading.lines
    text = "\n".join(" ".join(line.text.split()) for line in lines)
    skipped = text.count("\n", 0, max(0, len(text) - _LOOKED_AT))
    match = best_match("\n".join(text.split("\n")[skipped:]), known)
    if match is None:
        return None
    shown = lines[skipped + match.first : skipped + match.last + 1]
    if min(line.score for line in shown) < _LEGIBLE:
        return None
    digest = source.reading.digest
    places = tuple(
        Citation(source.name, digest, line.text, line.box, source.page) for line in shown
    )
    return _reply(match.note, [line.text for line in shown], places)


def _reply(note: Note, shown: list[str], places: tuple[Citation, ...]) -> Reply:
    quoted = " ".join(line.strip() for line in shown)
    paragraphs = (
        _("“{words}”").format(words=quoted),
        f"{note.title}: {note.means}",
        "\n".join((_("Usual causes:"), *(f"- {cause}" for cause in note.causes))),
        "\n".join((_("What to do:"), *(f"{at}. {step}" for at, step in enumerate(note.steps, 1)))),
        "\n".join((_("What not to do:"), *(f"- {never}" for never in note.never))),
        _("From Nearling's note “{title}” ({id}). Documented in: {source}").format(
            title=note.title, id=note.id, source=note.source
        ),
    )
    return Reply("\n\n".join(paragraphs), Means.EXPLAINED, places)
