"""The proxy that leads to the cloud, where the environment names one."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore2

from nearling.core.endpoints import Endpoint
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.language import gettext as _
from nearling.core.writers import Zone
from nearling.engines.cloud.failures import failure

_PORT = 80


def proxy_to(url: str, endpoint: Endpoint) -> httpcore2.Proxy | None:
    """None on the way to one's own network: nobody else hears of that.

    Raises RemoteFailure where one is named that cannot be used: it is not gone around.
    """
    parts = urlsplit(url)
    if endpoint.zone is not Zone.CLOUD or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    named = getproxies()
    address = named.get(parts.scheme) or named.get("all")
    if not address:
        return None
    try:
        proxy = urlsplit(address if "://" in address else f"http://{address}")
        port = proxy.port or _PORT
    except ValueError:
        raise _unusable(endpoint) from None
    if proxy.scheme not in ("http", "https") or not proxy.hostname:
        raise _unusable(endpoint)
    login = (unquote(proxy.username), unquote(proxy.password or "")) if proxy.username else None
    target = httpcore2.URL(
        scheme=proxy.scheme, host=proxy.hostname.encode("idna"), port=port, target=b"/"
    )
    return httpcore2.Proxy(target, auth=login)


def _unusable(endpoint: Endpoint) -> RemoteFailure:
    return failure(
        RemoteKind.CONNECT,
        endpoint.name,
        _("This computer goes out through a proxy of a kind that Nearling cannot use."),
        _("Name an HTTP proxy in the environment variable HTTPS_PROXY."),
    )
