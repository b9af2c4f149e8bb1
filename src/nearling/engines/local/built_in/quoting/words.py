"""Words as they are compared: folded, cut to their stems, and told by the ideas they name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nearling.engines.local.built_in.quoting.vocabulary import ideas, sections

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*")
_DIGITS = re.compile(r"\d+")
# Endings of both languages, longest first; what is left must still be a word of four letters.
_ENDING = re.compile(r"(?<=\w{4})(?:ness|ern|est|ing|ed|en|er|es|em|e|s|n)$")
_INFLECTED = re.compile(r"^(\w{2,})(?:ing|ed|er)$")
"""Forms of a verb that ends in e, such as hiring."""
_LONGEST_PHRASE = 3
_SHORTEST_PART = 4
_LONGEST_WORD = 40
_FROM_DAY = re.compile(r"[a-z.]\s*(?:-|–|—|bis|to|through)\s*[a-z]")
_HYPHENED = re.compile(r"\b[^\W\d_]{3,}-[^\W\d_]{2,}")
_DAY_MONTH = re.compile(r"\b(\d{1,2})[./](\d{1,2})(?:[./]\d{2}|\.)")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question and the marks that tell it in a source."""

    word: str
    marks: frozenset[str]
    """Ideas it names, or its stem."""
    soft: bool
    """True: an answer need not repeat it."""
    at: int
    """Which word of the text it starts with."""
    proper: bool = False
    """True: probably the name of a person, a place or a product."""

    @property
    def labels(self) -> bool:
        """Whether it names what labels say, such as a total or a password."""
        return not self.marks.isdisjoint(_LABELS)

    @property
    def known(self) -> bool:
        return any(mark.startswith("#") for mark in self.marks)


def any_marks(terms: Iterable[Term]) -> frozenset[str]:
    """The marks of all these terms."""
    return frozenset().union(*(term.marks for term in terms))


def names_label(mark: str) -> bool:
    """Whether a mark is an idea that labels name and questions have to ask for."""
    return mark in _LABELS and mark not in GENERAL


