"""Text whose encoding and kind nobody tells."""

import pytest

from nearling.core.document import PageKind
from nearling.core.errors import UnusableFile
from scripted.documents import cells, read, texts


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1", "utf-16-be"]
)
def test_encodings(encoding):
    data = "Größe: 12 × 3\nCafé".encode(encoding)
    data = b"\xfe\xff" + data if encoding == "utf-16-be" else data
    _, (page,) = read(data, "it.txt")
    assert texts(page) == ["Größe: 12 × 3", "Café"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(end):
    _, (page,) = read(end.join(("one", "two", "", "three")).encode(), "it.txt")
    assert page.reading.text == "one\ntwo\n\nthree"


@pytest.mark.parametrize(
    "data", [b"\0\x01\x02", b"{\\rtf1\\ansi Hello}", b"\xff\xfe\x00", bytes(range(1, 30)) * 9]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnusableFile, match=r"it\.bin is not a document"):
        read(data, "it.bin")


def test_nothing_but_spaces_is_no_text():
    with pytest.raises(UnusableFile, match="holds no text"):
        read(b" \n\n ", "it.txt")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["it.csv", "it.dat"])
def test_delimiters(delimiter, name):
    rows = [["Name", "Town", "Born"], ["Ann", "Ely", "1990"], ["Bo", "", "1980"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    opened, (page,) = read(text.encode(), name)
    assert opened.kind is PageKind.SHEET
    (table,) = page.reading.tables
    assert (cells(table), table.header) == (rows, True)


def test_a_quoted_cell_is_one():
    text = 'a,b\n"one, two","say ""so"""\n"two\nlines",x\n'
    _, (page,) = read(text.encode(), "it.csv")
    assert cells(page.reading.tables[0])[1:] == [["one, two", 'say "so"'], ["two lines", "x"]]


def test_decimal_commas_do_not_part_cells():
    _, (page,) = read(b"Ware;Preis\nBrot;3,20\nKuchen;12,50\n", "it.csv")
    assert cells(page.reading.tables[0])[2] == ["Kuchen", "12,50"]


def test_prose_with_commas_is_no_table():
    text = "Dear all, it rains,\nand so, alas,\nwe stay, dry, inside,\ngood night, all\n"
    opened, (page,) = read(text.encode(), "letter.txt")
    assert opened.kind is PageKind.PART
    assert page.reading.tables == ()


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ("Name,Ann\nTown,Ely\nTrade,Smith\n", False),
        ("Item,Cost\nBread,3.20\nCake,4\n", True),
        ("Item,2024,2025\nBread,3,4\nCake,5,6\n", True),
        ("Name:,Ann,x\nTown:,Ely,y\n", False),
        ("Yes,No,Open\nYes,No,Open\n", False),
        ("Name,Town,Trade\nAnn,Ely,Smith\nBo,Rye,Baker\n", True),
        ("Name,Name\n1,2\n", False),
    ],
)
def test_what_names_columns_and_what_does_not(rows, header):
    _, (page,) = read(rows.encode(), "it.csv")
    assert page.reading.tables[0].header is header


def test_rows_without_names_have_no_header():
    _, (page,) = read(b"1,2,3\n4,5,6\n7,8,9\n", "it.csv")
    assert not page.reading.tables[0].header


def test_an_empty_row_parts_no_table_and_a_named_one_begins_another():
    rows = b"Item,Cost\nOne,1\n\nTwo,2\n\nPlace,Name\nHere,Ann\n"
    _, (page,) = read(rows, "it.csv")
    first, second = page.reading.tables
    assert cells(first) == [["Item", "Cost"], ["One", "1"], ["Two", "2"]]
    assert cells(second) == [["Place", "Name"], ["Here", "Ann"]]


def test_columns_of_plain_text_are_a_table():
    text = "Stock\n\nItem     Count  Place\nHammer       3  Wall\nNails      120  Box\n\nEnd"
    _, (page,) = read(text.encode(), "it.txt")
    (table,) = page.reading.tables
    assert cells(table)[1] == ["Hammer", "3", "Wall"]
    assert table.header


@pytest.mark.parametrize("name", ["it.txt", "it.json", "it.md"])
@pytest.mark.parametrize("text", ["word " * 20_000, "w" * 100_000, "A. " * 30_000])
def test_what_stands_on_one_endless_line_is_broken(name, text):
    opened, pages = read(text.encode(), name)
    assert opened.count > 1
    lines = [line for page in pages for line in texts(page)]
    assert max(map(len, lines)) <= 300
    assert max(len(texts(page)) for page in pages) <= 130
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_log_is_read_line_by_line():
    lines = [f"2026-03-01 10:00:{n:02d} INFO  step  {n}" for n in range(60)]
    opened, pages = read("\n".join(lines * 3).encode(), "it.log")
    assert opened.count == len(pages) > 3
    assert [text for page in pages for text in texts(page)] == lines * 3


def test_markdown():
    text = "---\nauthor: me\n---\n# Top\n\nSome *very* `plain` text,\nand more.\n\n3. third\n"
    text += "4. fourth\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n```\nx  = 1\n```\n"
    text += "<b>bold</b> <script>evil()</script>\n"
    _, (page,) = read(text.encode(), "it.md")
    assert texts(page) == [
        *("author: me", "Top", "Some very plain text, and more.", "3. third", "4. fourth"),
        *("a", "b", "x", "1", "x  = 1", "bold"),
    ]
    assert page.reading.tables[0].header


HTML = """<!DOCTYPE html><html><head><title>Shop &amp; Co</title><style>p{}</style></head><body>
<h2>Hours</h2><div>Open <b>daily</b><br>until 6&nbsp;pm</div><p hidden>secret</p>
<ul><li>Bread</li><li>Cake</li></ul><script>document.write("evil")</script>
<table><caption>Prices</caption><thead><tr><th rowspan=2>Ware</th><th colspan=2>Price</th></tr>
<tr><th>old</th><th>new</th></tr></thead><tr><td>Bread<td>3<td>4</table>
<table><tr><td><table><tr><td>Inner</td><td>one</td></tr><tr><td>a</td><td>b</td></tr></table></td></tr></table>
<pre>  a  b
  c</pre></body></html>"""


def test_html():
    _, (page,) = read(HTML.encode("cp1252"), "it.html")
    assert page.name == "Shop & Co"
    prices, inner = page.reading.tables
    assert cells(prices) == [["Ware", "Price", ""], ["", "old", "new"], ["Bread", "3", "4"]]
    assert cells(inner) == [["Inner", "one"], ["a", "b"]]
    told = page.reading.text
    assert told.startswith("Hours\n\nOpen daily\n\nuntil 6 pm\n\nBread\n\nCake\n\nPrices")
    assert "a  b\nc" in told
    assert "evil" not in told
    assert "secret" not in told


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "shift_jis"])
def test_a_page_names_its_encoding(encoding):
    words = "東京" if encoding == "shift_jis" else "Größe"
    text = f'<html><head><meta charset="{encoding}"></head><body><p>{words}</p></body></html>'
    _, (page,) = read(text.encode(encoding), "it.html")
    assert texts(page) == [words]
