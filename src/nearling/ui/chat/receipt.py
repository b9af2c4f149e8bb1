"""What a route and its receipt say in words: a short badge, and every line behind it."""

from __future__ import annotations

from nearling.core.conversation import Receipt, Route
from nearling.core.writers import Zone

PLACES = {
    Zone.COMPUTER: "On this computer",
    Zone.NETWORK: "On your network",
    Zone.CLOUD: "In the cloud",
}


def badge(receipt: Receipt | None, *, quoted: bool) -> str:
    """What stands behind the place: how it was answered, and how long it took."""
    parts = ["quoted from the picture"] if quoted else []
    if receipt is not None:
        parts.append(f"{receipt.total_ms / 1000:.1f} s")
        if not receipt.left:
            parts.append("nothing was sent")
    return " · ".join(parts)


def lines(route: Route, receipt: Receipt | None) -> tuple[tuple[str, str], ...]:
    """Each a label and what it says."""
    found = [("Where", PLACES[route.zone]), ("Why", route.reason), ("Who", route.writer)]
    if receipt is not None:
        if receipt.first_token_ms is not None:
            found.append(("First word after", f"{receipt.first_token_ms / 1000:.2f} s"))
        found.append(("All of it after", f"{receipt.total_ms / 1000:.2f} s"))
        if receipt.tokens_in or receipt.tokens_out:
            found.append(("Tokens", f"{receipt.tokens_in:,} in, {receipt.tokens_out:,} out"))
        price = f"{receipt.price / 1_000_000:.4f} USD" if receipt.price else "free"
        found.append(("Price", price))
        found.append(("What left this computer", ", ".join(receipt.left) or "nothing"))
    return tuple(found)
