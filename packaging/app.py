"""Makes the packaged app in dist/: a folder that needs no Python, and a .deb of it.

Started by `dev.py build`. Where something for it is missing it says so and makes what can be made,
which is why it looks before it imports: the wheel and the source archive need none of all that.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
FOLDER = DIST / "nearling"
PROGRAM = FOLDER / "nearling"


def say(sentence: str) -> None:
    """Stdout stays free for what is made of this one day."""
    print(sentence, file=sys.stderr, flush=True)


def what_is_missing() -> str:
    """Why the packaged app cannot be made here, or nothing."""
    if sys.platform != "linux":
        return "it is made on Linux only, so far"
    if missing := [tool for tool in ("ldd", "objdump", "strip") if not shutil.which(tool)]:
        return f"{', '.join(missing)} not found; on Debian and Ubuntu: sudo apt install binutils"
    from PyInstaller.depend.bindepend import get_python_library_path
    from PyInstaller.exceptions import PythonLibraryNotFoundError

    try:
        get_python_library_path()
    except PythonLibraryNotFoundError:
        install = f"sudo apt install libpython3.{sys.version_info.minor}"
        return f"this Python has no shared library; on Debian and Ubuntu: {install}"
    try:
        import PySide6.QtSvg  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded ({error}); .venv/bin/nearling doctor says what to install"
    return ""


def freeze() -> None:
    """Makes the folder; what was there before is gone first."""
    with tempfile.TemporaryDirectory() as scratch:
        line = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
        line += ["--distpath", str(DIST), "--workpath", scratch]
        subprocess.run([*line, str(ROOT / "packaging" / "nearling.spec")], check=True)
    # Python may have been built with all its symbols, which are most of it and of use to nobody.
    own = [*FOLDER.glob("_internal/libpython*"), *FOLDER.glob("_internal/python3*/**/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *own], check=True)  # noqa: S607


def try_out() -> None:
    """A picture is read and a question answered by what was just made."""
    with tempfile.TemporaryDirectory() as home:
        asked = subprocess.run(
            [PROGRAM, "ask", "How much did I pay?", "--picture", "assets/demo/receipt.jpg"],
            cwd=ROOT,
            env=os.environ | {"NEARLING_HOME": home},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if asked.stdout.strip() != "£25.15":
        sys.exit(f"The packaged app does not work:\n{asked.stdout}{asked.stderr}")


def megabytes(path: Path) -> str:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return f"{sum(file.lstat().st_size for file in files if not file.is_symlink()) / 1e6:.0f} MB"


def main() -> None:
    if why := what_is_missing():
        say(f"No packaged app was made: {why}.")
        return
    started = time.monotonic()
    say("Making the packaged app: a minute or two.")
    freeze()
    try_out()
    say(f"dist/{FOLDER.name}: {megabytes(FOLDER)}, after {time.monotonic() - started:.0f} s")
    if not shutil.which("dpkg-deb"):
        say("No .deb was made: dpkg-deb not found.")
        return
    from debian import make_deb

    deb = make_deb(FOLDER, DIST)
    say(f"dist/{deb.name}: {megabytes(deb)}, after {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
