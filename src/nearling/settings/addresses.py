"""Takes the addresses of endpoints apart; goes to none of them and looks none up."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from nearling.core.writers import Zone

_AT_HOME = (".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost")
"""Ends of names that no public name server knows (RFC 6762, RFC 8375, RFC 6761, ICANN 2024)."""


def host(url: str) -> str:
    """Raises ValueError if `url` names none."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError(url)
    return parts.hostname


@lru_cache(maxsize=64)
def origin(url: str) -> str:
    """Scheme, host and port: what a key is bound to. Raises ValueError.

    Remembered: each request compares the same few several times before it leaves.
    """
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    if port is None:
        raise ValueError(url)
    return f"{parts.scheme}://{host(url)}:{port}"


def promised_zone(url: str) -> Zone:
    """NETWORK where the address itself says that it is near, else CLOUD. Raises ValueError.

    It is only a promise: what is really connected is looked at before anything is sent.
    """
    name = host(url).lower().rstrip(".")
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        near = "." not in name or name.endswith(_AT_HOME)
    else:
        near = is_near(str(address))
    return Zone.NETWORK if near else Zone.CLOUD


def is_near(address: str) -> bool:
    """Whether an IP address is this computer's or of a private network. Raises ValueError."""
    parsed = ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    return parsed.is_loopback or parsed.is_private or parsed.is_link_local


def is_this_computer(url: str) -> bool:
    """Whether the address itself says that the server runs on this computer. Raises ValueError."""
    name = host(url).lower().rstrip(".")
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
