"""Every sentence of the code is in the catalogues, translated whole, and compiled."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from scripted.catalogues import placeholders, tool

CATALOGUES = tool()
RENEW = "run .venv/bin/python packaging/catalogues.py and translate what it names"
SPEAKING = {"_", "gettext", "ngettext", "marked"}
FOR_US = {"AssertionError", "ValueError", "warning", "info"}
"""Who calls these speaks to us, or to the log."""
MUTE = {
    "bench",  # measures and demonstrates; its figures and their notes are English
    "locale",
}
"""Rooms in which a sentence may stand as it is."""


def of(message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def spoken(message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module")
def template():
    return CATALOGUES.extracted()


def test_there_are_german_sentences():
    assert [file.parents[1].name for file in CATALOGUES.catalogues()] == ["de"]


@pytest.mark.parametrize("file", CATALOGUES.catalogues(), ids=lambda file: file.parents[1].name)
def test_a_catalogue_is_whole(file, template):
    catalog = CATALOGUES.loaded(file)
    assert {each.id for each in template} == {each.id for each in catalog}, RENEW
    assert [each.id for each in CATALOGUES.untranslated(catalog)] == [], RENEW
    for message in catalog:
        if not message.id:
            continue
        said = spoken(message)
        for english, other in zip((*of(message), of(message)[-1]), said, strict=False):
            assert placeholders(english) == placeholders(other), other
            assert english.endswith(".") is other.endswith(".") or not english.strip(".,"), other
            assert english[:1].isspace() is other[:1].isspace(), other
            assert english[-1:].isspace() is other[-1:].isspace(), other
            assert english.count("`") == other.count("`"), other


@pytest.mark.parametrize("file", CATALOGUES.catalogues(), ids=lambda file: file.parents[1].name)
def test_what_is_compiled_is_what_is_written(file):
    with file.with_suffix(".mo").open("rb") as opened:
        compiled = {of(each): spoken(each) for each in read_mo(opened) if each.id}
    assert compiled == {of(each): spoken(each) for each in CATALOGUES.loaded(file) if each.id}, (
        RENEW
    )


def sentences_left(source: str) -> Iterator[tuple[int, str]]:
    """Strings that read like a sentence and that no gettext is asked for."""
    tree = ast.parse(source)
    passed: set[int] = set()
    for node in ast.walk(tree):
        told = isinstance(node, ast.Call) and called(node) in {*SPEAKING, *FOR_US}
        documents = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if told or documents or isinstance(node, ast.Assert):
            passed |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
        if id(node) not in passed and reads_like_a_sentence(text := text_of(node)):
            yield node.lineno, text


def hidden_sentences(source: str) -> Iterator[tuple[int, str]]:
    """Sentences in the middle of an f-string: where Python is older than 3.12, none is found."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    for call in (inner for string in strings for inner in ast.walk(string)):
        if isinstance(call, ast.Call) and called(call) in SPEAKING and text_of(call.args[0]):
            yield call.lineno, text_of(call.args[0])


def text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def reads_like_a_sentence(text: str) -> bool:
    first, *others = text.split() or [""]
    begins = first[:1].isupper() and not (first.isupper() and len(first) > 1)  # that is SQL
    ends = text.rstrip().endswith((".", "?", "!", "…", ":"))
    shape = "(?" in text
    return bool(others) and ends and not shape and (begins or first.startswith("{"))


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_no_sentence_is_left_out():
    left = [
        f"{file.relative_to(CATALOGUES.SOURCES)}:{line}: {text}"
        for file in sorted(Path(CATALOGUES.SOURCES).rglob("*.py"))
        if file.relative_to(CATALOGUES.SOURCES).parts[0] not in MUTE
        for line, text in sentences_left(file.read_text("utf-8"))
    ]
    # What a model is told, what stands on the picture that the doctor reads, and what a model
    # says that is made to be timed.
    assert [each.partition(":")[0] for each in left] == [
        "cli/doctor.py",
        "core/chat.py",
        "engines/cloud/bare/asking.py",
        "engines/cloud/bare/asking.py",
        "engines/local/bare/random_whisper.py",
        "privacy/payload.py",
    ], left


def test_a_sentence_that_is_left_out_is_found():
    source = '"""Words."""\nsay(f"{what} is bare.")\nsay(_("That is fine."))\nsay("It is not.")\n'
    assert list(sentences_left(source)) == [(2, "{} is bare."), (4, "It is not.")]


def test_no_sentence_is_hidden_in_another_string():
    hidden = [
        f"{file.relative_to(CATALOGUES.SOURCES)}:{line}: {text}"
        for file in sorted(Path(CATALOGUES.SOURCES).rglob("*.py"))
        for line, text in hidden_sentences(file.read_text("utf-8"))
    ]
    assert hidden == []
    assert list(hidden_sentences("say(f'{what}: {_(\"no\")} {_(NAMES[0])}')")) == [(1, "no")]
