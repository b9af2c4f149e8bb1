"""Who can answer: looked up on the shelf each time, each model with its own setup."""

import shutil
from dataclasses import replace

import pytest

from nearling.assistant.writers import Writers
from nearling.catalogue.library import Library
from nearling.catalogue.measured import Measurements
from nearling.core.cancellation import Cancellation
from nearling.core.errors import NotFound, UnusableModel
from nearling.core.events import Delta
from nearling.core.language_model import Measured, Resident, Sampling
from nearling.core.prompt import Prompt
from nearling.core.writers import Speed
from nearling.settings.options import Options
from scripted.engines import candidate, says
from scripted.writer_folders import hub_folder

MEASURED = Measured(100.0, 20.0, 0.5, 300, "CPUExecutionProvider", 1)


class Model:
    def __init__(self):
        self.asked = []

    def write(self, prompt, setup, cancellation):
        self.asked.append(setup)
        yield Delta(prompt.question)

    def count(self, prompt, setup, cancellation):
        return len(prompt.question)

    def measure(self, setup, cancellation):
        self.asked.append(setup)
        return MEASURED


class Pool:
    def __init__(self):
        self.writers = (candidate("built-in", says("Quoted.")),)
        self.language_model = Model()
        self.in_memory = None
        self.bytes_held = 0

    def held(self):
        return self.bytes_held

    def resident(self):
        return self.in_memory


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "models")


@pytest.fixture
def writers(tmp_path, library):
    return Writers(Pool(), library, Measurements(tmp_path / "models"), Options())


def ids(writers):
    return [candidate.profile.id for candidate in writers()]


def test_models_come_and_go_while_it_runs(writers, library, tmp_path):
    assert ids(writers) == ["built-in"]
    library.add(hub_folder(tmp_path / "smol", "_q4"))
    assert ids(writers) == ["built-in", "smol"]
    library.remove("smol")
    assert ids(writers) == ["built-in"]


def test_a_model_that_is_not_whole_any_more_answers_nothing(writers, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    library.add(folder)
    (folder / "tokenizer.json").unlink()
    assert ids(writers) == ["built-in"]


def test_it_is_asked_with_its_folder_and_what_the_options_say(writers, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    library.add(folder)
    writers.use(Options(context_tokens=1024, answer_tokens=4096, variety_percent=70))
    smol = writers()[1]
    list(smol.writer.write(Prompt("Why?"), Cancellation()))
    assert smol.counter.count(Prompt("Why?"), Cancellation()) == 4
    (setup,) = smol.writer.model.asked
    assert setup.folder == folder
    assert setup.context_length == smol.profile.context_length == 1024
    assert setup.sampling.temperature == pytest.approx(0.7)
    # Half of a small context stays for what is asked.
    assert setup.sampling.most_tokens == smol.profile.answer_tokens == 512


def test_it_is_awake_while_its_folder_is_in_memory_with_as_much_context(writers, library, tmp_path):
    library.add(hub_folder(tmp_path / "smol", "_q4"))
    smol = writers()[1]
    assert not smol.is_awake()
    writers._pool.in_memory = Resident(replace(smol.writer.setup, sampling=Sampling(0.7)), 300)
    assert smol.is_awake()
    writers._pool.in_memory = Resident(replace(smol.writer.setup, context_length=77), 300)
    assert not smol.is_awake()
    assert writers()[0].is_awake()


def test_its_speed_is_measured_once_and_known_from_then_on(writers, library, tmp_path):
    library.add(hub_folder(tmp_path / "smol", "_q4"))
    assert writers()[1].profile.speed is None
    assert writers.measure("smol", Cancellation()) == MEASURED
    assert writers()[1].profile.speed == Speed(100.0, 20.0)
    with pytest.raises(NotFound):
        writers.measure("nobody", Cancellation())


def test_what_is_no_longer_whole_is_not_measured(writers, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    library.add(folder)
    shutil.rmtree(folder)
    with pytest.raises(UnusableModel):
        writers.measure("smol", Cancellation())


def test_a_folder_can_be_named_without_being_on_the_shelf(writers, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    assert writers.name(folder) == str(folder)
    assert ids(writers) == ["built-in", str(folder)]
    library.add(folder)
    assert writers.name(folder) == "smol"
    with pytest.raises(UnusableModel):
        writers.name(tmp_path / "models")


def test_the_context_does_not_follow_every_change_of_free_memory(
    writers, library, tmp_path, monkeypatch
):
    library.add(hub_folder(tmp_path / "smol", "_q4"))
    before = writers()[1].profile.context_length
    monkeypatch.setattr("nearling.assistant.writers.free_memory", None)
    assert writers()[1].profile.context_length == before


def test_it_says_how_much_memory_asking_it_takes_beyond_what_its_process_holds(tmp_path, library):
    pool = Pool()
    writers = Writers(pool, library, Measurements(tmp_path / "models"), Options())
    library.add(hub_folder(tmp_path / "smol", "_q4"))
    asleep = writers()[1].profile.memory
    assert asleep > 200_000_000  # the process with its libraries alone
    pool.bytes_held = 150_000_000  # while it loads
    assert writers()[1].profile.memory == asleep - 150_000_000
    list(writers()[1].writer.write(Prompt("Hello?"), Cancellation()))
    pool.in_memory = Resident(pool.language_model.asked[0], 150)
    assert writers()[1].profile.memory == 0
    assert writers()[0].profile.memory == 0


def test_what_a_model_answers_with_has_a_version(writers, library, tmp_path):
    folder = hub_folder(tmp_path / "smol", "_q4")
    library.add(folder)
    (_, first) = writers()
    assert writers()[1].version == first.version
    (graph,) = folder.glob("onnx/*.onnx")
    graph.touch()
    assert writers()[1].version != first.version
    writers.use(Options(variety_percent=50))
    assert writers()[1].version is None
