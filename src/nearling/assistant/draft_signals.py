"""Signs that an answer is weak; each only offers to ask a larger model, and none ever sends.

The limits are placeholders, to be fitted once it is known which offers people took. Quantiles of
the tokens' log-probabilities tell more than their mean (Gupta et al. 2024, arXiv 2404.10136); no
limit here was calibrated on models of ours.
"""

from __future__ import annotations

import re
import zlib

from nearling.core.conversation import Attempt
from nearling.core.language import gettext as _

_UNSURE = -3.0
"""Nats; one token in ten was less likely than 5 %."""
_REPEATED = 0.5
"""Of the runs of four words that were there before."""
_WORDS = 40
"""Fewer say nothing about repetition."""
_SQUEEZED = 0.12
"""Of its length that is left of a text by zlib; of the pages of our documentation it is a third."""
_LETTERS = 400
"""Fewer say nothing about how a text can be squeezed."""
_LATEST = 6_000
"""Letters; a loop is where an answer ends."""
_SHORT = 600
"""Letters; a longer answer that does not know one thing may well know others."""

_QUOTED = re.compile(r"[\"“„»«][^\"“”„»«]*[\"“”«»]|`[^`]*`")
"""What others say they do not know."""
_UNKNOWING = re.compile(
    r"""(?ix)
    # English
    \bi\ (?:really\ |honestly\ |simply\ |just\ )?
        (?:do\ not|don't|cannot|can't|could\ not|couldn't|am\ not\ able\ to)\ (?:really\ )?
        (?:know|answer|help|assist|determine|tell\ (?:you|from)|say\ for\ (?:sure|certain))\b
    | \bi(?:\ am|'m)\ (?:really\ |honestly\ )?(?:not\ (?:sure|certain)|unable\ to|unsure)\b
    | \bi(?:\ have|'ve\ got)\ no\ (?:idea|information|way\ of\ knowing)\b
    | \bi\ (?:do\ not|don't)\ have\ (?:any\ |enough\ |the\ )?(?:information|context|access)\b
    | \bas\ an?\ (?:ai|(?:large\ )?language\ model)\b
    # German
    | \bich\ weiß\ (?:es\ |das\ |dazu\ |darüber\ )?(?:leider\ |wirklich\ )?(?:nicht|nichts)\b
    | \bweiß\ ich\ (?:leider\ |wirklich\ )?nicht\b
    | \b(?:ich\ kann|kann\ ich)\ [^.!?\n]{0,40}\bnicht\b
        [^.!?\n]{0,20}\b(?:beantworten|sagen|helfen|beurteilen)\b
    | \bich\ habe?\ (?:leider\ |dazu\ |darüber\ )*keine\ (?:ahnung|information(?:en)?|angaben)\b
    | \bmir\ liegen\ [^.!?\n]{0,30}\bkeine\ (?:informationen|angaben|daten)\b
    | \b(?:ich\ bin|bin\ ich)\ (?:mir\ )?(?:leider\ |da\ )*(?:nicht\ sicher|unsicher)\b
    | \bals\ (?:ki|ki-modell|sprachmodell)\b
    # French
    | \bje\ ne\ (?:le\ )?sais\ (?:vraiment\ )?pas\b
    | \bje\ n'en\ sais\ rien\b
    | \bje\ ne\ (?:peux|saurais)\ (?:malheureusement\ )?pas\ [^.!?\n]{0,20}
        (?:répondre|aider|dire|déterminer)\b
    | \bje\ n'ai\ (?:pas\ |aucune\ )(?:assez\ )?(?:d'|l'|les\ )?(?:informations?|idée|accès)\b
    | \bje\ ne\ suis\ pas\ (?:sûre?|certaine?)\b
    | \ben\ tant\ qu(?:e\ modèle\ de\ langage|'ia)\b
    # Spanish
    | \bno\ (?:lo\ )?sé\b
    | \bno\ puedo\ (?:responder|contestar|ayudar|saber|determinar)\w*
    | \bno\ tengo\ (?:suficiente\ |ninguna\ |ni\ )?(?:información|idea|datos|acceso)\b
    | \bno\ estoy\ segur[oa]\b
    | \bcomo\ (?:modelo\ de\ lenguaje|ia)\b
    """
)


def weakness(attempt: Attempt) -> str | None:
    """Why its answer may be weak, the surest sign first; None where nothing speaks against it."""
    text, receipt = attempt.text.strip(), attempt.receipt
    if not text:
        return _("The answer is empty.")
    if repeats_itself(text):
        return _("The answer repeats itself.")
    if does_not_know(text):
        return _("The answer says that it does not know.")
    if receipt is not None and receipt.cut:
        return _("The answer ends where there was no room for more.")
    if receipt is not None and receipt.unsure is not None and receipt.unsure < _UNSURE:
        return _("The model was unsure of several words.")
    return None


def repeats_itself(text: str) -> bool:
    latest = text[-_LATEST:]
    words = latest.split()
    if len(words) >= _WORDS:
        runs = list(zip(words, words[1:], words[2:], words[3:], strict=False))
        if 1 - len(set(runs)) / len(runs) > _REPEATED:
            return True
    written = latest.encode()
    return len(latest) >= _LETTERS and len(zlib.compress(written)) < _SQUEEZED * len(written)


def does_not_know(text: str) -> bool:
    """Whether a short answer says so of itself, in English, German, French or Spanish."""
    if len(text) >= _SHORT:
        return False
    own = _QUOTED.sub(" ", text.replace("’", "'"))
    return _UNKNOWING.search(" ".join(own.split())) is not None
