"""Where things lie, and what the settings file may say."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.assistant.routing import Preference, Rules
from nearling.core.conversation import Mode
from nearling.core.errors import SettingsFailure
from nearling.settings.assets import assets
from nearling.settings.options import VOICE, Options, declared
from nearling.settings.paths import Paths
from nearling.settings.store import load_options, save_options


def test_one_variable_moves_everything(tmp_path):
    paths = Paths.find({"NEARLING_HOME": str(tmp_path)})
    assert all(
        path.is_relative_to(tmp_path) for path in (paths.settings_file, paths.history, paths.logs)
    )


def test_without_it_the_platform_decides():
    assert "nearling" in str(Paths.find({}).history)


def test_a_home_that_nobody_knows_is_told():
    with pytest.raises(SettingsFailure, match="no home"):
        Paths.find({"NEARLING_HOME": "~nosuchuser/x"})


def test_no_file_is_the_defaults(tmp_path):
    assert load_options(tmp_path / "none.toml") == Options()


def test_a_file_says_what_differs(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("threads = 2\n")
    assert load_options(file) == Options(threads=2)


@pytest.mark.parametrize(
    "text",
    [
        "threads = ",
        "thread = 2",
        'threads = "two"',
        "threads = -1",
        "threads = true",
        "threads = 2.0",
    ],
)
def test_a_slip_is_told_with_the_file(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsFailure, match=r"settings\.toml"):
        load_options(file)


def test_a_file_that_is_no_text_is_told(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsFailure):
        load_options(file)
    with pytest.raises(SettingsFailure):
        load_options(tmp_path)


@given(st.text())
def test_any_file_is_options_or_a_sentence(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("any") / "settings.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    with contextlib.suppress(SettingsFailure):
        assert isinstance(load_options(file), Options)


def test_every_option_explains_itself():
    for option in declared():
        assert option.metadata["label"]
        assert option.metadata["help"].endswith(".")
        if "choices" in option.metadata:
            assert option.default in option.metadata["choices"]
            continue
        if option.metadata.keys() & {"yes", "text"}:
            continue
        low, high = option.metadata["at_least"], option.metadata["at_most"]
        assert low <= option.default <= high


def test_the_options_of_talking_are_options():
    assert set(VOICE) <= {option.name for option in declared()}


def test_assets_are_found():
    assert (assets() / "doctor.png").read_bytes().startswith(b"\x89PNG")


def test_what_is_saved_is_loaded(tmp_path):
    file = tmp_path / "new" / "settings.toml"
    chosen = Options(theme="dark", scale_percent=150)
    save_options(file, chosen)
    assert load_options(file) == chosen
    assert file.read_text() == 'theme = "dark"\nscale_percent = 150\n'
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("words", ["", "Siobhan, Żółć", 'a "b" \\ c = d', "Ctrl+Alt+Space", "日本"])
def test_words_and_switches_are_kept_as_they_are(tmp_path, words):
    file = tmp_path / "settings.toml"
    chosen = Options(expected_words=words, translate_speech=True, microphone=words)
    save_options(file, chosen)
    assert load_options(file) == chosen


@pytest.mark.parametrize(
    "line",
    [
        'translate_speech = "yes"',
        "translate_speech = 1",
        "expected_words = 3",
        'talk_key = "a\\nb"',
    ],
)
def test_a_slip_in_words_and_switches_is_told(tmp_path, line):
    file = tmp_path / "settings.toml"
    file.write_text(f"{line}\n")
    with pytest.raises(SettingsFailure, match=r"must be (true or false|a line of text)"):
        load_options(file)


def test_a_choice_that_is_none_is_told(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('theme = "pink"\n')
    with pytest.raises(SettingsFailure, match="one of system, light, dark"):
        load_options(file)


def test_settings_that_cannot_be_written_are_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsFailure, match="cannot be written"):
        save_options(tmp_path / "file" / "settings.toml", Options(theme="dark"))


def test_what_can_be_preferred_is_what_the_router_knows():
    options = {option.name: option for option in declared()}
    assert set(options["preference"].metadata["choices"]) == set(Preference)
    assert Options().preference == Rules().preference
    assert set(options["new_mode"].metadata["choices"]) == {Mode.HERE, Mode.ASK}
    assert Options().new_mode == Mode.HERE
