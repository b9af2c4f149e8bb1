"""Which packages of this Debian hold the libraries that the app needs and does not bring."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

from bundle import OPTIONAL

NOT_HERE = {
    "libportaudio.so.2": "libportaudio2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""For a machine that builds without having them."""
OPENED_BY_NAME = frozenset({"libportaudio.so.2"})
"""No file says that it needs these: they are loaded when somebody talks."""
LOADER = re.compile(r"ld-linux.*")


def depends(files: Sequence[Path]) -> list[str]:
    """What a .deb with these files must depend on."""
    binaries = [file for file in files if file.name not in OPTIONAL and _is_binary(file)]
    told = subprocess.run(
        ["objdump", "-p", *binaries],  # noqa: S607 - where the system has it
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout
    brought = {file.name for file in files}
    needed = OPENED_BY_NAME | set(re.findall(r"^ +NEEDED +(\S+)", told, re.M)) - brought
    libc = max(tuple(map(int, each)) for each in re.findall(r"\bGLIBC_(\d+)\.(\d+)", told))
    packages = packages_of(name for name in needed if not LOADER.match(name)) - {"libc6"}
    return [f"libc6 (>= {libc[0]}.{libc[1]})", *sorted(packages)]


def packages_of(libraries: Iterable[str]) -> set[str]:
    """As the package manager of this machine knows them; the .deb is for systems like it."""
    names = sorted(libraries)
    folder = f"lib/{sysconfig.get_config_var('MULTIARCH')}"
    paths = [f"/{up}{folder}/{name}" for name in names for up in ("", "usr/")]
    # It fails as soon as one path is nobody's, and of each pair only one can be somebody's.
    told = subprocess.run(
        ["dpkg-query", "--search", *paths],  # noqa: S607
        capture_output=True,
        encoding="utf-8",
        check=False,
    ).stdout
    owners = NOT_HERE | {
        path.rpartition("/")[2]: package.partition(":")[0]
        for package, path in re.findall(r"^(\S+): (.+)$", told, re.M)
    }
    if unknown := [name for name in names if name not in owners]:
        sys.exit(f"The app needs {', '.join(unknown)}, and no package installed here has it.")
    return {owners[name] for name in names}


def _is_binary(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"
