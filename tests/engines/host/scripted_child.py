"""A real child process whose engines follow a script that the picture's name or question gives."""

import os
import sys
import time
from pathlib import Path

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.errors import OutOfMemory, PromptTooLong, UnusableFile
from nearling.core.events import Cited, Declined, Delta, Finished, Prefilling
from nearling.core.geometry import Box
from nearling.core.language_model import Measured
from nearling.core.media import Capture
from nearling.core.reading import Line, Reading
from nearling.core.writers import WriterProfile, Zone
from nearling.engines.host.child import serve
from nearling.engines.registry import Row, Rows, WriterRow


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


class ScriptedLanguageModel:
    """Dies, or wants more memory, as the question says and wherever the context is too large."""

    def write(self, prompt, setup, cancellation):
        what, largest = prompt.question.split()
        if what == "die-elsewhere" and not setup.provider.startswith("CPU"):
            os.kill(os.getpid(), 9)
        if setup.context_length > int(largest):
            if what == "die-loading":
                os.kill(os.getpid(), 9)
            yield Prefilling(1, 2)
            if what == "die-prefilling":
                os.kill(os.getpid(), 9)
            if what == "out-of-memory":
                raise OutOfMemory("It does not fit.", "Close something.")
            if what == "die-speaking":
                yield Delta("half ")
                os.kill(os.getpid(), 9)
        if setup.context_length < 1500:
            raise PromptTooLong("It is too long.", "Ask less.")
        cancellation.check()
        yield Delta(f"{setup.context_length} {setup.provider}")
        yield Finished(3, 4, reused=1, unsure=-0.5)

    def count(self, prompt, setup, cancellation):
        return len(prompt.question)

    def prefill(self, prompt, setup, cancellation):
        if prompt.question == "die":
            os.kill(os.getpid(), 9)

    def measure(self, setup, cancellation):
        return Measured(10.0, 5.0, 0.5, 100, setup.provider, 1)


if __name__ == "__main__":
    profile = WriterProfile("scripted", "scripted", Zone.COMPUTER, frozenset(), 100, 0)
    serve(
        Rows(
            (Row("scripted", "test", ScriptedReader),),
            (WriterRow("scripted", "test", lambda _threads: ScriptedWriter(), profile=profile),),
            language_models=(Row("scripted", "test", lambda _threads: ScriptedLanguageModel()),),
        ),
        threads=3,
        idle_seconds=float(sys.argv[1]),
    )
