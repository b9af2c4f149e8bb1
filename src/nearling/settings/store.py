"""Reads the settings file: TOML, one line an option, all of them optional."""

from __future__ import annotations

import tomllib
from pathlib import Path

from nearling.core.errors import SettingsFailure
from nearling.settings.options import Options, declared


def load_options(file: Path) -> Options:
    """The options in `file`, defaults where it says nothing or is not there.

    Raises SettingsFailure if it cannot be read, is not TOML, or says something that is no option.
    """
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Options()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFailure(
            f"The settings file {file} cannot be read.",
            "Make it readable for your account, or move it away to start with the defaults.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsFailure(
            f"The settings file {file} is not valid TOML: {error}.",
            "Correct that line, or move the file away to start with the defaults.",
        ) from error
    known = {option.name: option for option in declared()}
    for name, value in written.items():
        if name not in known:
            raise SettingsFailure(
                f"The settings file {file} names an option that does not exist: {name}.",
                f"Remove that line. The options are: {', '.join(known)}.",
            )
        low, high = (known[name].metadata[limit] for limit in ("at_least", "at_most"))
        if type(value) is not int or not low <= value <= high:
            raise SettingsFailure(
                f"The option {name} in {file} must be a whole number from {low} to {high}.",
                "Correct that line, or remove it to use the default.",
            )
    return Options(**written)
