"""Asking a language model: it words the answer, and what it quotes is held against the picture."""

from __future__ import annotations

from pathlib import Path

from nearling.bench.demo.asking import Errand, judged, placed
from nearling.bench.demo.pictures import RECEIPT
from nearling.bench.demo.step import Step
from nearling.bench.executable import run_product
from nearling.bench.writing.known import FIXTURE

WRITTEN = Errand(
    "written",
    "A language model's answer",
    "money",
    RECEIPT,
    "What is the total?",
    ("£25.15", "25.15"),
)
_WHY = (
    "The project trained this language model, which quotes values by their labels and is often "
    "wrong; one that you bring goes the same way: its folder, its process, its quotations checked."
)


def written_step(home: Path, folder: Path) -> Step:
    picture = placed(WRITTEN.picture, folder)
    words = ["ask", WRITTEN.question, "--picture", str(picture), "--model", str(FIXTURE), "--json"]
    return judged(WRITTEN, run_product(words, home), why=_WHY)
