"""What this computer has to spare just now, and which ways out of it are open."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nearling.catalogue.computer import free_memory

_NETWORKS = Path("/sys/class/net")
_LOOPBACK = "772"
"""As Linux numbers the kinds of networks: ARPHRD_LOOPBACK."""
_LOW_PERCENT = 15
"""Of a battery that nothing charges."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Nothing is known and nothing stands in the way, unless it is said."""

    free_memory: int | None = None
    """Bytes that can be had without taking them from another program; None: not known."""
    battery: float | None = None
    """Percent; None: there is none, or it is not known."""
    plugged: bool = True
    """The battery, if there is one, is being charged."""
    load: float = 0.0
    """How many want a core, on the average of the last minute."""
    offline: bool = False
    """No network is up; servers on this computer can still be reached."""
    broken: Mapping[str, str] = field(default_factory=dict)
    """Endpoints that are not asked for now, each with the sentence that says why."""

    @property
    def battery_is_low(self) -> bool:
        return self.battery is not None and self.battery < _LOW_PERCENT and not self.plugged

    @property
    def slowdown(self) -> float:
        """How many times longer it takes here than on a computer that does nothing else.

        Up to one for each core, those who want one may well be writers of our own.
        """
        return max(1.0, self.load)


UNHINDERED = Surroundings()


def look(broken: Mapping[str, str] | None = None) -> Surroundings:
    """What can be seen within two milliseconds; `broken` is for who knows the endpoints to tell."""
    import psutil

    battery = None
    with suppress(OSError, AttributeError):  # not every system has one to ask
        battery = psutil.sensors_battery()
    cores = psutil.cpu_count() or 1
    return Surroundings(
        free_memory=free_memory(),
        battery=None if battery is None else battery.percent,
        plugged=battery is None or battery.power_plugged is not False,
        load=psutil.getloadavg()[0] / cores,
        offline=_is_offline(),
        broken=dict(broken or {}),
    )


def _is_offline() -> bool:
    """Whether every network that is up ends on this computer; not known is not offline."""
    if _NETWORKS.is_dir():  # Linux; psutil would open a socket to ask
        return not any(_is_up(each) for each in _NETWORKS.iterdir())
    import psutil

    with suppress(OSError):
        networks = psutil.net_if_stats().values()
        return not any(each.isup and "loopback" not in each.flags for each in networks)
    return False


def _is_up(network: Path) -> bool:
    """Whether it is up, or does not say so, and leads elsewhere."""
    try:
        loopback = (network / "type").read_text().strip() == _LOOPBACK
        state = (network / "operstate").read_text().strip()
    except OSError:
        return False
    return state in ("up", "unknown") and not loopback
