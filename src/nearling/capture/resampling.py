"""From what a microphone gives to what a take holds: 16 kHz, one channel, 16 bits."""

from __future__ import annotations

from nearling.core.take import RATE


def load_resampler() -> None:
    """Some tenths of a second and 20 MB, which nobody pays for who never talks."""
    import soxr  # noqa: F401


class Resampler:
    """Keeps some milliseconds back until `rest`, since a sample depends on those after it."""

    def __init__(self, rate: int, channels: int) -> None:
        self._channels = channels
        self._plain = rate == RATE and channels == 1
        if not self._plain:
            import soxr

            # Made for rates that vary, it keeps 14 ms back at most; for fixed ones, 40.
            self._stream = soxr.ResampleStream(rate, RATE, 1, dtype="int16", vr=True)

    def feed(self, data: bytes) -> bytes:
        return data if self._plain else self._resampled(data, last=False)

    def rest(self) -> bytes:
        return b"" if self._plain else self._resampled(b"", last=True)

    def _resampled(self, data: bytes, *, last: bool) -> bytes:
        import numpy as np

        samples = np.frombuffer(data, np.int16)
        if self._channels > 1:
            samples = samples.reshape(-1, self._channels).mean(axis=1).astype(np.int16)
        resampled: bytes = self._stream.resample_chunk(samples, last=last).tobytes()
        return resampled
