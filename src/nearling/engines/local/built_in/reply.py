"""What a kind of question is answered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Citation
from nearling.core.events import Declined
from nearling.core.means import Means
from nearling.core.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is sure."""

    text: str
    means: Means
    citations: tuple[Citation, ...] = ()


Kind = Callable[[Prompt, Cancellation], Reply | Declined | None]
"""None: something else is asked. Declined: this is asked, and there is no sure answer to it; then
no other kind is tried."""
