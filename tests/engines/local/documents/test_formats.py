"""The same inn in every format: its words, its table and its pages come out alike."""

import io
import zipfile

import docx
import pptx
import pytest
from docx.enum.text import WD_BREAK
from pptx.util import Inches

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.bench.useful.office_files import zipped
from nearling.core.document import PageKind
from nearling.engines.local.documents import old_workbooks
from nearling.engines.local.documents.blocks import Rows
from scripted.documents import INN, SHED, TABLE, cells, document, read, read_form, texts
from scripted.hostile_documents import with_files

OF_TWO_PAGES = {
    "pdf": PageKind.PAGE,
    "docx": PageKind.PAGE,
    "pptx": PageKind.SLIDE,
    "xlsx": PageKind.SHEET,
    "epub": PageKind.CHAPTER,
}
OF_ONE = {
    "csv": PageKind.SHEET,
    "tsv": PageKind.SHEET,
    "html": PageKind.PART,
    "md": PageKind.PART,
    "txt": PageKind.PART,
}


@pytest.mark.parametrize(("form", "kind"), OF_TWO_PAGES.items())
def test_pages(form, kind):
    opened, (inn, shed) = read_form(form, INN, SHED)
    assert (opened.count, opened.kind) == (2, kind)
    assert any("Anna" in text for text in texts(inn))
    assert texts(shed)[-1] == "Nothing (else) to see here."


@pytest.mark.parametrize(("form", "kind"), OF_ONE.items())
def test_what_has_no_pages(form, kind):
    opened, (page,) = read_form(form, INN)
    assert opened.kind is kind
    assert "Seen in May & June." in texts(page)


@pytest.mark.parametrize("form", [*OF_TWO_PAGES, *OF_ONE])
def test_a_table_stays_one(form):
    _, (page, *_) = read_form(form, INN, *([SHED] if form in OF_TWO_PAGES else []))
    (table,) = page.reading.tables
    assert table.header
    assert cells(table) == [*map(list, TABLE), ["Cara", "118.00", "2026-04-02"]]
    for cell in (it for row in table.rows for it in row):
        (number,) = cell.lines
        line = page.reading.lines[number]
        assert (line.text, line.box) == (cell.text, cell.box)
    inside = table.box
    for column in zip(*table.rows, strict=True):
        assert all(inside.left <= it.box.left <= it.box.right <= inside.right for it in column)


@pytest.mark.parametrize("form", [*OF_TWO_PAGES, *OF_ONE])
def test_every_line_has_its_own_place(form):
    _, (page, *_) = read_form(form, INN, *([SHED] if form in OF_TWO_PAGES else []))
    reading = page.reading
    for number, line in enumerate(reading.lines):
        assert line.box.area
        assert line.box.clipped(reading.width, reading.height) == line.box
        assert not any(line.box.intersection(it.box).area for it in reading.lines[number + 1 :])


@pytest.mark.parametrize("form", ["pdf", "docx", "pptx", "html", "epub", "md"])
def test_a_heading_is_larger_than_text(form):
    _, (page, *_) = read_form(form, INN)
    heights = {line.text: line.box.height for line in page.reading.lines}
    assert heights["Inn <1>"] > 1.2 * heights["Seen in May & June."]


def test_names():
    for form in ("xlsx", "epub", "pptx"):
        _, pages = read_form(form, INN, SHED)
        assert [page.name for page in pages] == ["Inn <1>", "Shed"]


def test_the_same_bytes_give_the_same_pages():
    _, first = read_form("docx", INN)
    _, second = read_form("docx", INN)
    assert [it.reading.lines for it in first] == [it.reading.lines for it in second]


def saved(it) -> bytes:
    content = io.BytesIO()
    it.save(content)
    return content.getvalue()


