"""The page for tables: rows fill, doubt is seen and heard, cells are mended, the table leaves."""

from __future__ import annotations

import csv
import io
import json

import pytest

from nearling.assistant.extraction import Extraction
from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.extraction import Found
from nearling.core.geometry import Box
from scripted.engines import ScriptedReader, says
from scripted.pictures import draw, saved
from ui.conftest import until
from ui.test_access import nameless, unreachable
from ui.test_window import press

PLACE = Box(20, 100, 200, 130)


class ScriptedExtractor:
    """Takes the first words of what was read for the fields; a word in brackets is doubtful."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.wait = False

    def extract(self, readings, fields, cancellation: Cancellation):
        self.asked.append(tuple(fields))
        while self.wait:
            cancellation.check()
        words = readings[0].text.split()
        return tuple(
            Found(word.strip("()"), PLACE, doubtful="(" in word) if word != "-" else None
            for word in (*words, *["-"] * len(fields))[: len(fields)]
        )


@pytest.fixture
def extractor():
    return ScriptedExtractor()


@pytest.fixture
def open_page(open_window, history, extractor):
    def build(reads, theme="light"):
        window = open_window(says("x"), theme=theme)
        reader = ScriptedReader(reads)
        window._house.extraction = Extraction(history, reader, extractor, ("r", "x"))
        press("ctrl+shift+t")
        until(lambda: window.extractions.page is not None and window.extractions.page.isVisible())
        until(lambda: window._tasks.idle)
        return window, window.extractions.page

    return build


@pytest.fixture
def files(tmp_path):
    """Two pictures and one that is none."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    first = saved(draw("Corner Shop", "Total: 12.50 EUR"), folder / "a.png")
    second = saved(draw("Night Train", "Total: 8.00 EUR"), folder / "b.png")
    broken = folder / "c.png"
    broken.write_bytes(b"no picture")
    return [first, second, broken]


READS = {
    "a.png": ["3.5.2026", "Shop", "(12.50)"],
    "b.png": ["4.5.2026", "-", "=8.00"],
    "c.png": UnusableFile("c.png is no picture.", "Use another one."),
}


def filled(window, page, files):
    window.extractions.extracting.add(files)
    until(lambda: len(page.sheet.paths) == len(files))
    page.run.click()
    until(lambda: window._tasks.idle and not page.run.isHidden())


def cells(page) -> list[list[str]]:
    model = page.model
    return [
        [model.index(row, at).data() for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_an_empty_page_says_what_to_do(open_page):
    window, page = open_page({})
    assert page.state.text() == "No file has been added yet."
    assert not page.run.isEnabled()
    assert page.fields.chosen == ("Date", "Merchant", "Total")
    assert nameless(window) == []
    assert unreachable(window) == []
    press("Escape")
    until(lambda: not page.isVisible())


def test_rows_fill_and_doubt_is_marked(open_page, files):
    from PySide6.QtCore import Qt

    window, page = open_page(READS)
    filled(window, page, files)
    assert cells(page) == [
        ["a.png", "3.5.2026", "Shop", "12.50"],
        ["b.png", "4.5.2026", "", "=8.00"],
        ["c.png", "", "", ""],
    ]
    doubtful, sure = page.model.index(0, 3), page.model.index(0, 2)
    role = Qt.ItemDataRole
    assert doubtful.data(role.AccessibleTextRole) == "12.50, doubtful"
    # By colour and by sign.
    for each in (role.BackgroundRole, role.ForegroundRole, role.DecorationRole):
        assert doubtful.data(each) is not None
        assert sure.data(each) is None
    assert page.model.index(1, 2).data(role.AccessibleTextRole) == "nothing found"
    assert page.model.index(2, 0).data(role.ToolTipRole) == "c.png is no picture."
    assert page.state.text() == (
        "2 of 3 files are finished. 1 file cannot be read. 1 cell is doubtful: look at it."
    )
    assert nameless(window) == []
    assert unreachable(window) == []


def test_a_cell_shows_where_it_stands(open_page, files):
    window, page = open_page(READS)
    filled(window, page, files)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert not page.preview.isVisible()
    press("Right")
    until(page.preview.isVisible)
    assert page.preview.said.text() == "a.png: Date"
    assert page.preview.box == PLACE
    assert page.preview.canvas._regions == (PLACE,)
    assert page.preview.canvas._shown.width == 640
    press("Down")
    until(lambda: page.preview.said.text() == "b.png: Date")
    press("Right")
    until(lambda: page.preview.said.text() == "b.png: Merchant")
    assert page.preview.box is None


def test_a_cell_is_mended_by_hand(open_page, files):
    from PySide6.QtCore import Qt

    window, page = open_page(READS)
    filled(window, page, files)
    page.table.setFocus()
    cell = page.model.index(0, 3)
    page.table.setCurrentIndex(cell)
    press("F2", "ctrl+a", "9", "period", "9", "9", "Return")
    until(lambda: cell.data() == "9.99")
    assert not page.sheet.is_doubtful(0, 2)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "9.99, by hand"
    assert cell.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "doubtful" not in page.state.text()
    # What was typed stays when the table is made again.
    page.run.click()
    until(lambda: window._tasks.idle and not page.run.isHidden())
    assert cell.data() == "9.99"


def test_who_lets_a_doubtful_cell_stand_has_looked_at_it(open_page, files):
    window, page = open_page(READS)
    filled(window, page, files)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 3))
    press("F2", "Return")
    until(lambda: not page.sheet.is_doubtful(0, 2))
    assert page.sheet.text(0, 2) == "12.50"


