"""What stands above a turn that has no answer, or has none yet."""

from __future__ import annotations

from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.ui.chat.turn_view import State, TurnView

_ENDS = {
    State.REFUSED: marked("No answer"),
    State.WAITING: marked("Interrupted"),
    State.STOPPED: marked("Stopped"),
}


def heading(view: TurnView) -> str:
    """Nothing where the answer speaks for itself."""
    if view.asks is not None:
        return ""
    if view.state in _ENDS:
        return _(_ENDS[view.state])
    return "" if view.text else view.progress or _("Working")
