"""What the models page shows, worked out without Qt: what is here, how it runs, what is found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from nearling.catalogue.computer import Computer
from nearling.catalogue.find import found
from nearling.catalogue.find_writers import found_writers
from nearling.catalogue.fit import fit as fit_speech
from nearling.catalogue.fit import is_quick
from nearling.catalogue.library import Installed
from nearling.catalogue.speech_folder import size
from nearling.catalogue.writer_fit import fit as fit_writer
from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import decimal, whole
from nearling.core.writers import WriterProfile
from nearling.settings.options import Options
from nearling.ui.house import House

_SLOW = 5.0
"""Tokens a second; most people read faster than what is written at that pace."""


@dataclass(frozen=True, slots=True)
class Row:
    """One model that is here."""

    id: str
    folder: Path
    writes: bool
    """Answers questions; else it listens."""
    about: str
    verdict: str
    """How it does on this computer, in few words."""
    runs: bool
    """Whether that is good news."""
    note: str
    """Sentences: what it needs, or what is wrong with it."""
    copied: bool
    """Its files go when it is removed."""
    whole: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that another program has fetched."""

    name: str
    about: str
    folder: Path
    problem: str
    """A sentence; "" where it can be used."""


@dataclass(frozen=True, slots=True)
class Shelf:
    computer: str
    rows: tuple[Row, ...]
    offers: tuple[Offer, ...]


def look(house: House, options: Options) -> Shelf:
    """Takes its time: it looks into folders."""
    computer = Computer.this()
    installed = house.library.installed()
    profiles = {each.profile.id: each.profile for each in house.writers()}
    listening = house.library.chosen(options.speech_model, computer)
    rows = (
        _writer(each, profiles.get(each.id))
        if each.kind == "writer"
        else _speech(each, computer, in_use=listening is not None and listening.id == each.id)
        for each in installed
    )
    return Shelf(
        _told(computer), tuple(rows), tuple(_offers({each.folder.resolve() for each in installed}))
    )


def _told(computer: Computer) -> str:
    cores = ngettext("{count} core", "{count} cores", computer.cores)
    return " · ".join(
        (
            _("{size} GB of memory").format(size=decimal(computer.memory_megabytes / 1000, 0)),
            cores.format(count=whole(computer.cores)),
        )
    )


def _writer(model: Installed, profile: WriterProfile | None) -> Row:
    folder = model.writer
    if folder is None:
        return _broken(model, _("Writes answers"))
    fitting = fit_writer(folder, psutil.virtual_memory().available)
    notes = [fitting.sentence]
    if not folder.tested:
        notes.append(_("Untested: no model of this shape was held against a reference here."))
    speed = None if profile is None or profile.speed is None else profile.speed.decode
    if not fitting.fits:
        verdict, runs = _("Too large now"), False
    elif speed is None:
        verdict, runs = _("Fits · not measured yet"), True
    else:
        runs = speed >= _SLOW
        said = _("Runs well · {speed} tokens/s") if runs else _("Slow here · {speed} tokens/s")
        verdict = said.format(speed=decimal(speed, 0 if speed >= 10 else 1))
    return _row(model, _about_writer(folder), verdict, " ".join(notes), runs=runs)


def _about_writer(folder: WriterFolder) -> str:
    return " · ".join(
        filter(
            None,
            (
                _("Writes answers"),
                folder.precision,
                _("{count} tokens").format(count=whole(folder.context_length)),
                _megabytes(folder.bytes),
            ),
        )
    )


def _speech(model: Installed, computer: Computer, *, in_use: bool) -> Row:
    if model.problem:
        return _broken(model, _("Writes down what you say"))
    runs = is_quick(model.million_parameters, computer)
    note = fit_speech(model.card, computer).reason if model.card else ""
    about = [_("Writes down what you say"), _megabytes(model.bytes)]
    if in_use:
        about.append(_("in use"))
    return _row(
        model, " · ".join(about), _("Runs well") if runs else _("Slow here"), note, runs=runs
    )


def _broken(model: Installed, purpose: str) -> Row:
    problem = model.problem.replace(str(model.folder), model.id)
    return _row(model, purpose, _("Not whole"), problem, runs=False)


def _row(model: Installed, about: str, verdict: str, note: str, *, runs: bool) -> Row:
    return Row(
        id=model.id,
        folder=model.folder,
        writes=model.kind == "writer",
        about=about,
        verdict=verdict,
        runs=runs,
        note=note,
        copied=model.copied,
        whole=not model.problem,
    )


def _offers(here: set[Path]) -> Iterator[Offer]:
    for folder in found(os.environ):
        if folder.resolve() not in here:
            name = next(part for part in reversed(folder.parts) if part.startswith("models--"))
            about = _("Writes down what you say") + " · " + _megabytes(size(folder))
            yield Offer(name.removeprefix("models--").replace("--", "/"), about, folder, "")
    for each in found_writers(os.environ):
        if each.place.resolve() not in here:
            about = f"{each.program} · {_megabytes(each.bytes)}"
            # Where it lies is told elsewhere; caches have names that no line holds.
            problem = each.problem.replace(str(each.place), each.name)
            yield Offer(each.name, about, each.place, problem)


def _megabytes(count: int) -> str:
    return _("{size} MB").format(size=whole(max(1, round(count / 1e6))))
