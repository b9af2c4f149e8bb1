"""Which package index dev.py asks, by the settings of pip and of uv."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

PUBLIC = "https://pypi.org/simple"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def only(file: Path) -> dict[str, str]:
    """Variables that hide the settings of the machine that runs the tests."""
    return {"PIP_CONFIG_FILE": str(file), "UV_NO_CONFIG": "1"}


def test_without_settings_the_public_index_is_asked(dev: ModuleType, home: Path) -> None:
    mirror = dev.mirror_from(only(Path("/dev/null")), home)
    assert (mirror.indexes, mirror.find_links) == ((PUBLIC,), ())


@pytest.mark.parametrize(
    "text",
    [
        "[global]\nindex-url = https://mirror/simple\n",
        "[global]\nindex_url: https://mirror/simple\n",
        "[install]\nindex-url = https://mirror/simple\n[global]\nindex-url = https://no\n",
        "[global]\nindex-url = https://mirror/simple\n[freeze]\nindex-url = https://no\n",
    ],
)
def test_pip_file(dev: ModuleType, home: Path, tmp_path: Path, text: str) -> None:
    mirror = dev.mirror_from(only(write(tmp_path / "given.conf", text)), home)
    assert mirror.indexes == ("https://mirror/simple",)
    assert mirror.environ["UV_DEFAULT_INDEX"] == "https://mirror/simple"


@pytest.mark.parametrize("place", [".pip/pip.conf", ".config/pip/pip.conf"])
def test_pip_file_of_the_user(dev: ModuleType, home: Path, place: str) -> None:
    write(home / place, "[global]\nextra-index-url = https://a/simple\n    https://b/simple\n")
    mirror = dev.mirror_from({"UV_NO_CONFIG": "1", "PIP_INDEX_URL": "https://c"}, home)
    assert mirror.indexes == ("https://a/simple", "https://b/simple", "https://c")
    assert mirror.environ["UV_INDEX"] == "https://a/simple https://b/simple"


def test_pip_files_that_all_users_share(dev: ModuleType, home: Path, tmp_path: Path) -> None:
    write(tmp_path / "near/pip/pip.conf", "[global]\nindex-url = https://near\n")
    write(tmp_path / "far/pip/pip.conf", "[global]\nindex-url = https://far\nproxy = p:1\n")
    settings = dev.pip_settings({"XDG_CONFIG_DIRS": f"{tmp_path}/near:{tmp_path}/far"}, home)
    assert settings["index-url"] == "https://near"
    assert settings["proxy"] == "p:1"


def test_a_named_pip_file_replaces_the_one_of_the_user(
    dev: ModuleType, home: Path, tmp_path: Path
) -> None:
    write(home / ".config/pip/pip.conf", "[global]\nfind-links = /user\n")
    named = write(tmp_path / "given.conf", "[global]\nindex-url = https://given\n")
    settings = dev.pip_settings(only(named), home)
    assert settings["index-url"] == "https://given"
    assert settings.get("find-links") != "/user"


def test_variables_win_over_files(dev: ModuleType, home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "given.conf", "[global]\nindex-url = https://file\ncert = /file\n")
    mirror = dev.mirror_from(only(file) | {"PIP_INDEX_URL": "https://variable"}, home)
    assert mirror.indexes == ("https://variable",)
    assert mirror.environ["SSL_CERT_FILE"] == "/file"


def test_all_that_uv_must_be_told(dev: ModuleType, home: Path) -> None:
    told = {
        "PIP_FIND_LINKS": "/a https://b/links",
        "PIP_TRUSTED_HOST": "inside:8443",
        "PIP_PROXY": "http://proxy:3128",
        "PIP_NO_INDEX": "true",
    }
    mirror = dev.mirror_from(only(Path("/dev/null")) | told, home)
    assert (mirror.indexes, mirror.find_links) == ((), ("/a", "https://b/links"))
    expected = {
        "UV_FIND_LINKS": "/a,https://b/links",
        "UV_INSECURE_HOST": "inside:8443",
        "HTTPS_PROXY": "http://proxy:3128",
        "UV_NO_INDEX": "1",
    }
    assert expected.items() <= mirror.environ.items()


def test_what_the_environment_says_stays(dev: ModuleType, home: Path) -> None:
    told = {"PIP_CERT": "/pip.pem", "SSL_CERT_FILE": "/mine.pem"}
    assert dev.mirror_from(told, home).environ["SSL_CERT_FILE"] == "/mine.pem"


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL"])
def test_settings_of_uv_win_over_those_of_pip(dev: ModuleType, home: Path, name: str) -> None:
    told = only(Path("/dev/null")) | {
        name: "https://uv/simple",
        "UV_INDEX": "inside=https://named/simple",
        "PIP_INDEX_URL": "https://pip/simple",
    }
    mirror = dev.mirror_from(told, home)
    assert mirror.indexes == ("https://named/simple", "https://uv/simple")
    assert "https://pip/simple" not in mirror.environ.get("UV_DEFAULT_INDEX", "")


@pytest.mark.parametrize(
    "text",
    [
        'index-url = "https://main"\nextra-index-url = ["https://more"]\nfind-links = ["/f"]\n',
        '[pip]\nindex-url = "https://main"\nextra-index-url = ["https://more"]\n'
        'find-links = ["/f"]\n',
        'find-links = ["/f"]\n[[index]]\nurl = "https://more"\n'
        '[[index]]\nurl = "https://main"\ndefault = true\n',
    ],
)
def test_uv_file(dev: ModuleType, home: Path, tmp_path: Path, text: str) -> None:
    told = {"PIP_CONFIG_FILE": "/dev/null", "UV_CONFIG_FILE": str(write(tmp_path / "uv", text))}
    mirror = dev.mirror_from(told, home)
    assert mirror.indexes == ("https://more", "https://main")
    assert mirror.find_links == ("/f",)
    assert "UV_DEFAULT_INDEX" not in mirror.environ  # uv reads its own file itself


def test_a_password_is_not_shown(dev: ModuleType, home: Path) -> None:
    told = only(Path("/dev/null")) | {"PIP_INDEX_URL": "https://me:secret@mirror:8443/simple"}
    assert dev.mirror_from(told, home).names == "mirror"


def test_a_broken_file_is_named(dev: ModuleType, home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "broken.conf", "index-url = nowhere\n")
    with pytest.raises(dev.Problem, match=r"broken\.conf"):
        dev.mirror_from(only(file), home)
