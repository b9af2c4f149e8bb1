#!/usr/bin/env python3
"""Sets up, starts, tests, checks and packs Nearling: `python3 dev.py WORD`.

Stands on Python's standard library alone, so that it works on a machine where nothing has been
installed yet: no pip, no venv module, no root. Everything it makes lies in `.venv` and `.tools`
beside it, and in uv's cache where that can be written. docs/development.md says more.
"""

from __future__ import annotations

import base64
import configparser
import ctypes
import hashlib
import html
import http.client
import importlib.util
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
WINDOWS = os.name == "nt"  # handled below, and tested by nobody yet
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "nearling-setup.json"  # what .venv was made from, once it is whole
PUBLIC_INDEX = "https://pypi.org/simple"
SIMPLE_PAGES = "text/html, application/vnd.pypi.simple.v1+json;q=0.9"
UV_INDEX_SETTINGS = (
    "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS",
)  # fmt: skip
# What some tests want from the system, by Debian's names. The command line itself wants nothing.
LIBRARIES = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libportaudio.so.2": "libportaudio2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TEST_TOOLS = {
    "strace": "strace", "setpriv": "util-linux", "unshare": "util-linux", "Xvfb": "xvfb",
    "openbox": "openbox", "xdotool": "xdotool", "xclip": "xclip", "fc-list": "fontconfig",
    "appstreamcli": "appstream", "desktop-file-validate": "desktop-file-utils",
    "trayer": "trayer", "dbus-monitor": "dbus", "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core", "espeak-ng": "espeak-ng",
    "pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils", "parec": "pulseaudio-utils",
}  # fmt: skip
ALSA_TO_PULSE = "*/alsa-lib/libasound_module_pcm_pulse.so"
FONTS = "fonts-dejavu-core"  # a window without any font shows boxes


class Problem(Exception):
    """Something the reader can put right; its text says what happened and what to do."""


