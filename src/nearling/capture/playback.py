"""Plays a recording, in a process of its own that ends with it.

PortAudio is one for a whole process and is not to be used from two of its threads; the microphone's
thread may look its devices up anew at any time.
"""

from __future__ import annotations

import io
import json
import queue
import subprocess
import sys
import threading
import wave
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from nearling.core.cancellation import Cancellation
from nearling.core.errors import PlaybackFailure
from nearling.core.language import gettext as _
from nearling.core.ourselves import own_command

_TOLD_A_SECOND = 10
_GLANCE_SECONDS = 0.05


def play(recording: bytes, cancellation: Cancellation) -> Iterator[float]:
    """Plays a WAV file of 16 bits; yields how many seconds of it have been heard.

    Raises PlaybackFailure, or Cancelled within a moment.
    """
    with subprocess.Popen(
        own_command("play"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as player:
        told: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        talk = threading.Thread(target=_converse, args=(player, recording, told), daemon=True)
        talk.start()
        try:
            while line := _next(told, cancellation):
                said = json.loads(line)
                if "sentence" in said:
                    raise PlaybackFailure(said["sentence"], said["remedy"])
                yield float(said["seconds"])
            if player.wait() == 0:
                return
        finally:
            player.kill()
            talk.join()
    raise PlaybackFailure(
        _("The recording could not be played to its end."), _("Try again; it is kept.")
    )


def _next(told: queue.SimpleQueue[bytes], cancellation: Cancellation) -> bytes:
    """The next line; empty at the end. Raises the cancellation's reason."""
    while True:
        cancellation.check()
        with suppress(queue.Empty):
            return told.get(timeout=_GLANCE_SECONDS)


def _converse(
    player: subprocess.Popen[bytes], recording: bytes, told: queue.SimpleQueue[bytes]
) -> None:
    assert player.stdin is not None  # noqa: S101  as it was started
    assert player.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError), player.stdin as into:
        into.write(recording)
    for line in player.stdout:
        told.put(line)
    told.put(b"")


def run_player() -> int:
    """The process: plays what comes in, and tells as JSON how far it is."""
    try:
        for seconds in _played(sys.stdin.buffer):
            print(json.dumps({"seconds": seconds}), flush=True)
    except PlaybackFailure as error:
        print(json.dumps({"sentence": error.sentence, "remedy": error.remedy}), flush=True)
        return 1
    return 0


def _played(source: BinaryIO) -> Iterator[float]:
    library = _load()
    with wave.open(io.BytesIO(source.read())) as file:
        rate, channels, frames = file.getframerate(), file.getnchannels(), file.getnframes()
        piece = max(1, rate // _TOLD_A_SECOND)
        try:
            with library.RawOutputStream(
                samplerate=rate, channels=channels, dtype="int16"
            ) as stream:
                for done in range(0, frames, piece):
                    stream.write(file.readframes(piece))
                    yield max(0.0, done / rate - stream.latency)
                stream.stop()  # once all has been heard
        except library.PortAudioError as error:
            raise PlaybackFailure(
                _("No loudspeaker takes the sound."),
                _("Choose one in the system's sound settings, and try again."),
            ) from error
    yield frames / rate


def _load() -> Any:
    try:
        import sounddevice
    except OSError as error:  # the Python package is there, the system's library is not
        raise PlaybackFailure(
            _("The library PortAudio is not installed, so nothing can be played."),
            _("On Debian and Ubuntu: apt install libportaudio2"),
        ) from error
    return sounddevice
