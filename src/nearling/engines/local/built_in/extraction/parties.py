"""Who sells, who buys, whose card it is, and where they are: told by place, size and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from nearling.engines.local.built_in.extraction.known import FIELDS, label_shape, mark, meant
from nearling.engines.local.built_in.extraction.labels import Candidate, reached
from nearling.engines.local.built_in.extraction.places import Place, in_line, places, street_in
from nearling.engines.local.built_in.quoting.layout import Layout, Spot
from nearling.engines.local.built_in.quoting.values import WORDED, Kind, values
from nearling.engines.local.built_in.quoting.words import labelled, words

_LEGAL, _FIRM, _NO_NAME, _TRADE = map(mark, ("legal", "firm", "no name", "trade"))
_PERSON, _NAME, _GIVEN = map(mark, ("person", "name", "given"))
_ELSEWHERE, _GREETING, _SENT = map(mark, ("elsewhere", "greeting", "sent"))
_ADDRESS, _FIELD = map(mark, ("address", "field"))
_BUYER, _TO, _SELLER = (mark(name).pattern for name in ("buyer", "to", "seller"))
_LEAST = 1.0
"""Points; below them nobody is named."""
_SENTENCE = 32
"""Letters; what is longer speaks about things and is no label."""
_TOP = 7
"""Lines of a paper in which its maker stands."""


def is_trade(layout: Layout) -> bool:
    """Whether it is a paper about something bought."""
    return any(_TRADE.search(spot.text) for spot in layout.spots if len(spot.text) < _SENTENCE)


def seller(layout: Layout) -> list[Candidate]:
    """Who made out a paper, surest first; on one that sells nothing only an evident firm."""
    named = _at_label(layout, _SELLER)
    if named:
        return named[:1]
    trade = is_trade(layout)
    usual = median(spot.height for spot in layout.spots)
    told = {candidate.line: -candidate.rank for candidate in firm(layout)}
    shouted = [spot.text.isupper() for spot in layout.spots]
    rare = 4 * sum(shouted) < len(shouted)
    found = []
    barred: list[Spot] = []
    sums = [row for row in layout.rows if any(_told((Kind.MONEY,), row))]
    priced = {spot.index for row in sums for spot in row}
    for place, spot in enumerate(layout.spots[: _TOP if trade else None]):
        if re.match(rf"(?:{_BUYER}|{_TO})\b\s?(?::|$)", spot.text, re.IGNORECASE):
            barred.append(spot)
        if any(spot.beside(head) for head in barred):
            continue
        if spot.index in priced:
            break
        text = _first_part(spot.text)
        points = _makes(text, spot, place, usual)
        sure = told.get(spot.index, 0) + 0.8 * (rare and text.isupper())
        sure += not trade and place < 3 and bool(_FIRM.search(text))
        if points > _LEAST if trade else points and sure:
            found.append(Candidate(text, spot.index, -points - sure))
    return sorted(found, key=lambda candidate: candidate.rank)


def _makes(text: str, spot: Spot, place: int, usual: float) -> float:
    """How likely a line at the top names who made the paper; 0: it does not."""
    letters = sum(map(str.isalpha, text))
    strange = _NO_NAME.search(text) or in_line(text) or street_in(text)
    found = values(re.sub(r"\s#\d+$", "", text))
    shaped = any(value.kind not in (*WORDED, Kind.NUMBER) for value in found)
    said = _FIELD.match(text) or _PERSON.match(text) or text[-1:] in ":!?"
    if strange or shaped or said or letters < 3 or len(text.split()) > 7 or not text[0].isalnum():
        return 0
    size = min(spot.height / usual, 2.2)
    # "Farm shop and kitchen" says what it is; a name has capitals.
    capitals = sum(word[0].isupper() for word in text.split()) * 2 > len(text.split())
    sure = 2.5 * bool(_LEGAL.search(text)) or 1.2 * bool(capitals and _FIRM.search(text))
    capital = text[:1].isupper() or text[:1].isdigit()
    a_label = meant(text) in FIELDS or (labelled(text) and len(text.split()) == 1)
    if a_label and not sure and size < 1.3:
        return 0
    # "Pump 4" is a thing on a paper and seldom whose paper it is.
    sure -= 1.5 * any(value.kind is Kind.NUMBER for value in found)
    return 2 * size + sure - 0.35 * place + (0.3 if capital else -1.5)


def _first_part(text: str) -> str:
    """Who stands before the address in the line of a sender."""
    parts = re.split(r"\s?[·•|]\s?|,\s", text.strip(" *~-=_"))
    rest = " ".join(parts[1:])
    whole = len(parts) == 1 or not (in_line(rest) or street_in(rest))
    return text.strip(" *~-=_") if whole else parts[0].strip()


def firm(layout: Layout) -> list[Candidate]:
    """Whose card it is: a firm by its legal form, or as its address on the net spells it."""
    found = []
    for spot in layout.spots[: 2 * _TOP]:
        text = _first_part(spot.text)
        if any(it.search(text) for it in (_NO_NAME, _FIELD)) or in_line(text) or street_in(text):
            continue
        if any(value.kind not in WORDED for value in values(text)):
            continue
        in_domain = max((_spells(part, text) for part in _domains(layout)), default=0)
        legal = _LEGAL.search(text)
        called = text.partition(" ")[0].lower()
        if _NAME.fullmatch(text) and not _FIRM.search(text) and not legal:
            # Who has only the last name in the address is a person.
            in_domain *= any(called in part for part in _domains(layout))
        if in_domain or legal:
            points = in_domain + bool(legal) + 0.5 * bool(_FIRM.search(text))
            found.append(Candidate(text, spot.index, -points - 0.5 * ("," not in text)))
    return sorted(found, key=lambda candidate: candidate.rank)


def _domains(layout: Layout) -> list[str]:
    texts = _told((Kind.EMAIL, Kind.URL), layout.spots)
    return [
        re.sub(r"^(?:https?://)?(?:www\.)?", "", text.rpartition("@")[2]).split(".")[0].lower()
        for text in texts
    ]


def _told(kinds: tuple[Kind, ...], spots: Iterable[Spot]) -> list[str]:
    return [it.text for spot in spots for it in values(spot.text) if it.kind in kinds]


def _spells(part: str, text: str) -> int:
    """How many words of the text, but little ones, an address holds."""
    plain = re.sub(r"[^a-z]", "", part)
    return sum(len(word) > 3 and word in plain for word in words(text))


def buyer(layout: Layout) -> list[Candidate]:
    """To whom it was made out: at its label, or over the address that is not the maker's."""
    found = places(layout)
    addressed = {spot.index for place in found for spot in place.names}
    named = _at_label(layout, rf"(?:{_BUYER})(?: name|name)?")
    to = re.compile(_TO, re.IGNORECASE)
    at_address = [
        it
        for it in named + _at_label(layout, _TO)
        if it.line in addressed and not to.fullmatch(it.text)
    ]
    if named or at_address:
        return (at_address or named)[:1]
    for number, place in enumerate(found):
        sent = any(_SENT.search(spot.text) for spot in layout.spots)
        second = number and (len(place.parts) > 1 or place.rank) and sent
        if place.names and (second or _PERSON.match(place.names[0].text)):
            spot = place.names[0]
            return [Candidate(spot.text.strip(), spot.index, 0)]
    free = [spot for spot in layout.spots if spot.index not in addressed]
    titled = [it for spot in free for it in _titled(spot)]
    return titled[:1] or (_at_label(layout, "name")[:1] if is_trade(layout) else [])


