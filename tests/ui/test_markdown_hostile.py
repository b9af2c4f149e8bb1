"""Answers made to harm: none crashes the window, keeps it busy, loses a word or loads anything."""

from __future__ import annotations

import re
import socket
import sys
import threading
from html import escape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nearling.ui.markdown import blocks as blocks_module
from nearling.ui.markdown.blocks import Blocks
from nearling.ui.markdown.highlight import _KNOWN, coloured, highlighted
from nearling.ui.theme.tokens import LIGHT
from scripted.pictures import draw, saved
from ui.conftest import spin, until

MARKS = st.sampled_from(
    ["*", "_", "**a", "`", "``` \n", "~~~\n", "[", "](", "![", "<", "&a;", "> ", "- ", "1. ", "#",
     "|", "|a|b|\n|-|-|\n", "\n", "\n\n", "\r\n", "\r", "\t", "    ", "\\", "~~", "\0", "\ufeff",
     "\u202e", "\u2028", "\x0b", "\u200d", "a\u0300", "👩‍👩‍👧", "ﷺ", "\ue000", "<a:b>", "---\n"]
)  # fmt: skip
UNITS = st.lists(st.one_of(MARKS, st.text(min_size=1, max_size=4)), min_size=1, max_size=5).map(
    "".join
)
ADDRESS = "http://127.0.0.1:{port}/x.png"
PLACES = [ADDRESS, "file://{file}", "{file}", "qrc:/x.png", ":/x.png", "data:image/png;base64,AAAA"]
LOADING = [
    "![x]({place})", "<img src='{place}'>", "[![x]({place})]({place})", "![x][r]\n\n[r]: {place}\n",
    "<link rel=stylesheet href='{place}'>", "<style>@import '{place}';</style>", "<{place}>",
    "<table background='{place}'><tr><td>x</table>", "<body background='{place}'>x",
    "<p style='background-image:url({place})'>x</p>", "```{place}\n![x]({place})\n```\n",
    "| ![x]({place}) |\n|--|\n| <img src='{place}'> |\n", "- <img src={place}>\n", "[x]({place})",
    "&lt;img src='{place}'&gt;", "&#60;img src='{place}'&#62;", "![x]({place} \"t\")",
    "`<img src='{place}'>`", "> ![x]({place})\n", "# <img src='{place}'>\n", "\\<img src={place}>",
]  # fmt: skip


def streamed(text: str, size: int) -> Blocks:
    blocks = Blocks()
    for at in range(0, len(text), size):
        blocks.append(text[at : at + size])
    return blocks


