"""Puts the packaged app, and what a desktop wants of an app, into a .deb."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from importlib.metadata import metadata
from pathlib import Path

from icons import APP, draw_icons
from system_libraries import depends

HERE = Path(__file__).resolve().parent
MAINTAINER = "The Nearling authors"
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Nearling
Comment:
 Python, Qt and the libraries that Nearling stands on are inside, unchanged. Each is named below
 with the terms it states; their full texts are in /usr/lib/nearling/_internal, in the folders that
 end in .dist-info, those of the GNU licences in /usr/share/common-licenses.
 Qt and PySide6 are used under the LGPL, version 3: their libraries lie as files of their own in
 /usr/lib/nearling/_internal/PySide6 and may be replaced by others of the same version.
 Of PyInstaller only the small program that starts Python is inside; its licence allows that for
 every app, under whatever terms.
"""


def make_deb(app: Path, dist: Path) -> Path:
    """The .deb of the folder `app`, in `dist`."""
    version = metadata("nearling")["Version"]
    architecture = _told("dpkg", "--print-architecture").strip()
    deb = dist / f"nearling_{version}_{architecture}.deb"
    # Beside the app, so that its files can be linked instead of copied.
    with tempfile.TemporaryDirectory(dir=dist) as scratch:
        root = Path(scratch, "root")
        _lay_out(app, root, version)
        _set_modes(root, {root / "usr/lib/nearling/nearling"})
        _write_control(root, version, architecture)
        # xz at its usual level makes it a seventh smaller and takes more than ten times as long.
        pack = ("dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build")
        _told(*pack, str(root), str(deb))
    return deb


def _lay_out(app: Path, root: Path, version: str) -> None:
    share = root / "usr/share"
    shutil.copytree(app, root / "usr/lib/nearling", symlinks=True, copy_function=_link)
    (root / "usr/bin").mkdir()
    (root / "usr/bin/nearling").symlink_to("../lib/nearling/nearling")
    draw_icons(share / "icons/hicolor")
    for ending, folder in (("desktop", "applications"), ("metainfo.xml", "metainfo")):
        (share / folder).mkdir()
        shutil.copy(HERE / f"{APP}.{ending}", share / folder)
    _write_packed(share / "man/man1/nearling.1.gz", (HERE / "nearling.1").read_text("utf-8"))
    papers = share / "doc/nearling"
    _write_packed(papers / "changelog.gz", _changelog(version))
    (papers / "copyright").write_text(_copyright(app), "utf-8")


def _link(source: str, target: str) -> None:
    os.link(source, target, follow_symlinks=False)


def _write_packed(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress(text.encode(), mtime=0))


def _changelog(version: str) -> str:
    """The newest release of the metainfo, as Debian words it."""
    releases = ET.parse(HERE / f"{APP}.metainfo.xml").iter("release")  # noqa: S314 - our own
    release = next(releases)
    day = datetime.fromisoformat(release.attrib["date"]).replace(tzinfo=UTC)
    said = " ".join("".join(release.itertext()).split())
    return (
        f"nearling ({version}) unstable; urgency=medium\n\n  * {said}\n\n"
        f" -- {MAINTAINER}  {day:%a, %d %b %Y %H:%M:%S +0000}\n"
    )


def _copyright(app: Path) -> str:
    _, owner, *own = (HERE.parent / "LICENSE").read_text("utf-8").split("\n\n")
    terms = "\n .\n".join(f" {part.strip()}".replace("\n", "\n ") for part in own)
    parts = [COPYRIGHT, f"Files: *\n{owner.replace(' ', ': ', 1)}\nLicense: Expat\n{terms}\n"]
    for folder in sorted(app.glob("_internal/*.dist-info")):
        told = (folder / "METADATA").read_text("utf-8")
        named = dict(re.findall(r"^(Name|Version|License-Expression|License): (.+)", told, re.M))
        if named["Name"] != "nearling":
            classified = re.findall(r"^Classifier: License :: (?:.* :: )?(.+)", told, re.M)
            under = named.get("License-Expression") or ", ".join(classified) or named["License"]
            parts.append(f"Comment: {named['Name']} {named['Version']}: {under}\n")
    return "\n".join(parts)


def _set_modes(root: Path, programs: set[Path]) -> None:
    root.chmod(0o755)
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)


def _write_control(root: Path, version: str, architecture: str) -> None:
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{file.relative_to(root)}"
        for file in files
    ]
    fields = {
        "Package": "nearling",
        "Version": version,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(sum(-(-file.stat().st_size // 1024) for file in files)),
        "Depends": ", ".join(depends(files)),
        "Recommends": "libasound2-plugins | pipewire-alsa, xdg-utils",
        "Section": "utils",
        "Priority": "optional",
        "Description": f"{metadata('nearling')['Summary'].split('. ')[0]}\n"
        " Drop a picture, ask, and see the answer with the place it comes from outlined.\n"
        " Pictures are read on this computer, and nothing leaves it.",
    }
    control = root / "DEBIAN"
    control.mkdir(mode=0o755)
    (control / "md5sums").write_text("\n".join(sums) + "\n", "utf-8")
    told = "".join(f"{key}: {value}\n" for key, value in fields.items())
    (control / "control").write_text(told, "utf-8")


def _told(*line: str) -> str:
    return subprocess.run(line, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
