"""`nearling models` with models that write: what they are, what fits, and what is of no use."""

import shutil

import pytest

from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.library import Library
from nearling.catalogue.measured import Measurements
from nearling.core.language_model import Measured
from nearling.engines.local.bare.decoders.tiny import write_tiny
from scripted.writer_folders import CONFIG, hub_folder

FAST = Measured(300.4, 60.2, 0.5, 210, "CPUExecutionProvider", 3)


@pytest.fixture
def model(tmp_path):
    return hub_folder(tmp_path / "Tiny-Llama", "_q4", "_fp16")


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    """Where other programs keep their models is a folder of the test's own."""
    for name in ("HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "OLLAMA_MODELS"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "person"))
    return tmp_path / "person"


def shelve(product, folder, **how):
    """Without the proof that `nearling models add` asks for: these folders hold no weights."""
    return Library(product.home / "models").add(folder, **how)


def test_a_writer_on_the_shelf(product, model):
    shelve(product, model)
    (told,) = product.run("models", "list", "--json").json["models"]
    assert (told["id"], told["kind"], told["whole"]) == ("Tiny-Llama", "writer", True)
    assert told["writer"] == {
        "family": "llama", "tested": True, "context_length": 2048, "precision": "q4",
        "graph": "onnx/model_q4.onnx",
    }  # fmt: skip
    assert told["speed"] is None
    Measurements(product.home / "models").keep("Tiny-Llama", model / "onnx" / "model_q4.onnx", FAST)
    (listed,) = product.run("models", "list", "--json").json["models"]
    assert (listed["speed"]["prefill"], listed["speed"]["threads"]) == (300.4, 3)
    shown = product.run("models", "list")
    assert "Tiny-Llama  writes" in shown.out
    assert "llama, q4, 2,048 tokens of context" in shown.out
    assert "takes in 300 tokens a second and writes 60" in shown.out
    assert "No speech model" in shown.notes
    removed = product.run("models", "remove", "Tiny-Llama", "--json")
    assert removed.json["removed"] == listed
    shelve(product, model)
    (listed,) = product.run("models", "list", "--json").json["models"]
    assert listed["speed"] is None


def test_both_kinds_on_one_shelf(product, model, tmp_path):
    speech = shutil.copytree(FIXTURE, tmp_path / "mine")
    shelve(product, model, copy=True)
    shelve(product, speech)
    shutil.rmtree(model)
    listed = product.run("models", "list", "--json").json["models"]
    assert [(each["id"], each["kind"]) for each in listed] == [
        ("Tiny-Llama", "writer"), ("mine", "speech"),
    ]  # fmt: skip
    assert (listed[1]["writer"], listed[1]["speed"]) == (None, None)


def test_what_is_untested_says_so(product, tmp_path):
    shelve(product, hub_folder(tmp_path / "Gem", "_q4f16", config=CONFIG | {"model_type": "gemma"}))
    assert "gemma, q4f16, untested" in product.run("models", "list").out


def test_a_broken_writer(product, model):
    shelve(product, model)
    (model / "tokenizer.json").unlink()
    shown = product.run("models", "list")
    assert "tokenizer.json is missing" in shown.out
    verified = product.run("models", "verify", "--json")
    assert verified.code == 1
    (told,) = verified.json["models"]
    assert (told["ok"], told["error"]["kind"], told["writer"]) == (False, "model", None)
    again = product.run("models", "add", model, "--json")
    assert (again.code, again.error["kind"]) == (1, "model")


@pytest.mark.parametrize(
    ("file", "sentence"), [("model-Q4_0.gguf", "GGUF"), ("notes.txt", "no whole model")]
)
def test_a_folder_of_another_kind(product, tmp_path, file, sentence):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / file).write_bytes(b"GGUF")
    ended = product.run("models", "add", folder)
    assert ended.code == 1
    assert sentence in ended.notes
    assert product.run("models", "add", tmp_path / "none").code == 1


def test_models_of_other_programs(product, at_home):
    cache = at_home / ".cache" / "huggingface" / "hub"
    usable = hub_folder(cache / "models--onnx-community--Tiny" / "snapshots" / "0a1b", "_q4")
    speech = cache / "models--Systran--faster-whisper-tiny" / "snapshots" / "1"
    shutil.copytree(FIXTURE, speech)
    gguf = at_home / ".lmstudio" / "models" / "maker" / "Tiny-GGUF"
    gguf.mkdir(parents=True)
    (gguf / "Tiny.gguf").write_bytes(bytes(1000))
    found = product.run("models", "find", "--json").json
    assert [(each["kind"], each["folder"]) for each in found["models"]] == [
        ("speech", str(speech)), ("writer", str(usable)),
    ]  # fmt: skip
    (useless,) = [each for each in found["unusable"] if each["program"] == "LM Studio"]
    assert (useless["name"], useless["bytes"]) == ("maker/Tiny-GGUF", 1000)
    assert "GGUF" in useless["problem"]
    shown = product.run("models", "find")
    assert f"writes  {usable}" in shown.out
    assert "LM Studio: maker/Tiny-GGUF" in shown.out
    assert "Nearling cannot ask LM Studio" in shown.notes
    assert shelve(product, usable).id == "Tiny"
    assert len(product.run("models", "find", "--json").json["models"]) == 1


def test_a_folder_that_may_not_be_read(product, at_home, without_privilege):
    models = at_home / ".lmstudio" / "models" / "maker"
    closed, readable = hub_folder(models / "Closed", "_q4"), hub_folder(models / "Open", "_q4")
    closed.chmod(0)
    try:
        found = product.run("models", "find", "--json", before=without_privilege)
        assert [each["folder"] for each in found.json["models"]] == [str(readable)]
        refused = product.run("models", "add", closed, "--json", before=without_privilege)
        assert refused.error["kind"] == "file"
    finally:
        closed.chmod(0o755)
    (closed / "onnx" / "model_q4.onnx").chmod(0)
    refused = product.run("models", "add", closed, before=without_privilege)
    assert "may not be read" in refused.notes


def test_a_writer_proves_itself_and_is_measured(product, tmp_path):
    """With the real engine; the model has learnt nothing, and says something all the same."""
    write_tiny(tmp_path / "Tiny")
    added = product.run("models", "add", tmp_path / "Tiny", "--json")
    assert added.code == 0
    assert added.json["said"]
    speed = added.json["model"]["speed"]
    assert min(speed["prefill"], speed["decode"]) > 1
    assert speed["provider"] == "CPUExecutionProvider"
    measured = product.run("models", "measure", "Tiny", "--json")
    assert (measured.code, measured.json["models"][0]["ok"]) == (0, True)
    (tmp_path / "Tiny" / "tokenizer.json").write_text("{}")
    verified = product.run("models", "verify", "--json")
    assert verified.code == 1
    assert verified.json["models"][0]["error"]["kind"] == "model"


def test_a_graph_that_is_none_is_not_taken(product, model):
    refused = product.run("models", "add", model, "--json")
    assert refused.code == 1
    assert refused.error["sentence"]
    assert product.run("models", "list", "--json").json == {"models": []}
