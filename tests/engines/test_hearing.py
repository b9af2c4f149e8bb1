"""What every Transcriber keeps, shown on the real one in its child process, with real sound."""

import os
import shutil
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import psutil
import pytest

from nearling.bench.voice.phrases import FIXTURE, PHRASES
from nearling.bench.voice.speaking import recording, save, silence
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, EngineFailure, ModelMissing, UnusableFile
from nearling.core.hearing import Hearing, Speech, Transcript
from nearling.engines.pool import Pool
from scripted.recordings import NO_SPEECH, Speaker, clatter, encoded, hum, music, needs_espeak

FOUR = (PHRASES[0], PHRASES[38], PHRASES[20], PHRASES[28])
HEARD = Speech(FIXTURE)


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(2, 300, tmp_path_factory.mktemp("log") / "engines.log")
    yield pool
    pool.close()


@pytest.fixture
def take(tmp_path):
    return tmp_path / "take.wav"


def hear(pool, file, speech=HEARD, cancellation=None):
    *hearings, transcript = pool.transcriber.transcribe(
        file, speech, cancellation or Cancellation()
    )
    assert isinstance(transcript, Transcript)
    assert all(isinstance(each, Hearing) for each in hearings)
    return hearings, transcript


def child_of(pool):
    """The process that hears for push-to-talk."""
    return psutil.Process(pool._supervisors["speech"].pid)


class Listener:
    """Reads along with a take; whoever speaks into it goes at the pace of a microphone.

    On a computer that is busy the speaker waits a little for the listener; not for long, since
    nobody writes to a take that has stood still for ten seconds.
    """

    def __init__(self):
        self.events = []
        self._start = time.monotonic()
        self._position = 0.0
        self._moved = threading.Condition()

    def pace(self, position):
        time.sleep(max(0.0, self._start + position - time.monotonic()))
        with self._moved:
            self._moved.wait_for(lambda: self._position > position - 1.0, timeout=2)

    def follow(self, events):
        for event in events:
            if isinstance(event, Hearing):
                with self._moved:
                    self._position = event.position
                    self._moved.notify()
            self.events.append(event)
            yield event


@needs_espeak
@pytest.mark.parametrize("group", range(4))
def test_every_phrase(pool, take, group):
    for phrase in PHRASES[group::4]:
        _, transcript = hear(pool, save(take, recording([0.3, phrase, 0.3])))
        assert transcript.text == phrase


@needs_espeak
def test_the_events_tell_one_story(pool, take):
    parts = [part for phrase in FOUR for part in (phrase, 0.9)]
    sound = recording(parts)
    hearings, transcript = hear(pool, save(take, sound))
    assert [each.text for each in transcript.segments] == list(FOUR)
    assert transcript.text == " ".join(FOUR)
    assert sum((each.segments for each in hearings), ()) == transcript.segments
    assert transcript.seconds_audio == pytest.approx(len(sound) / 16000)
    assert transcript.language == "en"
    assert "faster-whisper" in transcript.engine
    assert transcript.seconds > 0
    length = len(sound) / 16000
    for before, after in pairwise(hearings):
        assert before.position <= after.position <= length
        assert after.stable.startswith(before.stable)
    assert {each.length for each in hearings} == {length}
    assert all(each.quiet <= each.position for each in hearings)
    for before, after in pairwise(transcript.segments):
        assert 0 <= before.start < before.end <= after.start < after.end <= length


@needs_espeak
def test_word_times_lie_where_the_words_are(pool, take):
    sound = recording([1.5, PHRASES[0], 1.0, PHRASES[7], 0.3])
    _, transcript = hear(pool, save(take, sound), Speech(FIXTURE, word_times=True))
    assert [word.text for each in transcript.segments for word in each.words] == (
        f"{PHRASES[0]} {PHRASES[7]}".split()
    )
    for segment in transcript.segments:
        for word in segment.words:
            assert segment.start - 0.3 <= word.start <= word.end <= segment.end + 0.3
            assert 0 <= word.probability <= 1
    assert transcript.segments[0].words[0].start > 1.1
    assert hear(pool, take)[1].segments[0].words == ()


