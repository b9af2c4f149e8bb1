"""Asking by voice from the command line: with the fixture's model, a real child, real sound."""

import pytest

from nearling.bench.sound.virtual_microphone import VirtualMicrophone, missing
from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.library import Library
from nearling.settings.assets import assets

SPOKEN = assets() / "demo" / "find_the_total.wav"
QUESTION = "Find the total on this receipt."


@pytest.fixture
def hearing(product):
    """A product that has the fixture as its speech model; how one is added is asked elsewhere."""
    Library(product.home / "models").add(FIXTURE)
    return product


def test_a_recording_without_words_is_the_question(hearing, receipt):
    ended = hearing.run("ask", "--clip", SPOKEN, "--picture", receipt, "--json")
    assert (ended.code, ended.json["question"], ended.json["answer"]) == (0, QUESTION, "12.50 EUR")
    heard, read = ended.json["understood"]
    assert (heard["source"], heard["text"]) == ("find_the_total.wav", QUESTION)
    assert read["lines"] == 3
    assert f"You asked: {QUESTION}" in hearing.run("ask", "--clip", SPOKEN).notes
    assert hearing.questions()[0] == QUESTION


def test_a_question_waits_for_its_model_and_is_answered_then(product, receipt):
    words = ("ask", "--clip", SPOKEN, "--picture", receipt, "--json")
    ended = product.run(*words)
    assert (ended.code, ended.json["answer"]) == (3, "")
    assert "speech model" in ended.json["reasons"][0]
    assert product.run("models", "add", FIXTURE).code == 0
    again = product.run("resume", ended.json["turn"], "--json")
    assert (again.code, again.json["answer"]) == (0, "12.50 EUR")
    assert product.questions() == [QUESTION]


def test_what_is_said_in_a_recording_can_be_asked_about(hearing):
    ended = hearing.run("ask", "What does it say?", "--clip", SPOKEN, "--json")
    assert (ended.code, ended.json["answer"]) == (0, QUESTION)
    (citation,) = ended.json["citations"]
    assert citation["source"] == "find_the_total.wav"
    assert 0 <= citation["moment"] < 1
    assert "box" not in citation


def test_a_file_that_is_no_recording_is_told_and_kept(hearing, tmp_path):
    wrong = tmp_path / "wrong.wav"
    wrong.write_text("I only say that I am a recording.\n" * 50)
    ended = hearing.run("ask", "--clip", wrong, "--json")
    assert (ended.code, ended.error["kind"]) == (1, "file")
    assert "wrong.wav" in ended.error["sentence"]
    missing = hearing.run("ask", "--clip", tmp_path / "missing.wav", "--json")
    assert (missing.code, missing.error["kind"]) == (1, "file")


def checks_of(product):
    ended = product.run("doctor", "--json")
    return ended.code, {check["name"]: check for check in ended.json["checks"]}


def test_to_the_doctor_nothing_is_wrong_where_nobody_can_talk(product, monkeypatch):
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    code, checks = checks_of(product)
    assert code == 0
    assert checks["hearing the microphone"]["ok"]
    assert "models recommend" in checks["writing down what is said"]["remedy"]


def test_the_doctor_hears_the_microphone_and_a_sentence(hearing, monkeypatch):
    if lacking := missing():
        pytest.skip(f"not installed, so nothing can be heard: {', '.join(lacking)}")
    with VirtualMicrophone() as microphone:
        for name, value in microphone.environ.items():
            monkeypatch.setenv(name, value)
        code, checks = checks_of(hearing)
    assert code == 0
    assert "answered after" in checks["hearing the microphone"]["detail"]
    assert checks["writing down what is said"]["detail"].startswith("forty_phrases heard")
