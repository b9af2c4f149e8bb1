"""The steps that open the real window and use it: keys from outside, and pictures of what is seen.

The window is a process of its own, started as a person starts it; whether an answer is right is
looked up in the history afterwards, and whether it can be seen, in the picture of the screen.
"""

from __future__ import annotations

import json
import subprocess
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nearling.bench.demo.asking import ERRANDS, PAID, Errand, held, placed
from nearling.bench.demo.hand import Hand
from nearling.bench.demo.screen import Screen, a_screen
from nearling.bench.demo.seen import is_light, shot, shows_outline
from nearling.bench.demo.spoken import SPOKEN, a_microphone, get_fixture, speak
from nearling.bench.demo.step import Step, marks, receipt_line
from nearling.bench.executable import run_product, surroundings
from nearling.bench.sound.virtual_microphone import VirtualMicrophone
from nearling.core.conversation import Turn, TurnStatus
from nearling.core.errors import EngineFailure, NoDisplay
from nearling.core.ourselves import own_command
from nearling.history.history import History

_TITLE = "Nearling"
_ERROR, _REFUSAL = (
    next(errand for errand in ERRANDS if errand.name == name) for name in ("error", "refusal")
)
_LONGEST_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class _Window:
    """An open window, who can press keys in it, and where it keeps what it is asked."""

    hand: Hand
    microphone: VirtualMicrophone | None
    home: Path
    folder: Path
    popen: subprocess.Popen[str]
    seconds: float
    """From the start of its process until it could be seen."""


def window_steps(folder: Path, home: Path) -> Iterator[Step]:
    """One step that says why, where no window can be shown or nothing can press keys."""
    try:
        with a_screen() as screen, a_microphone() as microphone:
            _require_window(screen, home)
            yield from _steps_on(screen, microphone, folder, home)
    except NoDisplay as error:
        yield Step(
            name="window",
            title="The window",
            kind="not possible here",
            why=f"{error.sentence} {error.remedy}",
            ok=None,
            seconds=0.0,
        )


def _steps_on(
    screen: Screen, microphone: VirtualMicrophone | None, folder: Path, home: Path
) -> Iterator[Step]:
    why = "The window is the real one, used by key events of the X server" + (
        " on a virtual screen." if screen.virtual else " on this desktop."
    )
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('theme = "light"\n', "utf-8")
    get_fixture(home)
    acts = (
        ("window", "The window opens", _opened),
        ("window-answer", "A question in the window", _answered),
        ("window-refusal", "A refusal in the window", _refused),
        *([("window-voice", "A question spoken to the window", _spoken)] if microphone else []),
        ("window-settings", "The settings, by keys alone", _set),
        ("window-dark", "The same window in the dark", _answered_in_the_dark),
    )
    try:
        with _open_window(screen, microphone, folder, home) as window:
            for name, title, act in acts:
                step = _tried(name, title, why, partial(act, window))
                yield step
                if step.failed:
                    return
    except EngineFailure as error:
        yield _failed("window", "The window opens", why, error, 0.0)


def _tried(name: str, title: str, why: str, act: Callable[[], Mapping[str, Any]]) -> Step:
    started = time.perf_counter()
    try:
        found = act()
    except EngineFailure as error:
        return _failed(name, title, why, error, time.perf_counter() - started)
    seconds = time.perf_counter() - started
    return Step(name=name, title=title, kind="real", why=why, seconds=seconds, **found)


def _failed(name: str, title: str, why: str, error: EngineFailure, seconds: float) -> Step:
    return Step(name, title, "real", why, ok=False, seconds=seconds, reasons=(error.sentence,))


# What is done in the window


def _opened(window: _Window) -> Mapping[str, Any]:
    window.hand.raise_window(_TITLE)
    seen = window.hand.see()
    return {
        "ok": is_light(seen),
        "details": (f"It could be seen {window.seconds:.2f} s after its process began.",),
        "shots": (shot(seen, "The window as it opens"),),
    }


def _answered(window: _Window) -> Mapping[str, Any]:
    _hand_over(window, PAID)
    return _asked(window, PAID, 1, "The answer, and the places it rests on, outlined")


def _refused(window: _Window) -> Mapping[str, Any]:
    return _asked(window, _REFUSAL, 2, "A question that the picture does not answer")


def _spoken(window: _Window) -> Mapping[str, Any]:
    microphone = window.microphone
    assert microphone is not None  # noqa: S101
    window.hand.press("ctrl+n")
    _hand_over(window, SPOKEN)
    found = _asked(
        window, SPOKEN, 1, "The words as they were heard", lambda: speak(window.hand, microphone)
    )
    details = (
        "espeak-ng spoke into a virtual microphone while F9 was held.",
        "The speech model is the project's fixture, which knows forty phrases and nothing else.",
    )
    return {**found, "details": details}


