"""Nothing in a document does anything, takes all memory, or reaches beyond the document."""

import contextlib
import io
import zipfile

import psutil
import pytest

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.core.errors import UnusableFile
from scripted.documents import INN, cells, read, texts
from scripted.hostile_documents import bomb, encrypted_pdf, endless_pdf, laughing, with_files

MAINS = {
    "docx": "word/document.xml",
    "pptx": "ppt/slides/slide1.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "epub": "OEBPS/chapter1.xhtml",
}


def inn(form: str) -> bytes:
    return built(form, f"it.{form}", [INN])


def main_of(form: str) -> str:
    return zipfile.ZipFile(io.BytesIO(inn(form))).read(MAINS[form]).decode()


@pytest.mark.parametrize(("form", "place"), MAINS.items())
def test_a_bomb_is_not_unpacked(form, place):
    data = bomb(form, place)
    before = psutil.Process().memory_info().rss
    with pytest.raises(UnusableFile, match="too much memory"):
        read(data, f"it.{form}")
    assert psutil.Process().memory_info().rss - before < 64 * 1024 * 1024


def test_a_bomb_within_is_left_alone():
    data = with_files(inn("docx"), {"word/embeddings/inner.zip": bomb("docx", MAINS["docx"])})
    assert "Anna" in texts(read(data)[1][0])


@pytest.mark.parametrize(("form", "place"), MAINS.items())
def test_entities_stand_for_nothing(form, place, tmp_path):
    (tmp_path / "secret").write_text("the secret")
    before = main_of(form).removeprefix('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
    external = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    for head, entity in ((laughing("r"), "&l9;"), (external, "&x;")):
        content = head + before.replace("Anna", f"Anna {entity}")
        try:
            _, (page,) = read(with_files(inn(form), {place: content.encode()}), f"it.{form}")
        except UnusableFile:
            continue
        assert len(page.reading.text) < 2_000
        assert "the secret" not in page.reading.text


def test_a_page_of_the_web_fetches_and_includes_nothing(tmp_path):
    (tmp_path / "secret").write_text("the secret")
    place = f"file://{tmp_path}/secret"
    html = f'<html><link href="{place}"><img src="{place}"><iframe src="{place}"></iframe>hi</html>'
    assert texts(read(html.encode(), "it.html")[1][0]) == ["hi"]


@pytest.mark.parametrize("form", MAINS)
def test_an_archive_with_a_password_is_told(form):
    data = bytearray(inn(form))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + at] |= 1
    with pytest.raises(UnusableFile, match="password"):
        read(bytes(data), f"it.{form}")


def test_an_encrypted_pdf_is_told():
    with pytest.raises(UnusableFile, match="password") as caught:
        read(encrypted_pdf("open sesame"), "it.pdf")
    assert "password" in caught.value.remedy


def test_a_pdf_of_one_page_a_thousand_times_is_refused():
    with pytest.raises(UnusableFile, match="more than 5000 pages"):
        read(endless_pdf(6_000), "it.pdf")


def test_a_pdf_is_believed_no_more_pages_than_it_has():
    data = built("pdf", "it.pdf", [Described("one"), Described("two")])
    data = data.replace(b"/Count 2", b"/Count 2000000000")
    try:
        opened, _ = read(data, "it.pdf")
    except UnusableFile:
        return
    assert opened.count == 2


def test_a_page_as_large_as_a_field_is_drawn_small():
    data = built("scan", "it.pdf", [Described("x")])
    start = data.index(b"/MediaBox")
    end = data.index(b"]", start)
    wide = b"/MediaBox [ 0 0 14000 14000"
    data = data[:start] + wide.ljust(end - start) + data[end:]
    _, (page,) = read(data, "it.pdf")
    assert max(page.reading.width, page.reading.height) <= 5_000


def test_macros_are_ignored():
    data = with_files(inn("xlsx"), {"xl/vbaProject.bin": b"Sub AutoOpen()"})
    assert read(data)[1][0].reading.tables


def test_a_formula_is_what_was_saved_for_it():
    before = main_of("xlsx").encode()
    price = b'<c r="B5" s="1"><v>12.5</v></c>'
    assert price in before
    for cell, told in (
        (b'<c r="B5"><f>1+1</f><v>3</v></c>', "3"),
        (b'<c r="B5"><f>WEBSERVICE("http://x.example")</f></c>', ""),
        (b'<c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        (b'<c r="B5" t="s"><v>999</v></c>', ""),
        (b'<c r="B5" s="99"><v>7</v></c>', "7"),
        (b'<c r="B5"><v>1e999</v></c>', "1e999"),
    ):
        data = with_files(inn("xlsx"), {MAINS["xlsx"]: before.replace(price, cell)})
        assert cells(read(data)[1][0].reading.tables[0])[1][1] == told


def test_a_cell_at_the_far_end_makes_no_million_rows():
    before = main_of("xlsx")
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = with_files(inn("xlsx"), {MAINS["xlsx"]: before.replace("</sheetData>", far).encode()})
    _, (page,) = read(data, "it.xlsx")
    assert "Anna" in texts(page)


def test_a_sheet_that_is_repeated_a_million_times_is_refused():
    sheet = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>'
        '<office:spreadsheet><table:table table:name="T"><table:table-row '
        'table:number-rows-repeated="1000000"><table:table-cell><text:p>a</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", sheet)
    with pytest.raises(UnusableFile, match="more text than"):
        read(content.getvalue(), "it.ods")


@pytest.mark.parametrize("form", ["html", "md", "xml.html"])
def test_depth_is_no_harm(form):
    deep = {
        "html": "<html>" + "<div>" * 50_000 + "deep",
        "md": "> " * 5_000 + "deep",
        "xml.html": "<html><body>" + "<table><tr><td>" * 3_000 + "deep",
    }[form]
    with contextlib.suppress(UnusableFile):  # either is fine, nothing else is
        read(deep.encode(), f"it.{form}")


def test_too_much_text_is_refused():
    with pytest.raises(UnusableFile, match="more text than"):
        read(b"word " * 5_000_000, "it.txt")


def test_an_old_text_is_told_apart_from_a_broken_one():
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for inside, words in (
        ("WordDocument", "old office format"),
        ("EncryptedPackage", "password"),
        ("Nothing", "damaged"),
    ):
        with pytest.raises(UnusableFile, match=words):
            read(head + inside.encode("utf-16-le") + bytes(600), "it.doc")


def test_an_archive_of_files_is_none():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("letter.txt", "hello")
    with pytest.raises(UnusableFile, match="archive of files"):
        read(content.getvalue(), "it.zip")


def test_names_in_an_archive_lead_nowhere():
    data = with_files(inn("epub"), {"../../../etc/passwd": b"evil"})
    assert "Anna" in texts(read(data, "it.epub")[1][0])
