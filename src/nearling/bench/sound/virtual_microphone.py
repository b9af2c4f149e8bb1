"""A microphone that is not there: a sound server of its own, and what is said into it.

The server takes the samples from a pipe that is fed in real time, with zeros while nobody speaks. A
busy computer makes them late; it neither loses nor doubles one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from ctypes.util import find_library
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import numpy as np

TOOLS = ("pulseaudio", "pactl", "parec")
RATE = 48_000
"""Of what is said: one channel, signed 16-bit little-endian."""
SOURCE = "nearling_microphone"
_PATIENCE_SECONDS = 20.0
_ALSA = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.pulse { type pulse }
ctl.pulse { type pulse }
"""
_ALSA_TO_PULSE = "*/alsa-lib/libasound_module_pcm_pulse.so"
_STEP_SECONDS = 0.01
_STEP_BYTES = round(RATE * _STEP_SECONDS) * 2
_PIPE_BYTES = 4096
"""The smallest there is, so that nothing waits in it for long."""


def missing() -> list[str]:
    """What this computer lacks for it."""
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if find_library("portaudio") is None:
        lacking.append("PortAudio")
    if not any(Path("/usr/lib").glob(_ALSA_TO_PULSE)):
        lacking.append("ALSA's plugin for PulseAudio")
    return lacking


class VirtualMicrophone:
    """A context manager; who is to hear it needs `environ`."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="nearling-sound-"))
        alsa = self._folder / "asound.conf"
        alsa.write_text(_ALSA, "utf-8")
        self.environ = {
            "PULSE_SERVER": f"unix:{self._folder / 'native'}",
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "ALSA_CONFIG_PATH": str(alsa),
        }
        self._environ = os.environ | self.environ
        self._environ |= dict.fromkeys(
            ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"), str(self._folder)
        )
        self._closing = threading.Event()
        self._moving = threading.Condition()
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def say(self, samples: bytes) -> None:
        """Whoever listens hears `samples` from now on, after what was said before."""
        with self._moving:
            self._said += samples
            self._to_hear += _loud(samples)

    def wait_until_heard(self, rest: float = 0.0) -> None:
        """Until somebody else has heard what was said, all but its last `rest` seconds."""
        with self._moving:
            wanted = self._to_hear - round(rest * RATE)
            # Everything that is said takes its time.
            patience = _PATIENCE_SECONDS + len(self._said) / 2 / RATE
            if not self._moving.wait_for(lambda: self._heard >= wanted, patience):
                raise TimeoutError("what was said never arrived")

    @property
    def listeners(self) -> int:
        """How many hear it, besides itself."""
        return len(self.ask("list", "short", "source-outputs").splitlines()) - 1

    def ask(self, *words: str) -> str:
        """What `pactl` says."""
        line = ["pactl", *words]
        return subprocess.run(
            line,
            env=self._environ,
            check=True,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE_SECONDS,
        ).stdout

    def unplug(self) -> None:
        """The microphone goes away; the server stays."""
        self.ask("unload-module", "module-pipe-source")

    def kill(self) -> None:
        """The server dies."""
        self.server.kill()
        self.server.wait()

    def restart(self) -> None:
        """After `kill`: the server is there again, at the same place."""
        self._end()
        self._begin()

    def close(self) -> None:
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin(self) -> None:
        for left in ("native", "pipe"):
            (self._folder / left).unlink(missing_ok=True)
        self._closing.clear()
        self._awake: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []
        self._said = b""
        # Samples that are not 0, of which there are none between what is said.
        self._to_hear = self._heard = 0
        self.server = self._started_server()
        self._wait_for_server()
        self._wake()

    def _end(self) -> None:
        self._closing.set()
        for process in (self._awake, self.server):
            if process is not None:
                process.kill()
                process.wait()
        for thread in self._threads:
            thread.join(_PATIENCE_SECONDS)
        if self._awake is not None and self._awake.stdout is not None:
            self._awake.stdout.close()

    def _started_server(self) -> subprocess.Popen[bytes]:
        socket = f"socket={self._folder / 'native'} auth-anonymous=1"
        source = f"source_name={SOURCE} format=s16le rate={RATE} channels=1"
        return subprocess.Popen(
            [  # noqa: S607  where the system has it
                "pulseaudio",
                *("-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
                f"--log-target=file:{self._folder / 'log'}",
                f"--load=module-native-protocol-unix {socket}",
                f"--load=module-pipe-source {source} file={self._folder / 'pipe'}",
            ],
            env={name: said for name, said in self._environ.items() if name != "PULSE_SERVER"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _wait_for_server(self) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                self.ask("set-default-source", SOURCE)
            except subprocess.CalledProcessError:
                if self.server.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return

    def _wake(self) -> None:
        """Has somebody listen all the time: a source that sleeps keeps who opens it waiting."""
        how = ("--raw", "--format=s16le", "--channels=1", f"--rate={RATE}", "--latency-msec=10")
        self._awake = subprocess.Popen(
            ["parec", f"--device={SOURCE}", *how],  # noqa: S607
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        awake = threading.Event()
        for name, act in (("speaking", self._speak), ("hearing", lambda: self._hear(awake))):
            thread = threading.Thread(target=act, name=f"virtual microphone: {name}", daemon=True)
            self._threads.append(thread)
            thread.start()
        if not awake.wait(_PATIENCE_SECONDS):
            raise TimeoutError("the virtual microphone never gave a sound")

    def _speak(self) -> None:
        import fcntl

        pipe = os.open(self._folder / "pipe", os.O_WRONLY | os.O_CLOEXEC)
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            os.set_blocking(pipe, False)
            due = time.monotonic()
            while not self._closing.wait(max(0.0, due - time.monotonic())):
                due += _STEP_SECONDS
                with self._moving:
                    step, self._said = self._said[:_STEP_BYTES], self._said[_STEP_BYTES:]
                self._write(pipe, step.ljust(_STEP_BYTES, b"\0"))
        except BrokenPipeError:
            return  # the server died, or was told to give the microphone up
        finally:
            os.close(pipe)

    def _write(self, pipe: int, step: bytes) -> None:
        while step and not self._closing.is_set():
            try:
                step = step[os.write(pipe, step) :]
            except BlockingIOError:
                self._closing.wait(_STEP_SECONDS / 4)

    def _hear(self, awake: threading.Event) -> None:
        pipe: IO[bytes] | None = self._awake.stdout if self._awake else None
        while pipe and (chunk := pipe.read(_STEP_BYTES)):
            awake.set()
            with self._moving:
                self._heard += _loud(chunk)
                self._moving.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _loud(samples: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(samples, np.int16)))
