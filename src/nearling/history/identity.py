"""Names for what is kept, and the full name behind the few letters that a person types."""

from __future__ import annotations

import secrets
import sqlite3

from nearling.core.errors import NotFound
from nearling.core.language import gettext as _

_SHORTEST_PREFIX = 4


def new_id() -> str:
    """12 hexadecimal digits."""
    return secrets.token_hex(6)


def conversation_id(connection: sqlite3.Connection, prefix: str) -> str:
    """The conversation whose id is or begins with `prefix` (4 letters or more).

    Raises NotFound if there is none or more than one.
    """
    wanted = prefix.strip().lower()
    found = [
        id_
        for (id_,) in connection.execute(
            "SELECT id FROM conversations WHERE substr(id, 1, ?) = ? LIMIT 2",
            (len(wanted), wanted),
        )
    ]
    if len(wanted) < _SHORTEST_PREFIX or not found:
        raise NotFound(
            _("There is no conversation “{prefix}”.").format(prefix=prefix),
            _("See `nearling history list`; the first four letters of a name are enough."),
        )
    if len(found) > 1:
        raise NotFound(
            _("More than one conversation begins with “{prefix}”.").format(prefix=prefix),
            _("Add the next letters of its name; `nearling history list` shows them."),
        )
    return str(found[0])
