"""One step of the demonstration: what was done, whether it held, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from nearling.bench.canvas import Box
from nearling.bench.demo.pictures import DemoPicture

Kind = Literal["real", "project fixture", "simulated server", "not possible here"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the picture, in pixels of the upright picture, and the words there."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Shot:
    """What the screen showed, as a PNG."""

    data: bytes
    size: tuple[int, int]
    caption: str


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    title: str
    kind: Kind
    why: str
    """Why the step is of its kind."""
    ok: bool | None
    """Whether the step held; None where it is not possible here."""
    seconds: float
    question: str = ""
    answer: str = ""
    expected: str = ""
    """What the answer has to hold; "" where a refusal is right."""
    citations: tuple[Mark, ...] = ()
    closest: tuple[Mark, ...] = ()
    reasons: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    """What happened, a sentence each, in order."""
    receipt: str = ""
    picture: DemoPicture | None = None
    size: tuple[int, int] = (0, 0)
    """Pixels of the upright picture as it was read."""
    shots: tuple[Shot, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    """Texts to be compared, each under its heading."""

    @property
    def failed(self) -> bool:
        return self.ok is False


def step_shape(step: Step) -> dict[str, Any]:
    """The step as the command line's JSON shows it."""
    return {
        "name": step.name,
        "title": step.title,
        "ok": step.ok,
        "kind": step.kind,
        "why": step.why,
        "question": step.question,
        "answer": step.answer,
        "expected": step.expected,
        "citations": [_mark_shape(mark) for mark in step.citations],
        "closest": [_mark_shape(mark) for mark in step.closest],
        "reasons": list(step.reasons),
        "details": list(step.details),
        "receipt": step.receipt,
        "picture": step.picture.file if step.picture else None,
        "screenshots": [shot.caption for shot in step.shots],
        "seconds": round(step.seconds, 3),
    }


def marks(citations: Sequence[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """The citations of a command's JSON that have a place."""
    return tuple(
        Mark(cited["text"], cast("Box", tuple(cited["box"])))
        for cited in citations
        if cited.get("box")
    )


def receipt_line(answered: Mapping[str, Any]) -> str:
    """Where an answer was computed, by whom, how long it took and what left; "" without one."""
    route, receipt = answered.get("route"), answered.get("receipt")
    if not route or not receipt:
        return ""
    place = "On this computer" if route["zone"] == "computer" else f"In the zone {route['zone']}"
    left = ", ".join(receipt["left"]) or "nothing"
    price = {None: "price not known", 0: "free"}.get(
        receipt["price"], f"{(receipt['price'] or 0) / 1_000_000:.4f} USD"
    )
    seconds = receipt["total_ms"] / 1000
    return f"{place} · {route['writer']} · {seconds:.1f} s · {price} · {left} was sent"


def _mark_shape(mark: Mark) -> dict[str, Any]:
    return {"text": mark.text, "box": list(mark.box)}