def say(sentence: str) -> None:
    """Tells the reader what happens; stdout stays the product's own."""
    print(sentence, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Mirror:
    """Where packages come from, as pip's or uv's settings say it."""

    indexes: tuple[str, ...]  # addresses of simple indexes, the first one asked first
    find_links: tuple[str, ...]  # folders, or pages with links
    environ: Mapping[str, str]  # the environment that tells uv the same

    @property
    def names(self) -> str:
        """The hosts and folders for the reader: an address may hold a password."""
        return ", ".join(dict.fromkeys(map(shown, (*self.indexes, *self.find_links))))


def shown(address: str) -> str:
    """The part of an address that is fit to be read."""
    return urlsplit(address).hostname or urlsplit(address).path


def pip_settings(environ: Mapping[str, str], home: Path) -> dict[str, str]:
    """What pip would follow: its files, a later one winning, then the PIP_... variables."""
    named, name = environ.get("PIP_CONFIG_FILE", ""), "pip.ini" if WINDOWS else "pip.conf"
    shared = (environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep)
    files = [*(Path(folder, "pip", name) for folder in reversed(shared)), Path("/etc", name)]
    if not Path(named).is_file():  # pip leaves the user's own file out when it is given another
        own = environ.get("APPDATA") or environ.get("XDG_CONFIG_HOME") or home / ".config"
        library = home / "Library/Application Support/pip"
        files += [home / ".pip" / name, Path(own, "pip", name), library / name]
    files += [Path(sys.prefix, name), *([Path(named)] if named else [])]
    settings: dict[str, str] = {}
    for file in files if named != os.devnull else []:
        parser = configparser.RawConfigParser()
        try:
            parser.read(file, encoding="utf-8")
        except (OSError, ValueError, configparser.Error) as error:
            raise Problem(f"pip's settings in {file} cannot be read: {error}.") from error
        for section in filter(parser.has_section, ("global", "install")):
            settings |= dict(parser.items(section))
    settings |= {key[4:]: value for key, value in environ.items() if key.startswith("PIP_")}
    return {key.lower().replace("_", "-"): value for key, value in settings.items()}


def uv_settings(environ: Mapping[str, str], home: Path) -> dict[str, str]:
    """The index settings of uv's files and environment, by the names of its variables."""
    own = environ.get("XDG_CONFIG_HOME") or home / ".config"
    files = [ROOT / "uv.toml", Path(own, "uv/uv.toml"), Path("/etc/xdg/uv/uv.toml")]
    if environ.get("UV_CONFIG_FILE"):
        files = [Path(environ["UV_CONFIG_FILE"])]
    settings = {key: environ[key] for key in UV_INDEX_SETTINGS if environ.get(key)}
    for file in () if environ.get("UV_NO_CONFIG") else (*files, Path("/etc/uv/uv.toml")):
        table = read_toml(file) if file.is_file() else {}
        table = {**table, **table.get("pip", {})}
        default = [index["url"] for index in table.get("index", ()) if index.get("default")]
        others = [index["url"] for index in table.get("index", ()) if not index.get("default")]
        found = {
            "UV_DEFAULT_INDEX": " ".join(default) or table.get("index-url", ""),
            "UV_INDEX": " ".join([*others, *table.get("extra-index-url", ())]),
            "UV_FIND_LINKS": ",".join(table.get("find-links", ())),
        }
        settings = {key: value for key, value in found.items() if value} | settings
    return settings


def mirror_from(environ: Mapping[str, str], home: Path) -> Mirror:
    """uv's own index settings where there are any, else pip's, else the public index."""
    pip, uv = pip_settings(environ, home), uv_settings(environ, home)
    wanted = {
        "UV_INSECURE_HOST": pip.get("trusted-host", ""),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "HTTPS_PROXY": pip.get("proxy", ""),
        "HTTP_PROXY": pip.get("proxy", ""),
        # As pip: every index is asked for every package. Each file must match its locked hash.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    if not uv:
        uv = {
            "UV_DEFAULT_INDEX": pip.get("index-url", ""),
            "UV_INDEX": " ".join(pip.get("extra-index-url", "").split()),
            "UV_FIND_LINKS": ",".join(pip.get("find-links", "").split()),
            "UV_NO_INDEX": "1" if pip.get("no-index", "").lower() in {"1", "true", "yes"} else "",
        }
        wanted |= uv
    default = uv.get("UV_DEFAULT_INDEX") or uv.get("UV_INDEX_URL") or PUBLIC_INDEX
    extra = f"{uv.get('UV_INDEX', '')} {uv.get('UV_EXTRA_INDEX_URL', '')}".split()
    extra = [re.sub(r"^[\w-]+=", "", index) for index in extra]  # uv's may have a name=
    return Mirror(
        () if uv.get("UV_NO_INDEX") else tuple(dict.fromkeys([*extra, default])),
        tuple(filter(None, uv.get("UV_FIND_LINKS", "").split(","))),
        {key: value for key, value in wanted.items() if value} | dict(environ),
    )


def fetch(address: str, mirror: Mirror) -> tuple[str, bytes]:
    """The address that answered, after redirects, and what it holds. Raises OSError if none did."""
    parts = urlsplit(address)
    context = ssl.create_default_context(cafile=mirror.environ.get("SSL_CERT_FILE"))
    if {parts.hostname, parts.netloc} & set(mirror.environ.get("UV_INSECURE_HOST", "").split()):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    proxy = mirror.environ.get("HTTPS_PROXY")
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=context),
        urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else None),
    )
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    request = urllib.request.Request(bare.geturl(), headers={"Accept": SIMPLE_PAGES})
    for known in map(urlsplit, (address, *mirror.indexes, *mirror.find_links)):
        # A login holds for all of its server: the links on a page come without it.
        if known.username and known.netloc.rpartition("@")[2] == bare.netloc:
            login = unquote(f"{known.username}:{known.password or ''}").encode()
            basic = f"Basic {base64.b64encode(login).decode()}"
            request.add_unredirected_header("Authorization", basic)
    with opener.open(request, timeout=60) as answer:
        return answer.url, answer.read()


