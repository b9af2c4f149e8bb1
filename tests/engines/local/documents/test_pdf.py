"""PDF: what stands where on a page, whoever put the letters there."""

import ctypes
import io
import time
import zlib

import pypdfium2
import pytest
from pypdfium2 import raw

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.bench.useful.placed import width_of
from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.media import Capture, Medium
from nearling.engines.local.documents.rendering import PdfRenderer
from nearling.engines.local.rapid_reader import RapidReader
from scripted.documents import INN, SHED, cells, document, read, read_form, texts


def drawn(
    content: str, box: str = "[0 0 600 800]", extra: str = "", further: tuple[bytes, ...] = ()
) -> bytes:
    """A PDF of one page; in its font F2 the letter 1 is fi. `further` objects begin with 5."""
    stream = zlib.compress(content.encode("cp1252"))
    ligature = "<< /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >>"
    fonts = "".join(
        f"/F{n} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding {encoding} >>"
        for n, name, encoding in (
            (1, "Helvetica", "/WinAnsiEncoding"),
            (2, "Times-Roman", ligature),
        )
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {extra} /Contents 4 0 R "
        f"/Resources << /Font << {fonts} >> >> >>".encode(),
        f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        + stream
        + b"\nendstream",
        *further,
    ]
    data = b"%PDF-1.7\n"
    places = []
    for number, it in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + it + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return (
        data
        + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
        + f"startxref\n{start}\n%%EOF\n".encode()
    )


def line(text: str, x: float, y: float, size: int = 12) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def test_columns_are_read_one_after_the_other():
    left = [f"left column line {n} goes on and on" for n in range(8)]
    right = [f"right column line {n} goes on and on" for n in range(8)]
    rows = zip(left, right, strict=True)
    content = "".join(
        line(a, 40, 700 - 15 * n) + line(b, 320, 700 - 15 * n) for n, (a, b) in enumerate(rows)
    )
    _, (page,) = read(drawn(content))
    assert texts(page) == left + right


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn):
    """The page's own turn and that of its text make up for each other."""
    matrix = {
        0: "1 0 0 1 100 600",
        90: "0 1 -1 0 200 100",
        180: "-1 0 0 -1 500 200",
        270: "0 -1 1 0 400 700",
    }[turn]
    content = f"BT /F1 20 Tf {matrix} Tm (Upright words) Tj ET"
    _, (page,) = read(drawn(content, extra=f"/Rotate {turn}"))
    (found,) = page.reading.lines
    assert found.text == "Upright words"
    assert found.box.width > 4 * found.box.height
    assert (page.reading.width > page.reading.height) == (turn in (90, 270))
    # About where it is seen.
    assert found.box.left < page.reading.width / 2
    assert found.box.top < page.reading.height / 2


def test_text_along_a_margin_is_one_line():
    content = (
        line("Body of the page", 100, 700)
        + "BT /F1 10 Tf 0 1 -1 0 30 100 Tm (Along the margin) Tj ET"
    )
    _, (page,) = read(drawn(content))
    along = next(it for it in page.reading.lines if it.text == "Along the margin")
    assert along.box.height > 4 * along.box.width
    assert along.box.right < 100


def test_letters_placed_one_by_one_are_words():
    content = "BT /F1 12 Tf 50 700 Td [(W)40(a)-10(r)5(t)-20(e)] TJ 40 0 Td (mal) Tj ET"
    _, (page,) = read(drawn(content))
    assert texts(page) == ["Warte mal"]


def test_a_ligature_is_its_letters():
    content = "BT /F2 12 Tf 50 700 Td (The o\\001ce de\\001nes \\001elds.) Tj ET"
    _, (page,) = read(drawn(content))
    assert texts(page) == ["The ofice defines fields."]


def test_a_stretched_line_is_one_and_a_row_of_cells_is_not():
    words = ("The", "notation", "to", "access", "the", "group", "is", "above")
    places = [50.0]
    for word in words:
        places.append(places[-1] + width_of(word, 12) + 12)
    content = "".join(line(word, x, 700) for word, x in zip(words, places, strict=False))
    content += "".join(line(word, 50 + 90 * n, 600) for n, word in enumerate(words[:5]))
    _, (page,) = read(drawn(content))
    assert texts(page) == [" ".join(words), *words[:5]]


def test_a_bullet_stays_with_what_it_lists():
    content = line("•", 50, 700) + line("First of all", 70, 700) + line("•", 50, 680)
    content += line("Then", 70, 680)
    _, (page,) = read(drawn(content))
    assert texts(page) == ["• First of all", "• Then"]


def test_small_figures_stay_in_their_line():
    content = line("x", 50, 700) + line("2", 56.2, 705, 7) + line("+ 1", 64, 700)
    _, (page,) = read(drawn(content))
    assert texts(page) == ["x 2 + 1"]


def test_what_was_filled_into_a_form_is_read_and_shown():
    look = b"BT /F1 12 Tf 2 5 Td (Filled 4711) Tj ET"
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    field = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (nr) /V (Filled 4711) /F 4 "
        b"/Rect [200 695 400 715] /AP << /N 6 0 R >> /P 3 0 R >>"
    )
    drawing = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources %s /Length %d >>\n"
        b"stream\n%s\nendstream" % (font, len(look), look)
    )
    content = line("Customer number", 50, 700)
    data = drawn(content, extra="/Annots [5 0 R]", further=(field, drawing))
    _, (page,) = read(data)
    assert texts(page) == ["Customer number", "Filled 4711"]
    shown = PdfRenderer().render(document(data), 1, 10_000, Cancellation())
    box = page.reading.lines[1].box
    row = 3 * shown.width
    place = (box.top + box.bottom) // 2 * row
    assert min(shown.data[place + 3 * box.left : place + 3 * box.right]) < 100


