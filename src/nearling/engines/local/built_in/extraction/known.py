"""The fields known by name, in English and German: how their labels read, what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nearling.engines.local.built_in.quoting.values import Kind
from nearling.engines.local.built_in.quoting.words import words

_NO = r"(?:no|nr|num|number|nummer|id|#)"


@dataclass(frozen=True, slots=True)
class Known:
    asked: str
    """The names it is asked for by, without accents, parted by commas."""
    kinds: tuple[Kind, ...]
    """What its value looks like; none: a number or code of any kind."""
    labels: tuple[str, ...]
    """Regular expressions, the surest first."""
    never: str = r"(?!)"
    """A label that this stands in is another field's."""
    alone: bool = False
    """Whether a value needs no label where it is the only one of its kind."""
    last: bool = False
    """Of equally good ones the last counts, not the first."""


def _number(asked: str, *things: str, bare: str = r"(?!)") -> Known:
    """Of each of `things` what is called its number is surer than what just follows its name."""
    never = (
        r"\btax\b|\bvat|\bust|steuer|phone|telefon|fax|table|tisch|date|datum|total|summe|betrag"
        r"|card|\breg|deposit"
    )
    shapes = ((rf"(?:{each})(?:s|en)?[\s.-]*{_NO}\b", rf"(?:{each})\b") for each in things)
    return Known(asked, (), (*(shape for two in shapes for shape in two), bare), never)


_INVOICE = r"inv(?:oice)?|re(?=\.?[ -]?n(?:r|o|u))|\w*rechnung|faktura|bill|credit note|gutschrift"
_RECEIPT = "receipt|rcpt|beleg|bon|quittung|kassenbon|transaction|trans"
_TICKET = "ticket|billett?|fahrschein|fahrkarten?|folio|tkt"
_NOTE = r"lieferschein|delivery(?: note)?|angebots?|quot(?:e|ation)|document|dokument|statement|\w*(?:bestätigung|bescheinigung|bescheid)"
_ORDER = "order|bestell(?:ung)?|auftrag"
_BOOKING = "(?:booking|reservation|buchung|reservierung|confirmation|contract|vertrag|policy|case)s?"
_REFERENCE = (
    r"(?:our |your |booking )?ref(?:erence)?|(?:akten|gesch[äa]fts|kassen|buchungs)zeichen|vorgang"
    r"|(?:unser|ihr) zeichen|buchungscode|booking code"
)