def calls(work) -> int:
    """How many functions `work` calls: what it takes, on any machine and however busy that is."""
    count = 0

    def tally(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


# Without a window


@pytest.fixture
def short(monkeypatch):
    """Blocks are cut much earlier, so that little text is needed to see what much would do."""
    monkeypatch.setattr(blocks_module, "_LONGEST", 200)


SHARED = settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


EXAMPLES = ["[", "![", "- a\n", "> ", "|a|b|\n", "\n", " ", "```\na", "*    \t*_", "a ", "[a]("]


def with_examples(test):
    for unit in EXAMPLES:
        test = example(unit)(test)
    return test


@with_examples
@given(UNITS)
@SHARED
def test_a_token_costs_the_same_however_long_the_answer_has_become(short, unit):
    """What is parsed because of it is counted in characters."""
    parsed: list[int] = []
    parse = blocks_module._pieces

    def counted(text):
        parsed.append(len(text))
        return parse(text)

    blocks, text = Blocks(), unit * (4000 // len(unit))
    blocks_module._pieces = counted
    try:
        for at in range(0, len(text), 50):
            parsed.clear()
            blocks.append(text[at : at + 50])
            assert sum(parsed) <= 8 * (200 + 50)
    finally:
        blocks_module._pieces = parse


@with_examples
@given(UNITS)
@SHARED
def test_to_parse_twice_the_text_is_twice_the_work(unit):
    """Four times the work would be too much; the room is for what is done once."""
    half = unit * (600 // len(unit))
    blocks_module._pieces(half)
    once = calls(lambda: blocks_module._pieces(half))
    assert calls(lambda: blocks_module._pieces(half * 2)) < 3 * once + 1000


SEPARATORS = st.sampled_from(
    [" ", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "\n> ", " *", "* ", " **", " `", "` ", "\n# ",
     "\n```\n", " [", "] ", "\r\n", "\x0b", "\u2028", "\n~~~\n", " <", " | "]
)  # fmt: skip


@given(st.lists(SEPARATORS, min_size=50, max_size=150), st.integers(1, 90))
@SHARED
def test_no_word_is_lost_or_said_twice_however_long_it_is(short, separators, size):
    words = [f"word{at}" for at in range(len(separators))]
    text = "".join(f"{word}{mark}" for word, mark in zip(words, separators, strict=True))
    found = "".join(
        f"{block.html} {block.language} {block.code}" for block in streamed(text, size).all
    )
    at = 0
    for word in words:
        assert word in found[at:], f"{word} is missing"
        at = found.index(word, at) + len(word)
    assert found.count("word") == len(words)


def test_a_long_list_and_a_long_table_are_cut_between_their_rows():
    items = "".join(f"{at}. item {at}\n" for at in range(1, 501))
    lists = streamed(items, 40).all
    assert len(lists) > 2
    assert all(block.html.startswith("<ol") for block in lists)
    assert sum(block.html.count("<li>") for block in lists) == 500
    rows = "".join(f"| row {at} | {at} |\n" for at in range(500))
    tables = streamed(f"| name | number |\n|---|---|\n{rows}", 40).all
    assert len(tables) > 2
    assert all("<th>name</th>" in block.html for block in tables)
    assert sum(block.html.count("<td>row ") for block in tables) == 500


@given(st.sampled_from(sorted(_KNOWN)), st.lists(UNITS, max_size=8).map("".join))
@settings(deadline=None)
def test_in_no_language_do_colours_change_a_character(language, code):
    html = highlighted(code, language, LIGHT)
    shown = html.removeprefix('<div style="white-space:pre-wrap">').removesuffix("</div>")
    assert re.sub(r"</?span[^>]*>", "", shown) == escape(code)


def test_a_language_that_nobody_chose_is_not_loaded(monkeypatch):
    import pygments.lexers

    monkeypatch.setattr(pygments.lexers, "get_lexer_by_name", pytest.fail)
    assert list(coloured("a < b", "brainfuck", LIGHT)) == ["a &lt; b"]


# In real widgets


@pytest.fixture
def tripwires(tmp_path):
    """Places that notice when they are loaded from; what noticed."""
    hits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                hits.append("a connection")
                connection.close()

        listener = threading.Thread(target=listen)
        listener.start()
        file = saved(draw("secret"), tmp_path / "secret.png")
        yield hits, {"port": server.getsockname()[1], "file": file}
        over.set()
        listener.join(60)


def complete(answer) -> None:
    """As if all of it were seen."""
    while answer.go_on(0, 1_000_000, upwards=False):
        pass


@pytest.fixture
def answer(themed, tripwires, monkeypatch):
    """A shown Answer whose documents tell the tripwires when they ask for a resource."""
    from nearling.ui.chat import answer as module

    hits, _ = tripwires

    class Wired(module.Passage):
        def loadResource(self, type, name):  # noqa: N802  Qt's name
            hits.append(name)
            return super().loadResource(type, name)

    monkeypatch.setattr(module, "Passage", Wired)
    answer = module.Answer(themed("light"))
    answer.resize(500, 400)
    answer.show()
    yield answer
    answer.close()
    answer.deleteLater()
    spin(0.01)


def test_the_tripwires_work(answer, tripwires):
    from nearling.ui.chat import answer as module

    hits, places = tripwires
    prose = module.Passage("Answer", answer._selection, parent=answer)
    prose.show_html(f"<img src='{ADDRESS.format(**places)}'>")
    prose.show()
    until(lambda: hits)
    socket.create_connection(("127.0.0.1", places["port"])).close()
    until(lambda: "a connection" in hits)


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_loads_nothing_wherever_it_points(answer, tripwires, qt, place):
    hits, places = tripwires
    where = place.format(**places)
    text = ""
    for wanted in LOADING:
        text += f"\n\n{wanted.replace('{place}', where)}"
        answer.show_markdown(text, finished=False)
        complete(answer)
        qt.processEvents()
    answer.show_markdown(text, finished=True)
    complete(answer)
    answer.show_quote(text)
    spin(0.1)
    assert hits == []


@given(
    parts=st.lists(
        st.one_of(UNITS, st.sampled_from(LOADING), st.text(max_size=30)), min_size=1, max_size=6
    ),
    size=st.integers(1, 40),
    times=st.sampled_from([1, 1, 1, 8]),
)
@SHARED
def test_no_answer_harms_the_window(answer, tripwires, qt, *, parts, size, times):
    """Whatever it is made of, it is shown and gone again; what Qt says about it fails the test."""
    hits, places = tripwires
    file = f"file://{places['file']}"
    text = "".join(part.replace("{place}", file) for part in parts) * times
    step = max(size, len(text) // 10)
    for at in range(0, len(text), step):
        answer.show_markdown(text[: at + step], finished=False)
        complete(answer)
        qt.processEvents()
    answer.show_markdown(text, finished=True)
    complete(answer)
    answer.show_quote(text)
    qt.processEvents()
    assert answer._quote.toPlainText() == answer._quote.document().toPlainText()
    assert hits == []


def test_colours_that_would_take_hours_are_given_up(answer):
    """Lexers have to go through such a text once for each of its characters."""
    nothing = "\n" * 19_000
    answer.show_markdown(f"```c\nint a;\n{nothing}int b;\n```\n", finished=True)
    complete(answer)
    (block,) = answer._widgets.values()
    until(lambda: not block._colouring._soon.isActive())
    assert block.text.toPlainText() == block._block.code
    assert "span" not in block.text.toHtml()


def test_long_code_is_coloured_a_little_later(answer):
    code = "def f():\n    return 'x'  # why\n" * 300
    answer.show_markdown(f"```python\n{code}```\n", finished=True)
    complete(answer)
    (block,) = answer._widgets.values()
    assert block.text.toPlainText() == code.rstrip("\n")
    until(lambda: "span" in block.text.toHtml())
    assert block.text.toPlainText() == code.rstrip("\n")
