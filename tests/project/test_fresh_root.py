"""A newly installed Debian, a user without rights: does one command bring Nearling up?

Builds whole systems, so it runs only when asked, as root, with debootstrap installed:
`NEARLING_FRESH_ROOT=1 python3 dev.py test tests/project/test_fresh_root.py -s`
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from project.fresh_root import NEEDS_ROOT, NOBODY_KNOWN, FreshRoot, install_debian

pytestmark = [NEEDS_ROOT, pytest.mark.unhurried]
CHECKOUT = "/srv/der schöne Ort/nearling"


def settings_of_this_machine(dev: ModuleType) -> dict[str, str]:
    """What pip and uv are told here about indexes, as variables: no file of ours is inside."""
    home = Path.home()
    wanted = ("index-url", "extra-index-url", "find-links", "cert", "trusted-host", "proxy")
    pip = dev.pip_settings(os.environ, home)
    told = {f"PIP_{key.replace('-', '_').upper()}": pip[key] for key in wanted if key in pip}
    uv: dict[str, str] = dev.uv_settings(os.environ, home)
    return told | uv


@pytest.fixture(scope="module", params=["bookworm", "trixie"])
def fresh(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, dev: ModuleType
) -> Iterator[FreshRoot]:
    folder = tmp_path_factory.mktemp(request.param)
    settings = settings_of_this_machine(dev)
    words = " ".join(settings.values()).replace(",", " ").split()
    local = [Path(urlsplit(word).path) for word in words if word.startswith(("/", "file:"))]
    # The pages of an index usually point at a folder beside their own.
    shared = [path.parent if path.name == "simple" else path for path in local if path.is_dir()]
    install_debian(request.param, folder, shared, "python3")
    if certificates := settings.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE"):
        settings["PIP_CERT"] = "/etc/handed-in.pem"
        shutil.copy(certificates, f"{folder}/etc/handed-in.pem")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=dev.ROOT, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (dev.ROOT / name).is_file():
            copy = Path(f"{folder}{CHECKOUT}", name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(dev.ROOT / name, copy)
    uid = int(NOBODY_KNOWN.partition(":")[0])
    for path in (Path(f"{folder}{CHECKOUT}"), *Path(f"{folder}{CHECKOUT}").rglob("*")):
        os.chown(path, uid, uid)
    environ = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "HOME": "/nonexistent"}
    yield FreshRoot(folder, environ | settings, tuple(shared), CHECKOUT)
    shutil.rmtree(folder)


def one_command_sets_everything_up(fresh: FreshRoot) -> None:
    bare = fresh.run("python3 -c 'import ensurepip' || command -v sudo || command -v pip")
    assert bare.returncode != 0
    first = fresh.run("python3 dev.py setup")
    assert first.returncode == 0
    assert "Ready: " in first.stderr
    assert fresh.run(".venv/bin/nearling --help").returncode == 0
    for program in ("lint-imports", "pytest", "mypy", "ruff"):
        assert fresh.run(f".venv/bin/{program} --help >/dev/null").returncode == 0


def a_second_start_adds_little(fresh: FreshRoot) -> None:
    fresh.run("python3 dev.py setup")
    started = time.monotonic()
    again = fresh.run("python3 dev.py setup")
    assert (again.returncode, again.stderr) == (0, "")
    assert time.monotonic() - started < 2


def the_demonstration_runs(fresh: FreshRoot) -> None:
    assert fresh.run("python3 dev.py run").returncode == 0


def what_it_misses_is_said(fresh: FreshRoot) -> None:
    ran = fresh.run("python3 dev.py test -q tests/project tests/assistant")
    assert ran.returncode == 0
    assert "sudo apt-get install" in ran.stderr


def root_is_given_what_qt_wants(fresh: FreshRoot) -> None:
    start = ".venv/bin/python -c 'from PySide6.QtCore import QCoreApplication as A; A([])'"
    assert fresh.run(f"python3 dev.py test --version && {start}", user="0:0").returncode == 0
    assert fresh.run("strace -V >/dev/null").returncode == 0


def the_window_is_tested_there(fresh: FreshRoot) -> None:
    """With a tray, and with what a screen reader listens to; none of it is skipped."""
    words = "tests/ui/test_tray.py tests/ui/test_announcing.py tests/project/test_desktop_files.py"
    ran = fresh.run(f"python3 dev.py test -q -rs {words}", user="0:0")
    assert ran.returncode == 0
    assert "skipped" not in ran.stdout


def test_a_machine_that_has_nothing(fresh: FreshRoot) -> None:
    """One machine's life, in this order: each step leaves something behind for the next."""
    one_command_sets_everything_up(fresh)
    a_second_start_adds_little(fresh)
    the_demonstration_runs(fresh)
    what_it_misses_is_said(fresh)
    root_is_given_what_qt_wants(fresh)
    the_window_is_tested_there(fresh)
