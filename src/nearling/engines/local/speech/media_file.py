"""Reads the sound of audio and video files with FFmpeg's libraries, in steady memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.take import RATE
from nearling.engines.local.speech.samples import BLOCK, Samples, of_pcm, shown

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler
    from av.container import InputContainer

_FORMATS = "aac,ac3,aiff,amr,asf,au,avi,caf,flac,flv,matroska,mov,mp3,mpeg,mpegts,ogg,w64,wav,wv"
"""FFmpeg's names of what holds its sound itself: a playlist would name addresses to fetch from."""


class MediaFile:
    """Fulfils Sound; of several sounds in a film it is the first one. Raises UnusableFile."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with self._opened() as container:
            known = container.duration
        self.length = None if known is None else known / 1_000_000

    def blocks(self, cancellation: Cancellation) -> Iterator[Samples]:
        mixer = _Mixer()
        gathered: list[Samples] = []
        with self._opened() as container:
            for frame in _frames(container):
                cancellation.check()
                gathered += mixer.mix(frame)
                if sum(map(len, gathered)) >= BLOCK:
                    yield np.concatenate(gathered)
                    gathered = []
        gathered += mixer.rest()
        if not mixer.used:
            raise self._damaged()
        if gathered:
            yield np.concatenate(gathered)

    @contextmanager
    def _opened(self) -> Iterator[InputContainer]:
        import av
        from av.error import FFmpegError

        # A file that is open has no name in which FFmpeg could see a protocol.
        try:
            with (
                self._file.open("rb") as file,
                av.open(
                    file,
                    mode="r",
                    metadata_errors="ignore",
                    container_options={"format_whitelist": _FORMATS, "protocol_whitelist": "none"},
                ) as container,
            ):
                if not container.streams.audio:
                    raise UnusableFile(
                        _("{name} has no sound in it.").format(name=shown(self._file)),
                        _("Choose a recording in which somebody speaks."),
                    )
                yield container
        except (FFmpegError, OSError, ValueError) as error:
            raise self._damaged() from error

    def _damaged(self) -> UnusableFile:
        return UnusableFile(
            _("{name} is no recording that can be read here, or it is damaged.").format(
                name=shown(self._file)
            ),
            _("Choose a sound or video file, as WAV, FLAC, MP3, Ogg, M4A, MP4 or MKV."),
        )


class _Mixer:
    """Makes one channel at 16 kHz of whatever comes, also where that changes on the way."""

    def __init__(self) -> None:
        self._kind: object = None
        self._resampler: AudioResampler | None = None

    @property
    def used(self) -> bool:
        return self._kind is not None

    def mix(self, frame: AudioFrame) -> list[Samples]:
        from av import AudioResampler

        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        before = self.rest() if kind != self._kind else []
        if self._resampler is None:
            self._resampler, self._kind = AudioResampler("s16", "mono", RATE), kind
        frame.pts = None  # a clock that jumps must not stop the resampler
        return before + self._resampled(frame)

    def rest(self) -> list[Samples]:
        """What the resampler still holds back."""
        last = self._resampled(None)
        self._resampler = None
        return last

    def _resampled(self, frame: AudioFrame | None) -> list[Samples]:
        if self._resampler is None:
            return []
        mixed = self._resampler.resample(frame)
        return [of_pcm(each.to_ndarray()[0]) for each in mixed]


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """A damaged stretch is left out, and the end of a file that was cut off is its end."""
    from av.error import FFmpegError

    packets = container.demux(container.streams.audio[0])
    while True:
        try:
            packet = next(packets, None)
        except FFmpegError:
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except FFmpegError:
            continue
