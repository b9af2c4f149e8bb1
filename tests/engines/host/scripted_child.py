"""A real child process whose engines follow a script that the picture's name or question gives."""

import os
import sys
import time
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.errors import UnusableFile
from nearling.core.events import Cited, Declined, Delta, Finished
from nearling.core.geometry import Box
from nearling.core.media import Capture
from nearling.core.reading import Line, Reading
from nearling.core.writers import WriterProfile, Zone
from nearling.engines.host.child import serve
from nearling.engines.registry import ReaderRow, WriterRow


class ScriptedReader:
    def __init__(self, threads: int) -> None:
        self.threads = threads

    def read(self, picture: Capture, cancellation: Cancellation) -> Reading:
        match picture.name.split():
            case ["die"]:
                os.kill(os.getpid(), 9)
            case ["die-once", file]:
                if not Path(file).exists():
                    Path(file).touch()
                    os.kill(os.getpid(), 9)
            case ["bug"]:
                raise ZeroDivisionError("secret words")
            case ["refuse"]:
                raise UnusableFile("It is no picture.", "Use another.")
            case ["hang"]:
                time.sleep(60)
            case ["wait"]:
                while True:
                    cancellation.check()
                    time.sleep(0.01)
            case ["print"]:
                print("a library talks", flush=True)
                os.write(1, b"and so does native code")
        box = Box(1, 2, 3, 4)
        line = Line(f"{len(picture.data)} bytes", 0.5, box, ((1.0, 2.0),), 0)
        return Reading(
            picture.digest, 10, 20, 0, (line,), (), (), f"scripted {os.getpid()}", self.threads
        )


class ScriptedWriter:
    def write(self, prompt, cancellation):
        if prompt.question == "decline":
            yield Declined("it is too hard", (), ("Ask something else.",))
            return
        for word in prompt.question.split():
            if word == "die":
                os.kill(os.getpid(), 9)
            cancellation.check()
            yield Delta(word)
        yield Cited(Citation("a.png", "0" * 64, "word", Box(1, 2, 3, 4)))
        yield Finished(1, 2)


if __name__ == "__main__":
    profile = WriterProfile("scripted", "scripted", Zone.COMPUTER, frozenset(), 100, 0)
    serve(
        [ReaderRow("scripted", "test", lambda: "scripted", ScriptedReader)],
        [WriterRow(profile, "test", lambda _threads: ScriptedWriter())],
        threads=3,
        idle_seconds=float(sys.argv[1]),
    )
