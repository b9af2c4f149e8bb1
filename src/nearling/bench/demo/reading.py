"""Steps of what reading alone is good for: a follow-up, an explained error, a table of receipts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nearling.bench.demo.asking import placed
from nearling.bench.demo.pictures import ERROR, RECEIPT
from nearling.bench.demo.receipts import RECEIPTS, PaperReceipt, drawn
from nearling.bench.demo.step import Step, marks, receipt_line
from nearling.bench.executable import run_product
from nearling.bench.scoring import holds, plain

_DRAWN = "The project drew the picture; it was read and answered just now."
_MANY = "The project drew the twelve receipts, so that every cell of the table could be checked."
_FIRST, _SECOND, _VAT = "How much did I pay?", "And the VAT?", "4.19"
_MEANING, _NOTE = "What does this error mean?", "python-permission-error"
_FIELDS = ("merchant", "date", "total")


def reading_steps(home: Path, folder: Path) -> Iterator[Step]:
    yield _follow_up(home, folder)
    yield _explained(home, folder)
    yield _table(home, folder)


def _follow_up(home: Path, folder: Path) -> Step:
    """The second question names neither the picture nor what it is about."""
    started = time.perf_counter()
    picture = placed(RECEIPT, folder)
    first = run_product(["ask", _FIRST, "--picture", str(picture), "--json"], home).object()
    conversation = str(first.get("conversation"))
    words = ["ask", _SECOND, "--conversation", conversation, "--json"]
    told = run_product(words, home).object()
    answer = str(told.get("answer", ""))
    return Step(
        name="follow-up",
        title="A question that follows another one",
        kind="project fixture",
        why=_DRAWN,
        ok=holds(answer, _VAT) and bool(told.get("citations")),
        seconds=time.perf_counter() - started,
        question=f"{_FIRST} {_SECOND}",
        answer=answer,
        expected=_VAT,
        citations=marks(told.get("citations", ())),
        receipt=receipt_line(told),
        picture=RECEIPT,
        size=RECEIPT.draw().size,
    )


def _explained(home: Path, folder: Path) -> Step:
    started = time.perf_counter()
    picture = placed(ERROR, folder)
    told = run_product(["ask", _MEANING, "--picture", str(picture), "--json"], home).object()
    answer = str(told.get("answer", ""))
    receipt: Mapping[str, Any] = told.get("receipt") or {}
    return Step(
        name="explained",
        title="What an error means, by a note of the project's own",
        kind="project fixture",
        why=_DRAWN,
        ok=_NOTE in answer and receipt.get("means") == "explained",
        seconds=time.perf_counter() - started,
        question=_MEANING,
        answer=answer,
        expected=_NOTE,
        citations=marks(told.get("citations", ())),
        receipt=receipt_line(told),
        picture=ERROR,
        size=ERROR.draw().size,
    )


def _table(home: Path, folder: Path) -> Step:
    """Twelve photos, one table; every cell that is there has to be right."""
    started = time.perf_counter()
    files = []
    for receipt in RECEIPTS:
        file = folder / receipt.file
        file.write_bytes(drawn(receipt))
        files.append(str(file))
    words = ["extract", "--fields", ",".join(_FIELDS), *files, "--json"]
    rows = run_product(words, home).object().get("rows", ())
    wrong = [
        receipt.file
        for receipt, row in zip(RECEIPTS, rows, strict=False)
        if not _same(receipt, row)
    ]
    lines = [" | ".join(_cell(row, field) for field in _FIELDS) for row in rows]
    return Step(
        name="receipts",
        title="Twelve receipts, one table",
        kind="project fixture",
        why=_MANY,
        ok=len(rows) == len(RECEIPTS) and not wrong,
        seconds=time.perf_counter() - started,
        details=(f"Not as printed: {', '.join(wrong)}." if wrong else "Every cell is as printed.",),
        beside=(
            ("Read from the photos", "\n".join(lines)),
            ("Printed on them", "\n".join(map(_printed, RECEIPTS))),
        ),
    )


def _same(receipt: PaperReceipt, row: Mapping[str, Any]) -> bool:
    printed = (receipt.merchant, receipt.date, receipt.total)
    return all(
        holds(_cell(row, field), value) or plain(_cell(row, field)) == plain(value)
        for field, value in zip(_FIELDS, printed, strict=True)
    )


def _cell(row: Mapping[str, Any], field: str) -> str:
    cell = row.get(field)
    return "" if cell is None else str(cell["text"])


def _printed(receipt: PaperReceipt) -> str:
    return f"{receipt.merchant} | {receipt.date} | {receipt.total}"
