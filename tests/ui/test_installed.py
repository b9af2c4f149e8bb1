"""The .deb on a minimal Debian: installed by apt, asked a question through its window, removed.

It builds the package and whole systems, so it runs only when asked, as root, with debootstrap:
`NEARLING_FRESH_ROOT=1 python3 dev.py test tests/ui/test_installed.py -s`
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from nearling.history.history import History
from project.fresh_root import NEEDS_ROOT, NOBODY_KNOWN, FreshRoot, install_debian

pytestmark = [NEEDS_ROOT, pytest.mark.unhurried]
ROOT = Path(__file__).resolve().parents[2]
SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers have them
HOME = "/home/somebody"
HISTORY = f"{HOME[1:]}/.local/share/nearling/history"
ADMIN = "0:0"
QUESTION = "How much did I pay?"


@pytest.fixture(scope="module")
def deb() -> Path:
    """The package, built just now."""
    subprocess.run([sys.executable, ROOT / "dev.py", "build"], check=True)
    return max((ROOT / "dist").glob("nearling_*.deb"), key=lambda file: file.stat().st_mtime)


@pytest.fixture(scope="module", params=["bookworm", "trixie"])
def fresh(request, tmp_path_factory, display, deb):
    """A Debian without Python and without a desktop, whose screen is that of the tests."""
    folder = tmp_path_factory.mktemp(request.param)
    install_debian(request.param, folder, [SOCKETS])
    shutil.copy(deb, folder / "srv/nearling.deb")
    home = Path(f"{folder}{HOME}")
    home.mkdir(parents=True)
    shutil.copy(ROOT / "assets/demo/receipt.jpg", home)
    for path in (home, *home.iterdir()):
        os.chown(path, *map(int, NOBODY_KNOWN.split(":")))
    environ = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": HOME, "LC_ALL": "C.UTF-8"}
    environ |= {"DISPLAY": display, "DEBIAN_FRONTEND": "noninteractive"}
    environ["XDG_RUNTIME_DIR"] = f"{HOME}/run"  # a session has one of its own, for sockets
    yield FreshRoot(folder, environ, (SOCKETS,), "/home")
    shutil.rmtree(folder)


def eventually(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)
    return found


def named_after_it(fresh: FreshRoot) -> set[str]:
    """Every path outside the home that says whose it is."""
    elsewhere = "-path /proc -o -path /home -o -path /srv"
    line = f"find / \\( {elsewhere} \\) -prune -o -iname '*nearling*' -print"
    return set(fresh.run(line, ADMIN).stdout.split())


def apt_installs_it(fresh: FreshRoot) -> None:
    assert fresh.run("command -v python3").returncode != 0
    assert fresh.run("command -v nearling").returncode != 0
    assert fresh.run("apt-get update", ADMIN).returncode == 0
    install = "apt-get install -y --no-install-recommends /srv/nearling.deb"
    assert fresh.run(install, ADMIN).returncode == 0
    assert fresh.run("dpkg --verify nearling", ADMIN).stdout == ""
    app = "app.nearling.Nearling"
    for path in (
        f"applications/{app}.desktop",
        f"metainfo/{app}.metainfo.xml",
        f"icons/hicolor/48x48/apps/{app}.png",
        f"icons/hicolor/scalable/apps/{app}.svg",
    ):
        assert (fresh.folder / "usr/share" / path).is_file()


def the_command_line_works(fresh: FreshRoot) -> None:
    checks = json.loads(fresh.run("nearling doctor --json").stdout)["checks"]
    assert [check for check in checks if not check["ok"]] == []
    asked = fresh.run(f"nearling ask '{QUESTION}' --picture somebody/receipt.jpg")
    assert (asked.returncode, asked.stdout) == (0, "£25.15\n")


def the_window_answers(fresh: FreshRoot, display: str) -> None:
    def xdotool(*words: str) -> str:
        environ = os.environ | {"DISPLAY": display}
        ran = subprocess.run(
            ["xdotool", *words], env=environ, capture_output=True, text=True, check=False
        )
        return ran.stdout

    line = f"exec nearling open --new somebody/receipt.jpg --question '{QUESTION}' --json"
    outer = subprocess.Popen(fresh.command(line), stdout=subprocess.PIPE, encoding="utf-8")
    # From here: another process there could not see whether the window's is alive.
    with outer, History(fresh.folder / HISTORY) as history:
        try:
            before = len(history.conversations())
            assert outer.stdout is not None
            assert json.loads(outer.stdout.readline()) == {"window": "open"}
            (app,) = psutil.Process(outer.pid).children()
            window = eventually(lambda: xdotool("search", "--onlyvisible", "--name", "Nearling"))

            def in_front():
                xdotool("windowactivate", window.split()[-1])
                return xdotool("getactivewindow").strip() == window.split()[-1]

            eventually(in_front)
            xdotool("key", "Return")

            def answered():
                assert outer.poll() is None, "the window is gone"
                newest, *others = history.conversations()
                (turn,) = history.turns(newest.id)
                return len(others) == before and turn.answer

            assert eventually(answered).text == "£25.15"
            app.terminate()
            assert outer.wait(20) == 0
        finally:
            outer.kill()


def nothing_is_left_but_what_was_asked(fresh: FreshRoot) -> None:
    assert named_after_it(fresh)
    assert fresh.run("apt-get purge -y --autoremove nearling", ADMIN).returncode == 0
    assert named_after_it(fresh) == set()
    with History(fresh.folder / HISTORY) as history:
        assert len(history.conversations()) == 2


def test_it_is_installed_asked_and_removed(fresh: FreshRoot, display: str) -> None:
    """One machine's life, in this order: each step leaves something behind for the next."""
    apt_installs_it(fresh)
    the_command_line_works(fresh)
    the_window_answers(fresh, display)
    nothing_is_left_but_what_was_asked(fresh)
