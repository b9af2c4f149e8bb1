"""A graph gets quicker and stays the same; its weights stay where they are."""

from pathlib import Path

import pytest

from nearling.engines.local.writing.onnx_file import OnnxFile, read_onnx
from nearling.engines.local.writing.patching import Patched, patch
from nearling.engines.local.writing.weights import find_weights
from scripted.decoders import HEADS, LAYERS, Layout, write_decoder


def patched(tmp_path: Path, layout: Layout) -> tuple[OnnxFile, Patched]:
    files = write_decoder(tmp_path / "onnx" / "model.onnx", layout)
    onnx = read_onnx(memoryview(files.graph.read_bytes()))
    weights = find_weights(onnx, files.graph, files.folder)
    return onnx, patch(onnx, weights.places)


def inputs(onnx: OnnxFile) -> list[str]:
    return [each.name for each in onnx.inputs]


@pytest.mark.parametrize("beside", [False, True])
def test_weights_stay_in_their_file(tmp_path, beside):
    _before, after = patched(tmp_path, Layout(beside=beside))
    for weight in read_onnx(memoryview(after.model)).tensors.values():
        assert weight.external is not None or weight.raw.length < 4096
    file = tmp_path / "onnx" / ("model.onnx_data" if beside else "model.onnx")
    assert len(after.model) < file.stat().st_size / 3


@pytest.mark.parametrize("bits", [4, 8])
def test_blocks_of_bits_are_computed_in_bytes(tmp_path, bits):
    before, after = patched(tmp_path, Layout(bits=bits))
    blocks = [
        node.integers.get("accuracy_level")
        for node in read_onnx(memoryview(after.model)).nodes
        if node.operator == "MatMulNBits"
    ]
    assert blocks == [4] * (4 * LAYERS + 1)
    kept = {(node.operator, node.outputs) for node in before.nodes}
    assert kept <= {
        (node.operator, node.outputs) for node in read_onnx(memoryview(after.model)).nodes
    }


def test_the_last_logits_are_chosen_before_the_last_matrix(tmp_path):
    _before, after = patched(tmp_path, Layout())
    assert after.keeps
    onnx = read_onnx(memoryview(after.model))
    assert "num_logits_to_keep" in inputs(onnx)
    cut = next(node for node in onnx.nodes if node.operator == "Slice")
    last = next(node for node in onnx.nodes if "logits" in node.outputs)
    assert last.inputs[0] == cut.outputs[0]
    assert cut.inputs[0] == f"l{LAYERS - 1}/out"


def test_the_last_logits_are_chosen_before_they_are_rounded(tmp_path):
    _before, after = patched(tmp_path, Layout(rounding=True))
    onnx = read_onnx(memoryview(after.model))
    rounding = next(node for node in onnx.nodes if node.operator == "DynamicQuantizeLinear")
    cut = next(node for node in onnx.nodes if node.operator == "Slice")
    assert rounding.inputs == cut.outputs


def test_who_can_choose_already_is_left_alone(tmp_path):
    before, after = patched(tmp_path, Layout(keep=()))
    assert not after.keeps
    assert inputs(read_onnx(memoryview(after.model))) == inputs(before)


def test_attention_is_passed_on_unchanged(tmp_path):
    before, after = patched(tmp_path, Layout())
    both = [
        [node for node in onnx.nodes if node.operator == "GroupQueryAttention"]
        for onnx in (before, read_onnx(memoryview(after.model)))
    ]
    assert [(node.inputs, node.outputs, node.integers) for node in both[0]] == [
        (node.inputs, node.outputs, node.integers) for node in both[1]
    ]
    assert both[0][0].integers["num_heads"] == HEADS
