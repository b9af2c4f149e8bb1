"""Which speech models are here: copied below Nearling's own folder, or lying where they were."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from nearling.catalogue.cards import SpeechCard, speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.fit import is_quick
from nearling.catalogue.speech_folder import inspect, size
from nearling.core.errors import NotFound, StorageUnwritable, UnusableFile
from nearling.core.language import gettext as _

_ELSEWHERE = "elsewhere.json"
"""Names of models and the folders they lie in."""


@dataclass(frozen=True, slots=True)
class Installed:
    id: str
    folder: Path
    copied: bool
    """Whether it lies below Nearling's own folder and goes when it is removed."""
    card: SpeechCard | None
    """What is known of it; None where it is of the person's own making."""
    bytes: int
    problem: str
    """A sentence; "" where it is whole."""

    @property
    def million_parameters(self) -> int:
        """About, where no card says it: two bytes each."""
        return self.card.million_parameters if self.card else self.bytes // 2_000_000


class Library:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def installed(self) -> tuple[Installed, ...]:
        """By name."""
        found = {name: Path(folder) for name, folder in self._elsewhere().items()}
        if self._folder.is_dir():
            found |= {each.name: each for each in self._folder.iterdir() if _is_model(each)}
        return tuple(self._described(name, found[name]) for name in sorted(found))

    def find(self, id: str) -> Installed:
        """Raises NotFound."""
        for each in self.installed():
            if each.id == id:
                return each
        raise NotFound(
            _("There is no model {id} here.").format(id=id),
            _("See which models are there: nearling models list"),
        )

    def chosen(self, preferred: str, computer: Computer) -> Installed | None:
        """Of those that are whole the preferred one, the largest that fits, or the smallest."""
        whole = [each for each in self.installed() if not each.problem]
        whole.sort(key=lambda each: each.million_parameters)
        wanted = [each for each in whole if each.id == preferred]
        fitting = [each for each in whole if is_quick(each.million_parameters, computer)]
        return next(iter((*wanted, *reversed(fitting), *whole)), None)

    def add(self, folder: Path, *, copy: bool = False) -> Installed:
        """Raises UnusableFile or StorageUnwritable."""
        folder = folder.expanduser().absolute()
        inspect(folder)
        name = self._free_name(folder)
        try:
            if copy:
                self._copy(folder, self._folder / name)
                return self._described(name, self._folder / name)
            self._remember(self._elsewhere() | {name: str(folder)})
        except OSError as error:
            raise self._unwritable() from error
        return self._described(name, folder)

    def remove(self, id: str) -> Installed:
        """Takes it off the shelf; deletes a copy, and nothing else. Raises NotFound."""
        gone = self.find(id)
        try:
            if gone.copied:
                shutil.rmtree(gone.folder)
            else:
                kept = {name: folder for name, folder in self._elsewhere().items() if name != id}
                self._remember(kept)
        except OSError as error:
            raise self._unwritable() from error
        return gone

    def _described(self, id: str, folder: Path) -> Installed:
        known = {name: card for card in speech_cards() for name in (card.id, card.folder_name)}
        problem, length = "", 0
        try:
            inspect(folder)
            length = size(folder)
        except UnusableFile as error:
            problem = error.sentence
        except OSError:
            problem = _("It cannot be read.")
        return Installed(id, folder, folder.parent == self._folder, known.get(id), length, problem)

    def _free_name(self, folder: Path) -> str:
        """The card's where one is meant; the same folder keeps its name."""
        name = next((part for part in _names(folder)), folder.name)
        name = next((card.id for card in speech_cards() if card.folder_name == name), name)
        taken = {each.id: each.folder for each in self.installed()}
        number, wanted = 2, name
        while wanted in taken and taken[wanted] != folder:
            wanted, number = f"{name}-{number}", number + 1
        return wanted

    def _copy(self, folder: Path, place: Path) -> None:
        """In one step: a copy that is stopped leaves no half model."""
        fresh = self._folder / f".{place.name}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.mkdir()
            for each in folder.iterdir():
                if each.is_file():
                    shutil.copyfile(each, fresh / each.name)
            fresh.replace(place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _elsewhere(self) -> dict[str, str]:
        try:
            known = json.loads((self._folder / _ELSEWHERE).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(folder) for name, folder in known.items()}

    def _remember(self, known: dict[str, str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{_ELSEWHERE}.{os.getpid()}"
        fresh.write_text(json.dumps(known, indent=1), "utf-8")
        fresh.replace(self._folder / _ELSEWHERE)

    def _unwritable(self) -> StorageUnwritable:
        return StorageUnwritable(
            _("The models' folder {folder} cannot be written.").format(folder=self._folder),
            _("Make it writable for your account, or see whether its disk is full."),
        )


def _is_model(folder: Path) -> bool:
    """A copy that is being made has a hidden name."""
    return folder.is_dir() and not folder.name.startswith(".")


def _names(folder: Path) -> list[str]:
    """In Hugging Face's cache a model lies in models--OWNER--NAME/snapshots/REVISION."""
    return [part.rpartition("--")[2] for part in folder.parts if part.startswith("models--")]
