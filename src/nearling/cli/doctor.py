"""`nearling doctor`: does what a person would do, and says what to do where it fails."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from nearling.catalogue.computer import Computer
from nearling.cli.exits import Exit
from nearling.cli.hearing_trial import try_hearing
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal
from nearling.core.cancellation import Cancellation
from nearling.core.errors import (
    Cancelled,
    EngineFailure,
    MicrophoneFailure,
    NearlingError,
    NoDisplay,
    StorageFull,
)
from nearling.core.language import gettext as _
from nearling.core.language import marked, ngettext
from nearling.core.media import Capture, Medium
from nearling.core.numerals import decimal
from nearling.settings.assets import assets

if TYPE_CHECKING:
    from nearling.capture.line import Line

_PICTURE, _SAYS = "doctor.png", "Nearling reads this line."
_ROOM = 200_000_000
"""Bytes; a long conversation with many photographs fits in."""


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    """In English, for scripts; a person reads it translated."""
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
            terminal.say(f"{'ok  ' if check.ok else 'FAIL'}  {_(check.name)}: {check.detail}")
            if check.remedy:
                terminal.say(f"      {check.remedy}")
    terminal.object({"checks": [asdict(check) for check in checks]})
    return Exit.DONE if all(check.ok for check in checks) else Exit.FAILED


def _checks(house: House, cancellation: Cancellation) -> Iterator[Check]:
    yield _tried(marked("settings"), lambda: _settings(house))
    yield _tried(marked("keeping questions"), lambda: _history(house))
    yield _tried(marked("room on the disk"), lambda: _room(house))
    yield _tried(marked("reading a picture"), lambda: _reading(house, cancellation))
    yield _microphone(house)
    yield _speech(house, cancellation)
    yield _window()


def _tried(name: str, act: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, detail=act(), remedy="")
    except Cancelled:
        raise
    except NearlingError as error:
        return Check(name, ok=False, detail=error.sentence, remedy=error.remedy)
    except OSError as error:
        detail = _("the system says: {reason}.").format(reason=error.strerror)
        return Check(
            name, ok=False, detail=detail, remedy=_("Check that path and its permissions.")
        )


def _settings(house: House) -> str:
    found = house.paths.settings_file.exists()
    file = house.paths.settings_file if found else _("defaults")
    if not (threads := house.options.threads):
        return _("{file}, all cores for models").format(file=file)
    return ngettext("{file}, {n} core for models", "{file}, {n} cores for models", threads).format(
        file=file, n=threads
    )


def _history(house: House) -> str:
    waiting = len(house.history.waiting())
    return ngettext(
        "the database in {folder} is sound; {n} question waits",
        "the database in {folder} is sound; {n} questions wait",
        waiting,
    ).format(folder=house.paths.history, n=waiting)


def _room(house: House) -> str:
    folder = house.paths.history
    free = shutil.disk_usage(next(path for path in (folder, *folder.parents) if path.is_dir())).free
    if free < _ROOM:
        raise StorageFull(
            _("Only {megabytes} MB are free where questions are kept.").format(
                megabytes=free // 1_000_000
            ),
            _("Delete something you no longer need, or move NEARLING_HOME to a larger disk."),
        )
    return _("{gigabytes} GB free").format(gigabytes=decimal(free / 1e9, 1))


def _reading(house: House, cancellation: Cancellation) -> str:
    picture = Capture(Medium.PICTURE, _PICTURE, (assets() / _PICTURE).read_bytes())
    reading = house.reader.read(picture, cancellation)
    if _SAYS not in reading.text:
        raise EngineFailure(
            _("A clear picture was read wrongly."),
            _("Install Nearling again; its models may be damaged."),
        )
    return _("{engine}, {seconds} s for one line").format(
        engine=reading.engine, seconds=decimal(reading.seconds, 2)
    )


def _microphone(house: House) -> Check:
    """A computer without a microphone is in order: all but talking works there."""
    from nearling.capture.microphone import Microphone

    name = marked("hearing the microphone")
    microphone = Microphone(lambda: house.options.microphone)
    try:
        if not microphone.devices():
            detail = _("No microphone was found on this computer.")
            return Check(name, ok=True, detail=detail, remedy="")
    except MicrophoneFailure as error:  # there is no sound system to ask
        microphone.close()
        return Check(name, ok=True, detail=error.sentence, remedy=error.remedy)
    try:
        return _tried(name, lambda: _first_sound(microphone.open()))
    finally:
        microphone.close()


def _first_sound(line: Line) -> str:
    """Raises MicrophoneFailure."""
    with closing(line.sounds()) as sounds:
        sound = next(sounds)
    return _("{device} answered after {milliseconds} ms").format(
        device=line.device, milliseconds=round(1000 * (sound.arrived - line.pressed))
    )


def _speech(house: House, cancellation: Cancellation) -> Check:
    """Without a model what is said is recorded all the same, and waits."""
    name = marked("writing down what is said")
    model = house.library.chosen(house.options.speech_model, Computer.this())
    if model is None:
        detail = _("No speech model is here yet.")
        remedy = _("See which one fits this computer: nearling models recommend")
        return Check(name, ok=True, detail=detail, remedy=remedy)

    def heard() -> str:
        transcript = try_hearing(model.folder, house.file_transcriber, cancellation)
        return _("{model} heard {audio} s of sound in {seconds} s").format(
            model=model.id,
            audio=decimal(transcript.seconds_audio, 1),
            seconds=decimal(transcript.seconds, 1),
        )

    return _tried(name, heard)


def _window() -> Check:
    """A computer without a screen is in order: all but the window works there."""
    from nearling.cli.screen import find_screen

    name = marked("showing a window")
    try:
        screen = find_screen()
    except NoDisplay as error:
        return Check(name, ok=False, detail=error.sentence, remedy=error.remedy)
    if screen.missing:
        detail, remedy = screen.missing.sentence, screen.missing.remedy
        return Check(name, ok=not screen.named, detail=detail, remedy=remedy)
    detail = _("the screen {name} answers and Qt finds its libraries").format(name=screen.name)
    return Check(name, ok=True, detail=detail, remedy="")
