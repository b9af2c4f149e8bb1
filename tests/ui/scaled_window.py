"""The window at the scale that Qt was started with; tells what is cut off, and takes pictures.

Arguments: the theme, the folder that the history goes to, and where pictures are wanted, theirs.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from nearling.assistant.assistant import Assistant
from nearling.capture.files import capture_picture
from nearling.core.conversation import Citation
from nearling.core.endpoints import KeyPlace, RemoteModel
from nearling.core.errors import ModelMissing
from nearling.core.events import Cited, Delta, Finished
from nearling.core.geometry import Box
from nearling.core.network import Connection, Purpose
from nearling.core.speech_models import Suggestion
from nearling.core.talk import Troubled
from nearling.core.writers import Zone
from nearling.history.history import History
from nearling.settings.assets import assets
from nearling.settings.options import Options
from nearling.settings.paths import Paths
from nearling.ui.dialogs.settings import SettingsDialog
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme
from nearling.ui.window import MainWindow
from scripted.endpoints import endpoint, tried
from scripted.engines import (
    ScriptedCleaner,
    ScriptedReader,
    ScriptedWriter,
    candidate,
    documents,
    recordings,
)
from scripted.voice import ScriptedVoice
from scripted.writer_folders import hub_folder
from ui.conftest import ScriptedHouse, spin, until
from ui.reading import cut_off

PICTURE = assets() / "demo" / "error.png"
ANSWER = """The program may not write to `/var/log/app.log`. Give it a folder of its own:

