"""A model's chat template: how it wants a conversation to be put."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from nearling.core.chat import ChatMessage
from nearling.core.errors import UnusableModel
from nearling.core.language import gettext as _
from nearling.engines.local.writing.sandbox import Exhausted, Sandbox

_LONGEST_DATE_FORMAT = 100


class Template:
    """Reads it from `folder`. Raises UnusableModel where there is none that works."""

    def __init__(self, folder: Path, now: datetime | None = None) -> None:
        self._folder = folder
        # One moment for as long as the model is held, so that a prompt begins as the last one did.
        self._now = now or datetime.now().astimezone()
        config = _values(folder / "tokenizer_config.json")
        self.source = _source(folder, config)
        self._known: dict[str, Any] = {
            name: text
            for given in (_values(folder / "special_tokens_map.json"), config)
            for name, value in given.items()
            if name.endswith("_token") and (text := _text(value)) is not None
        }
        # A model that can think aloud first is asked not to: what it thinks is no answer.
        self._known |= {"enable_thinking": False, "tools": None, "documents": None}
        self._known |= {"raise_exception": _objected, "strftime_now": self._date}
        try:
            self._render = Sandbox().compiled(self.source)
        except Exception as error:  # a stranger's template may raise anything
            raise self._unusable(error) from error

    def render(self, messages: Sequence[ChatMessage]) -> str:
        """The conversation up to where the model goes on. Raises UnusableModel."""
        try:
            try:
                return self._put(messages)
            except _Objection:
                # Some models know no system; what it says then stands in the first question.
                return self._put(_folded(messages))
        except Exception as error:
            raise self._unusable(error) from error

    def _put(self, messages: Sequence[ChatMessage]) -> str:
        told = [{"role": each.role, "content": each.content} for each in messages]
        text = self._render(self._known | {"messages": told, "add_generation_prompt": True})
        if not text:
            raise _Objection
        return text

    def _date(self, form: str) -> str:
        return self._now.strftime(form[:_LONGEST_DATE_FORMAT])

    def _unusable(self, error: Exception) -> UnusableModel:
        if isinstance(error, Exhausted | RecursionError | MemoryError):
            sentence = _("The chat template of the model in {folder} never comes to an end.")
        else:
            sentence = _("The chat template of the model in {folder} does not work.")
        return UnusableModel(
            sentence.format(folder=self._folder),
            _("Choose another model: nearling models list"),
        )


class _Objection(Exception):
    """The template does not take such a conversation."""


def _objected(_message: object = "") -> NoReturn:
    raise _Objection


def _folded(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    system, first, *rest = messages
    if system.role != "system":
        raise _Objection
    return [ChatMessage("user", f"{system.content}\n\n{first.content}"), *rest]


def _source(folder: Path, config: dict[str, Any]) -> str:
    file = folder / "chat_template.jinja"
    if file.is_file():
        return _read(file)
    given = config.get("chat_template") or _values(folder / "chat_template.json").get(
        "chat_template"
    )
    if isinstance(given, list):
        named = {each.get("name"): each.get("template") for each in given if isinstance(each, dict)}
        given = named.get("default")
    if isinstance(given, str) and given:
        return given
    raise UnusableModel(
        _("The model in {folder} has no chat template, so it cannot be asked.").format(
            folder=folder
        ),
        _("Choose one that was made for conversations; their names often end in Instruct or Chat."),
    )


def _text(value: object) -> str | None:
    """A special token is written as its text, or as an object that holds it."""
    if isinstance(value, dict):
        value = value.get("content")
    return value if isinstance(value, str) else None


def _values(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        values = json.loads(_read(file))
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise _damaged(file)
    return values


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> UnusableModel:
    return UnusableModel(
        _("The file {file} of the language model is damaged.").format(file=file),
        _("Fetch the model again."),
    )
