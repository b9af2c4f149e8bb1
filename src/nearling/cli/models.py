"""`nearling models`: which speech models there are, which are here, and which one fits."""

from __future__ import annotations

import os
import re
from argparse import SUPPRESS, ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from nearling.catalogue.cards import SpeechCard, speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.find import found
from nearling.catalogue.fit import fit, recommended
from nearling.catalogue.library import Installed
from nearling.catalogue.speech_folder import inspect, size
from nearling.cli.exits import Exit
from nearling.cli.hearing_trial import try_hearing
from nearling.cli.house import House
from nearling.cli.interruption import interruptible
from nearling.cli.terminal import Terminal, describe
from nearling.core.errors import Cancelled, NearlingError, UnusableFile
from nearling.core.language import gettext as _
from nearling.core.language import marked

NAME = "models"
HELP = marked("list, find, add and check speech models")

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


def add_arguments(parser: ArgumentParser) -> None:
    rows = parser.add_subparsers(metavar=_("WHAT"), required=True)

    def row(name: str, help: str, act: object) -> ArgumentParser:
        added: ArgumentParser = rows.add_parser(name, help=help)
        # SUPPRESS: a --json that stood before this word is not taken back by its absence here.
        added.add_argument("--json", action="store_true", default=SUPPRESS, help=SUPPRESS)
        added.set_defaults(act=act)
        return added

    row("list", _("the models that are here"), _list)
    recommend = row("recommend", _("which model fits this computer, and why"), _recommend)
    recommend.add_argument(
        "--english", action="store_true", help=_("where English is all that is spoken")
    )
    row("find", _("models that other programs have fetched to this computer"), _find)
    add = row("add", _("use the model in a folder"), _add)
    add.add_argument("folder", metavar=_("FOLDER"), help=_("the one with model.bin in it"))
    add.add_argument("--copy", action="store_true", help=_("copy it, so that the folder may go"))
    remove = row("remove", _("take a model off the list; a copy is deleted"), _remove)
    remove.add_argument("id", metavar=_("ID"), help=_("as `nearling models list` shows it"))
    verify = row("verify", _("have models hear a spoken sentence"), _verify)
    verify.add_argument("id", metavar=_("ID"), nargs="?", help=_("default: all of them"))


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    return int(arguments.act(arguments, house, terminal))


def _list(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del arguments
    models = house.library.installed()
    for each in models:
        terminal.say(f"{each.id}  {_megabytes(each.bytes)}  {each.folder}")
        if each.problem:
            terminal.say(f"    {each.problem}")
    if not models:
        terminal.note(_("No speech model is here yet."))
        terminal.note(_("See which one fits this computer: nearling models recommend"))
    terminal.object({"models": [_shape(each) for each in models]})
    return Exit.DONE


def _recommend(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del house
    computer = Computer.this()
    best = recommended(speech_cards(), computer, english=arguments.english)
    shapes = []
    for card in speech_cards():
        if card.english_only != arguments.english and card != best:
            continue
        fitting = fit(card, computer)
        mark = "*" if card == best else " "
        terminal.say(f"{mark} {card.id:18} {_about(card)}  {card.repository}\n    {fitting.reason}")
        shapes.append(
            {
                "id": card.id,
                "repository": card.repository,
                "megabytes": card.megabytes,
                "english_only": card.english_only,
                "fits": fitting.fits,
                "recommended": card == best,
                "seconds": round(fitting.seconds, 2),
                "reason": fitting.reason,
            }
        )
    terminal.note(_("Estimates; the first words that you say will tell."))
    terminal.note(_clone(best.repository))
    terminal.object({"models": shapes, "recommended": best.id})
    return Exit.DONE


def _find(arguments: Namespace, house: House, terminal: Terminal) -> int:
    del arguments
    known = {each.folder for each in house.library.installed()}
    folders = [folder for folder in found(os.environ) if folder not in known]
    for folder in folders:
        terminal.say(f"{_megabytes(size(folder))}  {folder}")
    terminal.note(
        _("Use one: nearling models add FOLDER")
        if folders
        else _("No other program keeps a speech model here that Nearling can use.")
    )
    terminal.object(
        {"models": [{"folder": str(folder), "bytes": size(folder)} for folder in folders]}
    )
    return Exit.DONE


def _add(arguments: Namespace, house: House, terminal: Terminal) -> int:
    folder = Path(arguments.folder).expanduser()
    if not folder.exists() and (card := _named(arguments.folder)) is not None:
        raise UnusableFile(
            _("Nearling does not download models yet; {repository} can be fetched by hand.").format(
                repository=card
            ),
            _clone(card),
        )
    inspect(folder)
    with interruptible() as cancellation:
        heard = try_hearing(folder, house.file_transcriber, cancellation)
    added = house.library.add(folder, copy=arguments.copy)
    terminal.say(_("{id} is ready; it heard: {text}").format(id=added.id, text=heard.text))
    terminal.object({"model": _shape(added), "heard": heard.text, "seconds": heard.seconds})
    return Exit.DONE


def _remove(arguments: Namespace, house: House, terminal: Terminal) -> int:
    gone = house.library.remove(arguments.id)
    told = _("{id} was deleted.") if gone.copied else _("{id} is off the list; {folder} stays.")
    terminal.say(told.format(id=gone.id, folder=gone.folder))
    terminal.object({"removed": _shape(gone)})
    return Exit.DONE


def _verify(arguments: Namespace, house: House, terminal: Terminal) -> int:
    library = house.library
    models = (library.find(arguments.id),) if arguments.id else library.installed()
    shapes: list[dict[str, Any]] = []
    code = Exit.DONE
    with interruptible() as cancellation:
        for each in models:
            try:
                inspect(each.folder)
                heard = try_hearing(each.folder, house.file_transcriber, cancellation)
            except Cancelled:
                raise
            except NearlingError as error:
                code = Exit.FAILED
                terminal.say(f"FAIL  {each.id}: {error.sentence}")
                terminal.say(f"      {error.remedy}")
                shapes.append(_shape(each) | {"ok": False, "error": describe(error)})
                continue
            terminal.say(f"ok    {each.id}: {heard.text}")
            shapes.append(
                _shape(each) | {"ok": True, "heard": heard.text, "seconds": heard.seconds}
            )
    if not models:
        terminal.note(_("No speech model is here yet."))
    terminal.object({"models": shapes})
    return code


def _named(word: str) -> str | None:
    """The repository that somebody means who names no folder."""
    for card in speech_cards():
        if word in (card.id, card.folder_name, card.repository):
            return card.repository
    return word if _REPOSITORY.fullmatch(word) else None


def _clone(repository: str) -> str:
    name = repository.partition("/")[2]
    return _(
        "With git and git-lfs: git clone https://huggingface.co/{repository}, then: "
        "nearling models add {name}"
    ).format(repository=repository, name=name)


def _shape(model: Installed) -> dict[str, Any]:
    return {
        "id": model.id,
        "folder": str(model.folder),
        "bytes": model.bytes,
        "copied": model.copied,
        "repository": model.card.repository if model.card else None,
        "whole": not model.problem,
        "problem": model.problem,
    }


def _megabytes(bytes: int) -> str:
    return f"{bytes / 1e6:6.0f} MB"


def _about(card: SpeechCard) -> str:
    return _("about {megabytes} MB").format(megabytes=card.megabytes)