def test_what_is_beyond_the_page_is_not_read():
    _, (page,) = read(drawn(line("Seen", 50, 700) + line("Hidden", 50, 900) + line("Off", 700, 9)))
    assert texts(page) == ["Seen"]


def test_a_page_that_begins_elsewhere():
    content = line("Corner", 1010, 1180)
    _, (page,) = read(drawn(content, box="[1000 1000 1200 1200]"))
    (found,) = page.reading.lines
    assert (page.reading.width, page.reading.height) == (400, 400)
    assert found.box.left == pytest.approx(20, abs=4)
    assert found.box.top < 60


def test_an_empty_page_is_no_picture():
    _, (page,) = read(drawn(" "))
    assert (texts(page), page.picture) == ([], b"")


def test_a_drawing_without_text_is_a_picture():
    _, (page,) = read(drawn("0 0 0 rg 100 100 50 50 re f"))
    assert page.picture.startswith(b"\x89PNG")


def test_a_scanned_page_is_read_as_a_picture():
    _, (page,) = read_form("scan", INN)
    assert page.reading.lines == ()
    reading = RapidReader(0).read(Capture(Medium.PICTURE, "page", page.picture), Cancellation())
    assert (reading.width, reading.height) == (page.reading.width, page.reading.height)
    (table,) = reading.tables
    assert ["Anna", "12.50", "2026-03-01"] in cells(table)


def test_a_scan_that_bears_a_page_number_is_a_picture_too():
    _, (page,) = read(_stamped(built("scan", "it.pdf", [INN]), "Page 17"), "it.pdf")
    assert page.picture
    assert page.reading.lines == ()


def _stamped(data: bytes, words: str) -> bytes:
    """The same PDF with a few words on its first page."""
    pdf = pypdfium2.PdfDocument(data)
    page = pdf[0]
    text = raw.FPDFPageObj_NewTextObj(pdf, b"Helvetica", 12)
    letters = (words + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(text, ctypes.cast(letters, raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 50, 50)
    raw.FPDFPage_InsertObject(page, text)
    raw.FPDFPage_GenerateContent(page)
    content = io.BytesIO()
    pdf.save(content)
    return content.getvalue()


def test_lines_stand_where_they_are_drawn():
    _, (page,) = read_form("pdf", INN)
    data = built("pdf", "it.pdf", [INN])
    shown = PdfRenderer().render(document(data), 1, 10_000, Cancellation())
    reading = page.reading
    assert (shown.width, shown.height) == (reading.width, reading.height)
    assert (shown.full_width, shown.full_height) == (reading.width, reading.height)
    row = 3 * shown.width
    for it in reading.lines:
        inside = b"".join(
            shown.data[y * row + 3 * it.box.left : y * row + 3 * it.box.right]
            for y in range(it.box.top, it.box.bottom)
        )
        assert min(inside) < 100, it.text


def test_a_page_is_shown_in_its_proportions():
    data = built("pdf", "it.pdf", [INN, SHED])
    shown = PdfRenderer().render(document(data), 2, 300, Cancellation())
    assert max(shown.width, shown.height) == 300
    assert len(shown.data) == 3 * shown.width * shown.height
    assert shown.width / shown.height == pytest.approx(
        shown.full_width / shown.full_height, rel=0.01
    )


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_told(page):
    data = built("pdf", "it.pdf", [INN, SHED])
    with pytest.raises(UnusableFile, match=f"no page {page}"):
        PdfRenderer().render(document(data), page, 300, Cancellation())


def test_what_has_no_printed_pages_is_not_shown():
    with pytest.raises(UnusableFile, match="no printed pages"):
        PdfRenderer().render(document(b"text", "it.txt"), 1, 300, Cancellation())


def test_one_broken_page_does_not_hide_the_others():
    data = built("pdf", "it.pdf", [INN, SHED, INN])
    at = data.index(b"8 0 obj")
    data = data[:at] + data[at:].replace(b"stream\n", b"stream\nXX", 1)
    opened, pages = read(data, "it.pdf")
    assert opened.count == 3
    assert "Anna" in texts(pages[0])
    assert "Anna" in texts(pages[2])


@pytest.mark.alone
def test_five_hundred_pages_are_read_in_time():
    words = "\n".join(["A line of the report that is about as long as lines of letters are."] * 30)
    data = built(
        "pdf", "it.pdf", [Described(f"{words}\n{INN.text}", f"Page {n}") for n in range(500)]
    )
    # Of the processor: whoever else is busy must not decide.
    begun, started = time.process_time(), time.perf_counter()
    opened, pages = read(data, "it.pdf")
    seconds, waited = time.process_time() - begun, time.perf_counter() - started
    letters = sum(len(it.text) for page in pages for it in page.reading.lines)
    print(f"500 pages, {letters} letters: {seconds:.1f} s of work, {waited:.1f} s waited")
    assert opened.count == 500
    assert seconds < 30
