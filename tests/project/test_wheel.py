"""The built wheel holds the product, its assets and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def names(dev: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in a wheel that was built just now."""
    dist = tmp_path_factory.mktemp("dist")
    line = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)]
    subprocess.run(line, cwd=dev.ROOT, check=True, capture_output=True)
    (wheel,) = dist.iterdir()
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_below(folder: Path) -> set[str]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix()
        for file in found
        if "__pycache__" not in file.parts and file.name != ".gitkeep"
    }


def test_all_of_the_product_is_in(dev: ModuleType, names: set[str]) -> None:
    assert files_below(dev.ROOT / "src") <= names
    assert {f"nearling/assets/{name}" for name in files_below(dev.ROOT / "assets")} <= names


def test_nothing_else_is_in(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"nearling"}
    assert not [name for name in names if Path(name).name.startswith("test_")]


def test_its_program_and_its_licence_are_named(names: set[str]) -> None:
    ends = {name.split(".dist-info/")[1] for name in names if ".dist-info/" in name}
    assert {"entry_points.txt", "licenses/LICENSE", "METADATA"} <= ends
