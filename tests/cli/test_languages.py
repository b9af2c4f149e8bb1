"""The command line in the person's language; what scripts read stays as it is."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import pytest

from scripted.catalogues import make_pseudo, untranslated
from scripted.product import Product

OPTIONS = ("--json", "-h, --help", "--version", "-h", "--help", "-- ")
NAMES = (
    "nearling", "JSON", "USD", "HEIC", "JPEG", "PNG", "MB", "GB",
    "open", "ask", "talk", "resume", "read", "history", "doctor", "demo", "bench",
    "list", "search", "show", "export", "forget", "backup", "restore", "markdown", "json",
    "transcribe", "models", "recommend", "find", "add", "remove", "verify", "measure",
    "network", "model.bin", "`nearling models list`", "(SubRip)", "(WebVTT)",
    "extract", "--fields date,total", "date,merchant,total", "CSV",
    "endpoints", "startup,read,useful,voice,write,cloud,all", "develop", "fresh", "written", "held",
    "small", "{135m,500m}",
)  # fmt: skip
"""What is typed as it is, in any language."""


@dataclass(frozen=True)
class Speaking(Product):
    """The product as it runs on a machine with `environ`."""

    environ: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        silent = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "LANG", "NEARLING_LANGUAGE"))
        }
        return silent | {"NEARLING_HOME": str(self.home)} | self.environ


@pytest.fixture
def german(tmp_path):
    return Speaking(tmp_path / "home", {"LANG": "de_DE.UTF-8"})


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory):
    return make_pseudo(tmp_path_factory.mktemp("locale"))


@pytest.fixture
def foreign(tmp_path, pseudo):
    return Speaking(tmp_path / "home", pseudo)


def test_on_a_german_machine_it_speaks_german(german, receipt):
    asked = german.run("ask", "What is the total?", "--picture", receipt)
    assert asked.out == "12.50 EUR\n"
    assert "Auf diesem Computer" in asked.notes
    assert "nichts gesendet" in asked.notes
    refused = german.run("ask", "What is the fax number?", "--picture", receipt)
    assert "Nichts, was im Bild gelesen wurde, beantwortet das sicher." in refused.notes
    assert "Aufruf: nearling ask" in german.run("ask", "--help").out


def test_a_child_speaks_as_its_parent(german, tmp_path):
    broken = tmp_path / "leer.png"
    broken.write_bytes(b"GIF89a")
    assert "leer.png ist " in german.run("read", broken, "--json").json["files"][0]["error"][
        "sentence"
    ]  # fmt: skip


def test_the_option_decides(german):
    german.home.mkdir()
    (german.home / "settings.toml").write_text('language = "en"\n')
    assert "There is no question." in german.run("ask").notes


def test_settings_with_a_slip_are_told_in_the_language_of_the_machine(german):
    german.home.mkdir()
    (german.home / "settings.toml").write_text("language = 3\n")
    assert "Die Option language" in german.run("ask", "Was?").notes


def test_scripts_read_the_same_in_every_language(german, product, receipt):
    words = ("ask", "What is the fax number?", "--picture", receipt, "--json")
    here, there = german.run(*words), product.run(*words)
    assert here.code == there.code == 3
    assert here.json.keys() == there.json.keys()
    kinds = [each.run("ask", "", "--json").error["kind"] for each in (german, product)]
    assert kinds == ["question", "question"]
    named = [
        [check["name"] for check in each.run("doctor", "--json").json["checks"]]
        for each in (german, product)
    ]
    assert named[0] == named[1]


@pytest.mark.parametrize(
    "words",
    [
        (), ("open",), ("ask",), ("talk",), ("resume",), ("read",), ("history",), ("network",),
        ("doctor",), ("demo",), ("bench",), *(("history", each) for each in (
            "list", "search", "show", "export", "forget", "backup", "restore")),
        ("extract",), ("transcribe",), ("models",), *(("models", each) for each in (
            "list", "recommend", "find", "add", "remove", "verify", "measure")),
    ],
    ids=" ".join,
)  # fmt: skip
def test_help_is_translated(foreign, words):
    ended = foreign.run(*words, "--help")
    assert ended.code == 0
    # Lines are wrapped anywhere: brackets are looked at over the whole.
    assert untranslated(" ".join(ended.out.split()), (*OPTIONS, *NAMES, *LONG)) == ""


LONG = (
    "--picture", "--document", "--conversation", "--zone", "--model", "--timeout", "--question",
    "--tables", "{tsv,csv,markdown,json}",
    "--limit",
    "--format", "--all", "--before", "--out", "--set", "--new",
    "--language", "--translate", "--srt", "--vtt", "--words", "--english", "--copy",
    "--clip", "--whole", "--size", "--local-only", "--yes-send", "--lift", "--afresh", "--hide",
    "--action", "--actions",
    "--fields", "--csv", "--without-earlier", "--pixels", "--mask", "--here",
)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ("ask",), ("ask", "x", "--zone", "moon"), ("ask", "x", "--timeout", "0"),
        ("ask", "x", "--picture", "nowhere"), ("ask", "x", "--model", "none"),
        ("ask", "x", "--conversation", "abcd"), ("read",), ("read", "."), ("history", "show", "ab"),
        ("history", "backup"), ("history", "restore", "none"), ("resume",), ("nothing",),
        ("history", "forget"), ("ask", "--colour"), ("resume", "0123"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_goes_wrong_is_translated(foreign, words):
    ended = foreign.run(*words)
    assert ended.code != 0
    given = ("moon", "nowhere", "none", "abcd", "colour", "nothing", "0123", "ab")
    told = " ".join(ended.notes.split())
    assert untranslated(told, (*OPTIONS, *NAMES, *LONG, *given)) == ""


def test_the_doctor_is_translated(foreign):
    ended = foreign.run("doctor")
    known = ("ok", "FAIL", str(foreign.home), *NAMES)
    assert untranslated(ended.out, known) == ""


def test_what_a_turn_says_is_translated(foreign, receipt, tmp_path):
    """From the question to the backup; what was asked and read stays as it is."""
    backup, total, fax = tmp_path / "backup.zip", "What is the total?", "What is the fax number?"
    known = [
        *("Total:", "Corner Shop", "Apples:", "EUR", "rapidocr", "PP-OCRv6-small", "built-in"),
        *(receipt.name, str(tmp_path), backup.name, total, fax, *NAMES),
    ]

    def left(*words, code=0):
        ended = foreign.run(*words)
        assert ended.code == code, ended
        told = re.sub(r"nearling resume \w+", "", ended.out + ended.notes)
        return untranslated(told, tuple(known))

    assert left("ask", total, "--picture", receipt) == ""
    assert left("ask", fax, "--picture", receipt, code=3) == ""
    assert left("read", receipt) == ""
    listed = foreign.run("history", "list", "--json").json["conversations"]
    known += [conversation["id"] for conversation in listed]
    assert left("history", "list") == ""
    assert left("history", "search", "total") == ""
    for conversation in listed:
        assert left("history", "show", conversation["id"]) == ""
    assert left("history", "backup", backup) == ""
    assert left("history", "restore", backup) == ""
    assert left("history", "forget", "--all") == ""
    assert left("history", "list") == ""