def _titled(spot: Spot) -> list[Candidate]:
    """A line that is nothing but somebody with a title."""
    text = re.sub(r"^(?:for|für|received from|erhalten von)\W+", "", spot.text, flags=re.IGNORECASE)
    name = text.partition(" (")[0].strip()
    named = _PERSON.match(name) and _GIVEN.fullmatch(_PERSON.sub("", name))
    return [Candidate(name, spot.index, 1)] if named else []


def is_greeting(layout: Layout) -> bool:
    """Whether somebody is spoken to; a sum in a letter may be any."""
    return any(_GREETING.match(spot.text) for spot in layout.spots)


def person(layout: Layout) -> list[Candidate]:
    """The name that a card or a form gives."""
    named = _at_label(layout, r"(?:full )?name|name, vorname|vor- und nachname")
    if named:
        return named[:1]
    names = [spot for spot in layout.spots if _NAME.fullmatch(_name_in(spot))]
    others = (_LEGAL, _FIRM, _NO_NAME)
    names = [spot for spot in names if not any(it.search(_name_in(spot)) for it in others)]
    names = [spot for spot in names if not street_in(spot.text)]
    local = [it.partition("@")[0].lower() for it in _told((Kind.EMAIL,), layout.spots)]
    written = [spot for spot in names if any(_spells(part, spot.text) for part in local)]
    # Without a price on it, a paper with a phone number is somebody's card.
    reachable = _told((Kind.PHONE, Kind.EMAIL), layout.spots)
    card = names if reachable and not _told((Kind.MONEY,), layout.spots) else []
    for sure in (written, card if len(layout.spots) < 12 else []):
        kept = [spot for spot in sure if not any(_spells(it, spot.text) for it in _domains(layout))]
        # Who gave the firm its name has it in the address, too.
        chosen = kept or (sure if sure is not card or firm(layout) else [])
        if len(chosen) == 1:
            return [Candidate(_name_in(chosen[0]), chosen[0].index, 0)]
    return []


