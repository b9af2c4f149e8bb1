"""Lends a key that was typed but is not kept yet to one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from nearling.core.endpoints import Endpoint, KeyPlace
from nearling.core.errors import KeyFailure
from nearling.settings.keys import Keys


@contextmanager
def lent(keys: Keys, endpoint: Endpoint, key: str) -> Iterator[Endpoint]:
    """The endpoint to be connected meanwhile; itself where no key was typed.

    What was kept until Nearling ends is kept again afterwards.
    """
    if not key:
        yield endpoint
        return
    trial = replace(endpoint, key=KeyPlace.SESSION, variable="")
    try:
        before = keys.fetch(trial)
    except KeyFailure:
        before = ""
    keys.keep(trial, key, KeyPlace.SESSION)
    try:
        yield trial
    finally:
        if before:
            keys.keep(trial, before, KeyPlace.SESSION)
        else:
            keys.forget(trial)
