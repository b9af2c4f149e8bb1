"""What is damaged, alien or wants out of its folder is refused before a runtime sees it."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.catalogue.protobuf import Damaged, block, integer
from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.errors import UnusableModel
from nearling.engines.local.writing.decoder import Decoder
from nearling.engines.local.writing.onnx_file import Unwanted, read_onnx
from scripted.decoders import FLOAT, INT64, Layout, folder_of, model, node, tensor, text, value
from scripted.decoders import write_decoder as written

Change = Callable[[bytes], bytes]


@pytest.fixture
def files(tmp_path: Path) -> WriterFolder:
    return written(tmp_path / "model" / "onnx" / "model.onnx", Layout(beside=True))


def opened(files: WriterFolder) -> Decoder:
    return Decoder(files, context_length=128, threads=1)


def with_weight(files: WriterFolder, content: bytes) -> None:
    """One more weight, in a graph that is otherwise whole; protobuf puts two graphs together."""
    graph = inner(files.graph.read_bytes()) + block(5, content)
    files.graph.write_bytes(model(graph))


def with_node(files: WriterFolder, more: bytes) -> None:
    files.graph.write_bytes(model(inner(files.graph.read_bytes()) + more))


def inner(data: bytes) -> bytes:
    """The graph of a model that the tests wrote."""
    graph = read_onnx(memoryview(data)).graph
    return data[graph.begin : graph.end]


EIGHT = np.zeros(8, np.uint8)


def elsewhere(location: str, **more: str) -> bytes:
    return tensor("stray", EIGHT, {"location": location, **more})


def test_a_whole_one_is_opened(files):
    assert opened(files).forward([1, 2]).shape[0] == 1


@pytest.mark.parametrize(
    "location",
    ["../secret", "/etc/passwd", "..\\secret", "\\\\host\\share", "C:\\secret", "a/../../secret"],
)
def test_paths_out_of_the_folder_are_refused(files, location):
    (files.folder / "secret").write_bytes(bytes(8))
    with_weight(files, elsewhere(location))
    with pytest.raises(UnusableModel, match="outside of its folder"):
        opened(files)


def test_links_out_of_the_folder_are_refused(files, tmp_path):
    (tmp_path / "secret").write_bytes(bytes(8))
    (files.graph.parent / "inside").symlink_to(tmp_path / "secret")
    with_weight(files, elsewhere("inside"))
    with pytest.raises(UnusableModel, match="outside of its folder"):
        opened(files)


def test_a_graph_that_is_a_link_out_of_the_folder_is_refused(tmp_path):
    inline = written(tmp_path / "elsewhere" / "onnx" / "model.onnx", Layout())
    graph = tmp_path / "model" / "onnx" / "model.onnx"
    graph.parent.mkdir(parents=True)
    graph.symlink_to(inline.graph)
    with pytest.raises(UnusableModel, match="outside of its folder"):
        opened(folder_of(graph))


@pytest.mark.parametrize("beside", [False, True])
def test_a_cache_that_links_to_its_own_blobs_is_opened(tmp_path, beside):
    """As huggingface_hub keeps what it fetched."""
    source = written(tmp_path / "made" / "onnx" / "model.onnx", Layout(beside=beside))
    repository = tmp_path / "models--maker--name"
    graph = repository / "snapshots" / "1a2b" / "onnx" / "model.onnx"
    graph.parent.mkdir(parents=True)
    (repository / "blobs").mkdir()
    for number, file in enumerate(sorted(source.graph.parent.iterdir())):
        (repository / "blobs" / str(number)).write_bytes(file.read_bytes())
        (graph.parent / file.name).symlink_to(f"../../../blobs/{number}")
    linked, plain = opened(folder_of(graph)), opened(source)
    assert (linked.forward([1, 2, 3]) == plain.forward([1, 2, 3])).all()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (elsewhere("nowhere"), "missing"),
        (elsewhere(""), "damaged"),
        (elsewhere("*/_ORT_MEM_ADDR_/*", offset="4096", length="8"), "missing"),
        (elsewhere("model.onnx_data", offset="999999999"), "damaged"),
        (elsewhere("model.onnx_data", offset="-8"), "damaged"),
        (elsewhere("model.onnx_data", offset="1e3"), "damaged"),
        (elsewhere("model.onnx_data", length="4"), "damaged"),
        (elsewhere("model.onnx_data") + block(13, text(1, "location") + text(2, "x")), "damaged"),
        (tensor("stray", EIGHT)[:-1], "damaged"),
        (integer(1, 1 << 40) + integer(2, 1) + text(8, "stray") + block(9, bytes(8)), "damaged"),
        (integer(1, -1) + integer(2, 1) + text(8, "stray") + block(9, bytes(8)), "damaged"),
        (integer(1, 8) + integer(2, 99) + text(8, "stray") + block(9, bytes(8)), "damaged"),
    ],
)
def test_weights_that_are_not_where_they_are_said_to_be(files, content, sentence):
    with_weight(files, content)
    with pytest.raises(UnusableModel, match=sentence):
        opened(files)


def test_a_weight_does_not_hide_behind_another_of_its_name(files):
    with_weight(files, elsewhere("/etc/passwd"))
    with_weight(files, tensor("stray", EIGHT))
    with pytest.raises(UnusableModel):
        opened(files)
    files = written(files.graph, Layout())
    with_weight(files, tensor("stray", EIGHT))
    with_weight(files, tensor("stray", EIGHT))
    with pytest.raises(UnusableModel, match="damaged"):
        opened(files)


def nested(depth: int) -> bytes:
    graph = node("Identity", ["a"], ["b"])
    for _level in range(depth):
        graph = node("If", ["a"], ["b"], extra=block(5, text(1, "then_branch") + block(6, graph)))
    return graph


OUTSIDE = elsewhere("/etc/passwd")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (node("Run", ["a"], ["b"], "evil.ops"), "code of its own"),
        (node("If", ["a"], ["b"], extra=block(5, block(6, node("Run", [], [], "x")))), "code of"),
        (node("Constant", [], ["b"], extra=block(5, block(5, OUTSIDE))), "outside"),
        (node("If", ["a"], ["b"], extra=block(5, block(6, block(5, OUTSIDE)))), "outside"),
        (nested(200), "graphs"),
        (block(15, b""), "sparse"),
        (value(11, "pixel_values", FLOAT, 1, 3), "pixel_values"),
        (value(11, "past_key_values.9.key", FLOAT, 1, 2, "past", 16), "past_key_values.9.key"),
        (value(11, "input_ids_2", INT64, 1, 2), "input_ids_2"),
    ],
)
def test_what_no_decoder_has_is_refused(files, more, sentence):
    with_node(files, more)
    with pytest.raises(UnusableModel, match=re.escape(sentence)):
        opened(files)


@pytest.mark.parametrize(
    "change",
    [
        lambda _data: b"",
        lambda _data: b"version https://git-lfs.github.com/spec/v1\n",
        lambda _data: b"<html><body>404</body></html>",
        lambda _data: b"GGUF" + bytes(1000),
        lambda _data: bytes(100_000),
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data + data,
        lambda data: data + block(25, b""),
        lambda data: data + block(20, b""),
        lambda _data: integer(1, 8),
    ],
)
def test_what_is_no_whole_model_is_refused(files, change: Change):
    files.graph.write_bytes(change(files.graph.read_bytes()))
    with pytest.raises(UnusableModel) as refused:
        opened(files)
    assert str(files.folder) in refused.value.sentence
    assert refused.value.remedy


def test_weights_cut_short_are_refused(files):
    data = files.graph.with_name("model.onnx_data")
    data.write_bytes(data.read_bytes()[:-1])
    with pytest.raises(UnusableModel, match="damaged"):
        opened(files)


def test_a_graph_that_is_gone(files):
    files.graph.unlink()
    with pytest.raises(UnusableModel, match="missing"):
        opened(files)


def test_a_graph_that_contradicts_itself_is_the_runtimes_to_refuse(files):
    """It reads well here and is still nonsense."""
    with_node(files, node("MatMul", ["nobody", "nothing"], ["wrong"]))
    with pytest.raises(UnusableModel, match="cannot be run"):
        opened(files)


WHOLE: list[bytes] = []


def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if not WHOLE:
        layout = Layout(bits=4, beside=True)
        file = tmp_path_factory.mktemp("model") / "onnx" / "model.onnx"
        WHOLE.append(written(file, layout).graph.read_bytes())
    return WHOLE[0]


@given(st.data())
def test_changed_bytes_are_refused_or_read(tmp_path_factory, data):
    content = bytearray(whole(tmp_path_factory))
    for _change in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Damaged, Unwanted):
        read_onnx(memoryview(bytes(content)))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(content):
    with suppress(Damaged, Unwanted):
        read_onnx(memoryview(content))