```python
log = Path.home() / "app.log"
```
"""
LARGEST = (1280, 780)
OFFERED = ("openai/gpt-4o-mini", "qwen/qwen3-8b", "google/gemma-3-27b-it", "mistralai/mistral-nemo")


class Photographer:
    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.told: dict[str, list[tuple[str, str]]] = {}

    def take(self, name: str, window) -> None:
        """Of `window` once everything in it has its place; what is cut off then, stays so."""
        for _ in range(100):
            spin(0.02)
            if not (cut := cut_off(window)):
                break
        self.told[name] = cut
        if self._folder is not None:
            spin(0.3)
            window.grab().save(str(self._folder / f"{name}.png"))


def main(theme: str, home: str, folder: str = "") -> None:
    application = QApplication(sys.argv[:1])
    application.setCursorFlashTime(0)
    files = (assets() / "fonts" / "open-sans").glob("*.ttf")
    added = [QFontDatabase.addApplicationFont(str(file)) for file in files]
    application.setFont(QFont(QFontDatabase.applicationFontFamilies(added[0])[0]))
    photographer = Photographer(Path(folder) if folder else None)
    paths = Paths.find({"NEARLING_HOME": home})
    capture = capture_picture(PICTURE)
    place = Citation(PICTURE.name, capture.digest, "Permission denied", Box(60, 300, 620, 340))
    writer = ScriptedWriter(Delta(ANSWER), Cited(place), Finished(1, 1))
    with History(paths.history) as history:
        reader = ScriptedReader({PICTURE.name: ["Permission denied"]})
        heard = recordings(history)
        assistant = Assistant(
            history,
            reader,
            "scripted",
            heard,
            lambda: [candidate("scripted", writer)],
            cleaner=ScriptedCleaner(),
            documents=documents(history),
        )
        voice = ScriptedVoice(Path(home) / "takes")
        window = MainWindow(
            ScriptedHouse(paths, history, assistant, voice=voice),
            Theme(application, theme),
            Tasks(),
        )
        room = application.primaryScreen().availableGeometry()
        window.resize(min(LARGEST[0], room.width()), min(LARGEST[1], room.height()))
        window.show()
        until(window.isVisible)
        window.begin_talking()
        photographer.take("empty", window)
        window.landing.fetch([partial(capture_picture, PICTURE)])
        until(lambda: len(window.landing.pending) and window._tasks.idle)
        window.composer.text.setPlainText("Why does it stop?")
        photographer.take("asking", window)
        window.composer.send.click()
        turn = until(lambda: window.transcript.widget(0))
        until(lambda: turn.view.finished and not window.session.is_busy)
        until(lambda: turn._canvases[0][1]._shown is not None and window._tasks.idle)
        photographer.take("answered", window)
        turn._canvases[0][1].opened.emit()
        until(
            lambda: (
                window.looking.pictures.isVisible()
                and window.looking.pictures.canvas._shown is not None
            )
        )
        until(lambda: window._tasks.idle)
        window.tell_bug("")
        photographer.take("picture", window)
        window.looking.pictures.hide()
        talk(window, voice, photographer)
        dialog = SettingsDialog(Options(), "settings.toml", window)
        dialog.show()
        photographer.take("settings", dialog)
        dialog.close()
        for name in ("small-135m", "large-1b"):
            window._house.library.add(hub_folder(Path(home) / name, "_q4"))
        os.environ |= {"HOME": home, "XDG_CACHE_HOME": home, "XDG_DATA_HOME": home}
        window.models.open_page()
        until(lambda: window.models.page.cards)
        photographer.take("models", window)
        look_beyond(window, photographer)
        window.close()
    print(json.dumps(photographer.told))


def look_beyond(window: MainWindow, photographer: Photographer) -> None:
    house = window._house
    house.endpoints.add(endpoint("openrouter", "https://openrouter.ai/api/v1", OFFERED))
    house.endpoints.add(endpoint("home", "http://nas.local:11434/v1", ("qwen3:4b",)))
    house.endpoints.add(endpoint("work", key=KeyPlace.ENVIRONMENT, variable="WORK_API_KEY"))
    house.remote.tested = tried(zone=Zone.NETWORK, address="192.168.1.9", milliseconds=84)
    house.remote.offers = tuple(RemoteModel(each, context_length=131_072) for each in OFFERED)
    window.beyond.open_endpoints()
    page = until(lambda: window.beyond.endpoints)
    until(lambda: len(page.cards) == 3)
    window.notice.hide()
    page.cards["home"].test.click()
    until(lambda: page.cards["home"].result.text() and window._tasks.idle)
    photographer.take("endpoints", window)
    page.add.click()
    form = window.beyond.tending.editing.form
    until(form.isVisible)
    form.preset.setCurrentIndex(2)
    form.key.key.setText("secret")
    form.look.click()
    until(lambda: form.offer.isVisible() and window._tasks.idle)
    photographer.take("endpoint", form)
    form.key.place.select(KeyPlace.ENVIRONMENT)
    form.extras.unfold.click()
    form.address.setText("http://api.example.org/v1")
    form.save.click()
    until(lambda: window._tasks.idle)
    photographer.take("details", form)
    form.reject()
    made = ((Zone.CLOUD, Purpose.ANSWER, "done"), (Zone.NETWORK, Purpose.TEST, "connect")) * 9
    for at, (zone, purpose, outcome) in enumerate(made):
        host = "api.openrouter.example.org" if zone is Zone.CLOUD else "nas.local"
        when = datetime(2026, 11, 22, 1, at, tzinfo=UTC)
        ledger = house.history.ledger
        ledger.connecting(Connection(str(at), when, "work", host, 443, zone, purpose))
        address = "203.0.113.7" if zone is Zone.CLOUD else ""
        ledger.connected(
            str(at), address=address, sent=at * 1204, received=at * 33, outcome=outcome
        )
    window.beyond.open_network()
    until(lambda: window.beyond.network.table.isVisible() and window._tasks.idle)
    photographer.take("network", window)


def talk(window: MainWindow, voice: ScriptedVoice, photographer: Photographer) -> None:
    take = voice.talking.begin()
    voice.talking.level(-20)
    voice.talking.hearing("And where does", "it stand")
    until(window.composer.live.words.isVisible)
    window.composer.live._clock.stop()
    photographer.take("talking", window)
    voice.talking.end_take()
    missing = ModelMissing("There is no speech model.", "Get one.")
    voice.fitting = Suggestion("Whisper base", "example/base", 145, "It is quick.", Path("/m"))
    voice.talking.say(Troubled(missing, take))
    until(lambda: window.notice.more)
    photographer.take("missing", window)
    window._options = Options(after_speaking="check")
    voice.talking.finish("And where does it stand?")
    until(lambda: window.composer._chips and window._tasks.idle)
    photographer.take("checking", window)


if __name__ == "__main__":
    main(*sys.argv[1:])