def test_the_table_is_copied_for_a_spreadsheet(open_page, files, qt):
    window, page = open_page(READS)
    filled(window, page, files)
    page.copy.click()
    rows = [line.split("\t") for line in qt.clipboard().text().splitlines()]
    assert rows[0] == ["file", "Date", "Merchant", "Total", "doubtful"]
    assert rows[1][1:] == ["3.5.2026", "Shop", "12.50", "Total"]
    assert rows[2][1:] == ["4.5.2026", "", "'=8.00", ""]
    qt.clipboard().setText("")
    page.table.setFocus()
    press("ctrl+c")
    until(lambda: qt.clipboard().text().startswith("file\tDate"))


@pytest.mark.parametrize("name", ["table.csv", "table.json"])
def test_the_table_is_saved(open_page, files, tmp_path, monkeypatch, name):
    from PySide6.QtWidgets import QFileDialog

    window, page = open_page(READS)
    filled(window, page, files)
    page.model.setData(page.model.index(1, 2), "Night Train")
    target = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.save.click()
    until(lambda: target.exists() and window._tasks.idle)
    text = target.read_text("utf-8-sig")
    if name.endswith("csv"):
        rows = list(csv.reader(io.StringIO(text)))
        assert rows[1][1:] == ["3.5.2026", "Shop", "12.50", "Total"]
        assert rows[2][1:] == ["4.5.2026", "Night Train", "'=8.00", ""]
        return
    first, second, third = json.loads(text)["rows"]
    assert first["Total"] == {"text": "12.50", "box": PLACE.as_list(), "doubtful": True}
    assert second["Merchant"] == {
        "text": "Night Train", "box": None, "doubtful": False, "by_hand": True,
    }  # fmt: skip
    assert third["error"]["sentence"] == "c.png is no picture."


def test_what_cannot_be_saved_is_told(open_page, files, tmp_path, monkeypatch):
    from PySide6.QtWidgets import QFileDialog

    window, page = open_page(READS)
    filled(window, page, files)
    target = tmp_path / "nowhere" / "table.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.save.click()
    until(window.notice.isVisible)
    assert window.notice.sentence.text() == "table.csv cannot be written there."


def test_other_fields_are_added(open_page, files, extractor):
    window, page = open_page(READS)
    page.fields.chips[0].click()
    page.fields.other.setFocus()
    page.fields.other.setText("Room,  merchant")
    press("Return")
    until(lambda: "Room" in page.fields.chosen)
    assert page.fields.chosen == ("Merchant", "Total", "Room")
    filled(window, page, files)
    assert extractor.asked[-1] == ("Merchant", "Total", "Room")
    assert page.model.headerData(3, page_orientation()) == "Room"
    for chip in page.fields.chips:
        chip.setChecked(False)
    assert not page.run.isEnabled()


def page_orientation():
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


def test_it_can_be_stopped(open_page, files, extractor):
    window, page = open_page(READS)
    extractor.wait = True
    window.extractions.extracting.add(files)
    until(lambda: len(page.sheet.paths) == 3)
    page.run.click()
    until(lambda: extractor.asked)
    assert page.stop.isVisible()
    assert not page.run.isVisible()
    page.stop.click()
    until(lambda: window._tasks.idle and page.run.isVisible())
    assert page.state.text().startswith("0 of 3 files are finished.")
    extractor.wait = False
    page.run.click()
    until(lambda: window._tasks.idle and page.run.isVisible())
    assert page.state.text().startswith("2 of 3 files are finished.")


def test_a_folder_is_dropped_on_the_page(open_page, files, tmp_path):
    from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    window, page = open_page(READS)
    (files[0].parent / "notes.xyz").write_text("no picture")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(files[0].parent)), QUrl.fromLocalFile(str(files[0]))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(page.rect().center(), copy, mime, left, none)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none))
    until(lambda: len(page.sheet.paths) == 3)
    assert [path.name for path in page.sheet.paths] == ["a.png", "b.png", "c.png"]
    assert not len(window.landing.pending)
    page.clear.click()
    until(lambda: page.sheet.paths == ())


def test_the_sidebar_opens_it_too(open_window, history, extractor):
    from PySide6.QtWidgets import QPushButton

    window = open_window(says("x"))
    names = {each.accessibleName(): each for each in window.panel.findChildren(QPushButton)}
    assert names["Table of files"].toolTip() == "Table of files (Ctrl+Shift+T)"
    names["Table of files"].click()
    until(lambda: window.extractions.page is not None and window.extractions.page.isVisible())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_in_a_small_window(open_page, files, theme):
    from PySide6.QtWidgets import QPushButton

    window, page = open_page(READS, theme)
    filled(window, page, files)
    window.resize(window.minimumSizeHint())
    until(lambda: window.width() < 900)
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
