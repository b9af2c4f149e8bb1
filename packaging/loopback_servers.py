"""Fetches the servers that tests/conformance asks: `python3 packaging/loopback_servers.py`.

LiteLLM's proxy and aimock, as the locks beside those tests pin them, each into a folder of its own
below `.tools`; nothing of Nearling ever loads them. What cannot be had here is told, and the tests
that need it are skipped.
"""

from __future__ import annotations

import hashlib
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import dev  # noqa: E402 - found beside pyproject.toml, not installed

PINS = ROOT / "tests" / "conformance"
LITELLM, AIMOCK = dev.TOOLS / "litellm", dev.TOOLS / "aimock"
AIMOCK_MEGABYTES = 12
STAMP = "made-from"


def wanted(*files: Path) -> str:
    """What a folder made from these pins says in its stamp."""
    told = b"".join(file.read_bytes() for file in files) + f"{sys.version} {ROOT}".encode()
    return hashlib.sha256(told).hexdigest()


def is_made(folder: Path, stamp: str) -> bool:
    made = folder / STAMP
    return made.exists() and made.read_text() == stamp


def fetch_litellm() -> None:
    """The locked proxy and what it needs, in an environment of its own."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        return dev.say("LiteLLM is pinned for Linux on x86_64 alone: tests against it are skipped.")
    pins = PINS / "litellm"
    stamp = wanted(pins / "uv.lock")
    if is_made(LITELLM, stamp):
        return None
    uv = dev.the_uv(dev.read_toml(ROOT / "uv.lock"))
    uv("venv", "--clear", "--python", sys.executable, LITELLM)
    locked = LITELLM / "locked.txt"
    uv("export", "--project", pins, "--frozen", "--no-emit-project", "--no-header", "-o", locked)
    sync = ("pip", "sync", "--python", LITELLM, "--require-hashes", "--only-binary", ":all:")
    plan = uv(*sync, locked, "--dry-run")
    packages = re.findall(r"^ *\+ (\S+)==(\S+)", plan, re.M)
    if "Would download" in plan:
        size = dev.megabytes(packages, dev.read_toml(pins / "uv.lock"))
        dev.say(f"Fetching LiteLLM ({size}) from {uv.mirror.names} into {LITELLM}.")
    uv(*sync, locked)
    (LITELLM / STAMP).write_text(stamp)
    return None


def fetch_aimock() -> None:
    """The locked package; it needs no other."""
    if missing := [tool for tool in ("node", "npm") if not shutil.which(tool)]:
        return dev.say(f"{missing[0]} is not installed: the tests against aimock are skipped.")
    pins = [PINS / "aimock" / name for name in ("package.json", "package-lock.json")]
    stamp = wanted(*pins)
    if is_made(AIMOCK, stamp):
        return None
    shutil.rmtree(AIMOCK, ignore_errors=True)
    AIMOCK.mkdir(parents=True)
    for pin in pins:
        shutil.copy(pin, AIMOCK)
    dev.say(f"Fetching aimock (at most {AIMOCK_MEGABYTES} MB) by npm into {AIMOCK}.")
    line = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    ran = subprocess.run(line, cwd=AIMOCK, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise dev.Problem(f"{ran.stderr.strip()}\n`npm ci` failed: check the network.")
    (AIMOCK / STAMP).write_text(stamp)
    return None


def main() -> None:
    try:
        fetch_litellm()
        fetch_aimock()
    except dev.Problem as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
