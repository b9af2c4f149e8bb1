"""A language model's folder is looked at: what is in it, what is missing, what it is instead."""

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from nearling.catalogue.onnx_file import BrokenGraph, OnnxFile, look
from nearling.catalogue.writer_folder import inspect
from nearling.core.errors import UnusableModel
from scripted.writer_folders import CONFIG, GENAI, genai_folder, graph, hub_folder

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"


def test_hugging_face_layout(tmp_path):
    folder = hub_folder(tmp_path / "model", "_q4")
    found = inspect(folder)
    assert (found.folder, found.graph) == (folder, folder / "onnx" / "model_q4.onnx")
    assert (found.family, found.tested, found.context_length) == ("llama", True, 2048)
    assert (found.layers, found.kv_heads, found.head_size, found.vocabulary) == (3, 2, 16, 500)
    assert (found.ends, found.precision) == ((2,), "q4")
    assert found.bytes == found.graph.stat().st_size


def test_genai_layout(tmp_path):
    found = inspect(genai_folder(tmp_path / "model"))
    assert (found.family, found.tested, found.context_length) == ("qwen2", True, 4096)
    assert (found.layers, found.kv_heads, found.head_size, found.vocabulary) == (3, 2, 16, 500)
    assert (found.ends, found.precision) == ((3, 4), "q4")
    assert found.bytes == found.graph.stat().st_size + 1000


@pytest.mark.parametrize(
    ("variants", "chosen", "precision"),
    [
        (("", "_q4", "_int8", "_fp16", "_q4f16"), "_q4", "q4"),
        (("", "_quantized", "_int8", "_uint8"), "_int8", "int8"),
        (("", "_quantized", "_q4f16"), "_quantized", "int8"),
        (("", "_fp16", "_q4f16"), "", "fp32"),
        (("_fp16",), "_fp16", "fp16"),
        (("_q4f16", "_bnb4"), "_bnb4", "bnb4"),
    ],
)
def test_which_graph(tmp_path, variants, chosen, precision):
    found = inspect(hub_folder(tmp_path / "model", *variants))
    assert (found.graph.name, found.precision) == (f"model{chosen}.onnx", precision)
    assert found.tested == (precision != "fp16")


def test_a_graph_at_the_root_says_itself_how_precise_it_is(tmp_path):
    folder = hub_folder(tmp_path / "model")
    for made, precision in (
        (graph(bits=4), "q4"),
        (graph(bits=8), "int8"),
        (graph(operator="MatMulInteger"), "int8"),
        (graph(halves=True), "fp16"),
        (graph(), "fp32"),
    ):
        (folder / "model.onnx").write_bytes(made)
        assert inspect(folder).precision == precision


def test_what_was_not_fetched_is_passed_over(tmp_path):
    """After `GIT_LFS_SKIP_SMUDGE=1 git clone` and `git lfs pull --include` of one graph."""
    folder = hub_folder(tmp_path / "model", "_q4", "_int8")
    (folder / "onnx" / "model_q4.onnx").write_text(POINTER)
    assert inspect(folder).precision == "int8"
    (folder / "onnx" / "model_int8.onnx").write_text(POINTER)
    with pytest.raises(UnusableModel, match="pointers"):
        inspect(folder)


@pytest.mark.parametrize(
    ("family", "more", "tested"),
    [
        ("llama", {}, True),
        ("qwen2", {"sliding_window": 512, "use_sliding_window": False}, True),
        ("qwen2", {"sliding_window": 512, "use_sliding_window": True}, False),
        ("qwen3", {"head_dim": 32}, True),
        ("mistral", {"sliding_window": None}, True),
        ("mistral", {"sliding_window": 512}, False),
        ("gemma", {}, False),
        (7, {}, False),
    ],
)
def test_which_shapes_were_tested(tmp_path, family, more, tested):
    folder = hub_folder(tmp_path / "model", "_q4", config=CONFIG | {"model_type": family} | more)
    assert inspect(folder).tested == tested
    assert inspect(folder).head_size == more.get("head_dim", 16)


