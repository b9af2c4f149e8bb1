"""What is too much of a document, and what is said of one that cannot be taken."""

from __future__ import annotations

from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _

MOST_PAGES = 5_000
MOST_LETTERS = 20_000_000
"""Of text that is laid out by us: some twenty thick books."""
MOST_CELLS = 200_000
"""Of one table that is laid out by us."""


def damaged(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} is damaged or incomplete and cannot be read.").format(name=name),
        _("Copy or download it again, or open it in another program and save it anew."),
    )


def encrypted(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} is protected by a password.").format(name=name),
        _("Save a copy without the password and hand that in."),
    )


def inflated(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} would take too much memory once it is unpacked.").format(name=name),
        _("Open it in another program, save what you ask about as a file of its own."),
    )


def too_long(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} holds more text than can be read at once.").format(name=name),
        _("Hand in the part that you are asking about as a file of its own."),
    )


def too_many_pages(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} has more than {most} pages.").format(name=name, most=MOST_PAGES),
        _("Hand in the part that you are asking about as a file of its own."),
    )


def no_text(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} holds no text.").format(name=name),
        _("Open it and look whether it is the file that you mean."),
    )


def unknown(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} is not a document in a format that can be read here.").format(name=name),
        _("Save it as PDF, DOCX, XLSX, PPTX or plain text and hand that in."),
    )


def old_office(name: str) -> UnusableFile:
    return UnusableFile(
        _("{name} is in an old office format that cannot be read here.").format(name=name),
        _("Open it in an office program, save it as DOCX, PPTX or PDF, and hand that in."),
    )
