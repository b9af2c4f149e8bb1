"""What came of trying an endpoint out."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.writers import Zone


@dataclass(frozen=True, slots=True)
class Tested:
    ok: bool
    sentence: str
    """What was found, as a person reads it; nothing of it is the server's own words."""
    remedy: str
    """What to do next; empty where nothing is amiss."""
    address: str
    """That was really connected; empty if none was."""
    zone: Zone
    """Where answers come from: the cloud, too, where a near server only passes questions on."""
    milliseconds: int
    """From the question to the end of the answer, or to the failure."""
