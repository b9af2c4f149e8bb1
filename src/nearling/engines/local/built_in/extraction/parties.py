"""Who sells, who buys, whose card it is, and where they are: told by place, size and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from nearling.engines.local.built_in.extraction.known import FIELDS, label_shape, meant
from nearling.engines.local.built_in.extraction.labels import Candidate
from nearling.engines.local.built_in.quoting.layout import Layout, Spot
from nearling.engines.local.built_in.quoting.values import WORDED, Kind, values
from nearling.engines.local.built_in.quoting.words import labelled, words

_LEGAL = re.compile(
    r"\b(?:GmbH|mbH|AG|KG|OHG|UG|GbR|e\.\s?K|e\.\s?V|SE|Ltd|Limited|LLP|LLC|Inc|Corp|PLC|Pty"
    r"|B\.V|S\.A)\b|& (?:Sons?|Co|Söhne)\b"
)
_FIRM = re.compile(
    r"\b(?:\w*(?:apotheke|markt|b[äa]cker\w*|versand|"
    r"werke|verlag|haus|studio|hotel|restaurant|caf[eé]|pharmacy|motors|garage|store|shop|market|bakery|"
    r"diner|deli|hardware|books|tankstelle|kiosk|praxis|university|bank|versicherung))\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:stra(?:ß|ss)e|str\.?|weg|allee|platz|gasse|ring|ufer|damm|chaussee|markt)\s+\d+\s?[a-z]?\b"
    r"|^\d{1,5}\w?\s+\w+.*\b(?:street|st|road|rd|lane|ln|avenue|ave|drive|dr|way|walk|square|row|park)\b"
    r"|\b(?:unit|suite|postfach|p\.?o\.? box|am|an der|im)\s.*\d",
    re.IGNORECASE,
)
_TOWN = re.compile(
    r"(?:^|,\s*)(?:[A-Z]{1,2}-)?\d{4,5}\s+[A-ZÄÖÜ][\w.ß-]+|\b[A-Z]{1,2}\d\w?\s\d[A-Z]{2}\b"
)
_NO_NAME = re.compile(
    r"(?<!\w)(?:(?:tax )?invoice\b|receipt|rechnung|quittung|beleg|kassenbon|welcome|"
    r"willkommen|thank|danke|"
    r"vielen dank|customer|kunden|copy|kopie|order|bestell|bill\b|boarding|ticket|date|datum|total|"
    r"summe|appointment|bescheinigung|best[äa]tigung|lieferschein|angebot|mahnung|statement|"
    r"abrechnung|admission|table|tisch|kasse|filiale|inh\.|server|cashier|since|seit|ihr\b|unser|your\b|our\b|steuer(?:nummer|nr|-|\b)|"
    r"reg(?:ister)? no|duplicate|original|auszahlung|geldautomat|withdrawal|"
    r"page \d|seite \d|tel\b|fax\b|open\b|geöffnet)|www\.|@|pizzeria$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^(?:(?:Herrn?|Frau|Mrs?\.?|Ms\.?|Familie|Firma|Fa\.)\s)", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?:Dr|Prof)\.\s(?:med\.\s)?)*[A-ZÄÖÜ][\w'’-]*[a-zß](?:\s[A-ZÄÖÜ]\.)?"
    r"(?:\s(?:van|von|de|der|di|el)){0,2}\s[A-ZÄÖÜ][\w'’-]*[a-zß]"
)
_FIELD = re.compile(r"^[^:]{1,24}:\s?\S")
"""A label and its value."""
_BUYER = (
    r"bill(?:ed)? to|invoice to|sold to|customer|client|kund(?:e|in)|guest|gast|k[äa]ufer|buyer"
    r"|(?:rechnungs)?empf[äa]nger(?:in)?|recipient|(?:ship|deliver(?:ed)?) to|rechnung an"
    r"|rechnungs(?:adresse|anschrift)|billing address|consignee"
)
_SELLER = (
    r"merchant|shop|store|vendor|seller|supplier|verk[äa]ufer|h[äa]ndler|lieferant"
    r"|(?:company|firma)(?=\s*:)"
)
_TRADE = re.compile(
    r"\b(?:invoice|receipt|\w*rechnung|quittung|\w*beleg|(?:sub)?total\b|\w*summe\b|gesamt|mwst|vat\b"
    r"|\w*betrag\b|visa\b|\w*karte\b|\w*einkauf|zu zahlen|amount due|balance due)",
    re.IGNORECASE,
)
_LEAST = 1.0
"""Points; below them nobody is named."""
_TOP = 7
"""Lines of a paper in which its maker stands."""


def is_trade(layout: Layout) -> bool:
    """Whether it is a paper about something bought."""
    texts = [spot.text for spot in layout.spots]
    return any(_TRADE.search(text) for text in texts)


def seller(layout: Layout) -> list[Candidate]:
    """Who made out a receipt or an invoice, surest first."""
    named = _at_label(layout, _SELLER)
    if named or not is_trade(layout):
        return named
    usual = median(spot.height for spot in layout.spots)
    found = []
    priced = {spot.index for row in layout.rows if any(map(_has_money, row)) for spot in row}
    for place, spot in enumerate(layout.spots[:_TOP]):
        if re.match(rf"{_BUYER}|(?:to|an|for|für)(?::|$)", spot.text, re.IGNORECASE):
            break
        if spot.index in priced:
            break
        text = _first_part(spot.text)
        points = _makes(text, spot, place, usual)
        if points > _LEAST:
            found.append(Candidate(text, spot.index, -points))
    return sorted(found, key=lambda candidate: candidate.rank)


def _makes(text: str, spot: Spot, place: int, usual: float) -> float:
    """How likely a line at the top names who made the paper; 0: it does not."""
    letters = sum(map(str.isalpha, text))
    strange = _NO_NAME.search(text) or _STREET.search(text) or _TOWN.search(text)
    found = values(re.sub(r"\s#\d+$", "", text))
    shaped = any(value.kind not in (*WORDED, Kind.NUMBER) for value in found)
    if (
        _FIELD.match(text)
        or letters < 3
        or strange
        or shaped
        or text[-1:] in ":!?"
        or _PERSON.match(text)
    ):
        return 0
    if len(text.split()) > 7 or not text[:1].isalnum():
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
    whole = len(parts) == 1 or not (_STREET.search(rest) or _TOWN.search(rest))
    return text.strip(" *~-=_") if whole else parts[0].strip()


def _has_money(spot: Spot) -> bool:
    return any(value.kind is Kind.MONEY for value in values(spot.text))


def firm(layout: Layout) -> list[Candidate]:
    """Whose card it is: a firm by its legal form, or as its address on the net spells it."""
    found = []
    for spot in layout.spots[: 2 * _TOP]:
        text = _first_part(spot.text)
        if any(it.search(text) for it in (_NO_NAME, _STREET, _TOWN, _FIELD)):
            continue
        if any(value.kind not in WORDED for value in values(text)):
            continue
        in_domain = any(_spells(part, text) for part in _domains(layout))
        legal = _LEGAL.search(text)
        if in_domain or legal:
            points = in_domain + bool(legal) + 0.5 * bool(_FIRM.search(text))
            found.append(Candidate(text, spot.index, -points - 0.5 * ("," not in text)))
    return sorted(found, key=lambda candidate: candidate.rank)


def _domains(layout: Layout) -> list[str]:
    kinds = (Kind.EMAIL, Kind.URL)
    texts = [it.text for spot in layout.spots for it in values(spot.text) if it.kind in kinds]
    return [
        re.sub(r"^(?:https?://)?(?:www\.)?", "", text.rpartition("@")[2]).split(".")[0].lower()
        for text in texts
    ]


def _spells(part: str, text: str) -> bool:
    """Whether an address holds a word of the text that is no everyday one."""
    plain = re.sub(r"[^a-z]", "", part)
    return any(len(word) > 3 and word in plain for word in words(text))


def buyer(layout: Layout) -> list[Candidate]:
    """To whom it was made out: at its label, or in the window of an envelope."""
    named = _at_label(layout, rf"{_BUYER}|to(?=:)")
    if named:
        return named
    spots = layout.spots
    for number, spot in enumerate(spots):
        addressed = _PERSON.match(spot.text) is not None
        to = number and re.fullmatch(r"(?:An|To|Herrn?|Frau|Firma):?", spots[number - 1].text)
        sender = number and re.search(r"[·•|]", spots[number - 1].text)
        under = [other.text for other in spots[number + 1 : number + 4]]
        if (addressed or to or sender) and any(_TOWN.match(text) for text in under):
            return [Candidate(spot.text.strip(), spot.index, 0)]
    return []


def person(layout: Layout) -> list[Candidate]:
    """The name that a card or a form gives."""
    named = _at_label(layout, r"(?:full )?name|name, vorname|vor- und nachname")
    if named:
        return named
    kinds = {value.kind for spot in layout.spots for value in values(spot.text)}
    names = [spot for spot in layout.spots if _NAME.fullmatch(_name_in(spot))]
    others = (_LEGAL, _FIRM, _STREET, _NO_NAME)
    names = [spot for spot in names if not any(it.search(_name_in(spot)) for it in others)]
    local = [
        it.text.partition("@")[0].lower()
        for spot in layout.spots
        for it in values(spot.text)
        if it.kind is Kind.EMAIL
    ]
    written = [spot for spot in names if any(_spells(part, spot.text) for part in local)]
    titled = [spot for spot in names if re.match(r"(?:Dr|Prof)\.", spot.text)]
    # Without a price on it, a paper with a phone number is somebody's card.
    card = names if Kind.MONEY not in kinds and kinds & {Kind.PHONE, Kind.EMAIL} else []
    for sure in (written, titled, card if len(layout.spots) < 12 else []):
        kept = [spot for spot in sure if not any(_spells(it, spot.text) for it in _domains(layout))]
        # Who gave the firm its name has it in the address, too.
        chosen = kept or (sure if sure is not card or firm(layout) else [])
        if len(chosen) == 1:
            return [Candidate(_name_in(chosen[0]), chosen[0].index, 0)]
    return []


def _name_in(spot: Spot) -> str:
    """Without the profession behind it."""
    return spot.text.partition(",")[0].strip()


def addresses(layout: Layout) -> list[tuple[Candidate, ...]]:
    """Each a street with its town, in one line or two."""
    named = _at_label(layout, r"address|adresse|anschrift|wohnhaft")
    if named:
        return [(named[0],)]
    found: list[tuple[Candidate, ...]] = []
    for number, row in enumerate(layout.rows):
        for spot in row:
            street, town = _STREET.search(spot.text), _TOWN.search(spot.text)
            # What precedes a dot in the line of a sender is a name.
            whole = re.split(r"\s?[·•]\s?", spot.text)
            if street and town and len(whole) == 1:
                found.append((Candidate(spot.text.strip(), spot.index, 0),))
            elif street and not town:
                under = layout.below(number, spot, 1.2)
                if under is not None and _TOWN.search(under.text):
                    lines = (spot, under)
                    found.append(
                        tuple(Candidate(it.text.strip(" ,"), it.index, 0.3) for it in lines)
                    )
    return found


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
        "$": "USD",
        "£": "GBP",
        "¥": "JPY",
        "Euro": "EUR",
        "zł": "PLN",
        "Kč": "CZK",
    }
    return len({names.get(text, text.upper()) for text in texts}) <= 1


def _at_label(layout: Layout, label: str) -> list[Candidate]:
    """Words that stand behind, right of or below a label."""
    shape = label_shape(label)
    for number, row in enumerate(layout.rows):
        for place, spot in enumerate(row):
            found = shape.match(spot.text)
            rest = spot.text[found.end() :].strip() if found else ""
            if found is None or (rest and rest[0] not in ":"):
                continue
            own = rest.strip(" :")
            if own:
                return [Candidate(own, spot.index, 0)]
            near = [*row[place + 1 : place + 2], layout.below(number, spot, 1.8)]
            cells = len(row) > 2 and all(not other.text.endswith(":") for other in row)
            for other in near[1:] if cells or _heads(layout, number, spot) else near:
                if other is not None and _wordy(other.text):
                    return [Candidate(other.text.strip(), other.index, 0)]
    return []


def _heads(layout: Layout, number: int, spot: Spot) -> bool:
    """Whether a label stands over its value although another label stands beside it."""
    row = layout.rows[number]
    right = row[row.index(spot) + 1 :][:1]
    return bool(right) and (":" in right[0].text or any(map(str.isdigit, right[0].text)))


def _wordy(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 2 and not text.endswith(":")
