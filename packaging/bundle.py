"""What belongs into the packaged app: PyInstaller alone would add half of Qt and of the system."""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

from PyInstaller.depend.bindepend import get_imports

Entry = tuple[str, str, str]
"""Where a file goes, where it comes from, and what PyInstaller takes it for."""

SITE = Path(sysconfig.get_path("purelib")).resolve()

EXCLUDES = (
    "PySide6.QtDBus",  # Qt's own libraries speak D-Bus without it
    "PySide6.QtNetwork",
    "charset_normalizer",
    "distutils",
    "doctest",
    "numpy.f2py",
    "numpy.testing",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "rapidocr",  # of this one only the models are used
    "setuptools",
    "tkinter",
    "yaml",
)
"""Modules that a library mentions and Nearling never reaches."""

HOOKS = ("pyi_rth_inspect", "pyi_rth_pkgutil")
"""PyInstaller's preparations that are kept. That for Qt would set QT_PLUGIN_PATH for every program
that is started from here, and Qt finds its plugins without it."""

QT_MODULES = ("QtCore", "QtGui", "QtSvg", "QtWidgets")
QT_PLUGINS = {
    "platforms": ("libqxcb.so", "libqwayland.so", "libqoffscreen.so"),
    "wayland-shell-integration": ("libxdg-shell.so",),
    # Where the desktop draws no frame around a window, these do.
    "wayland-decoration-client": ("libadwaita.so", "libbradient.so"),
    # Accents by several keys, and everything that is written with an input method.
    "platforminputcontexts": (
        "libcomposeplatforminputcontextplugin.so",
        "libibusplatforminputcontextplugin.so",
    ),
    # The desktop's font, its colours and its own window for choosing files.
    "platformthemes": ("libqgtk3.so", "libqxdgdesktopportal.so"),
}
QT_WORDS = tuple(
    f"qtbase_{folder.name}.qm"
    for folder in (Path(__file__).parents[1] / "src/nearling/locale").iterdir()
)
"""Qt's own words in the languages that Nearling speaks."""
OPTIONAL = ("libqgtk3.so",)
"""Used where the desktop has what it needs; nothing is installed for its sake."""

_LICENCE = re.compile(r"(licen[cs]e|copying|notice|copyright|thirdparty)[^/]*$", re.IGNORECASE)


def models() -> list[tuple[str, str]]:
    """The two networks, for where the package that brings them would have them."""
    files = (SITE / "rapidocr" / "models").glob("PP-OCRv6_*_small.onnx")
    return [(str(file), "rapidocr/models") for file in sorted(files)]


def pruned(entries: list[Entry]) -> list[Entry]:
    """Without what is never loaded, and without what the system's own packages bring."""
    libraries = _qt_libraries()
    return [entry for entry in entries if _belongs(entry, libraries)]


def papers(entries: list[Entry]) -> list[Entry]:
    """The metadata and licences of every package of which something is in `entries`."""
    owners = packages_distributions()
    tops = {re.split(r"[/.]", destination)[0] for destination, *_ in entries}
    # Nothing imports a module of these three, and a part of each is in.
    names = {"nearling", "pyinstaller", "rapidocr"}
    names |= {owner for top in tops for owner in owners.get(top, ())}
    found = [entry for name in sorted(names) for entry in _papers_of(distribution(name))]
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    return [*found, *([("python/LICENSE.txt", str(python), "DATA")] if python.exists() else [])]


def _belongs(entry: Entry, libraries: frozenset[str]) -> bool:
    destination, source, kind = entry
    if ".dist-info/" in destination:
        # As a whole it names the folders of the machine that built it. keyring finds its own
        # backends by this one file.
        return bool(re.fullmatch(r"keyring-[\d.]+\.dist-info/entry_points\.txt", destination))
    if kind == "SYMLINK":
        return not source.startswith("PySide6/")  # Qt looks for its own from where it really lies
    if destination.startswith("PySide6/"):
        return _belongs_to_qt(destination, libraries)
    if kind == "BINARY" and SITE not in Path(source).resolve().parents:
        return Path(destination).name.startswith("libpython")
    return True


def _belongs_to_qt(destination: str, libraries: frozenset[str]) -> bool:
    _, *folders, name = destination.split("/")
    if not folders:
        return name in libraries or name.split(".")[0] in {*QT_MODULES, "libpyside6", "__init__"}
    if folders[:2] == ["Qt", "lib"]:
        return name in libraries
    if folders == ["Qt", "translations"]:
        return name in QT_WORDS
    return folders[:2] == ["Qt", "plugins"] and name in QT_PLUGINS.get(folders[2], ())


def _qt_libraries() -> frozenset[str]:
    """The names of all libraries that the kept parts of Qt need, directly or not."""
    qt = SITE / "PySide6"
    files = [qt / f"{module}.abi3.so" for module in QT_MODULES]
    files += [
        qt / "Qt/plugins" / kind / name for kind, names in QT_PLUGINS.items() for name in names
    ]
    if missing := [str(file) for file in files if not file.exists()]:
        sys.exit(f"This PySide6 has no {', '.join(missing)}: packaging/bundle.py must follow it.")
    return frozenset(name for file in files for name, _ in get_imports(str(file)))


def _papers_of(package: Distribution) -> list[Entry]:
    metadata = next(file for file in package.files or () if file.name == "METADATA")
    folder = metadata.parent.name
    found = [metadata, *(f for f in package.files or () if _LICENCE.search(str(f)))]
    return [
        (
            f"{folder}/{'METADATA' if file is metadata else f'licenses/{file.name}'}",
            str(package.locate_file(file)),
            "DATA",
        )
        for file in dict.fromkeys(found)
        if file.suffix not in {".py", ".pyc"}
    ]
