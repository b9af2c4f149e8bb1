"""Numbers as the language in use writes them."""

from __future__ import annotations

from nearling.core.language import gettext as _

_CENT = 10_000
"""Micro-USD."""


def whole(number: int) -> str:
    """With its thousands apart."""
    # Translators: what stands between thousands.
    return f"{number:,}".replace(",", _(","))


def decimal(number: float, places: int) -> str:
    # Translators: what stands before tenths.
    return f"{number:.{places}f}".replace(".", _("."))


def money(micro_usd: int | None) -> str:
    """Millionths of a US dollar, as a person reads them; None is not known."""
    if micro_usd is None:
        return _("price not known")
    if not micro_usd:
        return _("free")
    places = 2 if micro_usd >= 100 * _CENT else 4
    if micro_usd < 100:
        return _("less than {price} USD").format(price=decimal(0.0001, 4))
    return _("{price} USD").format(price=decimal(micro_usd / 1_000_000, places))