def _set(window: _Window) -> Mapping[str, Any]:
    window.hand.press("ctrl+comma")
    window.hand.until(lambda: window.hand.in_front not in ("", _TITLE), "the settings in front")
    seen = window.hand.see()
    window.hand.press("End")  # of the choices for the appearance, where the focus is at first
    file = window.home / "settings.toml"

    def is_kept() -> bool:
        return tomllib.loads(file.read_text("utf-8")).get("theme") == "dark"

    window.hand.until(is_kept, "the dark theme in the settings file")
    window.hand.press("Escape")
    window.hand.raise_window(_TITLE)
    return {
        "ok": is_light(seen),
        "details": ("Ctrl+comma opened them; End chose the dark appearance, which was kept.",),
        "shots": (shot(seen, "The settings; a change takes effect at once"),),
    }


def _answered_in_the_dark(window: _Window) -> Mapping[str, Any]:
    window.hand.press("ctrl+n")
    _hand_over(window, _ERROR)
    found = _asked(window, _ERROR, 1, "The same window in its dark theme", dark=True)
    window.popen.terminate()
    try:
        code = window.popen.wait(_LONGEST_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise EngineFailure("The window did not close.", "Run nearling doctor.") from error
    return {**found, "ok": found["ok"] and code == 0}


def _hand_over(window: _Window, errand: Errand) -> None:
    """A second start brings the picture, as a file manager would; the open window takes it."""
    picture = placed(errand.picture, window.folder)
    told = run_product(["open", str(picture), "--json"], window.home).object()
    if told.get("window") != "handed over":
        raise EngineFailure("The open window took no picture.", "Run nearling doctor.")
    window.hand.raise_window(_TITLE)


def _asked(
    window: _Window,
    errand: Errand,
    number: int,
    caption: str,
    ask: Callable[[], None] | None = None,
    *,
    dark: bool = False,
) -> Mapping[str, Any]:
    """Has the question asked, the conversation's `number`th, and looks what comes of it.

    It is typed unless `ask` knows another way.
    """
    if ask is None:
        window.hand.type(errand.question)
        window.hand.press("Return")
    else:
        ask()
    with History(window.home / "history") as history:
        # Looked up in this process: others would take the cores that the answer needs.
        kept = window.hand.until(lambda: _ended(history, errand, number), "an answer")
    shown = run_product(["history", "show", kept.conversation, "--json"], window.home).object()
    turn = shown["turns"][-1]
    told = _as_told(turn)
    code = 3 if turn["status"] == "unanswered" else 0
    # The history knows of the answer a moment before the window has painted it.
    seen = window.hand.see(lambda each: shows_outline(each) and is_light(each) is not dark)
    return {
        "ok": turn["question"] == errand.question and held(errand, code, told),
        "question": errand.question,
        "answer": told["answer"],
        "expected": errand.truths[0] if errand.truths else "",
        "citations": marks(told["citations"]),
        "reasons": tuple(told["reasons"]),
        "receipt": receipt_line(told),
        "shots": (shot(seen, caption),),
    }


# What came of it


def _ended(history: History, errand: Errand, number: int) -> Turn | None:
    """The last turn of the latest conversation, once it is the one that was asked and is over."""
    for conversation in history.conversations(1):
        turns = history.turns(conversation.id)
        asked = len(turns) == number and turns[-1].message.text == errand.question
        if asked and turns[-1].status is not TurnStatus.OPEN:
            return turns[-1]
    return None


def _as_told(turn: Mapping[str, Any]) -> Mapping[str, Any]:
    """The last attempt in the shape in which `nearling ask` tells of it."""
    attempt = turn["attempts"][-1]
    return {**attempt, "reasons": [attempt["reason"]] if attempt["reason"] else []}


# Opening and closing


def _require_window(screen: Screen, home: Path) -> None:
    looked = run_product(["look"], home, screen.before).object()
    if "screen" not in looked:
        raise NoDisplay(looked["sentence"], looked["remedy"])


@contextmanager
def _open_window(
    screen: Screen, microphone: VirtualMicrophone | None, folder: Path, home: Path
) -> Iterator[_Window]:
    started = time.perf_counter()
    with subprocess.Popen(
        [*screen.before, *own_command("open", "--json")],
        env=surroundings(home) | (microphone.environ if microphone else {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as popen:
        late = threading.Timer(_LONGEST_SECONDS, popen.kill)
        late.start()
        try:
            assert popen.stdout is not None  # noqa: S101
            line = popen.stdout.readline()
            late.cancel()
            seconds = time.perf_counter() - started
            if json.loads(line or "{}").get("window") != "open":
                raise EngineFailure("The window did not open.", "Run nearling doctor.")
            hand = Hand(screen, popen.pid)
            yield _Window(hand, microphone, home, folder, popen, seconds)
        finally:
            late.cancel()
            popen.kill()
