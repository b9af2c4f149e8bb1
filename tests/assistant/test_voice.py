"""What a face gets so that one can talk: models, takes and options, on a real disk."""

import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest

from nearling.assistant import voice as voice_module
from nearling.assistant.voice import Voice, speech_of
from nearling.bench.voice.phrases import FIXTURE
from nearling.capture.takes import Takes
from nearling.catalogue.library import Library
from nearling.core.cancellation import Cancellation
from nearling.core.errors import UnusableFile
from nearling.core.hearing import Speech
from nearling.core.talk import ListeningAhead
from nearling.settings.options import Options
from scripted.engines import ScriptedTranscriber


class Memory:
    def __init__(self):
        self.before = []

    def forget_recordings(self, moment):
        self.before.append(moment)
        return 0


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "models")


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def make(tmp_path, library, memory):
    made = []

    def build(**options):
        takes = tmp_path / "takes"
        voice = Voice(Options(**options), takes, library, ScriptedTranscriber(), lambda: memory)
        made.append(voice)
        return voice

    yield build
    for voice in made:
        voice.close()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The folder of Hugging Face's cache, and nothing of this machine's."""
    for name in ("HF_HOME", "HUGGINGFACE_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache" / "hub"))
    return tmp_path / "cache" / "hub"


def test_the_options_say_how_recordings_are_heard(library):
    assert speech_of(Options(), library) == Speech(None)
    model = library.add(FIXTURE)
    options = Options(
        spoken_language="de", translate_speech=True, expected_words=" Skarholm, , Lindau "
    )
    assert speech_of(options, library) == Speech(
        model.folder, "de", translate=True, hints=("Skarholm", "Lindau")
    )


def test_a_model_that_is_taken_is_there(make, tmp_path):
    voice = make()
    assert not voice.has_model()
    with pytest.raises(UnusableFile):
        voice.adopt(tmp_path)
    voice.adopt(FIXTURE)
    assert voice.has_model()
    assert voice.models() == (FIXTURE.name,)


def test_a_model_is_suggested_that_fits_and_may_lie_here(make, cache):
    voice = make()
    suggestion = voice.suggestion()
    assert suggestion.found_at is None
    assert suggestion.source.startswith("Systran/")
    assert suggestion.megabytes > 0
    here = cache / "models--Systran--faster-whisper-tiny" / "snapshots" / "0a1b"
    shutil.copytree(FIXTURE, here)
    other = cache / "models--somebody--whisper" / "snapshots" / "1"
    shutil.copytree(FIXTURE, other)
    suggestion = voice.suggestion()
    assert (suggestion.name, suggestion.found_at) == ("whisper-tiny", here)


def test_takes_go_when_their_text_is_safe_or_when_told(make, tmp_path):
    voice = make()
    for remove in (voice.let_go, voice.delete):
        journal = Takes(tmp_path / "takes").begin()
        journal.write(bytes(3200))
        journal.seal()
        assert voice.found() == (), "its process lives"
        remove(journal.path)
        assert not journal.path.exists()


def test_old_sound_is_erased_as_the_options_say(make, memory):
    make().tidy()
    make(keep_recordings="written").tidy()
    assert memory.before == []
    make(keep_recordings="7").tidy()
    (before,) = memory.before
    assert abs(datetime.now(UTC) - timedelta(days=7) - before) < timedelta(minutes=5)


def test_what_is_chosen_reaches_the_microphone(make, monkeypatch):
    voice = make(microphone="Desk")
    asked = []
    monkeypatch.setattr(voice._microphone, "listen_ahead", lambda on, _: asked.append(on))
    monkeypatch.setattr(voice._microphone, "devices", lambda: ("Desk", "Headset"))
    voice.use(Options(listen_ahead=True))
    assert asked == [], "nobody listens yet"
    talker = voice.talker(lambda _: None)
    voice.use(Options(listen_ahead=False, microphone="Headset"))
    assert asked == [True, False]
    assert voice._microphone._choose() == "Headset"
    assert voice.devices() == ("Desk", "Headset")
    talker.cancel()


def test_a_key_that_cannot_be_is_told_like_any_trouble(make):
    voice = make(talk_key="Nonsense")
    told, heard = [], threading.Event()

    def tell(each):
        if not isinstance(each, ListeningAhead):
            told.append(each)
            heard.set()

    voice.talker(tell)
    assert heard.wait(10)
    assert "Nonsense" in told[0].error.sentence
    assert told[0].take is None


def test_a_recording_is_played(make, monkeypatch):
    monkeypatch.setattr(voice_module, "play", lambda recording, _: iter([float(len(recording))]))
    assert list(make().play(b"RIFF", Cancellation())) == [4.0]
