"""A minimal Debian in a folder, for tests that need a machine on which nothing was installed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

NEEDS_ROOT = pytest.mark.skipif(
    not os.environ.get("NEARLING_FRESH_ROOT")
    or os.geteuid() != 0
    or not shutil.which("debootstrap"),
    reason="builds whole systems: NEARLING_FRESH_ROOT=1, root and debootstrap are needed",
)
NOBODY_KNOWN = "41234:41234"  # a user that the system's own list does not name


@dataclass(frozen=True, slots=True)
class FreshRoot:
    """A minimal system in a folder, and how to run something there."""

    folder: Path
    environ: Mapping[str, str]
    shared: tuple[Path, ...]  # folders of this machine, shown read-only inside
    place: str = "/"  # where lines are run

    def command(self, line: str, user: str = NOBODY_KNOWN) -> list[str]:
        """What runs a shell line there; its mounts end with it."""
        mounts = [f"mount -t proc proc {self.folder}/proc"]
        mounts += [f"mount --bind -o ro {path} {self.folder}{path}" for path in self.shared]
        told = " ".join(f"{key}={shlex.quote(value)}" for key, value in self.environ.items())
        inner = shlex.quote(f"cd '{self.place}' && {line}")
        chroot = f"chroot --userspec={user} {self.folder} /usr/bin/env -i {told} sh -c {inner}"
        outer = " && ".join([*mounts, f"exec {chroot}"])
        return ["unshare", "--mount", "--pid", "--fork", "sh", "-c", outer]

    def run(self, line: str, user: str = NOBODY_KNOWN) -> subprocess.CompletedProcess[str]:
        started = time.monotonic()
        ran = subprocess.run(
            self.command(line, user), capture_output=True, encoding="utf-8", check=False
        )
        print(f"\n$ {line}  [{time.monotonic() - started:.1f} s, exit {ran.returncode}]")
        print(ran.stdout[-2000:] + ran.stderr[-2000:])
        return ran


def install_debian(release: str, folder: Path, shared: Sequence[Path], *packages: str) -> None:
    """Fills the folder with a minimal Debian that reaches the network as this machine does."""
    folder.chmod(0o755)
    include = [f"--include={','.join(packages)}"] if packages else []
    subprocess.run(
        ["debootstrap", "--variant=minbase", *include, release, folder],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    for path in shared:
        Path(f"{folder}{path}").mkdir(parents=True, exist_ok=True)
    for name in ("/etc/resolv.conf", "/etc/hosts"):
        shutil.copy(name, f"{folder}{name}")
