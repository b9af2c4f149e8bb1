"""Renews uv.lock after a change of pyproject.toml: `python3 packaging/lock.py [uv lock's words]`.

An index that serves plain pages tells no sizes. dev.py wants them, to say beforehand how much it
fetches; so they are asked for here, file by file, for the systems the project is tried on.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import dev  # noqa: E402 - found beside pyproject.toml, not installed

TRIED = re.compile(r"-(any|manylinux[\w.]*_(x86_64|aarch64))\.whl$")
TRIED_PYTHONS = re.compile(r"-(py2\.py3|py3|cp31[1-4]|cp3\d|cp310)-[\w.]+-[\w.]+\.whl$")
WHEEL_WITHOUT_SIZE = re.compile(r'(url = "([^"]+\.whl)", hash = "[^"]+", )(?!size)')


def with_size(entry: re.Match[str]) -> str:
    """The lock's entry of a wheel with its size in bytes, if it is one that the project tries."""
    url = entry[2]
    if not (TRIED.search(url) and TRIED_PYTHONS.search(url)):
        return entry[0]
    with urlopen(Request(url, method="HEAD"), timeout=60) as answer:  # noqa: S310 - the lock's own
        return f"{entry[1]}size = {answer.headers['Content-Length']}, "


def main(words: list[str]) -> None:
    """Locks against the public index, whatever mirror is set, then fills the sizes in."""
    file = ROOT / "uv.lock"
    uv = dev.the_uv(dev.read_toml(file))
    print(uv("lock", *words, **dict.fromkeys(dev.UV_INDEX_SETTINGS, "")).strip())
    file.write_text(WHEEL_WITHOUT_SIZE.sub(with_size, file.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
