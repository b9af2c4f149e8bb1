"""dev.py by its words, in a checkout of its own; a scripted uv stands in for the real one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

BESIDE = " -n2" if (os.cpu_count() or 1) > 1 else ""

# Notes every call, makes what `uv venv` would make, and plans one package, as uv words it.
SCRIPTED_UV = """
import pathlib, sys
words = sys.argv[1:]
with open({calls!r}, "a") as calls:
    calls.write(" ".join(words[:2]) + "\\n")
if words == ["--version"]:
    print("uv {version}.0")
if words[0] == "venv":
    programs = pathlib.Path(words[-1], "bin")
    programs.mkdir(parents=True, exist_ok=True)
    for name in ("python", "nearling", "pytest"):
        (programs / name).write_text(
            '#!/bin/sh\\n[ "$1" = look ] && exit ${{SCREEN:-1}}\\necho ' + name + ' "$@"; exit 7'
        )
        (programs / name).chmod(0o755)
if "--dry-run" in words:
    print("Would download 1 package\\n + rich==15.0.0", file=sys.stderr)
"""


class Checkout:
    """A copy of what dev.py reads, below a path that is not plain, and a PATH with one uv."""

    def __init__(self, folder: Path, dev: ModuleType, uv_version: str) -> None:
        self.folder = folder / "schöner Ort"
        self.calls = folder / "calls"
        self.folder.mkdir()
        for name in ("dev.py", "pyproject.toml", "uv.lock"):
            (self.folder / name).write_bytes((dev.ROOT / name).read_bytes())
        program = folder / "bin/uv"
        program.parent.mkdir()
        script = program.with_suffix(".py")
        script.write_text(SCRIPTED_UV.format(calls=str(self.calls), version=uv_version), "utf-8")
        # Through the shell, since a first line cannot name a Python whose path has a space in it.
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', "utf-8")
        program.chmod(0o755)

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """dev.py's words in a plain C locale, with no index in reach but those of `environ`."""
        path = f"{self.calls.parent}/bin"  # so no apt-get either
        told = {"PATH": path, "LC_ALL": "C", "HOME": "/nonexistent", "PIP_CONFIG_FILE": "/dev/null"}
        return subprocess.run(
            [sys.executable, self.folder / "dev.py", *words],
            env=told | {"PIP_INDEX_URL": "http://127.0.0.1:1/simple"} | environ,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def called(self) -> list[str]:
        """What uv was asked since the last time, its version aside."""
        calls = self.calls.read_text("utf-8").splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return [call for call in calls if call != "--version"]


@pytest.fixture
def checkout(tmp_path: Path, dev: ModuleType) -> Checkout:
    return Checkout(tmp_path, dev, "99.0")


@pytest.fixture
def checkout_with_old_uv(tmp_path: Path, dev: ModuleType) -> Checkout:
    return Checkout(tmp_path, dev, "0.1")


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--help"], 0), (["rnu"], 2)])
def test_without_a_word_the_words_are_told(checkout: Checkout, words: list[str], code: int) -> None:
    ran = checkout.run(*words)
    told = [line.split()[0] for line in ran.stderr.splitlines()[1:]]
    assert told == ["run", "test", "setup", "check", "build", "demo"]
    assert (ran.returncode, ran.stdout) == (code, "")
    assert checkout.called() == []


def test_setup_does_its_work_once(checkout: Checkout) -> None:
    first = checkout.run("setup")
    assert first.returncode == 0, first.stderr
    assert checkout.called() == [
        "venv --clear",
        "export --frozen",
        "pip sync",
        "pip sync",
        "pip install",
    ]
    assert "Fetching at most " in first.stderr
    assert "MB from 127.0.0.1 into .venv" in first.stderr
    assert "Ready: 1 packages in " in first.stderr
    second = checkout.run("setup")
    assert (second.returncode, second.stderr, checkout.called()) == (0, "", [])


def test_a_changed_lock_is_installed_into_the_same_environment(checkout: Checkout) -> None:
    checkout.run("setup")
    checkout.called()
    with (checkout.folder / "uv.lock").open("a") as lock:
        lock.write("# changed\n")
    checkout.run("setup")
    assert checkout.called() == ["export --frozen", "pip sync", "pip sync", "pip install"]


def test_a_moved_checkout_begins_anew(checkout: Checkout) -> None:
    checkout.run("setup")
    checkout.called()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    checkout.run("setup")
    assert checkout.called()[0] == "venv --clear"


def test_the_settings_of_the_check_tools_change_nothing(checkout: Checkout) -> None:
    checkout.run("setup")
    checkout.called()
    project = checkout.folder / "pyproject.toml"
    project.write_text(project.read_text("utf-8").replace("line-length = 100", "line-length = 99"))
    checkout.run("setup")
    assert checkout.called() == []


def test_a_stopped_setup_is_not_taken_for_a_whole_one(checkout: Checkout) -> None:
    checkout.run("setup")
    stamp = checkout.folder / ".venv/nearling-setup.json"
    assert set(json.loads(stamp.read_text("utf-8"))) == {"base", "contents"}
    stamp.unlink()
    checkout.called()
    checkout.run("setup")
    assert "pip sync" in checkout.called()


@pytest.mark.parametrize(
    ("word", "line"),
    [("run", "nearling demo"), ("demo", "nearling demo"), ("test", f"pytest{BESIDE}")],
)
def test_words_are_passed_on_and_the_exit_code_back(
    checkout: Checkout, word: str, line: str
) -> None:
    ran = checkout.run(word, "-x", "a b")
    assert (ran.stdout, ran.returncode) == (f"{line} -x a b\n", 7)


def test_tests_that_are_named_run_one_by_one(checkout: Checkout) -> None:
    (checkout.folder / "tests").mkdir()
    assert checkout.run("test", "-x", "tests::one").stdout == "pytest -x tests::one\n"


def test_the_servers_of_others_are_fetched_before_they_are_asked(checkout: Checkout) -> None:
    ran = checkout.run("test", "--conformance", "-x")
    assert (ran.stdout, ran.returncode) == ("python packaging/loopback_servers.py\n", 7)


def test_where_there_is_a_display_run_opens_the_window(checkout: Checkout) -> None:
    ran = checkout.run("run", "a b.png", SCREEN="0")
    assert (ran.stdout, ran.returncode) == ("nearling open a b.png\n", 7)


def test_where_there_is_no_display_run_says_who_knows_why(checkout: Checkout) -> None:
    assert "`nearling doctor` says why" in checkout.run("run").stderr


def test_no_network_is_a_sentence(checkout_with_old_uv: Checkout) -> None:
    ran = checkout_with_old_uv.run("run")
    assert ran.returncode == 1
    assert "Connection refused" in ran.stderr
    assert "PIP_INDEX_URL" in ran.stderr
    assert "Traceback" not in ran.stderr
