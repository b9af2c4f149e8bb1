"""How this very Nearling is started once more, also when it is a packaged one."""

from __future__ import annotations

import sys


def own_command(*words: str) -> tuple[str, ...]:
    # -P: a folder named nearling where the user stands must not be run in our place.
    itself = () if getattr(sys, "frozen", False) else ("-P", "-m", "nearling")
    return (sys.executable, *itself, *words)
