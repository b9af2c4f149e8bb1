"""Documents: asked about, looked at, taken apart, and acted on without a word."""

from __future__ import annotations

import subprocess
import threading
from functools import partial

import pytest

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.instance.doorbell import Request
from ui.manual.conftest import (
    click,
    dragged,
    keep,
    over,
    point,
    press,
    seen_still,
    until,
    write,
)

LEASE = (
    Described(
        "This lease is made between Anna Moor, the landlord, and Paul Reed, the tenant.\n\n"
        "The flat is at 4 Mill Lane, Hexley, second floor.\nIt begins on 1 May 2026.",
        "Lease",
    ),
    Described(
        "# Money\nThe rent is 800 EUR a month, due on the third.\nThe deposit is 1,250 EUR.\n\n"
        "Item | Price | Pieces\nKeys | 12.50 | 2\nCleaning | 80.00 | 1\nPaint | 35.90 | 4\n\n"
        "It is kept by the landlord until the flat is handed back.",
        "Costs",
    ),
    Described("Signed in Hexley on 12 April 2026.", "Signatures"),
)
LOG = (
    Described(
        "$ python app.py\nTraceback (most recent call last):\n"
        '  File "app.py", line 3, in <module>\n    import numpy\n'
        "ModuleNotFoundError: No module named 'numpy'"
    ),
)


@pytest.fixture
def lease(tmp_path):
    file = tmp_path / "lease.pdf"
    file.write_bytes(built("pdf", "lease", LEASE))
    return file


def chip_of(window):
    """The one document's, once it is read."""
    (capture,) = window.landing.pending.captures
    chip = window.composer.document_chip(capture.digest)
    until(lambda: chip.state.text().startswith("Read, "))
    seen_still(window)  # a click must not come while it is still laid out
    return chip


def brought(window, file):
    window.receive(Request((str(file),)))
    until(lambda: len(window.landing.pending) == 1)
    return chip_of(window)


def looked_at(window, number):
    pane = window.looking.documents
    until(lambda: pane.isVisible() and pane._leaf is not None and pane._leaf.number == number)
    return pane


def menu_of(window):
    menu = until(lambda: window.acting.menu)
    until(menu.isVisible)
    return menu


def test_look_at_a_document(window, lease):
    with dragged(lease) as onto:
        onto(window)
    assert chip_of(window).state.text() == "Read, 3 pages"
    write(window, "What is the deposit?")
    press("Return")
    turn = over(window)
    assert "1,250" in turn.view.text
    (cite,) = turn._citations.buttons
    assert cite.text().endswith("in lease.pdf, page 2")
    cite.setFocus()
    press("Return")
    pane = looked_at(window, 2)
    assert pane.canvas._lit == 0
    point(1590, 990)
    keep(window, "look-at-a-document")
    click(pane.behind)
    looked_at(window, 3)
    pane.canvas.setFocus()
    press("ctrl+f")
    until(pane.find_bar.words.hasFocus)
    subprocess.run(["xdotool", "type", "--delay", "8", "landlord"], check=True)
    until(lambda: pane.find_bar.count.text().endswith("of 2"))
    press("Escape")
    until(lambda: not pane.find_bar.isVisible())


def test_take_a_table_along(window, lease, qt):
    brought(window, lease)
    click(chip_of(window).more)
    menu = menu_of(window)
    until(menu.extract.isEnabled)
    click(menu, menu.actionGeometry(menu.extract).center())
    turn = over(window)
    assert turn.view.question == "Extract the table"
    until(turn.tables.isVisible)
    point(1590, 990)
    keep(window, "take-a-table-along")
    turn.tables.setFocus()
    press("space")
    tables = turn.tables.menu_of_tables
    until(tables.isVisible)
    click(tables, tables.actionGeometry(tables.actions()[0]).center())
    rows = "Item\tPrice\tPieces\nKeys\t12.50\t2\nCleaning\t80.00\t1\nPaint\t35.90\t4"
    until(lambda: qt.clipboard().text() == rows)
    assert _asked("text/html").startswith("<table><tr><th>Item</th>")


def test_act_without_writing_a_question(window, tmp_path):
    file = tmp_path / "build.log"
    file.write_bytes(built("log", "build", LOG))
    chip = brought(window, file)
    click(chip.more)
    menu = menu_of(window)
    until(menu.explain.isEnabled)
    assert not menu.extract.isEnabled()
    click(menu, menu.actionGeometry(menu.explain).center())
    turn = over(window)
    assert turn.view.question == "Explain this error"
    assert "No module named" in turn.view.text
    window.transcript.verticalScrollBar().setValue(0)
    turn.attached[0].more.setFocus()
    press("space")
    menu = menu_of(window)
    until(menu.copy_all.isEnabled)
    point(1590, 990)
    keep(window, "act-without-writing-a-question")
    press("Escape")


def _asked(kind: str) -> str:
    """What another program is given from the clipboard."""
    told: list[str] = []

    def ask() -> None:
        words = ["xclip", "-selection", "clipboard", "-t", kind, "-o"]
        ran = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
        told.append(ran.stdout)

    asking = threading.Thread(target=ask)
    asking.start()
    until(partial(bool, told))
    asking.join(60)
    return told[0]
