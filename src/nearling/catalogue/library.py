"""Which models are here: copied below Nearling's own folder, or lying where they were."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nearling.catalogue import shelf_file, speech_folder, writer_folder
from nearling.catalogue.cards import SpeechCard, speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.fit import is_quick
from nearling.catalogue.kind import Kind, kind_of
from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.errors import NotFound, Refused, UnusableFile
from nearling.core.language import gettext as _

_ELSEWHERE = "elsewhere.json"
"""Names of models, the folders they lie in, and what they are for."""


@dataclass(frozen=True, slots=True)
class Installed:
    id: str
    folder: Path
    kind: Kind
    copied: bool
    """Whether it lies below Nearling's own folder and goes when it is removed."""
    card: SpeechCard | None
    """What is known of it; None where it is of the person's own making."""
    bytes: int
    """That it is run from."""
    problem: str
    """A sentence; "" where it is whole."""
    writer: WriterFolder | None = None
    """What a whole writer's folder says of it."""

    @property
    def million_parameters(self) -> int:
        """Of a speech model, about, where no card says it: two bytes each."""
        return self.card.million_parameters if self.card else self.bytes // 2_000_000


class Library:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def installed(self, kind: Kind | None = None) -> tuple[Installed, ...]:
        """By name; all of them, or those of one kind."""
        return tuple(
            self._described(name, folder, its)
            for name, (folder, its) in sorted(self._places().items())
            if kind in (None, its)
        )

    def find(self, id: str) -> Installed:
        """Raises NotFound."""
        places = self._places()
        if id in places:
            return self._described(id, *places[id])
        raise NotFound(
            _("There is no model {id} here.").format(id=id),
            _("See which models are there: nearling models list"),
        )

    def chosen(self, preferred: str, computer: Computer) -> Installed | None:
        """Of the whole speech models the preferred one, the largest that fits, or the smallest."""
        whole = [each for each in self.installed("speech") if not each.problem]
        whole.sort(key=lambda each: each.million_parameters)
        wanted = [each for each in whole if each.id == preferred]
        fitting = [each for each in whole if is_quick(each.million_parameters, computer)]
        return next(iter((*wanted, *reversed(fitting), *whole)), None)

    def add(self, folder: Path, *, copy: bool = False) -> Installed:
        """Raises UnusableFile, UnusableModel or StorageUnwritable."""
        folder = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - without its dots
        kind = kind_of(folder)
        if kind == "speech":
            speech_folder.inspect(folder)
            files = speech_folder.files(folder)
        else:
            files = writer_folder.files(writer_folder.inspect(folder))
        name = self._free_name(folder)
        if copy:
            self._copy(folder, files, self._folder / name)
            return self._described(name, self._folder / name, kind)
        self._remember(self._elsewhere() | {name: (folder, kind)})
        return self._described(name, folder, kind)

    def remove(self, id: str) -> Installed:
        """Takes it off the shelf; deletes a copy, and nothing else.

        Raises NotFound or StorageUnwritable.
        """
        gone = self.find(id)
        if gone.copied:
            try:
                shutil.rmtree(gone.folder)
            except OSError as error:
                raise shelf_file.unwritable(self._folder) from error
        else:
            kept = {name: place for name, place in self._elsewhere().items() if name != id}
            self._remember(kept)
        return gone

    def _described(self, id: str, folder: Path, kind: Kind) -> Installed:
        known = {name: card for card in speech_cards() for name in (card.id, card.folder_name)}
        problem, length, writer = "", 0, None
        try:
            if kind == "writer":
                writer = writer_folder.inspect(folder)
                length = writer.bytes
            else:
                speech_folder.inspect(folder)
                length = speech_folder.size(folder)
        except Refused as error:
            problem = error.sentence
        except OSError:
            problem = _("It cannot be read.")
        return Installed(
            id=id,
            folder=folder,
            kind=kind,
            copied=folder.parent == self._folder,
            card=known.get(id) if kind == "speech" else None,
            bytes=length,
            problem=problem,
            writer=writer,
        )

    def _free_name(self, folder: Path) -> str:
        """The card's where one is meant; the same folder keeps its name."""
        # A copy whose name begins with a dot would not be seen again.
        name = next((part for part in _names(folder)), folder.name).lstrip(".") or "model"
        name = next((card.id for card in speech_cards() if card.folder_name == name), name)
        taken = {known: place for known, (place, _kind) in self._places().items()}
        number, wanted = 2, name
        while wanted in taken and taken[wanted] != folder:
            wanted, number = f"{name}-{number}", number + 1
        return wanted

    def _copy(self, folder: Path, files: Iterable[Path], place: Path) -> None:
        """In one step: a copy that is stopped leaves no half model."""
        fresh = self._folder / f".{place.name}.{os.getpid()}"
        try:
            for each in files:
                (fresh / each).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / each, fresh / each)
            fresh.replace(place)
        except OSError as error:
            raise shelf_file.unwritable(self._folder) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _places(self) -> dict[str, tuple[Path, Kind]]:
        places = self._elsewhere()
        if self._folder.is_dir():
            copies = [each for each in self._folder.iterdir() if _is_model(each)]
            places |= {each.name: (each, _kind(each)) for each in copies}
        return places

    def _elsewhere(self) -> dict[str, tuple[Path, Kind]]:
        """A folder alone is what was written when there were speech models only."""
        known = shelf_file.read(self._folder / _ELSEWHERE)
        places: dict[str, tuple[Path, Kind]] = {}
        for name, told in known.items() if isinstance(known, dict) else ():
            place = told if isinstance(told, dict) else {"folder": told}
            kind: Kind = "writer" if place.get("kind") == "writer" else "speech"
            places[name] = (Path(str(place.get("folder"))), kind)
        return places

    def _remember(self, places: dict[str, tuple[Path, Kind]]) -> None:
        told = {
            name: {"folder": str(folder), "kind": kind} for name, (folder, kind) in places.items()
        }
        shelf_file.write(self._folder / _ELSEWHERE, told)


def _is_model(folder: Path) -> bool:
    """A copy that is being made has a hidden name."""
    return folder.is_dir() and not folder.name.startswith(".")


def _kind(copy: Path) -> Kind:
    try:
        return kind_of(copy)
    except UnusableFile:
        return "speech"


def _names(folder: Path) -> list[str]:
    """In Hugging Face's cache a model lies in models--OWNER--NAME/snapshots/REVISION."""
    return [part.rpartition("--")[2] for part in folder.parts if part.startswith("models--")]
