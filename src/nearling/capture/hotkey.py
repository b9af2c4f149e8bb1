"""A key that works while any window has the keyboard, and what a person calls it."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.errors import HotkeyFailure
from nearling.core.language import gettext as _

MODIFIERS = ("Ctrl", "Alt", "Shift", "Super")
NAMED = (
    *("Space", "Pause", "Insert", "Delete", "Home", "End", "PageUp", "PageDown"),
    *("Menu", "ScrollLock", "Print"),
)
"""Keys with a name, beside F1 to F24, letters and digits."""
_ALSO_CALLED = {
    "meta": "Super",
    "ins": "Insert",
    "del": "Delete",
    "pgup": "PageUp",
    "pgdown": "PageDown",
}
"""How Qt writes some of them."""
_LAST_FUNCTION_KEY = 24


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A key and what is held with it."""

    key: str
    """F1 to F24, A to Z, 0 to 9 or one of NAMED."""
    modifiers: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Hotkey:
        """From words like "Ctrl+Space". Raises HotkeyFailure."""
        parts = (part.strip() for part in text.split("+"))
        *held, key = (_ALSO_CALLED.get(part.lower(), part) for part in parts)
        modifiers = {name.lower(): name for name in MODIFIERS}
        keys = {name.lower(): name for name in (*NAMED, *_plain_keys())}
        unknown = [part for part in held if part.lower() not in modifiers]
        if unknown or key.lower() not in keys:
            raise HotkeyFailure(
                _("“{key}” is no key that Nearling knows.").format(key=text),
                _("Name it like F9, Ctrl+Space or Super+Shift+T."),
            )
        hotkey = cls(keys[key.lower()], frozenset(modifiers[part.lower()] for part in held))
        if hotkey.modifiers >= {"Ctrl", "Alt"} and hotkey.key in _function_keys():
            raise HotkeyFailure(
                _("{key} belongs to the system, which changes the console with it.").format(
                    key=hotkey
                ),
                _("Choose another key, such as F9 or Super+Space."),
            )
        return hotkey

    def __str__(self) -> str:
        return "+".join([*(name for name in MODIFIERS if name in self.modifiers), self.key])


def _function_keys() -> list[str]:
    return [f"F{number}" for number in range(1, _LAST_FUNCTION_KEY + 1)]


def _plain_keys() -> list[str]:
    return [*_function_keys(), *map(chr, range(ord("A"), ord("Z") + 1)), *"0123456789"]
