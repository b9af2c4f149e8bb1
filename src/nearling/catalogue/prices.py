"""What models beyond this computer hold and cost, from a published table; estimates, all of them.

The table is LiteLLM's (MIT, its notice is in the file), renewed by packaging/prices.py. What it
does not know is None, never zero.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nearling.core.endpoints import RemoteModel
from nearling.core.media import Medium
from nearling.core.writers import Price, Zone
from nearling.settings.addresses import promised_zone
from nearling.settings.assets import assets

_FILE = "prices.json"
_PROVIDERS = {
    "ai-gateway.vercel.sh": "vercel_ai_gateway",
    "api.anthropic.com": "anthropic",
    "api.cerebras.ai": "cerebras",
    "api.deepinfra.com": "deepinfra",
    "api.deepseek.com": "deepseek",
    "api.fireworks.ai": "fireworks_ai",
    "api.groq.com": "groq",
    "api.mistral.ai": "mistral",
    "api.moonshot.ai": "moonshot",
    "api.openai.com": "openai",
    "api.perplexity.ai": "perplexity",
    "api.together.xyz": "together_ai",
    "api.x.ai": "xai",
    "generativelanguage.googleapis.com": "gemini",
    "openai.azure.com": "azure",
    "openrouter.ai": "openrouter",
}
"""What the table puts before the names of the models behind a host, or behind a part of one."""

_Row = tuple[int | None, int | None, int | None, str]


@dataclass(frozen=True, slots=True)
class Table:
    version: str
    date: str
    rows: Mapping[str, _Row]


def known(model: str, host: str) -> RemoteModel | None:
    """What is known of `model` at `host`; None: nothing.

    Nobody knows what a server nearby charges and holds, whatever its models are called.
    """
    if promised_zone(f"https://[{host}]" if ":" in host else f"https://{host}") is Zone.NETWORK:
        return None
    prefix = next((p for end, p in _PROVIDERS.items() if _is_at(host, end)), "")
    rows = table().rows
    # As the endpoint spells it, then without the maker that some put before it.
    for name in dict.fromkeys((model, model.rpartition("/")[2])):
        for key in (f"{prefix}/{name}", name):
            if key in rows:
                return _value(model, [rows[key]])
        if keys := endings().get(name):
            return _value(model, [rows[key] for key in keys])
    return None


@cache
def table() -> Table:
    """Read once, when somebody first asks."""
    read = json.loads((assets() / _FILE).read_text(encoding="utf-8"))
    return Table(read["version"], read["date"], read["models"])


@cache
def endings() -> Mapping[str, Sequence[str]]:
    """The names in the table by what follows each of their slashes."""
    found: dict[str, list[str]] = {}
    for key in table().rows:
        rest = key
        while rest := rest.partition("/")[2]:
            found.setdefault(rest, []).append(key)
    return found


def _is_at(host: str, end: str) -> bool:
    name = host.lower().rstrip(".")
    return name == end or name.endswith(f".{end}")


def _value(model: str, rows: Collection[_Row]) -> RemoteModel:
    """The dearest and the narrowest of several, so that no estimate is too low."""
    costs = [(row[0], row[1]) for row in rows]
    price = _price(costs)
    context = min((row[2] for row in rows if row[2] is not None), default=None)
    letters = {row[3] for row in rows}
    if letters == {"c"}:
        return RemoteModel(model, frozenset({Medium.CLIP}))
    accepts = {Medium.TEXT} | ({Medium.PICTURE} if letters == {"p"} else set())
    return RemoteModel(model, frozenset(accepts), context, price)


def _price(costs: Iterable[tuple[int | None, int | None]]) -> Price | None:
    told = [(way_in, way_out) for way_in, way_out in costs if way_in is not None and way_out]
    if not told:
        return None
    return Price(max(each[0] for each in told), max(each[1] for each in told))
