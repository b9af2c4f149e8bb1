"""The command line's entry: finds the verb, hands it the house, tells failures.

Each import stands where it is needed: a child process wants no command line, and --help wants
neither database nor engines.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from nearling import __version__
from nearling.core.language import gettext as _
from nearling.core.language import marked

if TYPE_CHECKING:
    from nearling.cli.verb import Verb


_VERBS = {
    "open": marked("open the window; the same as no verb at all"),
    "ask": marked("ask a question, about a picture or in a conversation"),
    "talk": marked("talk to the open window: start, stop or cancel, for a key of your desktop"),
    "resume": marked("go on with a question that was interrupted or could not be answered"),
    "read": marked("read the text, tables and codes in pictures and documents"),
    "extract": marked("make a table of files: the same fields of each"),
    "transcribe": marked("write down what is said in sound and video files"),
    "history": marked(
        "list, search, show, export, erase, back up and restore what was asked and answered"
    ),
    "models": marked("list, find, add and check models that listen or write"),
    "endpoints": marked(
        "list, add, test and remove servers that may be asked beyond this computer"
    ),
    "network": marked("every connection that was made: when, where to, why, and how much"),
    "doctor": marked(
        "check that everything works on this computer, and what to do where it does not"
    ),
    "demo": marked("show what Nearling does, on this computer, and write it as a page"),
    "bench": marked("measure speed and right answers on this computer"),
}
"""What each is for; its module is loaded where it is named."""


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    if (code := _errand(words)) is not None:
        return code
    words = words or ["open"]
    _mend_streams()
    _speak()
    # What is loaded stays: to look through it for garbage again and again takes a while.
    gc.disable()
    try:
        from nearling.cli.terminal import Unshowable

        arguments = _parser(words).parse_args(words)
        import nearling.app  # noqa: F401  what every verb is handed
    finally:
        gc.enable()
    try:
        return _perform(arguments)
    except Unshowable:
        # What is still in a buffer must not fail once more at exit.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        return 1


def _errand(words: list[str]) -> int | None:  # noqa: PLR0911  one for each errand
    """What Nearling starts processes of its own for; None is what a person wants."""
    match words:
        case ["child", family, threads, idle_seconds]:
            from nearling.engines.host.child import run_child

            run_child(family, threads=int(threads), idle_seconds=float(idle_seconds))
        case ["prove", provider]:
            from nearling.engines.local.writing.providers import prove

            return prove(provider)
        case ["look"]:
            from nearling.ui.display import look

            return look()
        case ["play"]:
            from nearling.capture.playback import run_player

            return run_player()
        case ["rehearse", *files]:
            from nearling.app import rehearse

            return rehearse(files)
        case ["press", times]:
            from nearling.bench.speed.pressing import press

            return press(int(times))
        case ["converse"]:
            from nearling.bench.speed.spoken_answers import converse

            return converse()
    return None


def _speak() -> None:
    """As the option says; a settings file with a slip in it is told by whoever needs the rest."""
    from nearling.core.errors import SettingsFailure
    from nearling.core.language import speak
    from nearling.settings.paths import Paths
    from nearling.settings.store import load_options

    try:
        speak(load_options(Paths.find(os.environ).settings_file).language)
    except SettingsFailure:
        speak("system")


def _mend_streams() -> None:
    """A closed stream leads nowhere; a character that cannot be shown or read becomes a `?`."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _parser(words: list[str]) -> ArgumentParser:
    from nearling.cli.usage import translate_argparse

    translate_argparse()
    _Parser.json = "--json" in words
    parser = _Parser(
        prog="nearling", description=_("Ask about anything on your screen."), allow_abbrev=False
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"nearling {__version__}",
        help=_("show program's version number and exit"),
    )
    rows = parser.add_subparsers(dest="verb", metavar=_("VERB"), required=True)
    for name, what in _VERBS.items():
        said = _(what)
        about = f"{said[0].upper()}{said[1:]}."
        row = rows.add_parser(name, help=said, description=about, allow_abbrev=False)
        row.add_argument("--json", action="store_true", help=_("print exactly one JSON object"))
        if name in words:
            verb = _verb(name)
            verb.add_arguments(row)
            row.set_defaults(run=verb.run)
    return parser


def _verb(name: str) -> Verb:  # noqa: C901, PLR0911, PLR0912  one for each verb
    match name:
        case "open":
            from nearling.cli import window

            return window
        case "ask":
            from nearling.cli import ask

            return ask
        case "talk":
            from nearling.cli import talk

            return talk
        case "resume":
            from nearling.cli import resume

            return resume
        case "read":
            from nearling.cli import read

            return read
        case "extract":
            from nearling.cli import extract

            return extract
        case "transcribe":
            from nearling.cli import transcribe

            return transcribe
        case "history":
            from nearling.cli import history

            return history
        case "models":
            from nearling.cli import models

            return models
        case "endpoints":
            from nearling.cli import endpoints

            return endpoints
        case "network":
            from nearling.cli import network

            return network
        case "doctor":
            from nearling.cli import doctor

            return doctor
        case "demo":
            from nearling.bench.demo import verb

            return verb
        case "bench":
            from nearling.bench import command

            return command
    raise ValueError(name)


def _perform(arguments: Namespace) -> int:
    """Runs the verb; whatever goes wrong ends in a sentence and an exit code."""
    from nearling.app import App
    from nearling.cli.exits import exit_for
    from nearling.cli.terminal import Terminal, Unshowable
    from nearling.core.errors import Cancelled, NearlingError
    from nearling.core.faults import named

    terminal = Terminal.standard(json=arguments.json)
    try:
        with App() as app:
            return int(arguments.run(arguments, app, terminal))
    except NearlingError as error:
        told = error
    except KeyboardInterrupt:
        told = Cancelled()
    except Unshowable:
        raise
    except Exception as error:  # noqa: BLE001  the last place that can answer for a bug
        logging.getLogger(__name__).error("%s", named(error))  # noqa: TRY400  no message, no words
        told = NearlingError(
            _("Nearling stumbled over a fault of its own: {fault}.").format(
                fault=type(error).__name__
            ),
            _("Nothing that was asked is lost. Please report it with the log file."),
        )
    terminal.failure(told)
    return exit_for(told)


class _Parser(ArgumentParser):
    """Usage errors too are one JSON object when JSON was asked for."""

    json = False

    def error(self, message: str) -> NoReturn:
        if self.json:
            from nearling.cli.terminal import Terminal, describe
            from nearling.core.errors import UnusableQuestion

            error = UnusableQuestion(
                f"{message[0].upper()}{message[1:]}.",
                _("See {program} --help").format(program=self.prog),
            )
            Terminal.standard(json=True).object({"error": describe(error) | {"kind": "usage"}})
        super().error(message)


if __name__ == "__main__":
    sys.exit(main())
