"""Numbers as the language in use writes them."""

from __future__ import annotations

from nearling.core.language import gettext as _


def whole(number: int) -> str:
    """With its thousands apart."""
    # Translators: what stands between thousands.
    return f"{number:,}".replace(",", _(","))


def decimal(number: float, places: int) -> str:
    # Translators: what stands before tenths.
    return f"{number:.{places}f}".replace(".", _("."))
