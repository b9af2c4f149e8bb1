"""Measured speeds outlast the process and belong to one file; damaged ones are none."""

import json
import os
from dataclasses import replace

import pytest

from nearling.catalogue.measured import Measurements
from nearling.core.errors import StorageUnwritable
from nearling.core.language_model import Measured

FAST = Measured(300.5, 60.25, 0.5, 210, "CPUExecutionProvider", 3)


@pytest.fixture
def graph(tmp_path):
    (tmp_path / "model.onnx").write_bytes(bytes(100))
    return tmp_path / "model.onnx"


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "models"


def test_what_was_measured_is_there_again(shelf, graph):
    assert Measurements(shelf).latest("small", graph) is None
    Measurements(shelf).keep("small", graph, FAST)
    assert Measurements(shelf).latest("small", graph) == FAST
    assert Measurements(shelf).find("small", graph, "CPUExecutionProvider", 3) == FAST
    assert Measurements(shelf).find("small", graph, "CPUExecutionProvider", 1) is None
    assert Measurements(shelf).find("small", graph, "CUDAExecutionProvider", 3) is None
    assert Measurements(shelf).latest("other", graph) is None


def test_each_way_to_run_it_has_its_own_figures_and_the_last_ones_count(shelf, graph):
    kept = Measurements(shelf)
    alone, again = replace(FAST, threads=1, decode=20.0), replace(FAST, decode=61.0)
    for each in (FAST, alone, again):
        kept.keep("small", graph, each)
    kept.keep("other", graph, FAST)
    assert kept.latest("small", graph) == again
    assert kept.find("small", graph, "CPUExecutionProvider", 3) == again
    assert kept.find("small", graph, "CPUExecutionProvider", 1) == alone
    assert len(json.loads((shelf / "measured.json").read_text())) == 3
    kept.forget("small")
    assert kept.latest("small", graph) is None
    assert kept.latest("other", graph) == FAST


def test_a_graph_that_changed_was_not_measured(shelf, graph):
    kept = Measurements(shelf)
    kept.keep("small", graph, FAST)
    os.utime(graph, ns=(1, 1))
    assert kept.latest("small", graph) is None
    kept.keep("small", graph, FAST)
    assert kept.latest("small", graph) == FAST
    assert len(json.loads((shelf / "measured.json").read_text())) == 1
    graph.unlink()
    assert kept.latest("small", graph) is None


@pytest.mark.parametrize("spoil", ["", "{}", "[1, [2]]", '[{"model": "small"}]', "[" * 100_000])
def test_a_damaged_file_is_none(shelf, graph, spoil):
    kept = Measurements(shelf)
    kept.keep("small", graph, FAST)
    (shelf / "measured.json").write_text(spoil)
    assert kept.latest("small", graph) is None
    kept.forget("small")
    kept.keep("small", graph, FAST)
    assert kept.latest("small", graph) == FAST


@pytest.mark.parametrize("field", ["decode", "threads", "provider"])
def test_a_row_that_says_nonsense_is_passed_over(shelf, graph, field):
    kept = Measurements(shelf)
    kept.keep("small", graph, FAST)
    (row,) = json.loads((shelf / "measured.json").read_text())
    for value in (None, True, [], {}):
        (shelf / "measured.json").write_text(json.dumps([row | {field: value}]))
        assert kept.latest("small", graph) is None


def test_a_shelf_that_cannot_be_written(tmp_path, graph):
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnwritable):
        Measurements(tmp_path / "file").keep("small", graph, FAST)
