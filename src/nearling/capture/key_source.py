"""Who listens to a key for all windows: one way for each kind of desktop, behind one small face."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Protocol

from nearling.capture.hotkey import Hotkey
from nearling.core.errors import HotkeyFailure
from nearling.core.language import gettext as _


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
