"""Conversations as a person reads them (Markdown) and as a program does (JSON)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from nearling.core.conversation import Attempt, Citation, Summary, Turn

Format = Literal["markdown", "json"]
Conversation = tuple[Summary, tuple[Turn, ...]]


def as_json(conversations: Iterable[Conversation]) -> str:
    """`{"conversations": [{id, title, updated, turns: [...]}]}`, with every attempt."""
    kept = [
        {"id": summary.id, "title": summary.title, "updated": summary.updated, "turns": turns}
        for summary, turns in conversations
    ]
    encoded = msgspec.json.encode({"conversations": kept})
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def as_markdown(conversations: Iterable[Conversation]) -> str:
    """Questions and the last answer to each, with its sources and who gave it."""
    return "\n".join(_conversation(summary, turns) for summary, turns in conversations)


def _conversation(summary: Summary, turns: tuple[Turn, ...]) -> str:
    parts = [f"# {summary.title}", *(_turn(turn) for turn in turns)]
    return "\n\n".join(parts) + "\n"


def _turn(turn: Turn) -> str:
    asked = f"## {turn.created:%Y-%m-%d %H:%M} UTC"
    parts = [asked, _quoted(turn.message.text)]
    parts += [f"> *{attachment.name}*" for attachment in turn.message.attachments]
    said = turn.answer or next((a for a in reversed(turn.attempts) if a.text), None)
    if said is not None:
        parts.append(_attempt(said))
    if turn.note:
        parts.append(f"*{turn.note}*")
    return "\n\n".join(part for part in parts if part)


def _attempt(attempt: Attempt) -> str:
    sources = "\n".join(_source(citation) for citation in attempt.citations)
    signed = f"*{attempt.route.writer}, {attempt.route.zone}, {attempt.status}*"
    return "\n\n".join(part for part in (attempt.text, sources, signed) if part)


def _source(citation: Citation) -> str:
    page = "" if citation.page is None else f", page {citation.page}"
    moment = "" if citation.moment is None else f", {citation.moment:.1f} s"
    box = "" if citation.box is None else f", {citation.box.as_list()}"
    return f"- {citation.source}{page}{moment}{box}: “{' '.join(citation.text.split())}”"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
