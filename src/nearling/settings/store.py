"""Reads and writes the settings file: TOML, one line an option, all of them optional."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import Field
from pathlib import Path
from typing import Any

from nearling.core.errors import SettingsFailure
from nearling.core.language import gettext as _
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
            _("The settings file {file} cannot be read.").format(file=file),
            _("Make it readable for your account, or move it away to start with the defaults."),
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsFailure(
            _("The settings file {file} is not valid TOML: {error}.").format(
                file=file, error=error
            ),
            _("Correct that line, or move the file away to start with the defaults."),
        ) from error
    known = {option.name: option for option in declared()}
    for name, value in written.items():
        if name not in known:
            raise SettingsFailure(
                _("The settings file {file} names an option that does not exist: {name}.").format(
                    file=file, name=name
                ),
                _("Remove that line. The options are: {options}.").format(options=", ".join(known)),
            )
        if (wanted := _unmet(known[name], value)) is not None:
            raise SettingsFailure(
                _("The option {name} in {file} must be {wanted}.").format(
                    name=name, file=file, wanted=wanted
                ),
                _("Correct that line, or remove it to use the default."),
            )
    return Options(**written)


def save_options(file: Path, options: Options) -> None:
    """Writes what differs from the defaults, in one step. Raises SettingsFailure."""
    differing = [
        f"{option.name} = {json.dumps(value, ensure_ascii=False)}\n"  # the same in TOML
        for option in declared()
        if (value := getattr(options, option.name)) != option.default
    ]
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text("".join(differing), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise SettingsFailure(
            _("The settings file {file} cannot be written.").format(file=file),
            _("Make its folder writable for your account; until then nothing is changed."),
        ) from error


def _unmet(option: Field[Any], value: object) -> str | None:
    """What the option wants instead of `value`; None if that is it."""
    limits = option.metadata
    if "choices" in limits:
        if value in limits["choices"]:
            return None
        return _("one of {choices}").format(choices=", ".join(limits["choices"]))
    if "yes" in limits:
        return None if type(value) is bool else _("true or false")
    if limits.get("text") == "lines":
        fits = isinstance(value, str) and value.replace("\n", "").isprintable()
        return None if fits else _("lines of text")
    if "text" in limits:
        return None if isinstance(value, str) and value.isprintable() else _("a line of text")
    low, high = limits["at_least"], limits["at_most"]
    fits = type(value) is int and low <= value <= high
    return None if fits else _("a whole number from {low} to {high}").format(low=low, high=high)