def test_a_text_that_another_library_wrote():
    text = docx.Document()
    text.add_heading("Lease", level=1)
    paragraph = text.add_paragraph("The rent is ")
    paragraph.add_run("640 euros").bold = True
    paragraph.add_run(" a month.")
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("Heating is extra.")
    table = text.add_table(rows=3, cols=2)
    for row, words in zip(
        table.rows, (("Item", "Cost"), ("Water", "12"), ("Gas", "55")), strict=True
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    merged = text.add_table(rows=2, cols=3)
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "Both"
    merged.cell(0, 2).text = "C"
    for column, word in enumerate("xyz"):
        merged.cell(1, column).text = word
    text.sections[0].header.paragraphs[0].text = "Oak Lettings, 01632 960001"
    text.sections[0].footer.paragraphs[0].text = "IBAN on request"
    opened, (page,) = read(saved(text), "lease.docx")
    assert opened.kind is PageKind.PART
    assert texts(page)[:4] == [
        "Oak Lettings, 01632 960001",
        "Lease",
        "The rent is 640 euros a month.",
        "Heating is extra.",
    ]
    assert texts(page)[-1] == "IBAN on request"
    costs, both = page.reading.tables
    assert (cells(costs), costs.header) == (
        [["Item", "Cost"], ["Water", "12"], ["Gas", "55"]],
        True,
    )
    assert cells(both) == [["Both", "", "C"], ["x", "y", "z"]]


def test_slides_that_another_library_wrote():
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.placeholders[1].text = "First point\nSecond point"
    slide.shapes.title.text = "Plan"
    group = slide.shapes.add_group_shape()
    box = group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    box.text_frame.text = "In a group"
    slide.notes_slide.notes_text_frame.text = "Speak slowly"
    _, (page,) = read(saved(show), "plan.pptx")
    assert texts(page) == ["Plan", "First point", "Second point", "In a group", "Speak slowly"]
    assert page.name == "Plan"


def test_what_was_deleted_is_not_said_and_what_was_added_is():
    place = "word/document.xml"
    data = built("docx", "it.docx", [Described("Keep this.")])
    before = zipfile.ZipFile(io.BytesIO(data)).read(place).decode()
    run = '<w:r><w:t xml:space="preserve">Keep this.</w:t></w:r>'
    assert run in before
    tracked = "<w:del><w:r><w:delText>Gone</w:delText></w:r></w:del>"
    tracked += "<w:ins><w:r><w:t> Added.</w:t></w:r></w:ins>"
    after = before.replace(run, run + tracked)
    _, (page,) = read(with_files(data, {place: after.encode()}), "it.docx")
    assert texts(page) == ["Keep this. Added."]


def test_pages_end_where_the_program_that_saved_the_file_ended_them():
    place = "word/document.xml"
    data = built("docx", "it.docx", [Described("one\ntwo\nthree")])
    before = zipfile.ZipFile(io.BytesIO(data)).read(place).decode()
    after = before.replace("<w:r><w:t", "<w:r><w:lastRenderedPageBreak/><w:t", 2)
    opened, pages = read(with_files(data, {place: after.encode()}), "it.docx")
    assert opened.kind is PageKind.PAGE
    assert [texts(page) for page in pages] == [[], ["one"], ["two", "three"]]


ODS = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>
<office:spreadsheet><table:table table:name="Rent"><table:table-row><table:table-cell>
<text:p>Month</text:p></table:table-cell><table:table-cell><text:p>Sum</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row><table:table-row>
<table:table-cell><text:p>May</text:p></table:table-cell><table:table-cell office:value="640">
<text:p>640.00 €</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""

ODT = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>
<office:text><text:sequence-decls/><text:h text:outline-level="1">Lease</text:h>
<text:p>The<text:s/><text:span>rent</text:span><text:tab/>rises.<text:note><text:note-citation>1
</text:note-citation></text:note></text:p><text:list><text:list-item><text:p>First</text:p>
</text:list-item></text:list></office:text></office:body></office:document-content>"""


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("spreadsheet", ODS, ["Month", "Sum", "May", "640.00 €"]),
        ("text", ODT, ["Lease", "The rent rises.", "First"]),
    ],
)
def test_open_documents(kind, content, told):
    data = zipped(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    )
    opened, (page,) = read(data, "it")
    assert texts(page) == told
    if kind == "spreadsheet":
        assert (opened.kind, page.name) == (PageKind.SHEET, "Rent")
        assert cells(page.reading.tables[0]) == [["Month", "Sum"], ["May", "640.00 €"]]


def test_old_workbooks_tell_values():
    """Of the same library, from a newer file: nothing here writes older ones."""
    data = built("xlsx", "it", [INN])
    (section,) = old_workbooks.sections(document(data))
    (table,) = (it for it in section.blocks if isinstance(it, Rows))
    assert table.cells[1] == ("Anna", "12.5", "2026-03-01")


def test_long_text_is_in_parts_that_end_with_a_paragraph():
    paragraphs = [f"Paragraph {n} says little.\nIt has two lines." for n in range(120)]
    opened, pages = read_form("txt", Described("\n\n".join(paragraphs)))
    assert opened.count > 3
    for page in pages:
        assert 30 <= len(texts(page)) <= 60 or page is pages[-1]
        assert texts(page)[-1] == "It has two lines."


def test_a_long_paragraph_is_broken_at_its_sentences():
    sentences = ["The boiler is serviced in spring by the same firm.", "It costs 80 euros a year!"]
    _, (page,) = read_form("docx", Described(" ".join(sentences * 3)))
    assert texts(page) == sentences * 3
    assert len({line.block for line in page.reading.lines}) == 1


def test_code_keeps_its_indent_and_makes_no_table():
    code = "def price(room):\n    if room:\n        return 12\n\n"
    code += "a = 1   # one\nb = 22  # two\nc = 3   # three"
    _, (page,) = read(code.encode(), "it.py")
    lefts = {line.text: line.box.left for line in page.reading.lines}
    assert lefts["def price(room):"] < lefts["if room:"] < lefts["return 12"]
    assert page.reading.tables == ()


def test_kinds_are_told_by_content():
    for form in ("pdf", "docx", "xlsx", "html"):
        opened, _ = read(built(form, "x", [INN]), "misleading.txt")
        assert opened.kind is read_form(form, INN)[0].kind
