"""A newly installed Debian, a user without rights: does one command bring Nearling up?

Builds whole systems, so it runs only when asked, as root, with debootstrap installed:
`NEARLING_FRESH_ROOT=1 python3 dev.py test tests/project/test_fresh_root.py -s`
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.skipif(
    not os.environ.get("NEARLING_FRESH_ROOT")
    or os.geteuid() != 0
    or not shutil.which("debootstrap"),
    reason="builds whole systems: NEARLING_FRESH_ROOT=1, root and debootstrap are needed",
)
NOBODY_KNOWN = "41234:41234"  # a user that the system's own list does not name
CHECKOUT = "/srv/der schöne Ort/nearling"


@dataclass(frozen=True, slots=True)
class FreshRoot:
    """A minimal system in a folder, and how to run something there."""

    folder: Path
    environ: dict[str, str]
    shared: tuple[Path, ...]  # folders of this machine's package index, shown read-only inside

    def run(self, line: str, user: str = NOBODY_KNOWN) -> subprocess.CompletedProcess[str]:
        """Runs a shell line in the checkout; its mounts end with it."""
        mounts = [f"mount -t proc proc {self.folder}/proc"]
        mounts += [f"mount --bind -o ro {path} {self.folder}{path}" for path in self.shared]
        told = " ".join(f"{key}={shlex.quote(value)}" for key, value in self.environ.items())
        inner = shlex.quote(f"cd '{CHECKOUT}' && {line}")
        chroot = f"chroot --userspec={user} {self.folder} /usr/bin/env -i {told} sh -c {inner}"
        outer = " && ".join([*mounts, f"exec {chroot}"])
        started = time.monotonic()
        ran = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "sh", "-c", outer],
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        print(f"\n$ {line}  [{time.monotonic() - started:.1f} s, exit {ran.returncode}]")
        print(ran.stdout[-2000:] + ran.stderr[-2000:])
        return ran


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
    folder.chmod(0o755)
    subprocess.run(
        ["debootstrap", "--variant=minbase", "--include=python3", request.param, folder],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    settings = settings_of_this_machine(dev)
    if certificates := settings.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE"):
        settings["PIP_CERT"] = "/etc/handed-in.pem"
        shutil.copy(certificates, f"{folder}/etc/handed-in.pem")
    words = " ".join(settings.values()).replace(",", " ").split()
    local = [Path(urlsplit(word).path) for word in words if word.startswith(("/", "file:"))]
    # The pages of an index usually point at a folder beside their own.
    shared = [path.parent if path.name == "simple" else path for path in local if path.is_dir()]
    for path in shared:
        Path(f"{folder}{path}").mkdir(parents=True, exist_ok=True)
    for name in ("/etc/resolv.conf", "/etc/hosts"):
        shutil.copy(name, f"{folder}{name}")
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
    yield FreshRoot(folder, environ | settings, tuple(shared))
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


def test_a_machine_that_has_nothing(fresh: FreshRoot) -> None:
    """One machine's life, in this order: each step leaves something behind for the next."""
    one_command_sets_everything_up(fresh)
    a_second_start_adds_little(fresh)
    the_demonstration_runs(fresh)
    what_it_misses_is_said(fresh)
    root_is_given_what_qt_wants(fresh)