def folded(text: str) -> str:
    """Lower case without accents and ligatures, so that OCR and keyboards agree."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Words and numbers of `text`, folded, in order."""
    return _WORD.findall(folded(text))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A light stem, equal for the usual endings of English and German."""
    return _ENDING.sub("", _ENDING.sub("", word))


_PLACED = re.compile(r"\b([123])\.\s?[A-ZÄÖÜ]|\bQ([123])\b")
_Key = tuple[str, ...]
_SECTIONS = sections("vocabulary.txt")
_COMMON_WORDS = sections("common.txt")
_DAYS, _MONTHS, _ORDINALS = (
    [f"#{name}" for name in _COMMON_WORDS[part][0].split()]
    for part in ("days", "months", "ordinals")
)
CALENDAR = frozenset((*_DAYS, *_MONTHS))
FILLERS = frozenset(" ".join(_SECTIONS["fillers"]).split())
_NOUNS = frozenset(" ".join(_COMMON_WORDS["nouns"]).split())
EASY = frozenset(" ".join(_COMMON_WORDS["easy"]).split())
"""Verbs and adverbs; an answer need not repeat them."""
_LABELS = {name: soft for name, _, soft in ideas(_SECTIONS["labels"])}
# Of #phone and the like the value itself shows that it is one.
GENERAL = {name for name, soft in _LABELS.items() if soft}
GENERAL |= {"#phone", "#email", "#website", "#sender"}
"""Ideas that only say what kind of value something is, as number and amount do."""
_NAMED: dict[_Key, frozenset[str]] = {}
_SOFT: set[_Key] = set()
_WORDS: set[str] = set()
_ALONE: set[str] = set()
"""Words that name an idea as they are, not just by their stem."""
for _name, _phrases, _soft in ideas(_SECTIONS["labels"] + _SECTIONS["things"]):
    for _phrase in _phrases:
        _key = tuple(stem(word) for word in words(_phrase))
        _NAMED[_key] = _NAMED.get(_key, frozenset()) | {_name}
        _WORDS.update(words(_phrase))
        _ALONE.update(words(_phrase) if len(_key) == 1 else ())
        if _soft or "~" in _phrase:
            _SOFT.add(_key)
_SPELLINGS = tuple(sorted(word for word in _WORDS | FILLERS if len(word) > 3))
_PLAIN = FILLERS | EASY | _NOUNS
_COMMON = tuple(sorted((word for word in FILLERS if len(word) > 3), key=lambda it: (-len(it), it)))
_STEMS = frozenset(stem(word) for word in _SPELLINGS)
_PARTS = frozenset(key[0] for key in _NAMED if len(key) == 1 and len(key[0]) >= _SHORTEST_PART)


def terms(text: str) -> tuple[Term, ...]:
    """What `text` asks for, longest phrases first, compounds of known words taken apart."""
    found: list[Term] = []
    spoken = words(text)
    stems = [stem(word) for word in spoken]
    at = 0
    while at < len(spoken):
        for length in range(min(_LONGEST_PHRASE, len(spoken) - at), 0, -1):
            key = tuple(stems[at : at + length])
            if key in _NAMED and (length > 1 or (_means(spoken[at]) and spoken[at] not in FILLERS)):
                word = " ".join(spoken[at : at + length])
                own = frozenset(key if length == 1 else ())
                soft = key in _SOFT or (length == 1 and word in EASY)
                found.append(Term(word, _NAMED[key] | own, soft, at))
                at += length
                break
        else:
            found.extend(_unnamed(spoken[at], at))
            at += 1
    return tuple(found)


def _means(word: str) -> bool:
    """Whether a word alone names its idea; general words do so only where they are listed."""
    return word in _ALONE or word not in _PLAIN


def corrected(word: str) -> str:
    """A known word that is a slip of the keys away from an unknown one, else the word itself."""
    known = word in _WORDS or word in _PLAIN or stem(word) in _STEMS
    known = known or any(f"{base}e" in _WORDS | _PLAIN for base in _INFLECTED.findall(word))
    if len(word) < 4 or not word.isalpha() or known or len(_unnamed(word, 0)) != 1:
        return word
    # A short word is near to too many; only the commonest are worth the risk.
    pool = _SPELLINGS if len(word) > 4 else _COMMON
    pool = tuple(it for it in pool if it[0] == word[0])
    found = process.extractOne(word, pool, scorer=OSA.distance, score_cutoff=1 + (len(word) > 10))
    return found[0] if found is not None else word


@lru_cache(maxsize=4_000)
def abbreviates(short: str, mark: str) -> bool:
    """Whether a stem is the beginning of a word for the idea, as Plat is of platform."""
    fresh = 3 <= len(short) <= 5 and short not in FILLERS and short not in _WORDS
    keys = (key for key, own in _NAMED.items() if fresh and mark in own)
    return any(len(key) == 1 and key[0].startswith(short) for key in keys)


@lru_cache(maxsize=20_000)
def marks(text: str) -> frozenset[str]:
    """Every mark that `text` carries; what `terms` of a question are looked up in."""
    found: set[str] = set()
    spoken = words(text)
    stems = [stem(word) for word in spoken]
    for at, word in enumerate(spoken):
        found |= word_marks(word)
        if not word.isalpha():
            found.update(digits.lstrip("0") or "0" for digits in _DIGITS.findall(word))
        for length in range(2, _LONGEST_PHRASE + 1):
            found |= _NAMED.get(tuple(stems[at : at + length]), frozenset())
    for hyphened in _HYPHENED.findall(folded(text)) if "-" in text else ():
        found |= word_marks(hyphened.replace("-", ""))
    for day, month in _DAY_MONTH.findall(text):
        found.update(_MONTHS[int(part) - 1] for part in (day, month) if 0 < int(part) < 13)
    for place in _PLACED.findall(text):
        found.add(_ORDINALS[int("".join(place)) - 1])
    days = [day for day in _DAYS if day in found]
    if len(days) == 2 and _FROM_DAY.search(folded(text)):
        # All days of a span such as Mo-Fr.
        found.update(_DAYS[_DAYS.index(days[0]) : _DAYS.index(days[1]) + 1])
    return frozenset(found)


@lru_cache(maxsize=20_000)
def labelled(text: str) -> frozenset[str]:
    """What a label says by whole words alone: ideas that a question has to ask for."""
    return frozenset(mark for mark in named(text) if names_label(mark))


@lru_cache(maxsize=20_000)
def named(text: str) -> frozenset[str]:
    """All ideas that whole words of a text name."""
    spoken = [word for word in words(text) if word.isalpha()]
    if len(spoken) > 1:
        spoken = [word for word in spoken if word not in FILLERS]
    stems = [stem(word) for word in spoken]
    return frozenset[str]().union(
        *(
            _NAMED.get(tuple(stems[at : at + length]), frozenset())
            for length in range(1, _LONGEST_PHRASE + 1)
            for at in range(len(stems) - length + 1)
            if length > 1 or _means(spoken[at])
        )
    )


@lru_cache(maxsize=20_000)
def word_marks(word: str) -> frozenset[str]:
    """The marks of one folded word, of the known words it starts or ends with too."""
    own = stem(word)
    listed = _means(word)
    found = {own} | (_NAMED.get((own,), frozenset()) if listed else frozenset())
    if listed and 2 * _SHORTEST_PART <= len(word) <= _LONGEST_WORD:
        for cut in range(_SHORTEST_PART, len(word) - 2):
            for part in (stem(word[:cut]), stem(word[cut:])):
                if part in _PARTS:
                    found |= _NAMED[(part,)]
    return frozenset(found)


def _unnamed(word: str, at: int) -> tuple[Term, ...]:
    if word in FILLERS:
        return ()
    if word in EASY or word in _NOUNS:
        return (Term(word, frozenset({stem(word)}), True, at),)
    longest = len(word) - _SHORTEST_PART if len(word) <= _LONGEST_WORD else 0
    for cut in range(longest, _SHORTEST_PART - 1, -1):
        head, tail = word[:cut], word[cut:]
        head = head if stem(head) in _PARTS else head.removesuffix("s")
        if stem(head) in _PARTS and stem(tail) in _PARTS:
            return tuple(
                Term(part, _NAMED[(stem(part),)] | {stem(word)}, (stem(part),) in _SOFT, at)
                for part in (head, tail)
            )
    return (Term(word, frozenset({stem(word)}), False, at),)