@pytest.mark.parametrize("kind", NO_SPEECH)
def test_what_is_no_speech_has_no_text(pool, take, kind):
    sound = NO_SPEECH[kind]()
    hearings, transcript = hear(pool, save(take, sound))
    assert transcript.segments == ()
    assert (transcript.text, transcript.language) == ("", "")
    assert {each.stable + each.tentative for each in hearings} <= {""}
    assert hearings[-1].quiet == hearings[-1].position


@needs_espeak
def test_speech_is_found_between_noises(pool, take):
    sound = np.concatenate([hum(2), recording([0.5, PHRASES[3], 0.5]), clatter(2), music(3)])
    _, transcript = hear(pool, save(take, sound))
    assert transcript.text == PHRASES[3]
    assert transcript.segments[0].start > 2


@pytest.mark.alone
@needs_espeak
def test_a_take_that_grows_gives_what_its_file_gives(pool, take):
    parts = [part for phrase in FOUR for part in (phrase, 0.8)]
    listener = Listener()
    speaker = Speaker(take, recording(parts[:-1]), listener.pace)
    speaker.start()
    *hearings, live = listener.follow(pool.transcriber.transcribe(take, HEARD, Cancellation()))
    speaker.join(60)
    _, later = hear(pool, take)
    assert live.segments == later.segments
    assert live.text == later.text == " ".join(FOUR)
    assert {each.length for each in hearings} == {None}
    # The first phrase was there, whole and final, while the last one was not yet spoken.
    first = next(each for each in hearings if each.segments)
    assert first.segments[0].text == FOUR[0]
    assert first.position < 6
    # And something was to be read before a phrase had ended.
    assert any(each.tentative for each in hearings)


@pytest.mark.alone
@needs_espeak
def test_a_child_that_dies_costs_nothing(pool, take):
    parts = [part for phrase in FOUR for part in (phrase, 0.8)]
    listener = Listener()
    speaker = Speaker(take, recording(parts), listener.pace)
    speaker.start()
    deaths = 0
    for heard in listener.follow(pool.transcriber.transcribe(take, HEARD, Cancellation())):
        if isinstance(heard, Hearing) and heard.segments and not deaths:
            deaths += 1
            child_of(pool).kill()
    speaker.join(60)
    *hearings, transcript = listener.events
    assert deaths == 1
    assert transcript.text == " ".join(FOUR)
    assert sum((each.segments for each in hearings), ()) == transcript.segments
    for before, after in pairwise(hearings):
        assert before.position <= after.position


@pytest.mark.alone
@needs_espeak
def test_giving_up_is_prompt(pool, take):
    """Also in the middle of a long decode, which knows no stop: its process ends then."""
    save(take, recording([PHRASES[38], 0.3] * 9))
    cancellation = Cancellation()
    events = pool.transcriber.transcribe(take, HEARD, cancellation)
    next(events)
    began = time.monotonic()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        list(events)
    assert time.monotonic() - began < 3  # one second, and what a busy computer adds


@needs_espeak
def test_without_a_model_pauses_are_heard_and_its_lack_is_told(pool, take):
    save(take, recording([0.5, PHRASES[0], 2.0]))
    hearings = []
    with pytest.raises(ModelMissing) as told:
        hearings.extend(pool.transcriber.transcribe(take, Speech(None), Cancellation()))
    assert told.value.sentence
    assert "nearling models" in told.value.remedy
    assert hearings[-1].quiet == pytest.approx(2.0, abs=0.5)
    assert hearings[-1].position > 3
    _, nobody = hear(pool, save(take, silence(2)), Speech(None))
    assert nobody.segments == ()


@needs_espeak
def test_a_model_of_english_alone_says_so(pool, take):
    save(take, recording([0.3, PHRASES[0], 0.3]))
    with pytest.raises(ModelMissing, match="English only"):
        hear(pool, take, Speech(FIXTURE, language="de"))
    assert hear(pool, take, Speech(FIXTURE, language="en"))[1].text == PHRASES[0]
    assert hear(pool, take, Speech(FIXTURE, translate=True))[1].text == PHRASES[0]


@pytest.mark.parametrize("spoilt", ["gone", "tokenizer.json", "model.bin"])
def test_a_model_that_cannot_be_loaded_is_told(pool, take, tmp_path, spoilt):
    model = tmp_path / "model"
    if spoilt != "gone":
        shutil.copytree(FIXTURE, model)
        if spoilt == "model.bin":
            (model / spoilt).write_bytes((model / spoilt).read_bytes()[:50_000])
        else:
            (model / spoilt).unlink()
    save(take, silence(0.5))
    with pytest.raises((ModelMissing, EngineFailure)) as told:
        hear(pool, take, Speech(model))
    assert str(model) in told.value.sentence
    assert told.value.remedy


