"""`nearling models recommend`: which speech model fits this computer, and why."""

from __future__ import annotations

from argparse import Namespace

from nearling.catalogue.cards import SpeechCard, speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.fit import fit, recommended
from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.shelf.cloning import clone
from nearling.cli.terminal import Terminal
from nearling.core.language import gettext as _


def recommend_model(arguments: Namespace, house: House, terminal: Terminal) -> int:
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
    terminal.note(clone(best.repository))
    terminal.object({"models": shapes, "recommended": best.id})
    return Exit.DONE


def _about(card: SpeechCard) -> str:
    return _("about {megabytes} MB").format(megabytes=card.megabytes)
