"""What a person reads, in the person's language: gettext, settled once when Nearling starts.

English stands in the code; the other languages lie in `locale/`. The language in use is kept in the
environment, where the processes that we start find it too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

SOURCE = "en"
DOMAIN = "nearling"
FOLDER = Path(__file__).parents[1] / "locale"
_LANGUAGE = "NEARLING_LANGUAGE"
_CATALOGUES = "NEARLING_LOCALE"
"""Another folder of catalogues, for who translates Nearling."""


def gettext(sentence: str) -> str:
    return _spoken().gettext(sentence)


def ngettext(one: str, many: str, number: int) -> str:
    return _spoken().ngettext(one, many, number)


def marked(sentence: str) -> str:
    """Only has `sentence` translated; it is said later, by gettext."""
    return sentence


def speak(choice: str, environ: MutableMapping[str, str] = os.environ) -> None:
    """Settles the language by the option `language`, unless the environment names one already."""
    if _LANGUAGE not in environ:
        environ[_LANGUAGE] = wanted(environ) if choice == "system" else choice


def spoken(environ: Mapping[str, str] = os.environ) -> str:
    """The language in use; its code, such as de."""
    return environ.get(_LANGUAGE, SOURCE)


def wanted(environ: Mapping[str, str]) -> str:
    """The first language that the locale asks for and that we speak, by GNU's rules."""
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    if re.split("[.@]", locale)[0] in ("C", "POSIX"):
        return SOURCE
    for name in (*environ.get("LANGUAGE", "").split(":"), locale):
        language = re.split("[_.@]", name)[0]
        if language == SOURCE or (language.isalpha() and _file(FOLDER, language).is_file()):
            return language
    return SOURCE


def _spoken() -> NullTranslations:
    return _catalogue(os.environ.get(_CATALOGUES, ""), os.environ.get(_LANGUAGE, SOURCE))


@lru_cache
def _catalogue(folder: str, language: str) -> NullTranslations:
    try:
        with _file(Path(folder or FOLDER), language).open("rb") as file:
            return GNUTranslations(file)
    except OSError:
        return NullTranslations()


def _file(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
