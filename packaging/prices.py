"""Renews assets/prices.json: `python3 packaging/prices.py`, before each release.

What models cost and hold comes from the table that LiteLLM publishes in its wheel. The wheel is
fetched from the package index that is set up here and unpacked; nothing of it is installed or run.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import dev  # noqa: E402 - found beside pyproject.toml, not installed

FILE = ROOT / "assets" / "prices.json"
TABLE = "litellm/model_prices_and_context_window_backup.json"
SITE = "https://github.com/BerriAI/litellm"
USD_A_TOKEN = 1_000_000_000_000  # in micro-USD for a million tokens
DEARER_ABOVE = re.compile(r"(?:input|output)_cost_per_token_above_(\d+)k_tokens")
Row = list[int | str | None]


def row(model: Mapping[str, Any]) -> Row | None:
    """Price in, price out, context, and a letter for what else it takes; None: of no use here."""
    if model.get("mode") == "audio_transcription":
        return [None, None, None, "c"]
    if model.get("mode") != "chat":
        return None
    prices = [model.get(f"{way}_cost_per_token") for way in ("input", "output")]
    # Nobody gives both away for nothing to everyone: a zero stands where no price was written down.
    known = all(prices)
    context = context_of(model)
    if not known and context is None:
        return None
    costs: Row = [round(price * USD_A_TOKEN) if known else None for price in prices]
    return [*costs, context, "p" if model.get("supports_vision") else ""]


def context_of(model: Mapping[str, Any]) -> int | None:
    """Tokens, and no more than may be sent at the price that is kept: more of them cost more."""
    longest = model.get("max_input_tokens")
    if not isinstance(longest, int) or longest <= 0:
        return None
    dearer = [int(found[1]) * 1_000 for name in model if (found := DEARER_ABOVE.fullmatch(name))]
    return min([longest, *dearer])


def slim(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Row]:
    """What Nearling uses of the published table, by the names of its models."""
    rows = {name: row(model) for name, model in table.items() if name != "sample_spec"}
    return {name: kept for name, kept in sorted(rows.items()) if kept is not None}


def written(models: Mapping[str, Row], head: Mapping[str, str]) -> str:
    """JSON with a line for each model, so that a renewal shows what changed."""
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    rows = [f"{json.dumps(name)}:{json.dumps(kept, **compact)}" for name, kept in models.items()]
    return "{\n" + ",\n".join(lines) + ',\n"models": {\n' + ",\n".join(rows) + "\n}\n}\n"


def main() -> None:
    uv = dev.the_uv(dev.read_toml(ROOT / "uv.lock"))
    with tempfile.TemporaryDirectory() as folder:
        wanted = ("--no-deps", "--only-binary", ":all:", "--target", folder, "litellm")
        try:
            uv("pip", "install", "--python", sys.executable, *wanted)
        except dev.Problem as problem:
            sys.exit(str(problem))
        (papers,) = Path(folder).glob("litellm-*.dist-info")
        head = {
            "source": SITE,
            "version": papers.name.removeprefix("litellm-").removesuffix(".dist-info"),
            "date": datetime.now(UTC).date().isoformat(),
            "licence": (papers / "licenses" / "LICENSE").read_text("utf-8"),
        }
        models = slim(json.loads((Path(folder) / TABLE).read_text("utf-8")))
    FILE.write_text(written(models, head), "utf-8")
    print(f"{len(models)} models of {head['version']}, {FILE.stat().st_size} bytes.")


if __name__ == "__main__":
    main()
