"""Every page of the manual is a scenario of these tests, and every scenario is a page."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PIL import Image

from ui.manual.conftest import LARGEST, MANUAL, SIZE

HERE = Path(__file__)


def scenarios() -> set[str]:
    """The names of all tests beside this file, as pages would be called."""
    return {
        node.name.removeprefix("test_").replace("_", "-")
        for file in HERE.parent.glob("test_*.py")
        if file != HERE
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


PAGES = sorted(page.stem for page in MANUAL.glob("*.md") if page.stem != "README")


def test_pages_and_scenarios_have_the_same_names():
    assert sorted(scenarios()) == PAGES


def test_the_index_lists_every_page():
    index = (MANUAL / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"\[([^]]+)\]\(([^)]+)\.md\)", index))
    assert sorted(listed.values()) == PAGES
    for title, page in listed.items():
        assert (MANUAL / f"{page}.md").read_text("utf-8").startswith(f"# {title}\n")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_its_own_picture(page):
    text = (MANUAL / f"{page}.md").read_text("utf-8")
    assert re.findall(r"!\[[^]]{20,}\]\(([^)]+)\)", text) == [f"pictures/{page}.png"]
    file = MANUAL / "pictures" / f"{page}.png"
    assert file.stat().st_size <= LARGEST
    with Image.open(file) as picture:
        assert picture.size == SIZE


def test_no_picture_is_left_over():
    assert sorted(file.stem for file in (MANUAL / "pictures").iterdir()) == PAGES
