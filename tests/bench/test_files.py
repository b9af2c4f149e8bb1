"""Files built from descriptions are opened by libraries that other people wrote."""

import csv
import io
import zipfile

import docx
import lxml.etree
import lxml.html
import pptx
import pypdfium2
import pytest
import python_calamine
from PIL import Image

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import FORMS, built

TABLE = "# Rooms\nSeen in May & June.\n\nRoom | Price | From\nAnna | 12.50 | 2026-03-01\nBo | 7 |"
PAGES = (Described(TABLE, "Inn <1>"), Described("Nothing (else) here", "Inn 2"))


@pytest.mark.parametrize("form", FORMS)
def test_the_same_description_gives_the_same_bytes(form):
    assert built(form, "it", PAGES[:1]) == built(form, "it", PAGES[:1])


def test_pdf():
    document = pypdfium2.PdfDocument(built("pdf", "a.pdf", PAGES))
    assert len(document) == 2
    first = document[0].get_textpage().get_text_bounded()
    for text in ("Inn <1>", "Rooms", "Seen in May & June.", "Anna", "12.50"):
        assert text in first
    assert "Nothing (else) here" in document[1].get_textpage().get_text_bounded()


def test_a_scanned_pdf_holds_no_text():
    document = pypdfium2.PdfDocument(built("scan", "a.pdf", PAGES))
    assert len(document) == 2
    assert document[0].get_textpage().get_text_bounded() == ""


def test_docx():
    document = docx.Document(io.BytesIO(built("docx", "a.docx", PAGES)))
    assert document.paragraphs[0].text == "Inn <1>"
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [
        "Anna",
        "12.50",
        "2026-03-01",
    ]


def test_pptx():
    slides = pptx.Presentation(io.BytesIO(built("pptx", "a.pptx", PAGES))).slides
    assert [slide.shapes.title.text for slide in slides] == ["Inn <1>", "Inn 2"]
    tables = [shape.table for shape in slides[0].shapes if shape.has_table]
    assert tables[0].cell(1, 1).text == "12.50"


def test_xlsx():
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(built("xlsx", "a.xlsx", PAGES))
    )
    assert book.sheet_names == ["Inn <1>", "Inn 2"]
    rows = book.get_sheet_by_index(0).to_python()
    name, price, date = rows[4]
    assert (name, price, str(date)) == ("Anna", 12.5, "2026-03-01")


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_tables_of_text(form, delimiter):
    text = built(form, f"a.{form}", PAGES[:1]).decode()
    assert ["Anna", "12.50", "2026-03-01"] in list(
        csv.reader(io.StringIO(text), delimiter=delimiter)
    )


def test_html():
    page = lxml.html.document_fromstring(built("html", "a.html", PAGES))
    assert [it.text for it in page.iter("h1")] == ["Inn <1>", "Inn 2"]
    assert [it.text for it in page.iter("th")] == ["Room", "Price", "From"]


def test_epub():
    book = zipfile.ZipFile(io.BytesIO(built("epub", "a.epub", PAGES)))
    assert book.infolist()[0].filename == "mimetype"
    chapter = lxml.etree.fromstring(book.read("OEBPS/chapter2.xhtml"))
    assert "Nothing (else) here" in "".join(chapter.itertext())


def test_text():
    assert built("md", "a.md", PAGES[:1]).decode().splitlines()[-3:] == [
        "| --- | --- | --- |",
        "| Anna | 12.50 | 2026-03-01 |",
        "| Bo | 7 |  |",
    ]
    assert "Anna  12.50  2026-03-01" in built("txt", "a.txt", PAGES[:1]).decode()
    assert built("code", "a.py", PAGES[:1]).decode() == TABLE


@pytest.mark.parametrize("form", ["picture", "photo"])
def test_pictures(form):
    content = built(form, "a.png", PAGES[:1])
    assert Image.open(io.BytesIO(content)).width >= 1190


def test_what_cannot_be_built():
    for form, pages in (("odt", PAGES), ("pdf", ()), ("photo", PAGES)):
        with pytest.raises(ValueError, match=form):
            built(form, "it", pages)
