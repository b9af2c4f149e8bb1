"""What the documentation lists is what the project holds."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))
import make_map  # noqa: E402
import make_routing  # noqa: E402

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def names(requirements):
    return {re.match(r"[A-Za-z0-9-]+", each)[0] for each in requirements if isinstance(each, str)}


def test_the_map_is_what_the_files_say():
    page = make_map.PAGE.read_text()
    assert make_map.with_map(page) == page, "run: python docs/make_map.py"


def test_the_decision_table_is_what_the_router_decides():
    page = make_routing.PAGE.read_text()
    assert make_routing.with_table(page) == page, "run: python docs/make_routing.py"


def test_every_dependency_has_its_reason():
    page = (ROOT / "docs" / "dependencies.md").read_text()
    listed = set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE))
    assert listed == names(PROJECT["project"]["dependencies"])
    tools = set(re.findall(r"`([^`]+)`", page.split("For checks and tests only:")[1]))
    groups = PROJECT["dependency-groups"].values()
    assert tools == set().union(*(names(group) for group in groups))


def test_no_file_holds_two_ideas():
    lengths = {file: len(file.read_text().splitlines()) for file in (ROOT / "src").rglob("*.py")}
    assert {file: length for file, length in lengths.items() if length > 500} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 150


def test_widgets_live_in_one_room():
    """Import contracts see packages, not their modules."""
    source = ROOT / "src" / "nearling"
    users = {file for file in source.rglob("*.py") if "PySide6.QtWidgets" in file.read_text()}
    assert users
    assert {file for file in users if not file.is_relative_to(source / "ui")} == set()
