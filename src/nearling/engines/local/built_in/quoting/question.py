"""What a question asks for: its words, the kind of value and the thing it is about."""

import re
from dataclasses import dataclass, replace

from nearling.engines.local.built_in.quoting.values import DIMENSIONS, Kind
from nearling.engines.local.built_in.quoting.vocabulary import listed_ideas, named_shapes, sections
from nearling.engines.local.built_in.quoting.words import (
    FILLERS,
    Term,
    corrected,
    folded,
    stem,
    terms,
    words,
)

_TEXT = sections("asking.txt")
_ASKED = tuple(
    (re.compile(shape), tuple(map(Kind, kinds.split())))
    for kinds, shape in named_shapes(_TEXT["kinds"])
)
_TURNS = tuple(
    (re.compile(shape), listed_ideas((ideas,))) for ideas, shape in named_shapes(_TEXT["turns"])
)
_SETS = {name: frozenset(" ".join(lines).split()) for name, lines in _TEXT.items()}
_ERRANDS = listed_ideas(_TEXT["errands"])
_SHAPED = frozenset(("#phone", "#email", "#website"))
_NO_SHARES = DIMENSIONS | {"#arrival", "#departure"}
"""How far something got in percent is no distance and no arrival."""
_LISTED = (Kind.TEXT, Kind.CODE, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Question:
    """`kinds` is empty where any kind of value would do, else they come likeliest first."""

    text: str
    plain: str
    """Folded."""
    terms: tuple[Term, ...]
    kinds: tuple[Kind, ...]
    focus: tuple[Term, ...]
    """What directly follows which, what and how many: what the answer is a case of."""
    german: bool
    errands: tuple[Term, ...] = ()
    """What somebody is called about: a number beside it in a picture seldom says so."""

    @property
    def hard(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.soft)

    def asks(self, shape: str) -> bool:
        return re.search(shape, self.plain) is not None

    def is_asked(self, way: str) -> bool:
        """Whether it fits a section of asking.txt, such as says, why or model."""
        return any(re.search(shape, self.plain) for shape in _TEXT[way])


def understood(text: str, known: frozenset[str] = frozenset()) -> Question:
    """A question taken apart; never fails. `known` holds stems that are no slips of the keys."""
    for word in set(words(text)):
        better = word if stem(word) in known else corrected(word)
        if better != word:
            text = re.sub(rf"\b{re.escape(word)}\b", better, text, flags=re.IGNORECASE)
    plain = " ".join(folded(text).split())
    spoken = words(text)
    german = len(_SETS["german"] & set(spoken)) > len(_SETS["english"] & set(spoken))
    kinds = next((wanted for shape, wanted in _ASKED if shape.search(plain)), ())
    capitals = _capitals(text)
    found = tuple(
        _weighed(term, spoken, capitals, german)
        for term in terms(text)
        if (not term.at or spoken[term.at - 1] not in ("nicht", "not", "kein", "keine"))
    )
    if kinds[:1] == (Kind.PERCENT,):
        found = tuple(term for term in found if not term.marks <= _NO_SHARES)
    for shape, ideas in _TURNS:
        if shape.search(plain):
            found = tuple(term for term in found if not term.marks & (ideas | {"#duration"}))
            found += (Term("", ideas, False, len(spoken)),)
    focus = _focus(found, spoken)
    errands: tuple[Term, ...] = ()
    if kinds[:1] in ((Kind.PHONE,), (Kind.EMAIL,), (Kind.URL,)):
        errands = tuple(term for term in found if term.marks & (_ERRANDS | _SHAPED))
        found = tuple(term for term in found if term not in errands)
    which = re.search(r"\bwhich\b|\bwelche", plain)
    if focus and which and not re.search(_TEXT["one of"][0], " ".join(term.word for term in focus)):
        kinds = _LISTED
    return Question(text, plain, found, kinds, focus, german, errands)


def _weighed(term: Term, spoken: list[str], capitals: frozenset[str], german: bool) -> Term:
    """Unknown words that are probably verbs need not stand in an answer."""
    before = spoken[term.at - 1] if term.at else ""
    if before in _SETS["pointing"]:
        return replace(term, soft=True)
    if term.word in capitals and not german:
        return replace(term, proper=True)
    if term.known or term.word in capitals or not term.word.isalpha():
        return term
    # German marks a noun by a capital or by the word before it; the rest are verbs and such.
    noun = not term.at or before in _SETS["before nouns"] if german else term.word[-3:] != "ing"
    return replace(term, soft=term.soft or not noun or before in _SETS["pronouns"])


def _capitals(text: str) -> frozenset[str]:
    """Folded words that start with a capital and do not start the question."""
    return frozenset(
        folded(word) for word in re.findall(r"(?<=[^.?!\s]\s)[^\W\d_a-zäöü][^\W_]*", text)
    )


def _focus(found: tuple[Term, ...], spoken: list[str]) -> tuple[Term, ...]:
    for at, word in enumerate(spoken):
        if word in ("which", "what", "many") or re.match(r"(?:wie)?viele$|welche", word):
            near = [term for term in found if at < term.at <= at + 3]
            if near and all(between in FILLERS for between in spoken[at + 1 : near[0].at]):
                return tuple(term for term in near if term.at - near[0].at <= 1)[:2]
    return ()
