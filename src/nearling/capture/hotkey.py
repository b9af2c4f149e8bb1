"""A key that works while any window has the keyboard: what it is called, and who listens to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from nearling.core.errors import HotkeyFailure
from nearling.core.language import gettext as _

MODIFIERS = ("Ctrl", "Alt", "Shift", "Super")
NAMED = (
    *("Space", "Pause", "Insert", "Delete", "Home", "End", "PageUp", "PageDown"),
    *("Menu", "ScrollLock", "Print"),
)
"""Keys with a name, beside F1 to F24, letters and digits."""
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
        *held, key = (part.strip() for part in text.split("+"))
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


class KeySource(Protocol):
    """Listens to one key from `start` to `stop`; both may wait a little for the desktop."""

    def start(self) -> None:
        """Raises HotkeyFailure, which says why it cannot be."""
        ...

    def stop(self) -> None: ...


def key_source(
    hotkey: Hotkey,
    press: Callable[[], None],
    release: Callable[[], None],
    environ: Mapping[str, str] = os.environ,
) -> KeySource:
    """What listens to `hotkey` on this desktop.

    `press` and `release` are called on a thread of the source's, once each for every time that
    the key goes down and up, however long it is held. Raises HotkeyFailure where there is none.
    """
    wayland = environ.get("XDG_SESSION_TYPE") == "wayland" or "WAYLAND_DISPLAY" in environ
    display = environ.get("DISPLAY", "")
    if sys.platform == "linux" and display.startswith(":") and not wayland:
        from nearling.capture.hotkey_x11 import X11Key

        return X11Key(hotkey, press, release, display)
    raise HotkeyFailure(
        _("A key for all windows is not possible on this desktop yet."),
        _(
            "Bind a key to `nearling talk start` in the desktop's own settings,"
            " and one to `nearling talk stop`."
        ),
    )


def _function_keys() -> list[str]:
    return [f"F{number}" for number in range(1, _LAST_FUNCTION_KEY + 1)]


def _plain_keys() -> list[str]:
    return [*_function_keys(), *map(chr, range(ord("A"), ord("Z") + 1)), *"0123456789"]