def test_every_end_that_any_file_names(tmp_path):
    folder = hub_folder(tmp_path / "model", "_q4")
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": [2, 7]}))
    named = {"eos_token": {"content": "<end>"}, "added_tokens_decoder": {
        "8": {"content": "<end>"}, "9": {"content": "<other>"}, "x": {"content": "<end>"},
    }}  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(named))
    assert inspect(folder).ends == (2, 7, 8)


def test_older_models_name_their_numbers_otherwise(tmp_path):
    config = {
        "model_type": "gpt2", "n_embd": 64, "n_head": 4, "n_layer": 3, "n_positions": 1024,
        "vocab_size": 500, "architectures": ["GPT2LMHeadModel"],
    }  # fmt: skip
    found = inspect(hub_folder(tmp_path / "model", "", config=config))
    assert (found.context_length, found.layers, found.kv_heads, found.head_size) == (1024, 3, 4, 16)
    assert (found.tested, found.ends) == (False, ())


def test_the_cache_of_hugging_face_holds_links(tmp_path):
    whole = genai_folder(tmp_path / "blobs")
    snapshot = tmp_path / "snapshots" / "0a1b"
    snapshot.mkdir(parents=True)
    for each in whole.iterdir():
        (snapshot / each.name).symlink_to(each)
    assert inspect(snapshot).bytes == inspect(whole).bytes
    (whole / "model.onnx.data").unlink()
    with pytest.raises(UnusableModel, match=re.escape("model.onnx.data is missing")):
        inspect(snapshot)


def rewritten(name, **changes):
    def spoil(folder):
        config = json.loads((folder / name).read_text())
        (folder / name).write_text(json.dumps(config | changes))

    return spoil


def only(*names):
    def spoil(folder):
        shutil.rmtree(folder / "onnx")
        for each in folder.iterdir():
            each.unlink()
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(b"{}")

    return spoil


def beside(*names, **config):
    """Files that tell what a folder is, together with config.json."""

    def spoil(folder):
        only("config.json", *names)(folder)
        (folder / "config.json").write_text(json.dumps(config))

    return spoil


def written(name, content):
    def spoil(folder):
        (folder / name).write_bytes(content)

    return spoil


def removed(name):
    return lambda folder: (folder / name).unlink()