def test_a_file_that_is_none_is_told(pool, tmp_path):
    (tmp_path / "x.wav").write_text("nothing")
    with pytest.raises(UnusableFile, match=r"x\.wav"):
        hear(pool, tmp_path / "x.wav")


def test_a_name_that_is_no_text(pool, tmp_path):
    file = tmp_path / os.fsdecode(b"caf\xe9.wav")
    _, transcript = hear(pool, save(file, silence(0.5)))
    assert transcript.segments == ()


@needs_espeak
def test_a_file_does_not_stand_before_the_microphone(pool, take, tmp_path):
    """Whoever speaks is heard while a long file is being heard in another process."""
    long = save(tmp_path / "long.wav", recording([PHRASES[38], 1.0] * 8))
    files = pool.file_transcriber.transcribe(long, HEARD, Cancellation())
    assert isinstance(next(files), Hearing)
    _, transcript = hear(pool, save(take, recording([0.3, PHRASES[0], 0.3])))
    assert transcript.text == PHRASES[0]
    *_, last = files
    assert last.text == " ".join([PHRASES[38]] * 8)


@needs_espeak
@pytest.mark.parametrize(
    ("ending", "codec"), [("mp3", "libmp3lame"), ("m4a", "aac"), ("mkv", "libopus")]
)
def test_words_survive_compression(pool, tmp_path, ending, codec):
    file = tmp_path / f"spoken.{ending}"
    encoded(
        file, codec, recording([0.4, PHRASES[0], 1.0, PHRASES[20], 0.4]), rate=48000, channels=2
    )
    assert hear(pool, file)[1].text == f"{PHRASES[0]} {PHRASES[20]}"


@needs_espeak
@pytest.mark.unhurried
@pytest.mark.skipif(not os.environ.get("NEARLING_LONG"), reason="NEARLING_LONG is not set: minutes")
def test_an_hour_in_steady_memory(pool, tmp_path):
    minute = recording([PHRASES[0], 25.0, PHRASES[38], 25.0])
    file = save(tmp_path / "hour.wav", np.tile(minute, 3600 * 16000 // len(minute)))
    sizes = []
    for heard in pool.transcriber.transcribe(file, HEARD, Cancellation()):
        if isinstance(heard, Hearing) and heard.segments:
            sizes.append((heard.position, child_of(pool).memory_info().rss))
    early = max(size for position, size in sizes if position < 300)
    assert max(size for _, size in sizes) < early + 50e6
    assert heard.text.split() == f"{PHRASES[0]} {PHRASES[38]}".split() * (len(heard.segments) // 2)
    assert heard.seconds_audio > 3500


WHISPER = os.environ.get("NEARLING_WHISPER", "")
VOICES = os.environ.get("NEARLING_VOICES", "")
ASK_NOT = (
    "and so my fellow americans ask not what your country can do for you "
    "ask what you can do for your country"
)


@pytest.mark.skipif(
    not (WHISPER and VOICES),
    reason="NEARLING_WHISPER names no real model: its errors are not known",
)
def test_a_real_model_hears_a_person(pool):
    _, transcript = hear(pool, Path(VOICES, "jfk_ask_not.wav"), Speech(Path(WHISPER)))
    words = "".join(c for c in transcript.text.lower() if c.isalnum() or c == " ").split()
    assert word_errors(words, ASK_NOT.split()) / len(ASK_NOT.split()) <= 0.05


def word_errors(heard, said):
    row = list(range(len(said) + 1))
    for number, word in enumerate(heard, 1):
        last, row[0] = row[0], number
        for index, wanted in enumerate(said, 1):
            last, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, last + (word != wanted)),
            )
    return row[-1]


def test_a_take_that_nobody_speaks_into(pool, take):
    listener = Listener()
    speaker = Speaker(take, silence(1), listener.pace)
    speaker.start()
    *_, transcript = listener.follow(pool.transcriber.transcribe(take, HEARD, Cancellation()))
    speaker.join(60)
    assert transcript.segments == ()
    assert transcript.seconds_audio == pytest.approx(1.0)
