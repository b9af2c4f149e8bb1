"""Whether a window can be shown here, found out before Qt would end the process over it."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from nearling.core.errors import NoDisplay

DEBIAN_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1 libxcb-shape0 libxkbcommon-x11-0"
)
"""What Qt wants of a Debian that has no desktop."""


def require_display(environ: Mapping[str, str] = os.environ) -> None:
    """Raises NoDisplay with what is missing; loads nothing of Qt but its libraries."""
    if sys.platform != "linux" or environ.get("QT_QPA_PLATFORM") == "offscreen":
        return
    if not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        raise NoDisplay(
            "There is no screen to show a window on.",
            'Ask here instead: nearling ask "What is the total?" --picture FILE',
        )
    plugin = "libqwayland.so" if _prefers_wayland(environ) else "libqxcb.so"
    try:
        package = importlib.util.find_spec("PySide6")
        assert package is not None  # noqa: S101  a dependency of ours
        folder = Path(str(package.origin)).parent
        for library in ("QtCore.abi3.so", "QtGui.abi3.so", "QtWidgets.abi3.so"):
            ctypes.CDLL(str(folder / library))
        ctypes.CDLL(str(folder / "Qt" / "plugins" / "platforms" / plugin))
    except OSError as error:
        library = str(error).partition(":")[0]
        raise NoDisplay(
            f"The window needs a library that this system does not have: {library}.",
            f"On Debian and Ubuntu: sudo apt install {DEBIAN_PACKAGES}",
        ) from error
    if plugin == "libqxcb.so" and not _answers():
        raise NoDisplay(
            f"The screen {environ['DISPLAY']} does not answer.",
            "Start Nearling on the desktop itself, or correct the variable DISPLAY.",
        )


def _prefers_wayland(environ: Mapping[str, str]) -> bool:
    wanted = environ.get("QT_QPA_PLATFORM", "")
    return wanted.startswith("wayland") or (
        not wanted and bool(environ.get("WAYLAND_DISPLAY")) and not environ.get("DISPLAY")
    )


def _answers() -> bool:
    """Qt would abort where the X server refuses; xcb can be asked without harm."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused
