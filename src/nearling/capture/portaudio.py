"""PortAudio: which microphones there are, and an open one; its complaints become sentences.

Everything here waits for the sound system, so it is called on the microphone's own thread only.
PortAudio knows the devices that were there when it was loaded, until it is renewed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from nearling.core.errors import MicrophoneFailure
from nearling.core.language import gettext as _

_BUFFER_SECONDS = 0.12
"""A busy computer may keep us waiting for nearly so long and no sample is lost. The system hands
over a quarter at a time."""
_PAIR = 2
"""Channels; some devices give a pair or nothing."""
# PortAudio's own numbers (PaErrorCode in portaudio.h); sounddevice hands them on.
_HOST_ERROR, _WRONG_CHANNELS, _NO_DEVICE, _UNAVAILABLE = -9999, -9998, -9996, -9985
# What the systems under PortAudio say when they may not let us: ALSA, and Windows' E_ACCESSDENIED.
_NOT_ALLOWED = frozenset({-13, -1, -2147024891})
_BUSY = frozenset({-16})

Library = Any
"""The module sounddevice, loaded and initialised."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some samples as the device gives them: 16 bits each, the channels in turn."""

    data: bytes
    arrived: float
    """By the monotonic clock."""


@dataclass(frozen=True, slots=True)
class Inlet:
    """An open microphone."""

    device: str
    rate: int
    channels: int
    buffer: float
    """Seconds of sound that may wait in the system until they are handed over."""
    close: Callable[[], None]


def load() -> Library:
    """Raises MicrophoneFailure where the library is not installed or no sound system answers."""
    with told():
        import sounddevice

        library: Library = sounddevice
        if not library._initialized:  # importing it once more does nothing
            library._initialize()
        return library


def unload(library: Library) -> None:
    """Lets go of the sound system; nothing may be open. Raises MicrophoneFailure."""
    with told():
        library._terminate()


def renew(library: Library) -> None:
    """Looks up the devices anew; nothing may be open. Raises MicrophoneFailure."""
    with told():
        library._terminate()
        library._initialize()


def inputs(library: Library) -> tuple[str, ...]:
    """The names of all microphones, the default one first."""
    with told():
        devices = [each for each in library.query_devices() if each["max_input_channels"]]
        default = library.default.device[0]
        devices.sort(key=lambda each: each["index"] != default)
        return tuple(dict.fromkeys(each["name"] for each in devices))


def open_inlet(
    library: Library, name: str, take: Callable[[Block], None], ended: Callable[[], None]
) -> Inlet:
    """Opens the microphone `name`, the default one if it is "" or not there.

    `take` and `ended` are called on a thread of PortAudio's and must not wait. Raises
    MicrophoneFailure.
    """
    with told():
        device = _find(library, name)
        try:
            return _opened(library, device, 1, take, ended)
        except library.PortAudioError as error:
            if error.args[1:2] != (_WRONG_CHANNELS,) or device["max_input_channels"] < _PAIR:
                raise
            return _opened(library, device, _PAIR, take, ended)


def _find(library: Library, name: str) -> dict[str, Any]:
    if name:
        for device in library.query_devices():
            if device["name"] == name and device["max_input_channels"]:
                return dict(device)
    return dict(library.query_devices(kind="input"))


def _opened(
    library: Library,
    device: dict[str, Any],
    channels: int,
    take: Callable[[Block], None],
    ended: Callable[[], None],
) -> Inlet:
    rate = round(device["default_samplerate"])

    def arrive(data: Any, frames: int, times: Any, status: Any) -> None:
        del frames, times, status
        take(Block(bytes(data), time.monotonic()))

    stream = library.RawInputStream(
        samplerate=rate,
        device=device["index"],
        channels=channels,
        dtype="int16",
        latency=_BUFFER_SECONDS,
        callback=arrive,
        finished_callback=ended,
    )
    try:
        stream.start()
    except library.PortAudioError:
        stream.close(ignore_errors=True)
        raise

    def close() -> None:
        stream.abort(ignore_errors=True)
        stream.close(ignore_errors=True)

    return Inlet(device["name"], rate, channels, stream.latency, close)


@contextmanager
def told() -> Iterator[None]:
    """MicrophoneFailure instead of what sounddevice raises: the one place where it is mapped."""
    try:
        yield
    except OSError as error:  # from the search for the library
        raise MicrophoneFailure(
            _("The sound library PortAudio is not installed, so nothing can be heard."),
            _("Install it and talk again; on Debian and Ubuntu: sudo apt install libportaudio2"),
        ) from error
    except ValueError as error:  # a device that gives no sound
        raise no_microphone() from error
    except Exception as error:
        if type(error).__name__ != "PortAudioError":
            raise
        raise _failure(error) from error


def no_microphone() -> MicrophoneFailure:
    return MicrophoneFailure(
        _("No microphone was found on this computer."),
        _("Plug one in, or switch it on in the sound settings, and talk again."),
    )


def _failure(error: Exception) -> MicrophoneFailure:
    text, *rest = error.args
    code = rest[0] if rest else _NO_DEVICE  # a question about a device that is not there has none
    host = rest[1][1] if len(rest) > 1 else 0
    if code == _NO_DEVICE:
        return no_microphone()
    if code == _UNAVAILABLE or (code == _HOST_ERROR and host in _BUSY):
        return MicrophoneFailure(
            _("The microphone is in use by another program, or was unplugged."),
            _("Close what else records, or choose another microphone, and talk again."),
        )
    if code == _HOST_ERROR and host in _NOT_ALLOWED:
        return MicrophoneFailure(
            _("Nearling may not use the microphone."),
            _("Allow it in the system's privacy or sound settings, and talk again."),
        )
    return MicrophoneFailure(
        _("The microphone could not be opened: {reason}.").format(reason=text),
        _("Check it in the system's sound settings, or choose another one, and talk again."),
    )
