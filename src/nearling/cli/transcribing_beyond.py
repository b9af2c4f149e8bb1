"""Has a recording written down beyond this computer: asked each time, since it leaves whole."""

from __future__ import annotations

import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from nearling.capture.files import capture_clip
from nearling.cli.exits import Exit, exit_for
from nearling.cli.house import House
from nearling.cli.names import PLACES
from nearling.cli.terminal import ZONE_COLOURS, Terminal, describe
from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from nearling.core.errors import Cancelled, NearlingError, Refused
from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.core.numerals import whole


def named_beyond(wanted: str | None, house: House) -> tuple[Endpoint, str] | None:
    """The endpoint and the model that ENDPOINT/MODEL names; None: somebody on this computer.

    Raises NotFound.
    """
    if wanted is None or "/" not in wanted or Path(wanted).expanduser().is_dir():
        return None
    name, _slash, model = wanted.partition("/")
    return house.endpoints.find(name), model


def transcribe_beyond(
    arguments: Namespace,
    endpoint: Endpoint,
    model: str,
    house: House,
    terminal: Terminal,
    *,
    cancellation: Cancellation,
) -> int:
    """A file that fails is told and does not stop the others. Raises Refused."""
    if arguments.srt or arguments.vtt or arguments.words or arguments.translate:
        raise Refused(
            _("An endpoint writes down what is said, without times and translations."),
            _("Leave these options out, or use a model on this computer."),
        )
    files: list[dict[str, Any]] = []
    code = Exit.DONE
    for path in arguments.files:
        try:
            recording = capture_clip(path)
            _preview(recording, endpoint, model, terminal)
            told: dict[str, Any] = {"file": str(path), "bytes": len(recording.data)}
            if not arguments.yes_send:
                code = max(code, Exit.NEEDS_CONSENT)
                files.append(told | {"goes_to": endpoint.base_url, "model": model})
                continue
            started = time.perf_counter()
            text = house.remote(endpoint).transcribe(
                recording.data, recording.name, model, arguments.language or "", cancellation
            )
            seconds = time.perf_counter() - started
        except Cancelled:
            raise
        except NearlingError as error:
            code = max(code, exit_for(error))
            files.append({"file": str(path), "error": describe(error)})
            terminal.note(error.sentence)
            terminal.note(error.remedy)
            continue
        terminal.say(text)
        engine = endpoint.writer(model)
        files.append(told | {"text": text, "engine": engine, "seconds": round(seconds, 3)})
    if code is Exit.NEEDS_CONSENT:
        terminal.note(_("Nothing was sent: that needs your consent. Give it with --yes-send."))
    terminal.object({"files": files})
    return code


def _preview(recording: Capture, endpoint: Endpoint, model: str, terminal: Terminal) -> None:
    terminal.note(
        _("{name} would leave as it is, {bytes} bytes: sound cannot be cleaned.").format(
            name=recording.name, bytes=whole(len(recording.data))
        ),
        ZONE_COLOURS[endpoint.zone],
    )
    terminal.note(
        _("Goes to: {host} · {model} ({place})").format(
            host=endpoint.base_url, model=model, place=_(PLACES[endpoint.zone])
        ),
        ZONE_COLOURS[endpoint.zone],
    )
