"""Models are added, found, chosen and removed; what is no model is told for what it is."""

import json
import shutil
from pathlib import Path

import pytest

from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.cards import speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.find import found
from nearling.catalogue.fit import PATIENCE_SECONDS, fit, recommended
from nearling.catalogue.kind import kind_of
from nearling.catalogue.library import Library
from nearling.catalogue.writer_folder import inspect
from nearling.core.errors import NotFound, Refused, StorageUnwritable
from scripted.writer_folders import graph, hub_folder


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "models")


@pytest.fixture
def model(tmp_path):
    return shutil.copytree(FIXTURE, tmp_path / "elsewhere" / "faster-whisper-base")


def test_a_folder_is_used_where_it_lies(library, model):
    assert library.installed() == ()
    added = library.add(model)
    assert (added.id, added.folder, added.copied, added.problem) == (
        "whisper-base", model, False, "",
    )  # fmt: skip
    assert added.card.repository == "Systran/faster-whisper-base"
    assert added.bytes > 2_500_000
    assert library.installed() == (added,)
    assert library.add(model) == added
    library.remove(added.id)
    assert library.installed() == ()
    assert (model / "model.bin").exists()


def test_a_copy_stays_when_its_source_goes(library, model):
    added = library.add(model, copy=True)
    shutil.rmtree(model)
    assert library.installed() == (added,)
    assert added.copied
    assert library.remove(added.id).folder == added.folder
    assert not added.folder.exists()


def test_the_same_name_twice(library, model, tmp_path):
    other = shutil.copytree(model, tmp_path / "other" / model.name)
    assert [library.add(each).id for each in (model, other)] == ["whisper-base", "whisper-base-2"]


def test_a_model_in_the_cache_of_hugging_face(library, model, tmp_path):
    cache = tmp_path / "cache" / "huggingface" / "hub"
    snapshot = cache / "models--Systran--faster-whisper-tiny" / "snapshots" / "0a1b"
    shutil.copytree(model, snapshot)
    (cache / "models--openai--whisper-tiny" / "snapshots" / "1").mkdir(parents=True)
    for environ in (
        {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        {"HF_HOME": str(cache.parent)},
        {"HF_HUB_CACHE": str(cache), "HF_HOME": str(cache.parent)},
    ):
        assert found(environ) == (snapshot,)
    assert found({}) == ()
    assert library.add(snapshot).id == "whisper-tiny"


def test_the_chosen_one(library, model, tmp_path):
    slow, fast = Computer(1, 8_000), Computer(64, 64_000)
    assert library.chosen("", fast) is None
    large = library.add(shutil.copytree(model, tmp_path / "faster-whisper-large-v3"))
    assert library.chosen("", slow) == large, "slow words are better than none"
    base = library.add(model)
    tiny = library.add(shutil.copytree(model, tmp_path / "faster-whisper-tiny"))
    assert library.chosen("", fast) == large
    assert library.chosen("", slow) == base
    assert library.chosen("whisper-tiny", slow) == tiny
    assert library.chosen("gone", slow) == base
    (model / "tokenizer.json").unlink()
    assert library.chosen("whisper-base", slow) == tiny
    assert "tokenizer.json" in library.find("whisper-base").problem


def test_a_name_that_is_not_there(library):
    with pytest.raises(NotFound):
        library.remove("whisper-base")


def test_a_shelf_that_cannot_be_written(model, tmp_path):
    (tmp_path / "file").touch()
    for copy in (False, True):
        with pytest.raises(StorageUnwritable):
            Library(tmp_path / "file").add(model, copy=copy)


def test_a_writer_lies_on_the_same_shelf(library, model, tmp_path):
    speech = library.add(model)
    folder = hub_folder(tmp_path / "Tiny-Llama", "_q4")
    writer = library.add(folder)
    assert (writer.id, writer.kind, writer.folder, writer.card) == (
        "Tiny-Llama", "writer", folder, None,
    )  # fmt: skip
    assert writer.writer == inspect(folder)
    assert writer.bytes == writer.writer.bytes
    assert library.installed() == (writer, speech)
    assert library.installed("writer") == (writer,)
    assert library.installed("speech") == (speech,)
    assert library.chosen("Tiny-Llama", Computer(2, 8_000)) == speech, "it cannot listen"
    assert library.remove(writer.id) == writer
    assert (folder / "config.json").exists()


def test_a_copied_writer_has_what_it_is_run_from(library, tmp_path):
    folder = hub_folder(tmp_path / "Tiny-Llama", "", "_q4")
    (folder / "onnx" / "model_q4.onnx").write_bytes(graph(bits=4, outside="model_q4.onnx_data"))
    (folder / "onnx" / "model_q4.onnx_data").write_bytes(bytes(1000))
    (folder / "LICENSE").write_text("may be used")
    (folder / "pytorch_model.bin").write_bytes(bytes(1000))
    whole = library.add(folder)
    copied = library.add(folder, copy=True)
    shutil.rmtree(folder)
    assert copied.copied
    assert copied.bytes == whole.bytes
    assert {str(each.relative_to(copied.folder)) for each in copied.folder.rglob("*.*")} == {
        "config.json", "tokenizer.json", "onnx/model_q4.onnx", "onnx/model_q4.onnx_data",
    }  # fmt: skip
    assert (copied.folder / "LICENSE").exists()
    assert library.find(copied.id) == copied


@pytest.mark.parametrize("copy", [False, True])
def test_a_folder_by_a_roundabout_name(library, tmp_path, monkeypatch, copy):
    folder = hub_folder(tmp_path / ".tiny", "_q4")
    monkeypatch.chdir(folder / "onnx")
    added = library.add(Path(".."), copy=copy)
    assert (added.id, library.installed()) == ("tiny", (added,))


def test_a_writer_whose_folder_went_is_still_one(library, tmp_path):
    folder = hub_folder(tmp_path / "Tiny-Llama", "_q4")
    library.add(folder)
    shutil.rmtree(folder)
    (gone,) = library.installed("writer")
    assert (gone.writer, gone.bytes) == (None, 0)
    assert "no folder" in gone.problem


def test_a_list_of_before_there_were_writers(library, model, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "elsewhere.json").write_text(json.dumps({"mine": str(model)}))
    (old,) = library.installed()
    assert (old.id, old.kind, old.problem) == ("mine", "speech", "")


@pytest.mark.parametrize("content", ["", "[]", "{", "[" * 100_000])
def test_a_damaged_list_is_none(library, model, tmp_path, content):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "elsewhere.json").write_text(content)
    assert library.installed() == ()
    assert library.add(model) in library.installed()


