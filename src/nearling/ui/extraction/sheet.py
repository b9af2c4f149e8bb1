"""What a table of files holds, without Qt: files, fields, what was found, what was typed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from nearling.core.errors import NearlingError
from nearling.core.extraction import Extracted, FileFailed, Found, Row, as_cells, as_object
from nearling.core.geometry import Box
from nearling.core.spreadsheet import as_csv, as_tsv

_NOWHERE = Box(0, 0, 0, 0)


class State(Enum):
    WAITING = "waiting"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(slots=True)
class _File:
    path: Path
    found: Extracted | None = None
    error: NearlingError | None = None


class Sheet:
    def __init__(self) -> None:
        self._files: list[_File] = []
        self._typed: dict[tuple[Path, str], str] = {}
        self.fields: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(file.path for file in self._files)

    def add(self, paths: Sequence[Path]) -> None:
        """Those that are new, each once."""
        for path in paths:
            if path not in self.paths:
                self._files.append(_File(path))

    def clear(self) -> None:
        self._files.clear()
        self._typed.clear()

    def begin(self, fields: Sequence[str]) -> None:
        """What was found goes; what was typed stays with its file and its field."""
        self.fields = tuple(fields)
        for file in self._files:
            file.found = file.error = None

    def take(self, event: Row | FileFailed) -> None:
        match event:
            case Row():
                self._files[event.number].found = event.found
            case FileFailed():
                self._files[event.number].error = event.error

    def state(self, row: int) -> State:
        file = self._files[row]
        if file.error is not None:
            return State.FAILED
        return State.WAITING if file.found is None else State.FINISHED

    def error(self, row: int) -> NearlingError | None:
        return self._files[row].error

    def found(self, row: int, at: int) -> Found | None:
        """What was found for the field `at`, whatever was typed since."""
        found = self._files[row].found
        return None if found is None else found.cells[at]

    def type(self, row: int, at: int, text: str) -> None:
        """The person knows better."""
        self._typed[self._key(row, at)] = text

    def is_typed(self, row: int, at: int) -> bool:
        return self._key(row, at) in self._typed

    def text(self, row: int, at: int) -> str:
        found = self.found(row, at)
        return self._typed.get(self._key(row, at), "" if found is None else found.text)

    def is_doubtful(self, row: int, at: int) -> bool:
        found = self.found(row, at)
        return found is not None and found.doubtful and not self.is_typed(row, at)

    def _key(self, row: int, at: int) -> tuple[Path, str]:
        return self._files[row].path, self.fields[at]

    def counted(self) -> tuple[int, int, int]:
        """How many files are finished, how many failed, and how many cells are doubtful."""
        states = [self.state(row) for row in range(len(self._files))]
        doubtful = sum(
            self.is_doubtful(row, at)
            for row in range(len(self._files))
            for at in range(len(self.fields))
        )
        return states.count(State.FINISHED), states.count(State.FAILED), doubtful

    def as_tsv(self) -> str:
        return as_tsv(self._lines())

    def as_csv(self) -> str:
        return as_csv(self._lines())

    def as_json(self) -> str:
        rows = [self._object(row) for row in range(len(self._files))]
        return json.dumps({"rows": rows}, ensure_ascii=False, indent=1) + "\n"

    def _lines(self) -> list[Sequence[str]]:
        lines: list[Sequence[str]] = [("file", *self.fields, "doubtful")]
        for row, file in enumerate(self._files):
            lines.append((str(file.path), *as_cells(self.fields, self._mended(row))))
        return lines

    def _object(self, row: int) -> dict[str, object]:
        file = self._files[row]
        shown = as_object(str(file.path), self.fields, self._mended(row))
        for at, field in enumerate(self.fields):
            if self.is_typed(row, at):
                cell = self.found(row, at)
                box = None if cell is None else cell.box.as_list()
                text = self.text(row, at)
                shown[field] = {"text": text, "box": box, "doubtful": False, "by_hand": True}
        if file.error is not None:
            shown["error"] = {"kind": file.error.kind, "sentence": file.error.sentence}
        return shown

    def _mended(self, row: int) -> Extracted:
        """With what was typed in the place of what was found."""
        found = self._files[row].found
        cells = found.cells if found is not None else (None,) * len(self.fields)
        nowhere = Found("", _NOWHERE)
        mended = (
            Found(self.text(row, at), (cell or nowhere).box, (cell or nowhere).page)
            if self.is_typed(row, at)
            else cell
            for at, cell in enumerate(cells)
        )
        return Extracted(tuple(mended), found.pages if found is not None else 0)