def links(address: str, page: bytes) -> list[str]:
    """The files that a page of a simple index names, in HTML (PEP 503) or JSON (PEP 691)."""
    if page.lstrip().startswith(b"{"):
        found = [file["url"] for file in json.loads(page)["files"]]
    else:
        found = re.findall(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']+)""", page.decode(), re.I)
    return [urljoin(address, html.unescape(link)).partition("#")[0] for link in found]


def read_toml(file: Path) -> Mapping[str, Any]:
    """What the file holds."""
    import tomllib  # here, because an older Python must get as far as its own sentence

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise Problem(f"{file} cannot be read: {error}.") from error


def file_name(address: str) -> str:
    """The name at the end of a file's address."""
    return unquote(urlsplit(address).path.rsplit("/", 1)[-1])


def fits(wheel: str) -> bool:
    """Whether a wheel may be for this Python and this machine; the C library's age is not seen."""
    pythons, abis, systems = (set(p.split(".")) for p in wheel.removesuffix(".whl").split("-")[-3:])
    minor = sys.version_info.minor
    exact = f"cp3{minor}" in pythons and bool(abis & {f"cp3{minor}", "none"})
    stable = "abi3" in abis and any(int(tag.removeprefix("cp3")) <= minor for tag in pythons)
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    kind = {"linux": libc, "darwin": "macosx", "win32": "win"}.get(sys.platform, sys.platform)
    ends = (platform.machine().lower(), "universal2")
    here = any(tag == "any" or (tag.startswith(kind) and tag.endswith(ends)) for tag in systems)
    return here and ("py3" in pythons or exact or stable)


def megabytes(packages: Sequence[tuple[str, str]], lock: Mapping[str, Any]) -> str:
    """How much there is to fetch for these (name, version), in words."""
    sizes = []
    for package in lock["package"]:
        if (package["name"], package["version"]) in packages:
            fitting = [wheel for wheel in package["wheels"] if fits(file_name(wheel["url"]))]
            sizes.append(max((wheel.get("size", 0) for wheel in fitting), default=0))
    unknown = f" and {sizes.count(0)} files of unknown size" if 0 in sizes else ""
    return f"at most {sum(sizes) / 1e6:.1f} MB{unknown}"


def find_uv(lock: Mapping[str, Any], mirror: Mirror) -> list[str]:
    """The command that is uv: one installed here if it is as new as the lock's, else a fetched."""
    package = next(package for package in lock["package"] if package["name"] == "uv")
    locked = [int(part) for part in package["version"].split(".")[:2]]
    commands = [[path]] if (path := shutil.which("uv")) else []
    commands += [[sys.executable, "-m", "uv"]] if importlib.util.find_spec("uv") else []
    for command in commands:
        told = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"uv (\d+)\.(\d+)", told.stdout)
        if version and [*map(int, version.groups())] >= locked:
            return command
    program = TOOLS / f"uv-{package['version']}" / ("uv.exe" if WINDOWS else "uv")
    if not program.is_file():
        size = megabytes([("uv", package["version"])], lock)
        say(f"Fetching the installer uv {package['version']} ({size}) from {mirror.names}.")
        fetch_uv(package, mirror, program)
    return [str(program)]


def fetch_uv(package: Mapping[str, Any], mirror: Mirror, program: Path) -> None:
    """Puts the uv that the lock pins where `program` says. Raises Problem when none can be had."""
    hashes = {file_name(wheel["url"]): wheel["hash"] for wheel in package["wheels"]}
    failures = []
    for place in (*(f"{index.rstrip('/')}/uv/" for index in mirror.indexes), *mirror.find_links):
        try:
            for link in files_at(place, mirror):
                name = file_name(link)
                if name in hashes and fits(name):
                    return unpack_uv(fetch(link, mirror)[1], name, hashes[name], program)
            failures.append(f"{shown(place)}: has no uv {package['version']} for this machine")
        except (OSError, ValueError, http.client.HTTPException) as error:
            failures.append(f"{shown(place)}: {getattr(error, 'reason', error)}")
    raise Problem(
        "The installer uv could not be fetched.\n  " + "\n  ".join(failures) + "\n"
        "Check the network (after a certificate error: the system's package ca-certificates), or "
        "name a mirror with PIP_INDEX_URL, or install uv yourself; then run this again."
    )


def files_at(place: str, mirror: Mirror) -> list[str]:
    """The addresses of the files that a page or a folder holds."""
    folder = Path(urllib.request.url2pathname(urlsplit(place).path))
    if urlsplit(place).scheme not in {"", "file"}:
        return links(*fetch(place, mirror))
    if (page := folder / "index.html").is_file():
        return links(page.resolve().as_uri(), page.read_bytes())
    return [file.as_uri() for file in folder.resolve().iterdir()]


