"""What a text is about: the five sentences that say most of it, each with its place."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.geometry import enclosing
from nearling.core.language import gettext as _
from nearling.core.means import Means
from nearling.core.prompt import Prompt
from nearling.engines.local.built_in.quoting.words import folded
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.sentences import Sentence, sentences
from nearling.engines.local.built_in.shapes import Shapes

_ASKING = Shapes(Path(__file__).with_name("asking.txt"))
_WORDS = ("one ein einem einer", "two zwei", "three drei", "four vier", "five funf", "six sechs")
_NUMBERS = {name: at for at, names in enumerate(_WORDS, 1) for name in names.split()}
_USUAL, _MOST = 5, 10
_FEWEST = 8
"""Sentences; a shorter text is read as quickly as its summary."""


def summarised(prompt: Prompt, cancellation: Cancellation) -> Reply | Declined | None:
    """Sentences as they stand in the newest sources; None where no summary is asked for."""
    asked = _ASKING.taken("all", " ".join(folded(prompt.question).split()))
    if asked is None or not prompt.sources:
        return None
    newest = prompt.sources[0].exchange
    found = sentences(tuple(takewhile(lambda source: source.exchange == newest, prompt.sources)))
    cancellation.check()
    if len(found) < _FEWEST:
        return Declined(
            _("There are too few whole sentences here to choose some that say most of it."),
            remedies=(_("To have all of it written down, ask: Write it down"),),
        )
    # numpy is loaded by who asks for a summary.
    from nearling.engines.local.built_in.summarising.centrality import most_central

    said = asked[1].groupdict().get("number") or ""
    number = int(said) if said.isdecimal() else _NUMBERS.get(said, _USUAL)
    number = min(max(number, 1), _MOST, len(found) // 2)
    chosen = [found[at] for at in most_central([each.text for each in found], number)]
    head = _("{chosen} of {all} sentences, as they stand there:").format(
        chosen=len(chosen), all=len(found)
    )
    text = "\n".join((head, "", *(f"- {_placed(each)}" for each in chosen)))
    return Reply(text, Means.SUMMARISED, tuple(map(_citation, chosen)))


def _placed(sentence: Sentence) -> str:
    place = sentence.source.place
    return f"{sentence.text} ({place})" if place else sentence.text


def _citation(sentence: Sentence) -> Citation:
    around = enclosing(line.box for line in sentence.lines)
    source = sentence.source
    return Citation(source.name, source.reading.digest, sentence.text, around, source.page)
