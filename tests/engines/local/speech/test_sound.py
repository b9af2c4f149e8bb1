"""Every common recording is read as the same sound; what is none is told in a sentence."""

import os
import threading

import av
import numpy as np
import pytest

from nearling.bench.voice.speaking import Sound, save, silence
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, UnusableFile
from nearling.core.take import RATE, header
from nearling.engines.local.speech.sound import open_sound
from scripted.recordings import Speaker, encoded, tone

FORMATS = {
    "wav": "pcm_s16le", "flac": "flac", "mp3": "libmp3lame", "ogg": "libopus",
    "m4a": "aac", "mp4": "aac", "mkv": "libopus", "webm": "libopus", "aiff": "pcm_s16be",
}  # fmt: skip


@pytest.fixture(scope="module")
def melody() -> Sound:
    """Notes one after the other, each heard once, so that a shift cannot go unseen."""
    notes = [tone(300 + 40 * n, 0.25) * np.hanning(RATE // 4) for n in range(12)]
    return np.concatenate(notes).astype(np.float32)


def read(file) -> Sound:
    return np.concatenate(list(open_sound(file).blocks(Cancellation())))


def likeness(one: Sound, other: Sound) -> float:
    """The best correlation, wherever one begins in the other."""
    size = 1 << (len(one) + len(other)).bit_length()
    product = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    return float(product.max() / np.sqrt(np.dot(one, one) * np.dot(other, other)))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (48000, 2)])
def test_formats(melody, tmp_path, ending, rate, channels):
    file = encoded(tmp_path / f"x.{ending}", FORMATS[ending], melody, rate=rate, channels=channels)
    sound = read(file)
    assert likeness(sound, melody) > 0.98
    assert abs(len(sound) - len(melody)) < 0.1 * RATE
    assert open_sound(file).length == pytest.approx(len(melody) / RATE, abs=0.15)
    assert 0.5 < np.abs(sound).max() / np.abs(melody).max() < 1.2


@pytest.mark.parametrize("rate", [11025, 16000, 22050, 32000, 44100])
def test_rates(melody, tmp_path, rate):
    assert (
        likeness(read(encoded(tmp_path / "x.wav", "pcm_s16le", melody, rate=rate)), melody) > 0.99
    )


def test_vorbis(melody, tmp_path):
    file = encoded(tmp_path / "x.ogg", "vorbis", melody, rate=44100, channels=2)
    assert likeness(read(file), melody) > 0.98


def test_a_film_gives_its_sound(melody, tmp_path):
    file = tmp_path / "film.mp4"
    film(file, melody)
    assert likeness(read(file), melody) > 0.98


def film(file, sound) -> None:
    with av.open(file, "w") as container:
        pictures = container.add_stream("mpeg4", rate=10)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
        voice = container.add_stream("aac", rate=RATE, layout="mono") if sound is not None else None
        for _ in range(10):
            shown = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            container.mux(pictures.encode(shown))
        container.mux(pictures.encode(None))
        if voice is not None:
            size = voice.codec_context.frame_size or 1024
            for start in range(0, len(sound), size):
                piece = np.ascontiguousarray(sound[None, start : start + size])
                frame = av.AudioFrame.from_ndarray(piece, "fltp", "mono")
                frame.sample_rate, frame.pts = RATE, start
                container.mux(voice.encode(frame))
            container.mux(voice.encode(None))


def playlist(file) -> None:
    file.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n")


UNUSABLE = {
    "empty.wav": (lambda file: file.write_bytes(b""), "is empty"),
    "noise.mp3": (lambda file: file.write_bytes(bytes(range(256)) * 400), "no recording"),
    "letter.txt": (lambda file: file.write_text("Dear all,\n" * 100), "no recording"),
    "half.flac": (lambda file: file.write_bytes(b"fLaC" + bytes(20)), "no recording"),
    "list.m3u8": (playlist, "no recording"),
    "mute.mp4": (lambda file: film(file, None), "has no sound"),
    "folder": (lambda file: file.mkdir(), "not an ordinary file"),
    "pipe": (os.mkfifo, "not an ordinary file"),
    "nowhere.wav": (lambda _file: None, "no file"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_sentence_for_what_is_no_recording(tmp_path, name):
    make, sentence = UNUSABLE[name]
    make(tmp_path / name)
    with pytest.raises(UnusableFile) as told:
        read(tmp_path / name)
    assert sentence in told.value.sentence
    assert name in told.value.sentence
    assert told.value.remedy


def test_of_a_file_that_was_cut_off_the_beginning_is_read(melody, tmp_path):
    whole = encoded(tmp_path / "x.ogg", "libopus", melody)
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) * 2 // 3])
    sound = read(whole)
    assert RATE < len(sound) < len(melody)
    assert likeness(sound, melody[: len(sound)]) > 0.9


def test_a_take_is_the_same_while_it_grows_and_afterwards(melody, tmp_path):
    take = tmp_path / "take.wav"
    blocks = []
    may_write = threading.Semaphore(0)
    speaker = Speaker(take, melody, lambda _position: may_write.acquire(timeout=20))
    speaker.start()
    waited = 0
    for block in open_sound(take).blocks(Cancellation()):
        if len(block):
            blocks.append(block)
        else:
            waited += 1
            may_write.release()
    speaker.join(60)
    live = np.concatenate(blocks)
    assert waited > 10
    assert np.array_equal(live, read(take))
    assert likeness(live, melody) > 0.999
    assert len(live) == len(melody)


def test_a_take_whose_writer_died_ends(melody, tmp_path):
    take = save(tmp_path / "take.wav", melody)
    take.write_bytes(header(None) + take.read_bytes()[44:])
    os.utime(take, (1_000_000_000, 1_000_000_000))
    assert len(read(take)) == len(melody)


def test_waiting_for_a_take_is_given_up(tmp_path):
    take = tmp_path / "take.wav"
    take.write_bytes(header(None))
    cancellation = Cancellation()
    blocks = open_sound(take).blocks(cancellation)
    assert len(next(blocks)) == 0
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(blocks)


def test_an_empty_take_is_no_failure(tmp_path):
    assert list(open_sound(save(tmp_path / "x.wav", silence(0))).blocks(Cancellation())) == []
