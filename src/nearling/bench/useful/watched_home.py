"""Asks about a file in a home of its own, and looks whether anything else is different there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from nearling.bench.executable import run_product
from nearling.core.media import Capture, Medium
from nearling.history.history import History

Changes = Callable[[Capture, str], bool]
"""Whether a question about a file changes more than the history."""
_HISTORY, _LOGS = "history", "logs"
_SERVER = ("desk", "--base-url", "http://127.0.0.1:9/v1", "--model", "small")
"""There is one to which something could be sent."""


@contextmanager
def watched_home() -> Iterator[Changes]:
    with TemporaryDirectory(prefix="nearling-bench-") as folder:
        home, files = Path(folder, "home"), Path(folder, "files")
        files.mkdir()
        run_product(["endpoints", "add", *_SERVER], home)

        def changes(capture: Capture, question: str) -> bool:
            before = held(home)
            path = files / capture.name
            path.write_bytes(capture.data)
            kind = "--picture" if capture.medium is Medium.PICTURE else "--document"
            run_product(["ask", "--json", kind, str(path), question], home).object()
            return held(home) != before

        yield changes


def held(home: Path) -> Mapping[str, str]:
    """A mark of every file but those of the history and of the logs, and all connections made."""
    found = {}
    for path in home.rglob("*"):
        place = path.relative_to(home)
        if path.is_file() and place.parts[0] not in (_HISTORY, _LOGS):
            found[str(place)] = sha256(path.read_bytes()).hexdigest()
    with History(home / _HISTORY) as history:
        return found | {each.id: repr(each) for each in history.connections()}
