"""Whether a window can be shown here, found out before Qt would end the process over it."""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from nearling.core.errors import NoDisplay
from nearling.core.language import gettext as _

DEBIAN_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1 libxcb-shape0 libxkbcommon-x11-0"
)
"""What Qt wants of a Debian that has no desktop."""
_WAYLAND_PACKAGES = "libwayland-cursor0 libwayland-egl1"
_VARIABLES = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
"""Qt's platforms that have a screen, in the order in which Qt tries them."""
_LIBRARIES = ("QtCore.abi3.so", "QtGui.abi3.so", "QtWidgets.abi3.so")
_UNSEEN = {"offscreen", "minimal", "vnc"}
"""Platforms without a screen: whoever chose one has a reason."""


def require_display(environ: Mapping[str, str] = os.environ) -> None:
    """Raises NoDisplay with what is missing; loads nothing of Qt but its libraries."""
    if not _chosen(environ) & _UNSEEN:
        _find_screen(environ)


def look(environ: Mapping[str, str] = os.environ) -> int:
    """Tells those who may not load Qt, as JSON, what there is; 0 if a window would be seen.

    `named` is whether there is meant to be a screen. Where none is, a missing library is told
    first: it can be put right.
    """
    named = bool(_named(environ)) or sys.platform != "linux"
    try:
        if not named:
            _require_libraries("xcb")
        told = {"named": named, "screen": _find_screen(environ)}
    except NoDisplay as error:
        told = {"named": named, "sentence": error.sentence, "remedy": error.remedy}
    print(json.dumps(told))
    return int("screen" not in told)


def _find_screen(environ: Mapping[str, str]) -> str:
    """What Qt will show a window on. Raises NoDisplay."""
    if sys.platform != "linux":
        return _("the desktop")
    failure = NoDisplay(
        _("There is no screen to show a window on."),
        _('Ask here instead: nearling ask "What is the total?" --picture FILE'),
    )
    for platform in _named(environ):
        try:
            _require_libraries(platform)
            _require_answer(platform, environ[_VARIABLES[platform]])
        except NoDisplay as error:
            failure = error  # Qt too goes on to the next one
        else:
            return environ[_VARIABLES[platform]]
    raise failure


def _chosen(environ: Mapping[str, str]) -> set[str]:
    """The platforms that Qt is told to choose from; mostly it is told nothing."""
    told = filter(None, environ.get("QT_QPA_PLATFORM", "").split(";"))
    return {re.split("[:-]", platform)[0] for platform in told}


def _named(environ: Mapping[str, str]) -> list[str]:
    """The platforms for which a screen is named."""
    allowed = _chosen(environ) or _VARIABLES.keys()
    return [
        platform
        for platform, variable in _VARIABLES.items()
        if environ.get(variable) and platform in allowed
    ]


def _require_libraries(platform: str) -> None:
    try:
        package = importlib.util.find_spec("PySide6")
        assert package is not None  # noqa: S101  a dependency of ours
        folder = Path(str(package.origin)).parent
        for library in _LIBRARIES:
            ctypes.CDLL(str(folder / library))
        ctypes.CDLL(str(folder / f"Qt/plugins/platforms/libq{platform}.so"))
    except OSError as error:
        library = str(error).partition(":")[0]
        more = f" {_WAYLAND_PACKAGES}" if platform == "wayland" else ""
        raise NoDisplay(
            _("The window needs a library that this system does not have: {library}.").format(
                library=library
            ),
            _("On Debian and Ubuntu: sudo apt install {packages}").format(
                packages=DEBIAN_PACKAGES + more
            ),
        ) from error


def _require_answer(platform: str, name: str) -> None:
    if not (_wayland_answers(name) if platform == "wayland" else _x11_answers(name)):
        raise NoDisplay(
            _("The screen {name} does not answer.").format(name=name),
            _("Start Nearling on the desktop itself, or correct the variable {variable}.").format(
                variable=_VARIABLES[platform]
            ),
        )


def _x11_answers(name: str) -> bool:
    """Qt would abort where the X server refuses; xcb can be asked without harm."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(name.encode(), None)
    refused: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def _wayland_answers(name: str) -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    wayland.wl_display_disconnect.argtypes = [ctypes.c_void_p]
    connection = wayland.wl_display_connect(name.encode())
    if connection:
        wayland.wl_display_disconnect(connection)
    return bool(connection)