FIELDS = {
    "total": Known(
        "total, grand total, total amount, amount, amount due, amount paid, sum, total "
        "price, gesamt, gesamtbetrag, gesamtsumme, summe, betrag, endbetrag, endsumme, "
        "rechnungsbetrag, zu zahlen, zahlbetrag, gesamtpreis, rechnungssumme, total due, "
        "total paid, balance due, brutto, bruttobetrag, gross, gross total",
        (Kind.MONEY,),
        (
            r"grand total|total (?:amount )?(?:due|paid|payable|to pay)"
            r"|rechnungs(?:betrag|summe|endbetrag)|gesamt(?:betrag|summe|preis)|end(?:betrag|summe)"
            r"|total inc\w*|total amount|invoice total",
            r"(?:invoice |order )?total|gesamt|summe|sum",
            r"(?:amount|balance) due|amount (?:payable|to pay)|to pay|zu zahlen\w*(?: betrag)?"
            r"|zahlbetrag|zahlungsbetrag",
            r"betrag|amount|sale|kaufbetrag|brutto\w*|gross (?:total|amount)|you pay|balance"
            r"|(?:fare|price|amount) paid|bezahlt|entgelt",
            r"(?:fahr|eintritts|ticket)?preis|fare|price|paid|geb[üu]hr|charges?|cost",
        ),
        r"sub.?total|zwischen|netto|\bnet\b|\btax|\bvat|mwst|\bust|steuer|\btip|trinkgeld|items?\b"
        r"|artikel|discount|rabatt|sav(?:ed|ings)|erspar|points|punkte|excl|ohne|change|r[üu]ckgeld"
        r"|suggest|stk|anzahl|deposit|pfand|qty|bisher|offen"
        r"|previous|before|vor\b|\bper\b|\bpro\b|einzel|unit|booking|delivery|card|\w/\w",
        last=True,
    ),
    "subtotal": Known(
        "subtotal, sub total, net, net amount, net total, zwischensumme, netto, "
        "nettobetrag, nettosumme, zwischentotal, warenwert",
        (Kind.MONEY,),
        (
            r"sub.?total|zwischen(?:summe|total|betrag)|warenwert|merchandise|items total",
            r"net(?: total| amount)?|netto(?:betrag|summe|wert)?|summe netto|gesamt netto"
            r"|(?:total )?(?:excl?|ex)\.? (?:vat|tax)",
        ),
    ),
    "tax": Known(
        "tax, vat, sales tax, mwst, ust, steuer, umsatzsteuer, mehrwertsteuer, gst, tax "
        "amount, vat amount, mwst betrag, steuerbetrag",
        (Kind.MONEY,),
        (
            r"(?:total|gesamt)\w*[ -](?:tax|vat|mwst|ust|steuer)|(?:tax|vat|mwst|ust|steuer)[ -](?:total"
            r"|gesamt|summe|amount|betrag)|steuerbetrag",
            r"(?:sales )?tax(?:es)?|vat|mwst|m\.?w\.?st|ust|umsatzsteuer|mehrwertsteuer|gst|hst",
        ),
        rf"excl|ohne|before|without|vor\b|netto|{_NO}\b|reg\b|invoice",
        last=True,
    ),
    "tip": Known(
        "tip, gratuity, trinkgeld, tips, service charge",
        (Kind.MONEY,),
        (r"tip|gratuity|trinkgeld|service charge",),
        r"suggest|empf|vorschl|%",
    ),
    "due date": Known(
        "due date, due, payment due, faellig, fallig, falligkeit, falligkeitsdatum, "
        "zahlbar bis, faellig am, fallig am, pay by, zahlungsziel, zahlungsfrist, payable"
        " by",
        (Kind.DATE,),
        (
            r"due(?: date| on| by)?|pay(?:ment|able)?(?: \w+)* (?:due|by|before)|zahlbar\b.*"
            r"|f[äa]llig(?:keit\w*)?(?: am| bis)?|zahlungs(?:ziel|frist)",
        ),
        r"service|return|next|deliver|review|renew|skonto",
        alone=True,
    ),
    "date": Known(
        "date, datum, invoice date, rechnungsdatum, receipt date, belegdatum, date of "
        "issue, day, kaufdatum, purchase date, tag, issue date, issued, "
        "ausstellungsdatum, order date",
        (Kind.DATE,),
        (
            r"(?:invoice|receipt|order|issue|purchase|transaction) date|date of (?:issue|invoice)"
            r"|rechnungsdatum|belegdatum|kaufdatum|ausstellungsdatum|bestelldatum|issued(?: on)?"
            r"|ausgestellt(?: am)?",
            r"date|datum",
            rf"(?:{_INVOICE}|{_RECEIPT})\b.*",
        ),
        r"due|f[äa]llig|zahl|pay|\bbis\b|until|valid (?:un)?til|valid (?:to|from|thr)|g[üu]ltig(?! am)|birth|geb|liefer|deliver|leistung"
        r"|check|anreise|abreise|arriv|expir|ablauf|return|r[üu]ckgabe|termin|born|next",
        alone=True,
    ),
    "time": Known(
        "time, uhrzeit, zeit",
        (Kind.TIME,),
        (r"time|uhrzeit|zeit|uhr",),
        r"opening|[öo]ffnung|deliver|arriv|depart|ankunft|abfahrt|einfahrt|check",
        alone=True,
    ),
    "invoice number": _number(
        "invoice number, invoice no, invoice nr, invoice id, invoice, rechnungsnummer, "
        "rechnungsnr, rechnungs nr, rechnung nr, bill number",
        _INVOICE,
    ),
    "receipt number": _number(
        "receipt number, receipt no, receipt id, belegnummer, beleg nr, belegnr, bon nr, "
        "bonnummer, bon nummer, quittungsnummer, transaction number",
        _RECEIPT,
    ),
    "order number": _number(
        "order number, order no, order id, order, bestellnummer, bestell nr, "
        "auftragsnummer, auftrags nr, bestellnr, auftragsnr",
        _ORDER,
    ),
    "customer number": _number(
        "customer number, customer no, customer id, kundennummer, kunden nr, kundennr, "
        "client number",
        "customer|client|kunden?|debitor",
    ),
    "reference": _number(
        "reference, ref, reference number, reference no, referenz, referenznummer, "
        "aktenzeichen, geschaftszeichen, booking reference, unser zeichen, our ref",
        _REFERENCE,
    ),
    "number": _number(
        "number, nummer, no, nr, document number, belegnummer, dokumentnummer",
        *(_INVOICE, _RECEIPT, f"{_TICKET}|{_NOTE}", _ORDER, _BOOKING, _REFERENCE),
        bare=rf"^{_NO}\b",
    ),
    "email": Known("email, e mail, mail, email address", (Kind.EMAIL,), (r"e-?mail",), alone=True),
    "phone": Known(
        "phone, telephone, telefon, tel, phone number, telefonnummer, telephone number, rufnummer",
        (Kind.PHONE,),
        (r"tel(?:efon|ephone)?|phone|fon|t|ph|rufnummer",),
        r"fax|mobil|handy|cell|^m\b|^(?:cust(?:omer)?|guest|client|kund(?:e|in))\s?:|account|konto|\d[:/.]\d\d[:/.]?\d",
        alone=True,
    ),
    "mobile": Known(
        "mobile, mobil, handy, cell, mobile phone, mobilnummer, handynummer, cell phone, "
        "mobile number",
        (Kind.PHONE,),
        (r"mobil\w*|handy\w*|cell\w*|m",),
    ),
    "fax": Known("fax, telefax, fax number", (Kind.PHONE,), (r"(?:tele)?fax|f",)),
    "website": Known(
        "website, web, url, homepage, webseite, internet", (Kind.URL,), (r"web\w*",), alone=True
    ),
    "iban": Known("iban, bank account", (Kind.IBAN,), (r"iban",), alone=True),
}
"""Fields whose value is told by its shape and its label."""