Q4 = "onnx/model_q4.onnx"
SPOILT = {
    "no folder": (shutil.rmtree, "There is no folder"),
    "empty": (only(), "no whole model"),
    "no tokenizer": (removed("tokenizer.json"), "tokenizer.json is missing"),
    "no config": (removed("config.json"), "config.json is missing"),
    "tokenizer's pointer": (written("tokenizer.json", POINTER.encode()), "pointers only"),
    "config's pointer": (written("config.json", POINTER.encode()), "pointers only"),
    "a list": (written("config.json", b"[]"), "no description"),
    "no JSON": (written("config.json", b"\xff{"), "no description"),
    "deep": (written("config.json", b"[" * 200_000), "no description"),
    "large": (written("config.json", b'{"a": "' + b"a" * 9_000_000 + b'"}'), "no description"),
    "long number": (written("config.json", b'{"vocab_size": ' + b"9" * 9000 + b"}"), "no descr"),
    "no heads": (rewritten("config.json", num_attention_heads=0), "num_attention_heads"),
    "many heads": (rewritten("config.json", num_key_value_heads=10**12), "num_key_value_heads"),
    "half a layer": (rewritten("config.json", num_hidden_layers=1.5), "num_hidden_layers"),
    "true context": (rewritten("config.json", max_position_embeddings=True), "max_position"),
    "thin heads": (rewritten("config.json", hidden_size=3), "head_dim"),
    "empty graph": (written(Q4, b""), "only a part"),
    "text for a graph": (written(Q4, b"<html>Not found</html>"), "only a part"),
    "half a graph": (written(Q4, graph()[:-400]), "only a part"),
    "no graph in it": (written(Q4, b"\x08\x08"), "only a part"),
    "weights nowhere": (written(Q4, graph(outside="model_q4.onnx_data")), "onnx_data is missing"),
    "a way out": (written(Q4, graph(outside="../../secret")), "outside its folder"),
    "the root": (written(Q4, graph(outside="/etc/passwd")), "outside its folder"),
    "another disk": (written(Q4, graph(outside="C:\\secret")), "outside its folder"),
    "gguf": (beside("model-Q4_0.gguf"), "GGUF"),
    "transformers": (beside("model.safetensors", model_type="llama"), "PyTorch"),
    "mlx": (beside("model.safetensors", quantization={"bits": 4}), "MLX"),
    "faster-whisper": (beside("model.bin"), "hears speech"),
    "whisper": (beside("onnx/encoder_model.onnx", model_type="whisper"), "hears speech"),
    "t5": (beside("onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx"), "translates"),
    "vision": (beside("onnx/vision_encoder_q4.onnx", "onnx/embed_tokens.onnx"), "pictures"),
    "sentences": (beside("modules.json", "onnx/model.onnx"), "compares texts"),
    "bert": (beside("onnx/model.onnx", architectures=["BertModel"]), "writes no text"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_no_whole_model_is_told_for_what_it_is(tmp_path, name):
    spoil, sentence = SPOILT[name]
    folder = hub_folder(tmp_path / "model", "_q4")
    spoil(folder)
    with pytest.raises(UnusableModel) as told:
        inspect(folder)
    assert sentence in told.value.sentence
    assert told.value.remedy


def test_half_of_the_weights(tmp_path):
    folder = genai_folder(tmp_path / "model")
    (folder / "model.onnx.data").write_bytes(bytes(999))
    with pytest.raises(UnusableModel, match="999 of at least 1000 bytes"):
        inspect(folder)
    (folder / "model.onnx.data").write_text(POINTER)
    with pytest.raises(UnusableModel, match="pointers"):
        inspect(folder)


@pytest.mark.parametrize("name", ["../model.onnx", "", 7, "gone.onnx"])
def test_a_graph_that_genai_names_elsewhere(tmp_path, name):
    folder = genai_folder(tmp_path / "model")
    shutil.move(folder / "model.onnx", tmp_path / "model.onnx")
    told = {"model": GENAI["model"] | {"decoder": {"filename": name}}}
    (folder / "genai_config.json").write_text(json.dumps(told))
    with pytest.raises(UnusableModel, match="no whole model"):
        inspect(folder)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"vision": {}}, "pictures"),
        ({"type": "whisper"}, "speech"),
        ({"encoder": {}}, "translates"),
    ],
)
def test_what_genai_models_are_for(tmp_path, told, sentence):
    folder = genai_folder(tmp_path / "model", {"model": GENAI["model"] | told})
    with pytest.raises(UnusableModel, match=sentence):
        inspect(folder)


def test_the_wrong_folder_of_the_right_model(tmp_path):
    folder = hub_folder(tmp_path / "models--a--b" / "snapshots" / "0a1b", "_q4")
    builder = genai_folder(tmp_path / "phi" / "cpu" / "int4")
    for named, meant in (
        (folder / "onnx", folder),
        (tmp_path / "models--a--b", folder),
        (tmp_path / "phi", builder),
    ):
        with pytest.raises(UnusableModel) as told:
            inspect(named)
        assert str(meant) in told.value.remedy
    with pytest.raises(UnusableModel, match="is a file"):
        inspect(folder / "config.json")


def test_files_that_may_not_be_read(tmp_path, monkeypatch):
    folder = hub_folder(tmp_path / "model", "_q4")

    def refuse(path, *rest, **more):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UnusableModel, match="may not be read"):
        inspect(folder)


def test_real_graphs(tmp_path):
    """Those that come with the engines for speech and reading."""
    for package, inside in (("faster_whisper", "assets"), ("rapidocr", "models")):
        spec = find_spec(package)
        files = list(Path(spec.origin).parent.joinpath(inside).glob("*.onnx"))
        assert files
        for file in files:
            assert look(file) == OnnxFile({}, "fp32")
            half = tmp_path / "half.onnx"
            half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
            with pytest.raises(BrokenGraph):
                look(half)


def test_a_file_of_countless_fields_ends(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"\x08\x08" * 2_000_000)
    with pytest.raises(BrokenGraph):
        look(tmp_path / "model.onnx")
