"""Language models of other programs are found where those keep them, and told what they are."""

import json
import shutil

import pytest

from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.find_writers import found_writers
from scripted.writer_folders import hub_folder


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def look(home, **more):
    """At everything but an Ollama of this machine's."""
    return [
        each for each in found_writers({"HOME": str(home), **more})
        if each.place.is_relative_to(home.parent)
    ]  # fmt: skip


def file(path, content=b"GGUF"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_cache_of_hugging_face(home, tmp_path):
    cache = home / ".cache" / "huggingface" / "hub"
    whole = hub_folder(cache / "models--onnx-community--Tiny" / "snapshots" / "0a1b", "_q4")
    bert = hub_folder(
        cache / "models--someone--bert" / "snapshots" / "1", "", config={"architectures": ["Bert"]}
    )
    file(cache / "models--a--torch" / "snapshots" / "1" / "model.safetensors")
    file(cache / "models--a--torch" / "snapshots" / "1" / "config.json", b'{"model_type": "llama"}')
    file(cache / "models--only--words" / "snapshots" / "1" / "tokenizer.json")
    file(cache / "datasets--a--b" / "snapshots" / "1" / "model.onnx")
    shutil.copytree(FIXTURE, cache / "models--Systran--faster-whisper-tiny" / "snapshots" / "1")
    (cache / "models--gone--away" / "snapshots").mkdir(parents=True)
    (cache / "models--gone--away" / "snapshots" / "1").symlink_to(tmp_path / "nowhere")
    torch, tiny, other = look(home)
    assert (tiny.program, tiny.name, tiny.place) == (
        "Hugging Face", "onnx-community/Tiny", whole,
    )  # fmt: skip
    assert (tiny.problem, tiny.remedy) == ("", "")
    assert tiny.bytes == sum(each.stat().st_size for each in whole.rglob("*.*") if each.is_file())
    assert (other.place, other.name) == (bert, "someone/bert")
    assert "writes no text" in other.problem
    assert (torch.name, "PyTorch" in torch.problem) == ("a/torch", True)


def test_folders_of_lm_studio_and_jan(home):
    file(home / ".lmstudio/models/maker/Tiny-GGUF/Tiny-Q4_K_M.gguf")
    file(home / ".lmstudio/models/maker/Tiny-MLX/model.safetensors")
    file(home / ".lmstudio/models/maker/Tiny-MLX/config.json", b'{"quantization": {"bits": 4}}')
    usable = hub_folder(home / ".cache/lm-studio/models/maker/Tiny-ONNX", "_q4")
    file(home / ".config/Jan/data/models/huggingface.co/maker/Tiny/Tiny.gguf")
    file(home / ".local/share/Jan/data/llamacpp/models/Small/model.gguf", b"GGUF" * 100)
    found = {each.name: each for each in look(home)}
    assert found.keys() == {
        "maker/Tiny-GGUF", "maker/Tiny-MLX", "maker/Tiny-ONNX", "huggingface.co/maker/Tiny",
        "Small",
    }  # fmt: skip
    assert "GGUF" in found["maker/Tiny-GGUF"].problem
    assert "LM Studio" in found["maker/Tiny-GGUF"].remedy
    assert "MLX" in found["maker/Tiny-MLX"].problem
    assert (found["maker/Tiny-ONNX"].place, found["maker/Tiny-ONNX"].problem) == (usable, "")
    assert (found["Small"].program, found["Small"].bytes) == ("Jan", 400)


def test_files_of_gpt4all(home):
    one = file(home / ".local/share/nomic.ai/GPT4All/Tiny.Q4_0.gguf")
    file(home / ".local/share/nomic.ai/GPT4All/chats.db")
    two = file(home / ".cache/gpt4all/other.gguf")
    assert [(each.program, each.place, each.name) for each in look(home)] == [
        ("GPT4All", one, "Tiny.Q4_0"), ("GPT4All", two, "other"),
    ]  # fmt: skip


def test_manifests_of_ollama(home, tmp_path):
    models = home / ".ollama" / "models"
    listed = json.dumps({"layers": [{"size": 400}, {"size": 30}, {"size": "x"}, 7]}).encode()
    file(models / "manifests/registry.ollama.ai/library/tiny/1b", listed)
    file(models / "manifests/registry.ollama.ai/someone/own/latest", b'{"layers": null}')
    file(models / "manifests/registry.ollama.ai/library/broken/latest", b"{")
    file(models / "blobs/sha256-00")
    found = look(home)
    assert [(each.name, each.bytes) for each in found] == [
        ("tiny:1b", 430), ("someone/own:latest", 0),
    ]  # fmt: skip
    assert all("GGUF" in each.problem and "Ollama" in each.remedy for each in found)
    models.rename(tmp_path / "moved")
    assert len(look(home, OLLAMA_MODELS=str(tmp_path / "moved"))) == 2


def test_a_model_that_two_places_lead_to_is_found_once(home):
    folder = hub_folder(home / ".lmstudio/models/maker/Tiny", "_q4")
    (home / ".cache").mkdir()
    (home / ".cache" / "lm-studio").symlink_to(home / ".lmstudio")
    assert [each.place for each in look(home)] == [folder]


def test_links_in_circles_depths_and_crowds_end(home):
    models = home / ".lmstudio" / "models"
    (models / "a").mkdir(parents=True)
    (models / "a" / "b").symlink_to(models)
    (models / "c").symlink_to(models / "c")
    file(models / "1/2/3/4/5/deep.gguf")
    for number in range(600):
        (models / "many" / str(number)).mkdir(parents=True)
    file(models / "many" / "000" / "early.gguf")
    assert [each.name for each in look(home)] in (["many/000"], [])


def test_nothing_anywhere(home):
    assert look(home) == []
    assert all(each.place.is_absolute() for each in found_writers({}))
