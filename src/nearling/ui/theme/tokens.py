"""The colours of the design, by what they mean; teal is what stayed on this computer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    ground: str
    """Behind the conversation."""
    panel: str
    """Of what lies on the ground: bars, boxes, dialogs."""
    side: str
    ink: str
    muted: str
    """Text that may be overlooked; still 4.5:1 wherever it is used."""
    line: str
    edge: str
    """Outlines of controls, 3:1 where they are all that shows the control."""
    local: str
    local_ground: str
    on_local: str
    network: str
    network_ground: str
    on_network: str
    cloud: str
    cloud_ground: str
    on_cloud: str
    warning: str
    warning_ground: str
    danger: str
    code: str
    chosen: str
    hover: str
    dark: bool


LIGHT = Tokens(
    ground="#F7F6F3", panel="#FFFFFF", side="#F1EFEA", ink="#1E2227", muted="#5F656C",
    line="#E3E0D9", edge="#CFCBC1", local="#0F766E", local_ground="#E3F1EF", on_local="#FFFFFF",
    network="#1D5FB4", network_ground="#E3EDF9", on_network="#FFFFFF", cloud="#6D3FD1",
    cloud_ground="#EEE7FB", on_cloud="#FFFFFF", warning="#9A4508", warning_ground="#FDF1DF",
    danger="#B42318", code="#F4F2EE", chosen="#E7E4DC", hover="#ECE9E2", dark=False,
)  # fmt: skip

DARK = Tokens(
    ground="#17191C", panel="#1F2226", side="#1B1D20", ink="#E8E6E1", muted="#9A9FA6",
    line="#2E3237", edge="#3E434A", local="#4FC3B4", local_ground="#17332F", on_local="#0D1F1C",
    network="#7DB2F2", network_ground="#16283F", on_network="#0C1826", cloud="#B79BF5",
    cloud_ground="#2B2340", on_cloud="#190F30", warning="#F0B35A", warning_ground="#3A2C14",
    danger="#F97066", code="#16181B", chosen="#2A2E33", hover="#24272B", dark=True,
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
