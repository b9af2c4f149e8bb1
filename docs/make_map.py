"""Writes the map in docs/architecture.md from the first line of every source file."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- map: written by docs/make_map.py -->", "<!-- end of map -->"


def purpose(file: Path) -> str:
    """The first line of the file's docstring."""
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    if not docstring:
        raise SystemExit(f"{file.relative_to(ROOT)} does not say its purpose")
    return docstring.splitlines()[0]


def make_map() -> str:
    """One section a room, its own purpose first, then a line a file."""
    source = ROOT / "src"
    lines: list[str] = []
    rooms = sorted(file.parent for file in source.rglob("__init__.py"))
    for room in rooms:
        lines += [f"### `{room.relative_to(source)}/`", "", purpose(room / "__init__.py"), ""]
        lines += [
            f"- `{file.name}` – {purpose(file)}"
            for file in sorted(room.glob("*.py"))
            if file.name != "__init__.py"
        ]
        lines += [""]
    return "\n".join(lines).strip()


def with_map(page: str) -> str:
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n\n{make_map()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(with_map(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
