"""How people ask what an error means and what helps, in English and German."""

from __future__ import annotations

import re

_THING = (
    r"(?:(?:this|that|the|these|diese[rs]?|der|die|das)\b ?)?(?:[\w-]+ ){0,2}?"
    r"(?:it|this|that|das|dies|errors?|messages?|warning|exception|problem|"
    r"\w*(?:fehler|meldung|warnung|code)s?)\b"
)
_HELP = (
    rf"\bwhat (?:does|do|is) {_THING}.* mean(?:ing)?\b|\bmeaning of {_THING}",
    rf"\bexplain (?:to )?(?:me )?{_THING}|\b(?:don't|do not) understand {_THING}",
    r"\bwhat(?:'s| is) th(?:is|at) (?:error|message|warning)\b(?! (?:code|number))",
    r"\bhow (?:do|can|could|should|would) (?:i|we|you|one) (?:\w+ )?"
    r"(?:fix|solve|repair|resolve|get (?:rid|around|past)|debug|deal with)\b",
    r"\bhow to (?:fix|solve|repair|resolve|get rid)\b|^(?:please )?fix (?:this|it|that)\b",
    r"\bwhat (?:can|should|must|do|could|shall) (?:i|we) (?:need to |have to )?do"
    r"(?: now| here| about (?:it|this|that))?\W*$",
    rf"\bwhy (?:do|am|did) (?:i|we) (?:get|getting|see|seeing) {_THING}",
    rf"\bwhy (?:does|is|did) {_THING} (?:happen|appear|com|show)",
    r"\bhelp (?:me )?(?:with|fix|understand) (?:this|that|it|the)\b|^(?:please )?help(?: me)?\W*$",
    rf"\bwas (?:bedeutet|heisst|meint) {_THING}|\bwas (?:soll|will) (?:mir )?{_THING}",
    rf"\berklare?\b.* {_THING}|\bverstehe {_THING} nicht\b",
    r"\bwas ist das fur ein\w* \w*(?:fehler|problem|meldung)\b",
    r"\bwie (?:kann|soll|konnen|muss|bekomme?|kriege?) (?:ich|man|wir)\b.*"
    r"\b(?:beheben|losen|fixen|reparieren|weg|los)\b",
    r"\bwie (?:behebe|lose|repariere|fixe) (?:ich|wir)\b|\bwie (?:behebt|lost|repariert) man\b",
    r"\bwas (?:kann|soll|muss|sollte|konnte) (?:ich|man) (?:\w+ ){0,2}(?:tun|machen)\W*$",
    r"\bwas (?:tun|mache ich|tue ich)(?: (?:jetzt|nun|da|dagegen))?\W*$|^(?:bitte )?hilfe\W*$",
    rf"\b(?:warum|wieso|weshalb) (?:bekomme|kriege|sehe|kommt|erscheint) (?:ich )?{_THING}",
)
_NAMED = (
    r"\bwhat (?:does|is|are)\b|\bexplain\b|\bmeaning of\b|\bhow (?:do|can|to)\b|\bwhy\b|\bhelp\b",
    r"\bwas (?:bedeutet|heisst|ist)\b|\berklare?\b|\bwie\b|\bwarum\b|\bhilfe\b|\bwieso\b",
)
_OTHER = (
    r"^(?:please |bitte |can you |could you |kannst du )*(?:write|draft|compose|reply|translate|"
    r"summari|schreib|formulier|verfass|antworte|ubersetz|fass|tell|sing|find|show|list|extract)",
    r"^(?:so |and |und )?(?:who|when|where|which|how many|how often|wer|wann|wo|welche|wie ?viele|"
    r"is|are|does|do|did|was (?!bedeutet|heisst|ist|soll|kann|muss|tun)|were|has|have|"
    r"can (?!you explain)|ist|sind|hat|haben|gibt|kann|steht)\b",
)
_WANTS_HELP, _ASKS_ABOUT, _WANTS_OTHER = (
    re.compile("|".join(shapes)) for shapes in (_HELP, _NAMED, _OTHER)
)


def wants_help(plain: str) -> bool:
    """Whether a folded question asks what something that it points at means or what to do."""
    return _WANTS_HELP.search(plain) is not None


def asks_about(plain: str) -> bool:
    """Whether it asks what that means which it says itself."""
    return _ASKS_ABOUT.search(plain) is not None and not wants_other(plain)


def wants_other(plain: str) -> bool:
    """Whether it gives a task, or asks for a value, whatever error it speaks of."""
    return _WANTS_OTHER.search(plain) is not None