def test_what_a_folder_was_meant_to_be(tmp_path, model):
    for name, files, kind in (
        ("a", {"model.safetensors": "", "config.json": '{"model_type": "llama"}'}, "writer"),
        ("b", {"model.safetensors": "", "config.json": '{"model_type": "whisper"}'}, "speech"),
        ("c", {"model-Q4_0.gguf": ""}, "writer"),
        ("d", {"ggml-base.bin": ""}, "speech"),
        ("e", {}, "writer"),
    ):
        (tmp_path / name).mkdir()
        for file, content in files.items():
            (tmp_path / name / file).write_text(content)
        assert kind_of(tmp_path / name) == kind
    assert kind_of(model) == "speech"


def only(folder, *names):
    for each in folder.iterdir():
        each.unlink()
    for name in names:
        (folder / name).write_bytes(bytes(10))


def pointer(folder):
    (folder / "model.bin").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")


SPOILT = {
    "transformers": (
        lambda folder: only(folder, "model.safetensors", "config.json"), "for Transformers",
    ),
    "onnx": (lambda folder: only(folder, "encoder_model.onnx"), "ONNX"),
    "whisper.cpp": (lambda folder: only(folder, "ggml-base.bin"), "whisper.cpp"),
    "openai": (lambda folder: only(folder, "base.pt"), "OpenAI"),
    "nothing": (only, "no whole model"),
    "no tokenizer": (lambda folder: (folder / "tokenizer.json").unlink(), "tokenizer.json"),
    "no vocabulary": (lambda folder: (folder / "vocabulary.json").unlink(), "vocabulary.json"),
    "no config": (lambda folder: (folder / "config.json").unlink(), "config.json"),
    "pointer": (pointer, "git-lfs"),
    "other model": (
        lambda folder: (folder / "model.bin").write_bytes(b"TransformerSpec" * 10_000),
        "no Whisper model",
    ),
    "gone": (shutil.rmtree, "no folder"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_no_model_is_told_for_what_it_is(library, model, name):
    spoil, sentence = SPOILT[name]
    spoil(model)
    with pytest.raises(Refused) as told:
        library.add(model)
    assert sentence in told.value.sentence
    assert told.value.remedy
    assert library.installed() == ()


def test_cards():
    cards = speech_cards()
    assert len({card.id for card in cards}) == len(cards) == 9
    assert [card.megabytes for card in cards] == sorted(card.megabytes for card in cards)
    for card in cards:
        assert card.repository == f"Systran/faster-{card.id}"
        assert card.english_only == card.id.endswith(".en")


@pytest.mark.parametrize(
    ("cores", "gigabytes", "best"),
    [
        (1, 0.8, "whisper-tiny"),
        (2, 8, "whisper-base"),
        (4, 16, "whisper-small"),
        (64, 256, "whisper-large-v3"),
    ],
)
def test_what_fits(cores, gigabytes, best):
    computer = Computer(cores, int(gigabytes * 1000))
    card = recommended(speech_cards(), computer)
    assert card.id == best
    assert recommended(speech_cards(), computer, english=True).english_only or cores == 64
    assert fit(card, computer).fits
    assert fit(card, computer).seconds <= PATIENCE_SECONDS
    tiny, *_, large = (fit(each, Computer(2, 2_000)) for each in speech_cards())
    assert (tiny.fits, large.fits) == (True, False)
    assert "memory" in large.reason
