"""`nearling transcribe`: what is said in sound and video files, with its times; keeps nothing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nearling.cli.exits import Exit, exit_for
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.listening import ListeningProgress
from nearling.cli.shapes import transcript_shape
from nearling.cli.speech_model import speech_model
from nearling.cli.subtitles import srt, vtt
from nearling.cli.terminal import Terminal, describe
from nearling.cli.transcribing_beyond import named_beyond, transcribe_beyond
from nearling.core.errors import Cancelled, NearlingError
from nearling.core.hearing import Heard, Hearing, Segment, Speech, Transcript
from nearling.core.language import gettext as _
from nearling.core.numerals import decimal

Subtitles = Callable[[Sequence[Segment]], str]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar=_("FILE"), type=Path, nargs="+", help=_("sound or video files")
    )
    parser.add_argument(
        "--model",
        metavar=_("ID"),
        help=_(
            "the speech model: its name here, its folder, or ENDPOINT/MODEL beyond this computer"
        ),
    )
    parser.add_argument(
        "--yes-send",
        action="store_true",
        help=_("let the recordings leave this computer for ENDPOINT/MODEL, this once"),
    )
    parser.add_argument(
        "--language",
        metavar=_("L"),
        help=_("what is spoken, as en or de (default: it is found out)"),
    )
    parser.add_argument(
        "--translate", action="store_true", help=_("into English, whatever is spoken")
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--srt", action="store_true", help=_("as subtitles for players (SubRip)"))
    form.add_argument("--vtt", action="store_true", help=_("as subtitles for the web (WebVTT)"))
    parser.add_argument("--words", action="store_true", help=_("with the times of every word"))


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    """A file that cannot be heard is told and does not stop the others."""
    if (beyond := named_beyond(arguments.model, house)) is not None:
        with interruptible() as cancellation:
            return transcribe_beyond(arguments, *beyond, house, terminal, cancellation=cancellation)
    speech = Speech(
        speech_model(arguments.model, house),
        arguments.language,
        arguments.translate,
        word_times=arguments.words,
    )
    subtitles = srt if arguments.srt else vtt if arguments.vtt else None
    files: list[dict[str, Any]] = []
    code = Exit.DONE
    with interruptible() as cancellation:
        for path in arguments.files:
            if len(arguments.files) > 1:
                terminal.say(f"{path}:")
            try:
                heard = house.file_transcriber.transcribe(path, speech, cancellation)
                transcript = _told(heard, path.name, terminal, subtitles)
            except Cancelled:
                raise
            except NearlingError as error:
                code = max(code, exit_for(error))
                files.append({"file": str(path), "error": describe(error)})
                terminal.note(error.sentence)
                terminal.note(error.remedy)
                continue
            files.append(transcript_shape(str(path), transcript))
            _summed_up(transcript, path.name, terminal)
    terminal.object({"files": files})
    return code


def _told(
    heard: Iterator[Heard], name: str, terminal: Terminal, subtitles: Subtitles | None
) -> Transcript:
    """Lines are said as they come; subtitles once all is heard."""
    progress = ListeningProgress(terminal, name)
    for each in heard:
        match each:
            case Hearing():
                progress.tell(each)
                if each.segments and subtitles is None:
                    progress.clear()
                    terminal.say(_lines(each.segments))
            case Transcript():
                progress.clear()
                if each.segments and subtitles is not None:
                    terminal.say(subtitles(each.segments), end="")
                return each
    raise AssertionError("a listening ends with its transcript")


def _lines(segments: Sequence[Segment]) -> str:
    """One for each segment, or for each word where their times are wanted."""
    lines: list[str] = []
    for segment in segments:
        if segment.words:
            lines += [f"{word.start:9.2f} {word.end:9.2f}  {word.text}" for word in segment.words]
        else:
            lines.append(segment.text)
    return "\n".join(lines)


def _summed_up(transcript: Transcript, name: str, terminal: Terminal) -> None:
    if not transcript.segments:
        terminal.note(_("No speech was heard in {name}.").format(name=name))
        return
    terminal.quiet_note(
        _("{engine}, {audio} s of sound in {seconds} s").format(
            engine=transcript.engine,
            audio=decimal(transcript.seconds_audio, 1),
            seconds=decimal(transcript.seconds, 1),
        )
    )
