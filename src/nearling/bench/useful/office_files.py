"""Writes described pages as an office's files: text, slides and workbooks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from nearling.bench.useful.described import Block, Described, Gap, Grid, Heading, blocks

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument"
_FIRST_DAY = date(1899, 12, 30)
"""From which workbooks count their days."""


def docx(pages: Sequence[Described]) -> bytes:
    """Pages part at page breaks."""
    break_ = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    body = break_.join("".join(map(_word_block, blocks(page))) for page in pages)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}">'
        f'<w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2)
    )
    main = f"{_KIND}.wordprocessingml"
    return _package(
        {"word/document.xml": f"{main}.document.main+xml", "word/styles.xml": f"{main}.styles+xml"},
        {
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _relations(("styles", "styles.xml")),
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
            "</w:document>",
            "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
        },
    )


def pptx(pages: Sequence[Described]) -> bytes:
    files = {f"ppt/slides/slide{number}.xml": _slide(it) for number, it in enumerate(pages, 1)}
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in range(1, len(pages) + 1))
    presentation = (
        f'<p:presentation xmlns:p="{_SLIDES}" xmlns:r="{_OFFICE}"><p:sldIdLst>{ids}</p:sldIdLst>'
        '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>"
    )
    slides = [("slide", name.removeprefix("ppt/")) for name in files]
    main = f"{_KIND}.presentationml"
    return _package(
        {"ppt/presentation.xml": f"{main}.presentation.main+xml"}
        | dict.fromkeys(files, f"{main}.slide+xml"),
        {
            "_rels/.rels": _relations(("officeDocument", "ppt/presentation.xml")),
            "ppt/_rels/presentation.xml.rels": _relations(*slides),
            "ppt/presentation.xml": presentation,
        }
        | files,
    )


def xlsx(pages: Sequence[Described]) -> bytes:
    """A sheet a page, named by its title. Plain numbers and ISO dates become what they mean."""
    files = {f"xl/worksheets/sheet{n}.xml": _sheet(page) for n, page in enumerate(pages, 1)}
    named = "".join(
        f'<sheet name="{escape(_sheet_name(page, n))}" sheetId="{n}" r:id="r{n}"/>'
        for n, page in enumerate(pages, 1)
    )
    # Styles 0, 1 and 2: anything, a number with two decimals, a date.
    styles = "".join(f'<xf numFmtId="{it}" applyNumberFormat="1"/>' for it in (0, 2, 14))
    worksheets = [("worksheet", name.removeprefix("xl/")) for name in files]
    main = f"{_KIND}.spreadsheetml"
    return _package(
        {"xl/workbook.xml": f"{main}.sheet.main+xml", "xl/styles.xml": f"{main}.styles+xml"}
        | dict.fromkeys(files, f"{main}.worksheet+xml"),
        {
            "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": _relations(*worksheets, ("styles", "styles.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}">'
            f"<sheets>{named}</sheets></workbook>",
            "xl/styles.xml": f'<styleSheet xmlns="{_SHEET}"><cellXfs count="3">{styles}</cellXfs>'
            "</styleSheet>",
        }
        | files,
    )


def zipped(files: Mapping[str, str]) -> bytes:
    """The same bytes each time."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            # EPUB wants the file that says what it is first and as it is.
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), text, how)
    return content.getvalue()


def _package(types: Mapping[str, str], files: dict[str, str]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    content_types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    every = {"[Content_Types].xml": content_types} | files
    return zipped({name: _XML + text for name, text in every.items()})


def _relations(*targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _word_block(block: Block) -> str:
    if isinstance(block, Grid):
        rows = "".join(
            "<w:tr>" + "".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for row in block.rows
        )
        return f"<w:tbl>{rows}</w:tbl>"
    if isinstance(block, Gap):
        return "<w:p/>"
    style = f"Heading{block.level}" if isinstance(block, Heading) else ""
    return _word_paragraph(block.text, style)


def _word_paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _slide(page: Described) -> str:
    shapes = []
    text: list[str] = []
    for block in blocks(page):
        if isinstance(block, Grid):
            shapes += [_shape("", text), _slide_table(block)]
            text = []
        elif isinstance(block, Heading) and block.level == 1:
            shapes.append(_shape("title", [block.text]))
        elif not isinstance(block, Gap):
            text.append(block.text)
    shapes.append(_shape("", text))
    return (
        f'<p:sld xmlns:p="{_SLIDES}" xmlns:a="{_DRAWING}" xmlns:r="{_OFFICE}"><p:cSld><p:spTree>'
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{''.join(shapes)}</p:spTree></p:cSld></p:sld>"
    )


def _shape(placeholder: str, paragraphs: Sequence[str]) -> str:
    if not paragraphs:
        return ""
    held = f'<p:ph type="{placeholder}"/>' if placeholder else '<p:ph idx="1"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Text"/><p:cNvSpPr/><p:nvPr>{held}</p:nvPr>'
        f"</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>{_slide_paragraphs(paragraphs)}</p:txBody>"
        "</p:sp>"
    )


def _slide_table(grid: Grid) -> str:
    columns = "".join('<a:gridCol w="1000000"/>' for _ in grid.rows[0])
    rows = "".join(
        '<a:tr h="300000">'
        + "".join(
            f"<a:tc><a:txBody><a:bodyPr/>{_slide_paragraphs([cell])}</a:txBody></a:tc>"
            for cell in row
        )
        + "</a:tr>"
        for row in grid.rows
    )
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="Table"/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></p:xfrm>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _slide_paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in texts)


def _sheet_name(page: Described, number: int) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", page.title)[:31] or f"Sheet{number}"


def _sheet(page: Described) -> str:
    rows: list[tuple[str, ...]] = []
    for block in blocks(Described(page.text)):
        if isinstance(block, Grid):
            rows += block.rows
        else:
            rows.append(() if isinstance(block, Gap) else (block.text,))
    inside = "".join(
        f'<row r="{number}">'
        + "".join(_sheet_cell(cell, f"{_column(at)}{number}") for at, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{inside}</sheetData></worksheet>'


def _sheet_cell(text: str, at: str) -> str:
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})", text) or re.fullmatch(r"-?\d+\.\d*[1-9]", text):
        return f'<c r="{at}"><v>{text}</v></c>'
    if re.fullmatch(r"-?\d+\.\d\d", text):
        return f'<c r="{at}" s="1"><v>{float(text)}</v></c>'
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f'<c r="{at}" s="2"><v>{(date.fromisoformat(text) - _FIRST_DAY).days}</v></c>'
    if not text:
        return ""
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _column(number: int) -> str:
    """A, B, … Z, AA, …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
