"""What the person is told beside the conversation: a sentence, what to do, and buttons for it."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass

from nearling import __version__
from nearling.core.errors import NearlingError
from nearling.core.faults import named
from nearling.core.language import gettext as _


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a notice's button says and does."""

    label: str
    act: Callable[[], None]
    stays: bool = False
    """The notice is still there afterwards."""


@dataclass(frozen=True, slots=True)
class Notice:
    sentence: str
    advice: str
    remedy: Remedy | None = None
    serious: bool = False
    more: tuple[Remedy, ...] = ()
    """What else can be done."""


def of_failure(error: NearlingError, remedy: Remedy | None = None) -> Notice:
    return Notice(error.sentence, error.remedy, remedy)


def of_bug(fault: str, copy: Callable[[str], None]) -> Notice:
    """`fault` names the bug without a word of the person's; `copy` takes the report."""
    report = f"Nearling {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return Notice(
        _("Nearling stumbled over a fault of its own."),
        _("Nothing that was asked is lost. The report holds no word of yours."),
        Remedy(
            _("Copy report"),
            lambda: copy(f"{report}\n{fault}\n"),
        ),
        serious=True,
    )


def fault_of(error: BaseException) -> str:
    return named(error)
