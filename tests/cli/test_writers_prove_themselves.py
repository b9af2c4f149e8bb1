"""`nearling models add`, `verify` and `measure` with a scripted engine in a house of the test's."""

import json
from argparse import Namespace
from dataclasses import dataclass, field
from io import StringIO

import pytest

from nearling.bench.voice.phrases import FIXTURE
from nearling.catalogue.library import Library
from nearling.catalogue.measured import Measurements
from nearling.cli.shelf import adding
from nearling.cli.shelf.measuring import measure_models
from nearling.cli.shelf.verifying import verify_models
from nearling.cli.terminal import Terminal
from nearling.core.errors import EngineFailure, UnusableModel
from nearling.core.events import Delta, Finished
from nearling.core.language_model import Measured
from nearling.settings.paths import Paths
from scripted.writer_folders import hub_folder

FAST = Measured(300.4, 60.2, 0.5, 210, "CPUExecutionProvider", 3)


class ScriptedModel:
    def __init__(self, says="I am a model."):
        self.says = says

    def write(self, prompt, setup, cancellation):
        if isinstance(self.says, Exception):
            raise self.says
        yield Delta(self.says)
        yield Finished(3, 5)


@dataclass
class ScriptedHouse:
    paths: Paths
    language_model: ScriptedModel = field(default_factory=ScriptedModel)
    failing: tuple[str, ...] = ()
    """Models that cannot be measured."""

    @property
    def library(self):
        return Library(self.paths.models)

    @property
    def writers(self):
        return self

    def measure(self, id, cancellation):
        if id in self.failing:
            raise EngineFailure("It does not load.", "Take another one.")
        Measurements(self.paths.models).keep(id, self.library.find(id).writer.graph, FAST)
        return FAST


@pytest.fixture
def house(tmp_path):
    return ScriptedHouse(Paths.find({"NEARLING_HOME": str(tmp_path / "home")}))


@pytest.fixture
def model(tmp_path):
    return hub_folder(tmp_path / "Tiny-Llama", "_q4")


def done(act, house, *, as_object=True, **arguments):
    """The exit code and the object, or what was said."""
    terminal = Terminal(StringIO(), StringIO(), as_object, False)
    code = act(Namespace(**arguments), house, terminal)
    said = terminal.out.getvalue()
    return code, json.loads(said) if as_object else said + terminal.notes.getvalue()


def test_one_that_comes_in_shows_what_it_can_do(house, model):
    code, told = done(adding.add_model, house, folder=str(model), copy=False)
    assert (code, told["said"], told["model"]["id"]) == (0, "I am a model.", "Tiny-Llama")
    assert told["model"]["speed"]["decode"] == 60.2
    assert told["fit"]["context_length"] == 2048
    _, said = done(adding.add_model, house, as_object=False, folder=str(model), copy=False)
    assert "Tiny-Llama is ready; it wrote: I am a model." in said
    assert "takes in 300 tokens a second and writes 60" in said


def test_one_that_does_not_load_is_not_taken(house, model):
    house.language_model.says = EngineFailure("It does not load.", "Take another one.")
    with pytest.raises(EngineFailure):
        done(adding.add_model, house, folder=str(model), copy=False)
    assert house.library.installed() == ()


def test_one_for_which_there_is_no_room_is_not_tried(house, model, monkeypatch):
    house.language_model.says = AssertionError("it was loaded")
    monkeypatch.setattr(adding, "free_memory", lambda: 100_000_000)
    code, told = done(adding.add_model, house, folder=str(model), copy=False)
    assert (code, told["fit"]["fits"], told["model"]["speed"]) == (0, False, None)
    assert "said" not in told
    assert [each.id for each in house.library.installed()] == ["Tiny-Llama"]


def test_verifying(house, model):
    house.library.add(model)
    code, told = done(verify_models, house, id=None)
    (shape,) = told["models"]
    assert (code, shape["ok"], shape["said"]) == (0, True, "I am a model.")
    assert shape["speed"]["prefill"] == 300.4
    house.language_model.says = EngineFailure("It does not load.", "Take another one.")
    code, told = done(verify_models, house, id="Tiny-Llama")
    assert (code, told["models"][0]["error"]["kind"]) == (1, "engine")


def test_measuring_all_or_one(house, model, tmp_path):
    house.library.add(model)
    house.library.add(hub_folder(tmp_path / "Other", "_q4"))
    house.failing = ("Other",)
    code, told = done(measure_models, house, id=None)
    assert code == 1
    assert {each["id"]: each["ok"] for each in told["models"]} == {
        "Tiny-Llama": True, "Other": False,
    }  # fmt: skip
    code, told = done(measure_models, house, id="Tiny-Llama")
    assert (code, told["models"][0]["speed"]["threads"]) == (0, 3)
    assert done(measure_models, house, as_object=False, id="Tiny-Llama")[1].startswith(
        "Tiny-Llama: takes in 300 tokens a second and writes 60"
    )


def test_what_cannot_be_measured(house):
    assert done(measure_models, house, id=None) == (0, {"models": []})
    house.library.add(FIXTURE)
    with pytest.raises(UnusableModel, match="listens"):
        done(measure_models, house, id=FIXTURE.name)