PARTIES = {
    "merchant": (
        "merchant, shop, store, vendor, seller, supplier, company, firma, unternehmen, "
        "handler, geschaft, laden, verkaufer, lieferant, restaurant, retailer, business, "
        "anbieter, provider, issuer, hotel, apotheke, haendler, merchant name, company "
        "name, shop name, vendor name, rechnungssteller"
    ),
    "customer": (
        "customer, client, kunde, kundin, bill to, billed to, recipient, empfanger, "
        "guest, gast, buyer, kaufer, customer name, kundenname, rechnungsempfanger"
    ),
    "name": "name, full name, person, contact name",
    "address": "address, adresse, anschrift, street address",
    "currency": "currency, wahrung, waehrung",
}
"""Fields that are told by where their value stands, with the names they are asked for by."""


@lru_cache(maxsize=256)
def meant(asked: str) -> str:
    """The known field that `asked` names, or ""."""
    plain = " ".join(words(asked))
    named = {name: field.asked for name, field in FIELDS.items()} | PARTIES
    return next((name for name, all_ in named.items() if plain in all_.split(", ")), "")


def is_company_asked(asked: str) -> bool:
    """Whether the firm on a card would do, not just who sold something."""
    return " ".join(words(asked)) in ("company", "firma", "unternehmen", "company name", "business")


@lru_cache(maxsize=512)
def label_shape(label: str) -> re.Pattern[str]:
    """A label where it stands as whole words."""
    return re.compile(rf"(?<![^\W_])(?:{label})(?![^\W\d_])", re.IGNORECASE)
