"""Whether a window could be shown, asked of a process of its own: Qt has no place in this one."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

from nearling.core.errors import NoDisplay
from nearling.core.language import gettext as _
from nearling.core.ourselves import own_command

_LONGEST_SECONDS = 20.0
"""A screen at the other end of a slow connection takes its time."""


@dataclass(frozen=True, slots=True)
class Screen:
    """`named` is whether there is meant to be one; `missing` is what stands in a window's way."""

    named: bool
    name: str
    missing: NoDisplay | None


def find_screen() -> Screen:
    """Raises NoDisplay when there is no telling."""
    try:
        looked = subprocess.run(
            own_command("look"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
        told = json.loads(looked.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise NoDisplay(
            _("The process that looked for a screen gave no answer."),
            _("Check the variables DISPLAY and WAYLAND_DISPLAY, or install Nearling again."),
        ) from error
    if "screen" in told:
        return Screen(told["named"], told["screen"], None)
    return Screen(told["named"], "", NoDisplay(told["sentence"], told["remedy"]))
