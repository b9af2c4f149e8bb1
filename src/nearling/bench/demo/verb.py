"""`nearling demo`: the main job, done on this computer before your eyes."""

from __future__ import annotations

import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from nearling.core.errors import Cancelled, StorageUnwritable
from nearling.core.language import gettext as _

if TYPE_CHECKING:
    from nearling.bench.demo.step import Step
    from nearling.bench.terminal import Terminal

_TEAL, _RED = "36", "31"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        metavar=_("DIR"),
        type=Path,
        default=Path("demo"),
        help=_("where index.html goes (default: ./demo)"),
    )


def run(arguments: Namespace, house: object, terminal: Terminal) -> int:
    """0 only if every step held. The house stays untouched: the demonstration has its own."""
    del house
    from nearling.bench.demo.page import page
    from nearling.bench.demo.step import step_shape

    # Before the steps: who named a folder that cannot be written to should not wait for them.
    with _writable(arguments.out) as file:
        file.touch()
    started = time.perf_counter()
    terminal.quiet_note("Everything below happens on this computer, in a folder thrown away after.")
    found: list[Step] = []
    try:
        for step in _steps():
            found.append(step)
            _tell(step, terminal)
    except KeyboardInterrupt:
        raise Cancelled from None
    seconds = time.perf_counter() - started
    name = _own_name()
    commands = (
        f'{name} ask "How much did I pay?" --picture FILE',
        f"{name} read FILE",
        f"{name} history search WORD",
    )
    with _writable(arguments.out) as file:
        file.write_text(page(found, commands, seconds), "utf-8")
    terminal.say(f"\nThe page, with every cited place outlined: {file}")
    terminal.say("Now on your own files:")
    for line in commands:
        terminal.say(f"  {line}")
    terminal.object({"steps": [step_shape(step) for step in found], "page": str(file)})
    return int(any(step.failed for step in found))


def _steps() -> Iterator[Step]:
    from nearling.bench.demo.asking import asking_steps
    from nearling.bench.demo.consent import consent_step
    from nearling.bench.demo.kill import kill_step
    from nearling.bench.demo.network import network_step
    from nearling.bench.demo.reading import reading_steps
    from nearling.bench.demo.spoken import spoken_step
    from nearling.bench.demo.window import window_steps
    from nearling.bench.demo.written import written_step

    with TemporaryDirectory(prefix="nearling-demo-") as name:
        folder = Path(name)
        yield from asking_steps(folder / "home", folder)
        yield from reading_steps(folder / "home", folder)
        yield spoken_step(folder / "home", folder)
        yield written_step(folder / "home", folder)
        yield consent_step(folder / "home", folder)
        yield from window_steps(folder, folder / "window")
        yield kill_step(folder)
        yield network_step(folder, folder / "watched")


def _tell(step: Step, terminal: Terminal) -> None:
    mark = {True: "ok", False: "FAIL", None: "--"}[step.ok]
    said = step.answer or " ".join(step.reasons) or step.why
    asked = f"{step.question} → " if step.question and step.name != "network" else ""
    terminal.say(f"{mark:<4} {step.title} ({step.kind}, {step.seconds:.1f} s): {asked}{said}")
    if step.closest:
        terminal.quiet_note("     closest: " + ", ".join(f"“{mark.text}”" for mark in step.closest))
    if step.receipt:
        terminal.note(f"     {step.receipt}", _TEAL)
    if step.failed:
        terminal.note(f"     expected: {step.expected or 'a refusal'}", _RED)


@contextmanager
def _writable(folder: Path) -> Iterator[Path]:
    """The page's file in `folder`, which is made if need be. Raises StorageUnwritable."""
    file = folder / "index.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield file
    except OSError as error:
        raise StorageUnwritable(
            _("The page cannot be written to {file}.").format(file=file),
            _("Name another folder with --out."),
        ) from error


def _own_name() -> str:
    """How a person starts this Nearling from where they stand."""
    if shutil.which("nearling"):
        return "nearling"
    own = Path(sys.executable).parent / "nearling"
    here = Path.cwd()
    return str(own.relative_to(here) if own.is_relative_to(here) else own)
