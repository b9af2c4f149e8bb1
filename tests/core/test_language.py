"""Which language is spoken, and how it writes numbers."""

from __future__ import annotations

import pytest

from nearling.core.language import gettext, ngettext, speak, spoken, wanted
from nearling.core.numerals import decimal, whole


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT@euro"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "fr:de:en"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "en_GB:de"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LANGUAGE": "de"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "../../de"}, "en"),
    ],
)
def test_the_locale_names_a_language(environ, language):
    assert wanted(environ) == language


def test_the_option_comes_before_the_locale():
    environ = {"LANG": "de_DE.UTF-8"}
    speak("en", environ)
    assert spoken(environ) == "en"
    environ = {"LANG": "de_DE.UTF-8"}
    speak("system", environ)
    assert spoken(environ) == "de"


def test_a_process_speaks_as_the_one_that_started_it():
    environ = {"LANG": "fr_FR.UTF-8", "NEARLING_LANGUAGE": "de"}
    speak("en", environ)
    assert spoken(environ) == "de"


def test_german_is_german(monkeypatch):
    assert (whole(1_234_567), decimal(1.5, 2)) == ("1,234,567", "1.50")
    monkeypatch.setenv("NEARLING_LANGUAGE", "de")
    assert gettext("Cancelled.") == "Abgebrochen."
    assert gettext("a sentence nobody wrote") == "a sentence nobody wrote"
    assert [
        ngettext("{file}, {n} core for models", "{file}, {n} cores for models", n).format(
            file="x", n=n
        )
        for n in (1, 2)
    ] == [
        "x, 1 Kern für Modelle",
        "x, 2 Kerne für Modelle",
    ]
    assert (whole(1_234_567), decimal(1.5, 2)) == ("1.234.567", "1,50")


def test_a_language_without_a_catalogue_is_english(monkeypatch):
    monkeypatch.setenv("NEARLING_LANGUAGE", "xx")
    assert gettext("Cancelled.") == "Cancelled."
