"""Which speech model a command means."""

from __future__ import annotations

from pathlib import Path

from nearling.catalogue.cards import speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.fit import recommended
from nearling.cli.house import House
from nearling.core.errors import ModelMissing
from nearling.core.language import gettext as _


def speech_model(wanted: str | None, house: House) -> Path:
    """Its folder: the installed model or the folder that is named, else the best that is here.

    Raises ModelMissing where there is none, NotFound where the name is not known.
    """
    if wanted is not None:
        if Path(wanted).is_dir():
            return Path(wanted).absolute()
        return house.library.find(wanted).folder
    if (best := house.library.chosen(house.options.speech_model, Computer.this())) is not None:
        return best.folder
    card = recommended(speech_cards(), Computer.this())
    raise ModelMissing(
        _("No speech model is installed."),
        _(
            "{model} fits this computer, about {megabytes} MB: get the folder {repository} from "
            "Hugging Face, then: nearling models add FOLDER"
        ).format(model=card.id, megabytes=card.megabytes, repository=card.repository),
    )
