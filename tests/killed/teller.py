"""Asks one question in the real product and tells every event the moment it happened."""

import sys
from pathlib import Path

from nearling.app import App
from nearling.assistant.routing import Rules
from nearling.capture.files import capture_picture
from nearling.cli.interruption import interruptible
from nearling.core.conversation import Draft
from nearling.core.events import Answered, Delta, Opened

question, picture = sys.argv[1:]
with App() as app, interruptible() as cancellation:
    draft = Draft(question, (capture_picture(Path(picture)),))
    app.warm_up()
    for event in app.assistant.answer(draft, Rules(), cancellation):
        match event:
            case Opened():
                print(f"opened {event.turn}", flush=True)
            case Delta():
                print(f"delta {event.text}", flush=True)
            case Answered():
                print("answered", flush=True)
