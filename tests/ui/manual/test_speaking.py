"""A question that is spoken; the microphone and the speech model are scripted, all else is real."""

from __future__ import annotations

import subprocess

from nearling.app import App
from nearling.core.media import Medium
from nearling.instance.doorbell import Request
from nearling.ui.chat.turn_view import State
from scripted.voice import ScriptedVoice
from ui.manual.conftest import is_read, keep, over, picture_of, placed, until


class Heard(App):
    """The real house, in which somebody can be listened to."""

    voice: ScriptedVoice | None = None


def test_ask_by_voice(open_real_window, tmp_path, monkeypatch):
    monkeypatch.setenv("NEARLING_HOME", str(tmp_path / "home"))
    with Heard() as house:
        house.voice = voice = ScriptedVoice(tmp_path / "takes")
        window = placed(open_real_window("light", house=house))
        window.receive(Request((str(picture_of("receipt")),)))
        until(lambda: window.composer._chips and is_read(window))
        subprocess.run(["xdotool", "keydown", "F9"], check=True)
        until(lambda: voice.talking.called == ["press"])
        take = voice.talking.begin()
        for loudness in (-50, -42, -30, -22, -18, -26, -15, -20, -34, -24, -16, -12, -20, -28, -40):
            voice.talking.level(loudness)
        voice.talking.hearing("How much did I", "pay")
        until(lambda: window.composer.live.seconds.text() == "0:02")
        window.composer.live._clock.stop()  # a picture in which time stands still
        window.composer.live.seconds.setText("0:02")
        keep(window, "ask-by-voice")
        subprocess.run(["xdotool", "keyup", "F9"], check=True)
        until(lambda: voice.talking.called == ["press", "release"])
        voice.talking.end_take()
        voice.talking.finish("How much did I pay?")
        turn = over(window, state=State.ANSWERED)
        assert turn.view.text == "£25.15"
        assert [each.medium for each in turn.view.attachments] == [Medium.PICTURE, Medium.CLIP]
        until(lambda: voice.let_gone == [take])
        window.close()
