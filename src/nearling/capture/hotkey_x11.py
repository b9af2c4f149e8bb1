"""A key for all windows on X11: the server gives us this key alone, and nobody else gets it.

A key that is held repeats: the server sends a release and a press again and again. Whether a
release is one can be asked: the server knows which keys are down.
"""

from __future__ import annotations

import logging
import os
import select
import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import combinations
from typing import Any

from nearling.capture.hotkey import Hotkey
from nearling.core.errors import HotkeyFailure
from nearling.core.faults import named
from nearling.core.language import gettext as _

_PATIENCE_SECONDS = 5.0
_KEYSYMS = {
    "Space": "space",
    "PageUp": "Prior",
    "PageDown": "Next",
    "ScrollLock": "Scroll_Lock",
}
"""Where X has another name for a key."""
_HOLDING = {"Ctrl": "Control_L", "Alt": "Alt_L", "Shift": "Shift_L", "Super": "Super_L"}
_LOCKS = ("Caps_Lock", "Num_Lock", "Scroll_Lock")
"""Whichever of these are on, the key is the same one."""


class X11Key:
    """A KeySource; the connection to the server belongs to its thread alone."""

    def __init__(
        self,
        hotkey: Hotkey,
        press: Callable[[], None],
        release: Callable[[], None],
        display: str,
    ) -> None:
        self._hotkey = hotkey
        self._press, self._release = press, release
        self._name = display
        self._thread: threading.Thread | None = None
        self._waker = -1

    def start(self) -> None:
        """Raises HotkeyFailure if another program has the key or the keyboard has none such."""
        started: Future[None] = Future()
        sleeper, self._waker = os.pipe()
        self._thread = threading.Thread(
            target=self._run, args=(started, sleeper), name="hotkey", daemon=True
        )
        self._thread.start()
        try:
            started.result(_PATIENCE_SECONDS)
        except TimeoutError:
            raise _no_answer() from None
        except HotkeyFailure:
            self.stop()
            raise

    def stop(self) -> None:
        if self._thread is not None:
            os.close(self._waker)
            self._thread.join(_PATIENCE_SECONDS)
            self._thread = None

    def _run(self, started: Future[None], sleeper: int) -> None:
        from Xlib.display import Display
        from Xlib.error import DisplayError

        try:
            display = Display(f"unix/{self._name}")  # else it would try the network, too
        except (DisplayError, OSError) as error:
            started.set_exception(_no_answer())
            logging.getLogger(__name__).warning("%s", named(error))
            os.close(sleeper)
            return
        grab = _Grab(display, self._hotkey)
        try:
            grab.take()
            started.set_result(None)
            self._listen(grab, sleeper)
        except HotkeyFailure as failure:
            started.set_exception(failure)
        except OSError:  # the server has gone, and with it the windows
            return
        finally:
            os.close(sleeper)
            grab.close()

    def _listen(self, grab: _Grab, sleeper: int) -> None:
        down = False
        try:
            while True:
                # Answers to our own questions may have brought events along.
                if not grab.display.pending_events():
                    ready, *_ = select.select([grab.display, sleeper], [], [])
                    if sleeper in ready:
                        return
                for _each in range(grab.display.pending_events()):
                    grab.follow(grab.display.next_event())
                    if down != grab.down:
                        down = grab.down
                        (self._press if down else self._release)()
        finally:
            if down:
                self._release()


class _Grab:
    """The key on one connection, under every combination of the locks."""

    def __init__(self, display: Any, hotkey: Hotkey) -> None:
        self.display = display
        self.down = False
        self._hotkey = hotkey
        self._root = display.screen().root
        self._code = 0

    def take(self) -> None:
        from Xlib import X, error

        self._code = self.display.keysym_to_keycode(_keysym(self._hotkey.key))
        if not self._code:
            raise HotkeyFailure(
                _("This keyboard has no key {key}.").format(key=self._hotkey.key),
                _("Choose another key, such as F9 or Super+Space."),
            )
        taken = error.CatchError(error.BadAccess)
        for mask in self._masks():
            self._root.grab_key(
                self._code, mask, False, X.GrabModeAsync, X.GrabModeAsync, onerror=taken
            )
        self.display.sync()
        if taken.get_error():
            self._let_go()
            raise HotkeyFailure(
                _("Another program uses the key {key} already.").format(key=self._hotkey),
                _("Choose another key, or free it there."),
            )

    def follow(self, event: Any) -> None:
        """Sets `down` by what happened."""
        from Xlib import X

        if event.type == X.MappingNotify:
            self.display.refresh_keyboard_mapping(event)
            if event.request != X.MappingPointer:
                self._let_go()
                try:
                    self.take()
                except HotkeyFailure as failure:  # who presses it will notice
                    logging.getLogger(__name__).warning("%s", named(failure))
        elif event.type == X.KeyPress and event.detail == self._code:
            self.down = True
        elif event.type == X.KeyRelease and event.detail == self._code:
            self.down = self._is_held()

    def close(self) -> None:
        try:
            self.display.close()
        except OSError:
            return  # it was closed from the other side

    def _is_held(self) -> bool:
        keys = self.display.query_keymap()
        return bool(keys[self._code // 8] >> (self._code % 8) & 1)

    def _let_go(self) -> None:
        for mask in self._masks():
            self._root.ungrab_key(self._code, mask)

    def _masks(self) -> list[int]:
        wanted = 0
        for name in self._hotkey.modifiers:
            wanted |= self._mask_of(_HOLDING[name])
        locks = {mask for mask in map(self._mask_of, _LOCKS) if mask and not mask & wanted}
        some = (each for size in range(len(locks) + 1) for each in combinations(locks, size))
        return [wanted | sum(each) for each in some]

    def _mask_of(self, key: str) -> int:
        """Of the eight modifiers that X knows, the one that `key` sets."""
        codes = {code for code, _ in self.display.keysym_to_keycodes(_keysym(key))}
        mapping = self.display.get_modifier_mapping()
        return sum(1 << bit for bit, held in enumerate(mapping) if codes & set(held))


def _keysym(key: str) -> int:
    from Xlib import XK

    name = _KEYSYMS.get(key, key.lower() if len(key) == 1 else key)
    return int(XK.string_to_keysym(name))


def _no_answer() -> HotkeyFailure:
    return HotkeyFailure(
        _("The screen does not answer, so no key can be heard."),
        _("Choose another key, such as F9 or Super+Space."),
    )