def unpack_uv(wheel: bytes, name: str, digest: str, program: Path) -> None:
    """Takes the program out of the wheel, if the wheel is the one that the lock means."""
    if f"sha256:{hashlib.sha256(wheel).hexdigest()}" != digest:
        raise Problem(
            f"{name} is not the file that uv.lock pins: nothing of it was used. Name another index."
        )
    program.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=program.parent) as scratch:
        packed = Path(scratch, name)
        packed.write_bytes(wheel)
        with zipfile.ZipFile(packed) as archive:
            inside = next(n for n in archive.namelist() if n.endswith(f"/scripts/{program.name}"))
            unpacked = Path(archive.extract(inside, scratch))
        unpacked.chmod(0o755)
        unpacked.replace(program)  # in one step: a stopped fetch leaves no half program


@dataclass(frozen=True)
class Uv:
    """uv, and where it fetches from."""

    command: Sequence[str]
    mirror: Mirror

    def __call__(self, *words: str | Path, **environ: str) -> str:
        """Runs it and returns what it told on stderr. Raises Problem when it fails."""
        ran = subprocess.run(
            [*self.command, *map(str, words)], env={**self.mirror.environ, **environ}, cwd=ROOT,
            check=False, capture_output=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        if ran.returncode:
            raise Problem(
                f"{ran.stderr.strip()}\n`uv {words[0]}` failed. If an index could not be reached, "
                "check the network or name a mirror with PIP_INDEX_URL; then run this again."
            )
        return ran.stderr


def the_uv(lock: Mapping[str, Any]) -> Uv:
    """uv with the settings of this machine."""
    environ = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() fails for a user without one
    cache = Path(environ.get("XDG_CACHE_HOME") or f"{home}/.cache")
    nearest = next(filter(Path.exists, (cache / "uv", cache, cache.parent)), None)
    if nearest is None or not os.access(nearest, os.W_OK):
        environ.setdefault("UV_CACHE_DIR", str(TOOLS / "cache"))
    mirror = mirror_from(environ, Path(home))
    return Uv(find_uv(lock, mirror), mirror)


def setup(*_: str) -> int:
    """put everything into .venv: the product (.venv/bin/nearling), its libraries, the tools"""
    # Its files hold the paths of the checkout and of Python: where one has moved, it begins anew.
    base = [sys.version, sys.base_prefix, str(ROOT)]
    project = read_toml(ROOT / "pyproject.toml")
    told = [project.get(part) for part in ("build-system", "project", "dependency-groups")]
    contents = json.dumps(told).encode() + (ROOT / "uv.lock").read_bytes()
    wanted = {"base": base, "contents": hashlib.sha256(contents).hexdigest()}
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):  # none yet, or one that was being written when the power went
        stamp = {}
    if stamp == wanted:
        return 0
    started = time.monotonic()
    lock = read_toml(ROOT / "uv.lock")
    uv = the_uv(lock)
    if stamp.get("base") != base or not PYTHON.exists():
        python = Path(sys.executable).resolve()  # never the one in the .venv that is cleared now
        uv("venv", "--clear", "--prompt", "nearling", "--python", python, VENV)
    STAMP.unlink(missing_ok=True)
    locked = VENV / "locked.txt"
    uv("export", "--frozen", "--no-emit-project", "--no-header", "--no-annotate", "-o", locked)
    sync = ("pip", "sync", "--python", VENV, "--require-hashes", "--only-binary", ":all:", locked)
    plan = uv(*sync, "--dry-run")
    packages = re.findall(r"^ *\+ (\S+)==(\S+)", plan, re.M)
    if "Would download" in plan:
        say(f"Fetching {megabytes(packages, lock)} from {uv.mirror.names} into .venv.")
    uv(*sync)
    # The backend that builds the product came with the lock: no unlocked one is fetched.
    product = ("--no-deps", "--no-build-isolation", "--offline", "--editable", ROOT)
    uv("pip", "install", "--python", VENV, *product)
    for pointer in VENV.rglob("*_nearling.pth"):
        # Python reads it by the locale: in plain C a checkout's path with an umlaut would stop it.
        pointer.write_text(os.path.relpath(ROOT / "src", pointer.parent), "utf-8")
    STAMP.write_text(json.dumps(wanted), "utf-8")
    say(f"Ready: {len(packages)} packages in {time.monotonic() - started:.0f} s.")
    return 0


