"""A table as the clipboard carries it to a spreadsheet: cells, and never a formula."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMimeData

from nearling.core.reading import Table
from nearling.core.table_text import TableForm, harmless, table_text


def mime_of(table: Table) -> QMimeData:
    mime = QMimeData()
    told = table_text(table, TableForm.TSV)
    mime.setText(told)
    mime.setData("text/tab-separated-values", told.encode())
    mime.setHtml(html_of(table))
    return mime


def html_of(table: Table) -> str:
    rows = []
    for at, row in enumerate(table.rows):
        tag = "th" if table.header and not at else "td"
        cells = (escape(harmless(cell.text)).replace("\n", "<br>") for cell in row)
        rows.append("".join(f"<{tag}>{cell}</{tag}>" for cell in cells))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
