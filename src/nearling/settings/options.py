"""Every option, declared once: type, default, label, help and range.

The settings file, the dialog and its documentation derive from this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from nearling.core.language import marked


def _number(
    default: int, label: str, help: str, *, at_least: int, at_most: int, step: int = 1
) -> Any:
    limits = {"at_least": at_least, "at_most": at_most, "step": step}
    return field(default=default, metadata={"label": label, "help": help, **limits})


def _choice(default: str, label: str, help: str, choices: Mapping[str, str]) -> Any:
    """`choices` are what may be written, each with what is shown for it."""
    return field(default=default, metadata={"label": label, "help": help, "choices": choices})


def _yes(default: bool, label: str, help: str) -> Any:
    """Yes or no."""
    return field(default=default, metadata={"label": label, "help": help, "yes": True})


def _text(label: str, help: str) -> Any:
    """Any words; none by default."""
    return field(default="", metadata={"label": label, "help": help, "text": "words"})


def _name(label: str, help: str, none: str) -> Any:
    """Of something that is known only while Nearling runs; `none` is shown for the default, ""."""
    return field(default="", metadata={"label": label, "help": help, "text": "name", "none": none})


def _keys(label: str, help: str) -> Any:
    """Keys as Qt writes them, "Ctrl+Alt+Space"; none by default."""
    return field(default="", metadata={"label": label, "help": help, "text": "keys"})


def _lines(label: str, help: str) -> Any:
    """Any words, on as many lines as wanted; none by default."""
    return field(default="", metadata={"label": label, "help": help, "text": "lines"})


@dataclass(frozen=True, slots=True)
class Options:
    theme: str = _choice(
        "system",
        marked("Appearance"),
        marked("Light, dark, or whatever the desktop says."),
        {"system": marked("As the desktop"), "light": marked("Light"), "dark": marked("Dark")},
    )
    language: str = _choice(
        "system",
        marked("Language"),
        marked("Of the window and the command line; from the next start."),
        {"system": marked("As the system"), "en": marked("English"), "de": marked("Deutsch")},
    )
    scale_percent: int = _number(
        100,
        marked("Size of text and controls"),
        marked("In percent, on top of the desktop's own scaling; from the next start."),
        at_least=100,
        at_most=250,
        step=25,
    )
    closing: str = _choice(
        "quit",
        marked("When the window is closed"),
        marked("In the tray Nearling stays ready; a click on its icon opens it again."),
        {"quit": marked("Quit"), "tray": marked("Stay in the tray")},
    )
    microphone: str = _name(
        marked("Microphone"),
        marked("Which one is listened to while you talk; the system's follows what is plugged in."),
        marked("As the system"),
    )
    speech_model: str = _name(
        marked("Speech model"),
        marked("Which one writes down what you say."),
        marked("The best that is here"),
    )
    spoken_language: str = _choice(
        "auto",
        marked("Spoken language"),
        marked("Naming it is quicker and surer than having it found out."),
        {
            "auto": marked("Found out"),
            "en": marked("English"),
            "de": marked("Deutsch"),
            "es": marked("Español"),
            "fr": marked("Français"),
            "it": marked("Italiano"),
            "nl": marked("Nederlands"),
            "pl": marked("Polski"),
            "pt": marked("Português"),
            "tr": marked("Türkçe"),
            "uk": marked("Українська"),
            "ja": marked("日本語"),
            "zh": marked("中文"),
        },
    )
    translate_speech: bool = _yes(
        False,
        marked("Translate what is said"),
        marked("Into English, whatever you speak."),
    )
    expected_words: str = _text(
        marked("Words to expect"),
        marked("Names and words that are often misheard, with commas between them."),
    )
    after_speaking: str = _choice(
        "send",
        marked("After speaking"),
        marked("Ask at once, or look at the words first."),
        {"send": marked("Ask at once"), "check": marked("Let me check first")},
    )
    listen_ahead: bool = _yes(
        False,
        marked("Listen ahead"),
        marked("Two seconds before you press the key, in memory only; the microphone stays on."),
    )
    talk_key: str = _keys(
        marked("Key to talk from anywhere"),
        marked(
            "Works in every program, where the desktop allows it; in this window F9 always does."
        ),
    )
    keep_recordings: str = _choice(
        "forever",
        marked("Keep recordings"),
        marked("What you said stays written down, whatever becomes of its sound."),
        {
            "forever": marked("For ever"),
            "30": marked("30 days"),
            "7": marked("7 days"),
            "written": marked("Until written down"),
        },
    )
    writer_model: str = _name(
        marked("Language model"),
        marked("Which one answers, where a conversation does not name another."),
        marked("The best that is here"),
    )
    context_tokens: int = _number(
        8_192,
        marked("Longest context"),
        marked(
            "Tokens of a question, its sources and what was said before; more take more memory."
        ),
        at_least=1_024,
        at_most=131_072,
        step=1_024,
    )
    answer_tokens: int = _number(
        512,
        marked("Longest answer"),
        marked("In tokens; a token is about three quarters of a word."),
        at_least=32,
        at_most=8_192,
        step=32,
    )
    variety_percent: int = _number(
        0,
        marked("Variety of wording"),
        marked(
            "0 always takes the likeliest word; more makes a language model freer, and less sure."
        ),
        at_least=0,
        at_most=150,
        step=10,
    )
    processor: str = _choice(
        "quickest",
        marked("Language models run on"),
        marked("A graphics card has to prove itself first, where the onnxruntime here knows it."),
        {"quickest": marked("The quickest that works"), "cpu": marked("The processor alone")},
    )
    reuse_prompt: bool = _yes(
        True,
        marked("Take over what was computed"),
        marked("A follow-up begins where the question before it ended; answers stay the same."),
    )
    look_ahead: bool = _yes(
        True,
        marked("Guess repeated words"),
        marked("Faster where an answer repeats its source; answers stay the same."),
    )
    own_actions: str = _lines(
        marked("Own actions"),
        marked(
            "Asked about a picture or document from its menu; one a line, its name before its "
            "question, as in “Deadline = By when do I have to answer?”."
        ),
    )
    new_mode: str = _choice(
        "here",
        marked("New conversations"),
        marked("Each can be told otherwise; nothing ever leaves without being shown first."),
        {"here": marked("On this computer"), "ask": marked("Ask before cloud")},
    )
    preference: str = _choice(
        "best",
        marked("Where several can answer"),
        marked("Who is asked, among those that are equally near."),
        {
            "best": marked("The best"),
            "fastest": marked("The fastest"),
            "cheapest": marked("The cheapest"),
        },
    )
    patience_seconds: int = _number(
        60,
        marked("Longest useful wait for an answer"),
        marked("A writer that is predicted to take longer is not asked while another can answer."),
        at_least=1,
        at_most=3_600,
    )
    idle_seconds: int = _number(
        300,
        marked("Give memory back after"),
        marked(
            "Seconds without work after which a model's process ends; it starts again when needed."
        ),
        at_least=1,
        at_most=86_400,
    )
    threads: int = _number(
        0,
        marked("Processor cores for models"),
        marked("0 takes every physical core; models run at a lower priority than the window."),
        at_least=0,
        at_most=256,
    )


def declared() -> tuple[Field[Any], ...]:
    """The options in the order in which they are shown."""
    return fields(Options)


VOICE = (
    "microphone",
    "speech_model",
    "spoken_language",
    "translate_speech",
    "expected_words",
    "after_speaking",
    "listen_ahead",
    "talk_key",
    "keep_recordings",
)
"""The options that mean something only where one can talk."""
