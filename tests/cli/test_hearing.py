"""`nearling transcribe` and `nearling models`, as a person or a script runs them."""

import shutil

import pytest

from nearling.bench.voice.phrases import FIXTURE, PHRASES
from nearling.bench.voice.speaking import recording, save, silence
from scripted.recordings import needs_espeak

HELLO = "Hello, can you hear me?"


@pytest.fixture
def spoken(tmp_path):
    return save(tmp_path / "spoken.wav", recording([0.3, PHRASES[0], 1.0, PHRASES[20], 0.3]))


@needs_espeak
def test_text_is_clean_in_a_pipe(product, spoken):
    ended = product.run("transcribe", spoken, "--model", FIXTURE)
    assert (ended.code, ended.out) == (0, f"{PHRASES[0]}\n{PHRASES[20]}\n")
    assert "faster-whisper" in ended.notes


@needs_espeak
def test_the_object_says_everything(product, spoken, tmp_path):
    (tmp_path / "x.mp3").write_text("no sound")
    quiet = save(tmp_path / "quiet.wav", silence(1))
    ended = product.run(
        "transcribe", spoken, tmp_path / "x.mp3", quiet, "--model", FIXTURE, "--words", "--json"
    )
    assert ended.code == 1
    first, broken, nothing = ended.json["files"]
    assert first["file"] == str(spoken)
    assert first["text"] == f"{PHRASES[0]} {PHRASES[20]}"
    assert first["language"] == "en"
    assert [each["text"] for each in first["segments"]] == [PHRASES[0], PHRASES[20]]
    assert [word["text"] for word in first["segments"][0]["words"]] == PHRASES[0].split()
    assert 0 <= first["segments"][0]["start"] < first["segments"][0]["end"]
    assert first["seconds_audio"] > 3
    assert first["seconds"] > 0
    assert broken["error"]["kind"] == "file"
    assert nothing["text"] == ""


@needs_espeak
def test_subtitles(product, spoken):
    srt = product.run("transcribe", spoken, "--model", FIXTURE, "--srt").out
    assert srt.startswith("1\n00:00:00,")
    assert f"\n{PHRASES[0]}\n\n2\n" in srt
    vtt = product.run("transcribe", spoken, "--model", FIXTURE, "--vtt").out
    assert vtt.startswith("WEBVTT\n\n00:00:00.")
    assert " --> " in vtt


def test_without_a_model_one_that_fits_is_named(product, tmp_path):
    quiet = save(tmp_path / "quiet.wav", silence(1))
    ended = product.run("transcribe", quiet)
    assert ended.code == 3
    assert "whisper-" in ended.notes
    assert product.run("transcribe", quiet, "--json").error["kind"] == "model_missing"
    assert product.run("transcribe", quiet, "--model", "whisper-huge", "--json").code == 1


def test_silence_is_told(product, tmp_path):
    quiet = save(tmp_path / "quiet.wav", silence(1))
    ended = product.run("transcribe", quiet, "--model", FIXTURE)
    assert (ended.code, ended.out) == (0, "")
    assert "No speech was heard in quiet.wav." in ended.notes


def test_the_shelf(product, tmp_path):
    model = shutil.copytree(FIXTURE, tmp_path / "mine")
    assert product.run("models", "list", "--json").json == {"models": []}
    added = product.run("models", "add", model, "--json")
    assert added.code == 0
    assert added.json["heard"] == HELLO
    assert added.json["model"]["id"] == "mine"
    (listed,) = product.run("models", "list", "--json").json["models"]
    assert listed == added.json["model"]
    assert product.run("transcribe", model / "none.wav").code == 1  # a model there is
    verified = product.run("models", "verify", "--json")
    assert (verified.code, verified.json["models"][0]["heard"]) == (0, HELLO)
    (model / "model.bin").write_bytes((model / "model.bin").read_bytes()[:200_000])
    broken = product.run("models", "verify", "mine")
    assert broken.code == 1
    assert "FAIL  mine" in broken.out
    assert product.run("models", "remove", "mine").code == 0
    assert model.is_dir()
    assert product.run("models", "remove", "mine").code == 1


def test_a_damaged_model_is_not_taken(product, tmp_path):
    model = shutil.copytree(FIXTURE, tmp_path / "mine")
    (model / "model.bin").write_bytes((model / "model.bin").read_bytes()[:200_000])
    assert product.run("models", "add", model, "--json").error["kind"] == "engine"
    assert product.run("models", "list", "--json").json == {"models": []}


@pytest.mark.parametrize(
    "word", ["Systran/faster-whisper-base", "whisper-base", "someone/their-own"]
)
def test_a_repository_is_fetched_by_hand(product, word):
    ended = product.run("models", "add", word)
    assert ended.code == 1
    assert "git clone https://huggingface.co/" in ended.notes


def test_a_model_is_recommended(product):
    found = product.run("models", "recommend", "--json").json
    assert [each["id"] for each in found["models"] if each["recommended"]] == [found["recommended"]]
    assert all(each["reason"] for each in found["models"])
    assert not any(each["english_only"] for each in found["models"])
    assert "git clone" in product.run("models", "recommend").notes


def test_looking_for_other_programs_models(product):
    assert product.run("models", "find").code == 0