def _name_in(spot: Spot) -> str:
    """Without the profession behind it."""
    return spot.text.partition(",")[0].strip()


def addresses(layout: Layout) -> list[Place]:
    """Where who made the paper is, surest first; never where it went."""
    elsewhere = {candidate.line for candidate in buyer(layout)}
    found = places(layout)
    own = [it for it in found if elsewhere.isdisjoint(it.lines)]
    own = [it for it in own if not any(map(_ELSEWHERE.match, _labels_of(layout, it)))]
    asked = [it for it in found if any(map(_ADDRESS.match, _labels_of(layout, it)))]
    return sorted(own or asked, key=lambda place: place.rank)


def _labels_of(layout: Layout, place: Place) -> list[str]:
    """What stands before an address, left of it or directly above."""
    spot = next(it for it in layout.spots if it.index == place.parts[0].line)
    row = layout.rows[layout.row_of(spot)]
    left = [it.text for it in row[: row.index(spot)][-1:]]
    return [spot.text, *left, *(it.text for it in place.names[-1:])]


def money_signs(layout: Layout) -> list[Candidate]:
    """Every currency as it is printed at a sum, or alone above a column of sums."""
    sign = r"€|\$|£|¥|zł|Kč|\b(?:EUR|Euro|USD|GBP|CHF|SEK|DKK|NOK|PLN|CZK|HUF|JPY|CAD|AUD)\b"
    return [
        Candidate(match[0], spot.index, 0)
        for spot in layout.spots
        for match in re.finditer(sign, spot.text)
    ]


def same_currency(texts: Sequence[str]) -> bool:
    """Whether all of these are one currency, however it is written."""
    names = {
        "€": "EUR",
        "Euro": "EUR",
        "$": "USD",
        "£": "GBP",
        "¥": "JPY",
        "zł": "PLN",
        "Kč": "CZK",
    }
    return len({names.get(text, text.upper()) for text in texts}) <= 1


def _at_label(layout: Layout, label: str) -> list[Candidate]:
    """Words that stand behind, right of or below a label."""
    shape = label_shape(label)
    told: list[Candidate] = []
    for number, row in enumerate(layout.rows):
        for place, spot in enumerate(row):
            found = shape.match(spot.text)
            rest = spot.text[found.end() :].strip() if found else ""
            if found is None or (rest and rest[0] not in ":"):
                continue
            typed = next((it for it in values(rest) if it.kind not in (*WORDED, Kind.NUMBER)), None)
            own = _first_part(rest[: typed.start if typed else None].strip(" :"))
            told += (
                [Candidate(own, spot.index, 0)]
                if own
                else [
                    Candidate(other.text.strip(), other.index, 0)
                    for other in reached(layout, number, place)
                    if sum(map(str.isalpha, other.text)) > 2 and other.text[-1] != ":"
                ]
            )
    return told
