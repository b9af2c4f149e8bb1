"""uv.lock: it says what pyproject.toml asks for, and how much there is to fetch."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = f"cp3{sys.version_info.minor}"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="names of Linux wheels")


def name_of(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower()


def test_it_locks_what_the_project_asks_for(dev: ModuleType) -> None:
    project = dev.read_toml(dev.ROOT / "pyproject.toml")
    lock = dev.read_toml(dev.ROOT / "uv.lock")
    locked = next(p for p in lock["package"] if p["name"] == project["project"]["name"])["metadata"]
    asked = {name_of(line) for line in project["project"]["dependencies"]}
    assert {entry["name"] for entry in locked["requires-dist"]} == asked
    for group, lines in project["dependency-groups"].items():
        plain = {name_of(line) for line in lines if isinstance(line, str)}
        assert plain <= {entry["name"] for entry in locked["requires-dev"][group]}
    assert lock["requires-python"] == project["project"]["requires-python"]


def test_every_file_comes_from_the_public_index_with_a_hash(dev: ModuleType) -> None:
    lock = dev.read_toml(dev.ROOT / "uv.lock")
    for package in lock["package"]:
        if package["name"] != "nearling":
            assert package["source"] == {"registry": dev.PUBLIC_INDEX}
            assert package["wheels"], f"{package['name']} would have to be built"
            assert all(wheel["hash"].startswith("sha256:") for wheel in package["wheels"])


@LINUX
def test_the_sizes_for_this_machine_are_known(dev: ModuleType) -> None:
    lock = dev.read_toml(dev.ROOT / "uv.lock")
    packages = [(p["name"], p["version"]) for p in lock["package"] if p["name"] != "nearling"]
    fitting = [
        (name, version)
        for name, version in packages
        for wheel in next(
            p["wheels"] for p in lock["package"] if (p["name"], p["version"]) == (name, version)
        )
        if dev.fits(dev.file_name(wheel["url"]))
    ]
    assert "unknown" not in dev.megabytes(fitting, lock), "packaging/lock.py asks for them"


@LINUX
@pytest.mark.parametrize(
    ("tags", "fits"),
    [
        ("py3-none-any", True),
        ("py2.py3-none-any", True),
        (f"{HERE}-{HERE}-manylinux_2_17_MACHINE.manylinux2014_MACHINE", True),
        (f"{HERE}-none-manylinux_2_28_MACHINE", True),
        ("cp310-abi3-manylinux_2_34_MACHINE", True),
        ("py3-none-manylinux_2_17_MACHINE", True),
        ("cp399-abi3-manylinux_2_34_MACHINE", False),
        ("cp310-cp310-manylinux_2_17_MACHINE", False),
        (f"{HERE}-{HERE}t-manylinux_2_17_MACHINE", False),
        (f"{HERE}-{HERE}-manylinux_2_17_otherarch", False),
        (f"{HERE}-{HERE}-macosx_11_0_arm64", False),
        (f"{HERE}-{HERE}-win_amd64", False),
    ],
)
def test_fits(dev: ModuleType, tags: str, fits: bool) -> None:
    machine = dev.platform.machine()
    libc = "manylinux" if dev.platform.libc_ver()[0] == "glibc" else "musllinux"
    tags = tags.replace("MACHINE", machine).replace("manylinux", libc)
    assert dev.fits(f"some_thing-1.0-{tags}.whl") is fits


def test_megabytes_counts_the_largest_file_that_fits(dev: ModuleType) -> None:
    def wheel(tags: str, size: int) -> dict[str, object]:
        return {"url": f"https://files/x-1-{tags}.whl", "size": size}

    lock = {
        "package": [
            {"name": "nearling", "version": "1"},
            {
                "name": "a",
                "version": "1",
                "wheels": [
                    wheel("py3-none-any", 1_500_000),
                    wheel("py3-none-any", 2_500_000),
                    wheel("cp399-cp399-any", 9_000_000),
                ],
            },
            {
                "name": "b",
                "version": "1",
                "wheels": [{"url": "https://files/b-1-py3-none-any.whl"}],
            },
            {"name": "b", "version": "2", "wheels": [wheel("py3-none-any", 7_000_000)]},
        ]
    }
    assert dev.megabytes([("a", "1")], lock) == "at most 2.5 MB"
    assert dev.megabytes([("a", "1"), ("b", "1")], lock).endswith("and 1 files of unknown size")


def test_a_broken_lock_is_named(dev: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "uv.lock"
    file.write_text("version = ", "utf-8")
    with pytest.raises(dev.Problem, match=r"uv\.lock"):
        dev.read_toml(file)