def inside(program: str, *words: str) -> int:
    """Runs a program of .venv in the foreground and returns its exit code."""
    line = [str(PYTHON.parent / program), *words]
    with subprocess.Popen(line, cwd=ROOT) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # it was told too, and cleans up after itself


def run(*words: str) -> int:
    """set up and open the window, or where there is no display run `nearling demo`"""
    setup()
    look = [str(PYTHON.parent / "nearling"), "look"]  # Qt would end a process that has no display
    if subprocess.run(look, capture_output=True, check=False).returncode == 0:
        return inside("nearling", "open", *words)
    say("No window can be shown here, so this is the demonstration; `nearling doctor` says why.")
    return demo(*words)


def demo(*words: str) -> int:
    """set up and start `nearling demo`; more words go to it"""
    return setup() or inside("nearling", "demo", *words)


def test(*words: str) -> int:
    """set up and run every test; more words go to pytest; --conformance: before others' servers"""
    setup()
    if "--conformance" in words:
        more = [word for word in words if word != "--conformance"]
        fetched = inside("python", "packaging/loopback_servers.py")
        return fetched or inside("pytest", "tests/conformance", "-m", "conformance", *more)
    install_on_system()
    # The whole suite goes two at a time; what is named one by one, so that it can be looked at.
    named = any(Path(ROOT, word.partition("::")[0]).exists() for word in words)
    beside = [] if named or (os.cpu_count() or 1) < 2 else ["-n2"]
    return inside("pytest", *beside, *words)


def check(*_: str) -> int:
    """set up and check style, types, import contracts, and that uv.lock fits pyproject.toml"""
    setup()
    failed = []
    for line in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        say(f"-- {line}")
        failed += [line] if inside(*line.split()) else []
    try:
        # No index settings: the lock names the public index, whatever mirror it is fetched from.
        public = dict.fromkeys(UV_INDEX_SETTINGS, "")
        the_uv(read_toml(ROOT / "uv.lock"))("lock", "--check", "--offline", **public)
    except Problem:
        failed.append("uv.lock (`python3 packaging/lock.py` renews it)")
    say(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return bool(failed)


def build(*_: str) -> int:
    """set up and make the wheel, the source archive, the packaged app and its .deb in dist/"""
    setup()
    line = ("build", "--no-build-isolation", "--offline", "--python", PYTHON)
    say(the_uv(read_toml(ROOT / "uv.lock"))(*line).strip())
    return inside("python", "packaging/app.py")


def install_on_system() -> None:
    """Gives the tests what they want from the system, where that needs no password."""
    missing = {package for tool, package in TEST_TOOLS.items() if not shutil.which(tool)}
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.add(package)
    if not any(Path("/usr/share/fonts").rglob("*.ttf")):
        missing.add(FONTS)
    if not any(Path("/usr/lib").glob(ALSA_TO_PULSE)):
        missing.add("libasound2-plugins")
    if not missing or sys.platform != "linux":
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *sorted(missing)]
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if all(map(shutil.which, ["apt-get", *as_root[:1]])):
        say(f"Installing for some of the tests: {', '.join(sorted(missing))}.")
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for line in (install, ["apt-get", "update"], install):  # a new system knows no packages yet
            ran = subprocess.run([*as_root, *line], env=environ, capture_output=True, check=False)
            if line is install and ran.returncode == 0:
                return
    say(
        f"Some tests want more of the system: `sudo {' '.join(install)}`. Without it they are "
        "skipped and say so; all else works."
    )


WORDS = {"run": run, "test": test, "setup": setup, "check": check, "build": build, "demo": demo}


def main(words: Sequence[str]) -> int:
    """Does what the first word says, with the words after it; returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader may have an older one
        say(f"Nearling needs Python 3.11 or newer, and this is {platform.python_version()}.")
        return 1
    if not words or words[0] not in WORDS:
        say("python3 dev.py WORD, where WORD is one of:")
        for name, word in WORDS.items():
            say(f"  {name:6} {word.__doc__}")
        return 0 if not words or words[0] in {"-h", "--help", "help"} else 2
    try:
        return WORDS[words[0]](*words[1:])
    except Problem as problem:
        say(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
