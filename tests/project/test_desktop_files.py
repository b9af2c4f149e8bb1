"""What desktops are told about Nearling: true, well-formed, and the same everywhere."""

from __future__ import annotations

import configparser
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image

from nearling import __version__
from nearling.__main__ import _parser
from nearling.capture.files import capture_picture
from nearling.core.cancellation import Cancellation
from nearling.engines.local.renditions import PictureDecoder

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
APP = "app.nearling.Nearling"
DESKTOP_FILE = PACKAGING / f"{APP}.desktop"
METAINFO = PACKAGING / f"{APP}.metainfo.xml"


@pytest.fixture(scope="module")
def desktop() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DESKTOP_FILE, "utf-8")
    return parser


@pytest.fixture(scope="module")
def metainfo() -> ET.Element:
    return ET.parse(METAINFO).getroot()  # noqa: S314 - our own


def words_of(line: str) -> list[str]:
    program, *words = line.split()
    assert program == "nearling"
    return [word for word in words if not word.startswith("%")]


def test_everything_that_is_started_is_understood(desktop: configparser.ConfigParser) -> None:
    lines = [section["Exec"] for section in map(desktop.__getitem__, desktop.sections())]
    assert lines
    for words in map(words_of, lines):
        _parser(words).parse_args(words)


def test_files_are_handed_over_and_every_action_is_there(
    desktop: configparser.ConfigParser,
) -> None:
    entry = desktop["Desktop Entry"]
    assert entry["Exec"] == "nearling open %F"
    assert entry["Terminal"] == "false"
    actions = entry["Actions"].strip(";").split(";")
    sections = {f"Desktop Action {action}" for action in actions}
    assert {*desktop.sections()} == {"Desktop Entry", *sections}


def test_each_kind_of_picture_that_is_offered_is_taken(
    desktop: configparser.ConfigParser, tmp_path: Path
) -> None:
    kinds = desktop["Desktop Entry"]["MimeType"].strip(";").split(";")
    assert len(kinds) == len(set(kinds)) > 1
    Image.init()
    for kind in kinds:
        format_ = next(name for name, mime in Image.MIME.items() if mime == kind)
        file = tmp_path / f"picture.{kind.partition('/')[2]}"
        Image.new("RGB", (12, 8)).save(file, format_)
        shown = PictureDecoder().decode(capture_picture(file), 100, Cancellation())
        assert (shown.width, shown.height) == (12, 8)


def test_both_languages_say_the_same_things(
    desktop: configparser.ConfigParser, metainfo: ET.Element
) -> None:
    for section in map(desktop.__getitem__, desktop.sections()):
        spoken = {key for key in section if key in {"Comment", "GenericName", "Keywords"}}
        if section.name != "Desktop Entry":
            spoken |= {"Name"}
        assert {key for key in section if key.endswith("[de]")} == {f"{key}[de]" for key in spoken}
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    paragraphs = metainfo.findall("description/p") + metainfo.findall("summary")
    german = [each for each in paragraphs if each.get(language) == "de"]
    assert 2 * len(german) == len(paragraphs)


def test_one_name_and_one_version(desktop: configparser.ConfigParser, metainfo: ET.Element) -> None:
    assert metainfo.findtext("id") == desktop["Desktop Entry"]["Icon"] == APP
    assert metainfo.findtext("launchable") == DESKTOP_FILE.name
    opening = (ROOT / "src/nearling/ui/opening.py").read_text("utf-8")
    assert f'setDesktopFileName("{APP}")' in opening
    release = metainfo.find("releases/release")
    assert release is not None
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert release.attrib["version"] == __version__
    assert f'\nversion = "{__version__}"\n' in project


def test_the_manual_page_knows_every_verb() -> None:
    page = (PACKAGING / "nearling.1").read_text("utf-8")
    verbs = re.findall(r"^ {4}(\w+)\b", _parser([]).format_help(), re.MULTILINE)
    part = page.partition(".SH VERBS")[2].partition(".SH")[0]
    assert re.findall(r"^\.B (\w+)$", part, re.MULTILINE) == verbs


def test_the_icons_are_drawn_in_their_sizes(tmp_path: Path) -> None:
    try:
        import PySide6.QtSvg  # noqa: F401
    except ImportError as error:
        pytest.skip(f"Qt's system libraries are missing: {error}")
    draw = "import sys; sys.path.insert(0, sys.argv[1]); import icons, pathlib; "
    draw += "icons.draw_icons(pathlib.Path(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", draw, PACKAGING, tmp_path], check=True)
    drawn = {file.relative_to(tmp_path).as_posix(): file for file in tmp_path.rglob("*.*g")}
    scalable = drawn.pop(f"scalable/apps/{APP}.svg")
    assert ET.parse(scalable).getroot().tag.endswith("svg")  # noqa: S314 - our own
    assert {f"{side}x{side}/apps/{APP}.png" for side in (16, 32, 48, 128, 256)} <= {*drawn}
    for name, file in drawn.items():
        side = int(name.partition("x")[0])
        assert struct.unpack(">II", file.read_bytes()[16:24]) == (side, side)
        assert file.stat().st_size > 100  # something is on it


@pytest.mark.parametrize(
    "line",
    [
        ("desktop-file-validate", str(DESKTOP_FILE)),
        ("appstreamcli", "validate", "--no-net", str(METAINFO)),
    ],
)
def test_the_desktops_own_checks_are_content(line: tuple[str, ...]) -> None:
    if not shutil.which(line[0]):
        pytest.skip(f"{line[0]} is not installed")
    ran = subprocess.run(line, capture_output=True, text=True, check=False)
    blamed = [each for each in ran.stdout.splitlines() if each.startswith(("E: ", "W: "))]
    # From 1.0 on appstreamcli fails for want of a home page; there is none that could be named.
    homeless = bool(blamed) and all("url-homepage-missing" in each for each in blamed)
    assert ran.returncode == 0 or homeless, ran.stdout + ran.stderr
