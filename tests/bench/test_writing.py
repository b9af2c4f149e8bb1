"""What is measured of language models runs through the product, on a tiny one; no speed counts."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path

import pytest

from nearling.bench import command
from nearling.bench.speed.bare_writers import loading, our_copyist, our_decoder
from nearling.bench.speed.decoding import Case, Timing, figures_of, taken_in_turns
from nearling.bench.speed.machine import machine
from nearling.bench.speed.random_writers import RandomWriter, random_writer
from nearling.bench.speed.took import Took
from nearling.bench.speed.turns import turn_figures
from nearling.catalogue.writer_folder import inspect
from nearling.core.errors import EngineFailure
from nearling.engines.local.bare.decoders.tiny import write_tiny


def took(*seconds: float) -> tuple[Took, ...]:
    return tuple(Took(each, each / 2) for each in seconds)


SLOW = Timing(took(4, 2, 3), took(8, 9, 7))
FAST = Timing(took(1, 2, 1.5), took(16, 10, 8))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    write_tiny(folder)
    return folder


def test_speeds_are_in_tokens_a_second_and_medians_are_compared():
    prefill, decode = figures_of("135m", Case(512, 32), {"ours": SLOW, "llama.cpp": FAST}, "why")
    assert (prefill.name, decode.name) == ("write.prefill_135m_512", "write.decode_135m_512")
    assert prefill.value == 512 / 3.0
    assert prefill.baseline == 512 / 1.5
    assert prefill.ratio == 0.5
    assert decode.ratio == 10.0 / 8.0
    assert "between 1.11 and 2.00 times as fast; 1.25 times by" in decode.note


def test_without_a_peer_there_is_no_ratio():
    (figure,) = figures_of("500m", Case(32, 32), {"ours": SLOW}, "not built")
    assert figure.name == "write.decode_500m_32"
    assert (figure.value, figure.baseline, figure.ratio) == (4.0, None, None)
    assert "not built" in figure.note


def test_the_decoder_by_itself_writes_as_many_tokens_as_asked(tiny: Path):
    with our_decoder(tiny, 1) as engine:
        asked = {"ids": [5, 6, 7, 8] * 50, "write": 6}
        told = engine.ask(asked)
        assert len(told["ids"]) == 7
        assert min(told["prefill"]) > 0
        assert engine.ask(asked)["ids"] == told["ids"]
        timings = taken_in_turns({"ours": engine}, Case(20, 3), rounds=2)
        assert len(timings["ours"].decode) == 2


def test_what_cannot_be_opened_is_said(tmp_path: Path):
    with pytest.raises(EngineFailure, match="cannot be measured"), our_decoder(tmp_path, 1):
        pass


def test_a_copyist_says_what_it_is_told_with_guesses_and_without(tiny: Path):
    text = "Lists are mutable sequences, typically used to store collections of items."
    asked = {"question": f"Say it again: {text}", "answer": text}
    with our_copyist(tiny, 1) as engine:
        guessing, plain = (engine.ask(asked | {"lookup": lookup}) for lookup in (True, False))
    assert guessing["tokens"] == plain["tokens"] > 10
    assert guessing["guessed"] > plain["tokens"] // 2
    assert plain["guessed"] == 0


def test_loading_is_timed_in_a_process_of_its_own(tiny: Path):
    assert loading("ours", tiny, 1).seconds > 0
    assert loading("bare", tiny, 1).processor > 0
    with pytest.raises(EngineFailure, match="loaded"):
        loading("ours", tiny / "onnx", 1)


def test_a_whole_turn_is_measured_through_the_product(tiny: Path):
    writer = RandomWriter("500m", "nothing real", tiny, tiny / "none.gguf")
    figures = {figure.name: figure for figure in turn_figures(writer, rounds=1)}
    assert set(figures) == {
        "write.overhead_500m",
        "write.memory_back_mb_500m",
        "write.second_turn_share_500m",
        "write.cancel_ms_500m",
        "write.answer_s_500m",
    }
    assert all("random weights" in each.note for each in figures.values())
    assert all(machine() in each.note for each in figures.values())
    assert all(each.value is not None for each in figures.values())
    (reused,) = re.findall(r"(\d+) of 15\d\d tokens", figures["write.second_turn_share_500m"].note)
    assert int(reused) > 1400


def test_a_model_is_made_once_and_again_when_its_maker_changed(tmp_path: Path):
    old = tmp_path / "smollm2-135m-0123abcd"
    old.mkdir()
    made = random_writer("135m", tmp_path)
    assert not old.exists()
    assert inspect(made.folder).layers == 30
    assert made.gguf.stat().st_size > 70e6
    assert [each.name for each in tmp_path.iterdir()] == [made.folder.parent.name]
    mark = made.folder / "mark"
    mark.touch()
    assert random_writer("135m", tmp_path) == made
    assert mark.exists()


def test_one_size_can_be_chosen():
    parser = ArgumentParser()
    command.add_arguments(parser)
    assert parser.parse_args(["write", "--size", "135m"]).size == "135m"
    assert parser.parse_args(["write"]).size is None
