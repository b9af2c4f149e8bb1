"""What the check of a bank's number tells: whether it holds, and where it ends."""

from __future__ import annotations

import re


def iban_holds(text: str) -> bool:
    """The check of ISO 13616: the whole number leaves 1 when divided by 97."""
    plain = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain):
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def iban_of(text: str) -> str:
    """An IBAN without the word behind it that was taken for its end."""
    shorter = text
    while " " in shorter and not iban_holds(shorter):
        shorter = shorter.rpartition(" ")[0]
    return shorter if iban_holds(shorter) else text
