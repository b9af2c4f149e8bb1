"""A language model proves itself by one short answer."""

import pytest

from nearling.catalogue.writer_folder import inspect
from nearling.cli.writing_trial import try_writing
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineFailure, EngineLost
from nearling.core.events import Delta, Finished, Prefilling
from scripted.writer_folders import CONFIG, hub_folder


class ScriptedModel:
    def __init__(self, *events):
        self._events = events
        self.setups = []

    def write(self, prompt, setup, cancellation):
        assert prompt.question
        self.setups.append(setup)
        for event in self._events:
            cancellation.check()
            if isinstance(event, Exception):
                raise event
            yield event

    def count(self, prompt, setup, cancellation):
        raise AssertionError("nothing to count")

    def measure(self, setup, cancellation):
        raise AssertionError("nothing to measure")


@pytest.fixture
def model(tmp_path):
    return inspect(hub_folder(tmp_path / "model", "_q4"))


def test_its_answer_in_one_line_and_little_memory(model):
    engine = ScriptedModel(Prefilling(3, 3), Delta("I am a\n"), Delta(" model."), Finished(3, 5))
    said = try_writing(model.folder, engine, Cancellation())
    assert said.text == "I am a model."
    assert said.seconds >= 0
    (setup,) = engine.setups
    assert (setup.folder, setup.context_length) == (model.folder, 1024)
    assert setup.sampling.most_tokens == 32


def test_a_model_of_short_context(tmp_path):
    short = hub_folder(tmp_path / "short", "", config=CONFIG | {"max_position_embeddings": 256})
    engine = ScriptedModel(Delta("Yes."))
    try_writing(short, engine, Cancellation())
    assert engine.setups[0].context_length == 256


def test_one_that_says_nothing(model):
    with pytest.raises(EngineFailure, match="answers nothing"):
        try_writing(model.folder, ScriptedModel(Delta(" \n"), Finished(3, 1)), Cancellation())


def test_one_that_dies_and_one_that_is_stopped(model):
    with pytest.raises(EngineLost):
        try_writing(model.folder, ScriptedModel(EngineLost("It died.", "Again.")), Cancellation())
    stopped = Cancellation()
    stopped.cancel()
    with pytest.raises(Cancelled):
        try_writing(model.folder, ScriptedModel(Delta("Yes.")), stopped)
