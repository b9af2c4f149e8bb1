"""The step that asks for consent, sends what was shown, and lays both beside each other."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nearling.bench.demo.asking import placed
from nearling.bench.demo.pictures import RECEIPT
from nearling.bench.demo.step import Step, receipt_line
from nearling.bench.executable import run_product
from nearling.bench.loopback import loopback
from nearling.core.numerals import whole

_QUESTION = "Write a friendly note to the bakery about this receipt."
_SAYS = ("Dear bakery, ", "thank you for ", "the good bread. ", "See you on Saturday.")
_HIDDEN = "bakery"
_WHY = (
    "The server is one of the demonstration's own, on loopback, and says what it was told to say; "
    "consent, request and answer go the way they go to any other."
)
_NEEDS_CONSENT = 4


def consent_step(home: Path, folder: Path) -> Step:
    started = time.perf_counter()
    picture = placed(RECEIPT, folder)
    with loopback(_SAYS) as server:
        add = ["endpoints", "add", "demo", "--base-url", server.base_url, "--model", "large"]
        run_product([*add, "--json"], home)
        places = ["--zone", "computer,network", "--hide", _HIDDEN, "--json"]
        asked = run_product(["ask", _QUESTION, "--picture", str(picture), *places], home)
        needed = asked.object()
        before = len(server.bodies)
        sent = run_product(["resume", needed.get("turn", ""), "--yes-send", "--json"], home)
        answered = sent.object()
        received = server.bodies[-1] if server.bodies else b""
    preview: Mapping[str, Any] = needed.get("preview") or {}
    same = bool(preview) and preview["digest"] == _digest(preview["url"], received)
    held = (
        asked.code == _NEEDS_CONSENT
        and before == 0
        and sent.code == 0
        and same
        and _HIDDEN.encode() not in received.lower()
        and answered.get("answer") == "".join(_SAYS)
    )
    return Step(
        name="consent",
        title="Sent only after it was shown",
        kind="simulated server",
        why=_WHY,
        ok=held,
        seconds=time.perf_counter() - started,
        question=_QUESTION,
        answer=answered.get("answer", ""),
        expected="".join(_SAYS),
        details=(
            " ".join(needed.get("reasons", ())),
            f"Nothing was sent before consent: the server had received {before} requests.",
            f"Previewed: {whole(preview.get('bytes', 0))} bytes, with “{_HIDDEN}” hidden in "
            f"{preview.get('hidden', 0)} places. Received after consent: "
            f"{whole(len(received))} bytes, {'the same' if same else 'not the same'}.",
        ),
        receipt=receipt_line(answered),
        beside=(
            ("Previewed", _readable(preview.get("body"))),
            ("Received", _readable(json.loads(received or b"null"))),
        ),
    )


def _digest(url: str, body: bytes) -> str:
    return hashlib.sha256(url.encode() + b"\n" + body).hexdigest()


def _readable(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1)
