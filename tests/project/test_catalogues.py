"""Every sentence of the code is in the catalogues, translated whole, and compiled."""

from __future__ import annotations

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
