"""What cannot be opened is refused with a sentence and left as it is."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from history.making import answered, picture
from nearling.core.errors import (
    StorageBusy,
    StorageDamaged,
    StorageFailure,
    StorageFull,
    StorageNewer,
    StorageUnwritable,
)
from nearling.history.database import NAME
from nearling.history.failures import (
    BUG_CODES,
    BUSY_CODES,
    DAMAGED_CODES,
    FULL_CODES,
    UNWRITABLE_CODES,
    told,
)
from nearling.history.history import History


def _everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _used(folder: Path) -> Path:
    """A database of some hundred pages, closed."""
    with History(folder) as history:
        for number in range(20):
            answered(history, f"question {number}", f"answer {number} " * 1000, picture())
    return folder / NAME


def _refused(folder: Path, kind: type[StorageFailure]) -> None:
    before = _everything(folder)
    with pytest.raises(kind) as caught:
        History(folder)
    assert caught.value.sentence.endswith(".")
    assert caught.value.remedy.endswith(".")
    assert _everything(folder) == before


def test_a_file_that_is_no_database(folder: Path) -> None:
    folder.mkdir()
    (folder / NAME).write_bytes(b"Dear diary, " * 1000)
    _refused(folder, StorageDamaged)


def test_the_database_of_another_program(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / NAME)) as connection:
        connection.execute("CREATE TABLE songs (title)")
    _refused(folder, StorageDamaged)


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
def test_pages_overwritten(folder: Path, where: float) -> None:
    path = _used(folder)
    data = bytearray(path.read_bytes())
    start = int(len(data) * where) // 4096 * 4096
    data[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(data)
    _refused(folder, StorageDamaged)


def test_the_end_cut_off(folder: Path) -> None:
    path = _used(folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _refused(folder, StorageDamaged)


def test_a_damaged_database_with_a_log_beside_it(folder: Path) -> None:
    path = _used(folder)
    data = bytearray(path.read_bytes())
    data[len(data) // 8192 * 4096 :][:4096] = b""
    data[40960:45056] = b"\xa5" * 4096
    path.write_bytes(data)
    path.with_name(NAME + "-wal").write_bytes(b"")
    before = path.read_bytes()
    with pytest.raises(StorageDamaged):
        History(folder)
    assert path.read_bytes() == before


def test_what_a_newer_version_wrote(folder: Path) -> None:
    path = _used(folder)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    _refused(folder, StorageNewer)


def test_an_empty_file_is_a_beginning(folder: Path) -> None:
    folder.mkdir()
    (folder / NAME).write_bytes(b"")
    with History(folder) as history:
        answered(history, "how", "so")


def test_a_file_where_the_folder_should_be(folder: Path) -> None:
    folder.write_text("mine")
    with pytest.raises(StorageUnwritable) as caught:
        History(folder)
    assert str(folder) in caught.value.sentence
    assert "NEARLING_HOME" in caught.value.remedy
    assert folder.read_text() == "mine"


def test_a_file_where_the_attachments_should_be(folder: Path) -> None:
    folder.mkdir()
    (folder / "attachments").write_text("mine")
    with pytest.raises(StorageUnwritable):
        History(folder)
    assert not (folder / f"{NAME}-wal").exists()


NOBODY = 65534
AS_NOBODY = """
import json, os, sys, tempfile
from pathlib import Path
from nearling.core.conversation import Draft
from nearling.core.errors import NearlingError
from nearling.history.history import History
with tempfile.TemporaryDirectory() as warm, History(Path(warm)) as history:
    history.open_turn(Draft("what else is imported, is imported before rights are given up"))
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    history = History(Path(sys.argv[1]))
    history.open_turn(Draft("how"))
    said = None
except NearlingError as error:
    said = [error.kind, error.sentence]
print(json.dumps(said))
"""


def _as_nobody(folder: Path) -> list[str] | None:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(folder)], capture_output=True, text=True, check=True
    )
    found: list[str] | None = json.loads(done.stdout)
    return found


def test_another_users_folder() -> None:
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        kind, sentence = _as_nobody(Path(base) / "history") or ("", "")
        assert kind == "storage_unwritable"
        assert base in sentence
        with History(Path(base) / "history") as history:
            answered(history, "mine", "yes")
        assert (_as_nobody(Path(base) / "history") or [""])[0] == "storage_unwritable"


def test_a_database_that_may_only_be_read() -> None:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "history"
        Path(base).chmod(0o755)
        path = _used(folder)
        os.chown(folder, NOBODY, NOBODY)
        for inner in ("attachments", "unfinished"):
            os.chown(folder / inner, NOBODY, NOBODY)
        path.chmod(0o644)
        assert (_as_nobody(folder) or [""])[0] == "storage_unwritable"


KINDS: dict[frozenset[int], type[StorageFailure]] = {
    FULL_CODES: StorageFull,
    BUSY_CODES: StorageBusy,
    UNWRITABLE_CODES: StorageUnwritable,
    DAMAGED_CODES: StorageDamaged,
}


def test_every_result_code_of_sqlite_has_its_place() -> None:
    # 1 to 26 are all primary error codes there are (https://sqlite.org/rescode.html).
    codes = [code for group in (*KINDS, BUG_CODES) for code in group]
    assert sorted(codes) == list(range(1, 27))


@pytest.mark.parametrize("extension", [0, 7 << 8])
@pytest.mark.parametrize("code", range(1, 27))
def test_sqlite_errors_become_sentences(tmp_path: Path, code: int, extension: int) -> None:
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = code | extension
    expected = next((kind for codes, kind in KINDS.items() if code in codes), None)
    with pytest.raises(expected or sqlite3.OperationalError), told(tmp_path):
        raise error


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EBUSY, StorageBusy),
        (errno.EACCES, StorageUnwritable),
        (errno.EROFS, StorageUnwritable),
        (errno.EIO, StorageUnwritable),
    ],
)
def test_system_errors_become_sentences(
    tmp_path: Path, number: int, kind: type[StorageFailure]
) -> None:
    with pytest.raises(kind), told(tmp_path):
        raise OSError(number, os.strerror(number))


def test_an_error_about_a_place_that_is_gone_is_still_told(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    with pytest.raises(StorageUnwritable), told(tmp_path / "gone"):
        raise error


def test_a_closed_history_is_our_own_mistake(folder: Path) -> None:
    history = History(folder)
    history.close()
    with pytest.raises(sqlite3.ProgrammingError):
        history.conversations()
