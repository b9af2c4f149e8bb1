"""A language model may die or starve; the prompt goes one rung lower, and what failed is known."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineLost, PromptTooLong
from nearling.core.events import Delta, Finished, Prefilling
from nearling.core.language_model import Measured, Setup
from nearling.core.prompt import Prompt
from nearling.engines.host.failures import Failures
from nearling.engines.host.ladder import Ladder
from nearling.engines.host.language_model import LanguageModelProxy
from nearling.engines.host.supervisor import Launch, Supervisor

SCRIPT = Path(__file__).with_name("scripted_child.py")
SETUP = Setup(Path("/models/a \udcff model"), 8192)


@pytest.fixture
def journal(tmp_path):
    return tmp_path / "failed-models.json"


@pytest.fixture
def model(tmp_path, journal):
    supervisor = Supervisor(Launch((sys.executable, str(SCRIPT), "60"), tmp_path / "engines.log"))
    yield LanguageModelProxy(supervisor, "scripted", Ladder(Failures(journal)))
    supervisor.close()


def write(model, question, setup=SETUP):
    return list(model.write(Prompt(question), setup, Cancellation()))


def test_an_answer_comes_back_whole(model, journal):
    assert write(model, "speak 100000") == [
        Delta("8192 CPUExecutionProvider"),
        Finished(3, 4, reused=1, unsure=-0.5),
    ]
    assert json.loads(journal.read_text()) == {}
    assert model.count(Prompt("four"), SETUP, Cancellation()) == 4


@pytest.mark.parametrize("how", ["die-loading", "die-prefilling", "out-of-memory"])
def test_a_model_that_fails_before_its_first_word_is_run_with_less(model, how):
    events = write(model, f"{how} 5000")
    assert [each for each in events if not isinstance(each, Prefilling)] == [
        Delta("4096 CPUExecutionProvider"),
        Finished(3, 4, reused=1, unsure=-0.5),
    ]


def test_what_failed_is_not_tried_again_not_even_by_another_process(model, journal):
    write(model, "die-loading 5000")
    assert [rung.context_length for rung in Ladder(Failures(journal)).rungs(SETUP)] == [4096, 2048]
    model.measure(SETUP, Cancellation())
    assert [rung.context_length for rung in Ladder(Failures(journal)).rungs(SETUP)] == [
        8192,
        4096,
        2048,
    ]


def test_a_way_that_took_the_whole_program_down_is_known_at_the_next_start(journal):
    trying = Ladder(Failures(journal)).trying(SETUP)
    trying.__enter__()  # and never comes back
    assert SETUP not in Ladder(Failures(journal)).rungs(SETUP)


def test_another_provider_gives_way_to_the_processor(model):
    elsewhere = replace(SETUP, context_length=1600, provider="CUDAExecutionProvider")
    events = write(model, "die-elsewhere 100000", elsewhere)
    assert events[0] == Delta("1600 CPUExecutionProvider")


def test_a_model_that_fails_in_every_way_says_so(model):
    with pytest.raises(EngineLost, match="any of the ways"):
        write(model, "die-loading 10")
    with pytest.raises(EngineLost, match="any of the ways"):
        write(model, "speak 100000")


def test_a_model_that_dies_in_mid_answer_leaves_what_it_said(model, journal):
    said = []
    with pytest.raises(EngineLost):
        said.extend(model.write(Prompt("die-speaking 5000"), SETUP, Cancellation()))
    assert SETUP not in Ladder(Failures(journal)).rungs(SETUP)
    assert write(model, "die-speaking 5000")[0] == Delta("4096 CPUExecutionProvider")


def test_a_prompt_that_a_lower_rung_cannot_hold_tells_why_the_higher_one_failed(model):
    setup = replace(SETUP, context_length=2048)
    with pytest.raises(EngineLost):
        write(model, "die-loading 1600", setup)


def test_a_prompt_that_is_too_long_from_the_start_is_said_to_be(model, journal):
    with pytest.raises(PromptTooLong):
        write(model, "speak 100000", replace(SETUP, context_length=1400))
    assert json.loads(journal.read_text()) == {}


def test_a_cancelled_answer_is_no_failure(model, journal):
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        list(model.write(Prompt("speak 100000"), SETUP, cancellation))
    assert json.loads(journal.read_text()) == {}


def test_figures_come_back_and_the_model_is_known_to_be_in_memory(model):
    assert model.resident() is None
    measured = model.measure(SETUP, Cancellation())
    assert measured == Measured(10.0, 5.0, 0.5, 100, "CPUExecutionProvider", 1)
    resident = model.resident()
    assert resident is not None
    assert resident.setup == SETUP
    assert resident.megabytes > 5
    model.rest()
    assert model.resident() is None
    assert write(model, "speak 100000")


def test_a_journal_of_rubbish_or_out_of_reach_stops_nothing(model, journal):
    journal.write_text('["no", "journal"]')
    assert write(model, "speak 100000")
    journal.unlink()
    journal.mkdir()
    assert write(model, "speak 100000")


def test_a_failure_is_forgotten_after_a_day(journal, monkeypatch):
    Ladder(Failures(journal)).failed(SETUP)
    monkeypatch.setattr("nearling.engines.host.failures.time.time", lambda: 1e11)
    assert SETUP in Ladder(Failures(journal)).rungs(SETUP)


def test_taking_a_prompt_in_ahead_loads_the_model_and_may_fail_it(model, journal):
    model.prefill(Prompt("fine"), SETUP, Cancellation())
    assert model.resident().setup == SETUP
    model.rest()
    with pytest.raises(EngineLost):
        model.prefill(Prompt("die"), SETUP, Cancellation())
    assert write(model, "speak 100000")[0] == Delta("4096 CPUExecutionProvider")
