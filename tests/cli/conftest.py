"""The product with a home of its own, and one picture that answers a question."""

import os
import shutil
import subprocess
import sys

import pytest

from scripted.pictures import draw, saved
from scripted.product import AS_NOBODY, Product


@pytest.fixture
def product(tmp_path):
    return Product(tmp_path / "home")


@pytest.fixture(scope="session")
def receipt(tmp_path_factory):
    """A receipt that anybody may read."""
    folder = tmp_path_factory.mktemp("pictures")
    path = saved(draw("Corner Shop", "Apples: 3.20", "Total: 12.50 EUR"), folder / "receipt.png")
    for parent in (path, *path.parents):
        if parent.owner() == folder.owner():
            parent.chmod(parent.stat().st_mode | 0o055)
        if parent.name.startswith("pytest-of"):
            break
    return path


QUESTION = "What is the total?"


@pytest.fixture(scope="session")
def answered(receipt, tmp_path_factory):
    """A home in which QUESTION was answered, to be copied and never changed; what it said."""
    product = Product(tmp_path_factory.mktemp("answered") / "home")
    ended = product.run("ask", QUESTION, "--picture", receipt, "--json")
    assert ended.code == 0, ended
    return product.home, ended.json


@pytest.fixture
def asked(product, answered):
    """The answered question is in the product's history; its JSON."""
    home, said = answered
    shutil.copytree(home, product.home)
    return said


@pytest.fixture(scope="session")
def as_nobody():
    """What runs a command as another user; permissions mean nothing to root."""
    try:
        tried = subprocess.run(
            [*AS_NOBODY, sys.executable, "-c", "import nearling"], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("setpriv (util-linux) is not installed, so nobody else can be impersonated")
    if tried.returncode:
        pytest.skip(f"cannot run as another user here: {tried.stderr.decode().strip()[-200:]}")
    return AS_NOBODY


@pytest.fixture
def without_privilege():
    """What makes file permissions count for root too, as they do for everybody else."""
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv (util-linux) is not installed, and permissions mean nothing to root")
    return ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
