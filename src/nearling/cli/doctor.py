"""`nearling doctor`: does what a person would do, and says what to do where it fails."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineFailure, NearlingError, NoDisplay, StorageFull
from nearling.core.media import Capture, Medium
from nearling.settings.assets import assets

NAME = "doctor"
HELP = "check that everything works on this computer, and what to do where it does not"

_PICTURE, _SAYS = "doctor.png", "Nearling reads this line."
_ROOM = 200_000_000
"""Bytes; a long conversation with many photographs fits in."""


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    detail: str
    remedy: str


def add_arguments(parser: ArgumentParser) -> None:
    del parser  # there is nothing to choose


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del arguments
    checks: list[Check] = []
    with interruptible() as cancellation:
        for check in _checks(house, cancellation):
            checks.append(check)
            terminal.say(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
            if check.remedy:
                terminal.say(f"      {check.remedy}")
    terminal.object({"checks": [asdict(check) for check in checks]})
    return Exit.DONE if all(check.ok for check in checks) else Exit.FAILED


def _checks(house: House, cancellation: Cancellation) -> Iterator[Check]:
    yield _tried("settings", lambda: _settings(house))
    yield _tried("keeping questions", lambda: _history(house))
    yield _tried("room on the disk", lambda: _room(house))
    yield _tried("reading a picture", lambda: _reading(house, cancellation))
    yield _window()


def _tried(name: str, act: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, detail=act(), remedy="")
    except Cancelled:
        raise
    except NearlingError as error:
        return Check(name, ok=False, detail=error.sentence, remedy=error.remedy)
    except OSError as error:
        detail = f"the system says: {error.strerror}."
        return Check(name, ok=False, detail=detail, remedy="Check that path and its permissions.")


def _settings(house: House) -> str:
    found = house.paths.settings_file.exists()
    threads = house.options.threads or "all"
    return f"{house.paths.settings_file if found else 'defaults'}, {threads} cores for models"


def _history(house: House) -> str:
    waiting = len(house.history.waiting())
    return f"the database in {house.paths.history} is sound; {waiting} questions wait"


def _room(house: House) -> str:
    folder = house.paths.history
    free = shutil.disk_usage(next(path for path in (folder, *folder.parents) if path.is_dir())).free
    if free < _ROOM:
        raise StorageFull(
            f"Only {free // 1_000_000} MB are free where questions are kept.",
            "Delete something you no longer need, or move NEARLING_HOME to a larger disk.",
        )
    return f"{free / 1e9:.1f} GB free"


def _reading(house: House, cancellation: Cancellation) -> str:
    picture = Capture(Medium.PICTURE, _PICTURE, (assets() / _PICTURE).read_bytes())
    reading = house.reader.read(picture, cancellation)
    if _SAYS not in reading.text:
        raise EngineFailure(
            "A clear picture was read wrongly.",
            "Install Nearling again; its models may be damaged.",
        )
    return f"{reading.engine}, {reading.seconds:.2f} s for one line"


def _window() -> Check:
    """A computer without a screen is in order: all but the window works there."""
    from nearling.cli.screen import find_screen

    name = "showing a window"
    try:
        screen = find_screen()
    except NoDisplay as error:
        return Check(name, ok=False, detail=error.sentence, remedy=error.remedy)
    if screen.missing:
        detail, remedy = screen.missing.sentence, screen.missing.remedy
        return Check(name, ok=not screen.named, detail=detail, remedy=remedy)
    detail = f"the screen {screen.name} answers and Qt finds its libraries"
    return Check(name, ok=True, detail=detail, remedy="")
