"""Models are added, found, chosen and removed; what is no model is told for what it is."""

import shutil

import pytest

from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.cards import speech_cards
from nearling.catalogue.computer import Computer
from nearling.catalogue.find import found
from nearling.catalogue.fit import PATIENCE_SECONDS, fit, recommended
from nearling.catalogue.library import Library
from nearling.core.errors import NotFound, StorageUnwritable, UnusableFile


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
    "nothing": (only, "model.bin"),
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
    with pytest.raises(UnusableFile) as told:
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
