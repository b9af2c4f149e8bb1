"""`nearling history …`: what was asked and answered."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nearling.cli.exits import Exit
from nearling.cli.house import House
from nearling.cli.names import FOUND_IN, MEDIA, PLACES, STATUSES
from nearling.cli.shapes import citation_shape, receipt_shape, route_shape
from nearling.cli.terminal import Terminal
from nearling.core.language import gettext as _
from nearling.core.language import ngettext

if TYPE_CHECKING:
    from nearling.core.conversation import Attempt, Turn


def add_arguments(parser: ArgumentParser) -> None:
    rows = parser.add_subparsers(metavar=_("WHAT"), required=True)

    def row(name: str, help: str, act: object) -> ArgumentParser:
        added: ArgumentParser = rows.add_parser(name, help=help)
        # SUPPRESS: a --json that stood before this word is not taken back by its absence here.
        added.add_argument("--json", action="store_true", default=SUPPRESS, help=SUPPRESS)
        added.set_defaults(act=act)
        return added

    listed = row("list", _("conversations, latest first"), _list)
    listed.add_argument(
        "--limit",
        metavar=_("NUMBER"),
        type=_count,
        default=20,
        help=_("at most so many (default: 20)"),
    )
    search = row("search", _("in questions, answers and what was read in pictures"), _search)
    search.add_argument("words", metavar=_("WORD"), nargs="+", help=_("all of them must be there"))
    show = row("show", _("one conversation"), _show)
    show.add_argument("conversation", metavar=_("ID"), help=_("its id, or how it begins"))
    export = row("export", _("as Markdown or JSON, on standard output"), _export)
    export.add_argument("conversation", metavar=_("ID"), nargs="?", help=_("default: all of them"))
    export.add_argument("--format", choices=("markdown", "json"), default="markdown")
    forget = row("forget", _("erase, with every trace on the disk"), _forget)
    chosen = forget.add_mutually_exclusive_group(required=True)
    chosen.add_argument("conversation", metavar=_("ID"), nargs="?", help=_("one conversation"))
    chosen.add_argument("--all", action="store_true", help=_("everything"))
    chosen.add_argument(
        "--before", metavar=_("DAYS"), type=_count, help=_("older than so many days")
    )
    backup = row("backup", _("everything in one file"), _backup)
    backup.add_argument("file", metavar=_("FILE"), type=Path, help=_("a new zip file"))
    restore = row("restore", _("replace everything with a backup"), _restore)
    restore.add_argument("file", metavar=_("FILE"), type=Path, help=_("a file that backup made"))


def run(arguments: Namespace, house: House, terminal: Terminal) -> int:
    arguments.act(arguments, house, terminal)
    return Exit.DONE


def _list(arguments: Namespace, house: House, terminal: Terminal) -> None:
    found = house.history.conversations(arguments.limit)
    for each in found:
        terminal.say(f"{each.id}  {each.updated:%Y-%m-%d %H:%M}  {each.title}")
    if not found and arguments.limit:
        terminal.note(_("Nothing has been asked yet."))
    terminal.object(
        {
            "conversations": [
                {
                    "id": each.id,
                    "title": each.title,
                    "turns": each.turns,
                    "updated": each.updated.isoformat(),
                }
                for each in found
            ]
        }
    )


def _search(arguments: Namespace, house: House, terminal: Terminal) -> None:
    hits = house.history.search(" ".join(arguments.words))
    for hit in hits:
        terminal.say(
            f"{hit.conversation}  {hit.asked:%Y-%m-%d}  {_(FOUND_IN[hit.place])}: {hit.snippet}"
        )
    if not hits:
        terminal.note(_("Nothing was found."))
    terminal.object(
        {
            "hits": [
                {
                    "conversation": hit.conversation,
                    "title": hit.title,
                    "turn": hit.turn,
                    "place": hit.place.value,
                    "snippet": hit.snippet,
                    "asked": hit.asked.isoformat(),
                }
                for hit in hits
            ]
        }
    )


def _show(arguments: Namespace, house: House, terminal: Terminal) -> None:
    summary = house.history.conversation(arguments.conversation)
    turns = house.history.turns(summary.id)
    for turn in turns:
        terminal.say(f"> {turn.message.text}")
        for attachment in turn.message.attachments:
            terminal.quiet_note(f"  {_(MEDIA[attachment.medium])}: {attachment.name}")
        answer = turn.answer
        if answer is not None:
            terminal.say(answer.text)
            terminal.quiet_note(f"  {_(PLACES[answer.route.zone])} · {answer.route.writer}")
        else:
            why = turn.note or _("no answer")
            terminal.note(f"  {_(STATUSES[turn.status])}: {why}")
            terminal.quiet_note(f"  nearling resume {turn.id}")
    terminal.object(
        {
            "conversation": summary.id,
            "title": summary.title,
            "turns": [_turn_shape(turn) for turn in turns],
        }
    )


def _export(arguments: Namespace, house: House, terminal: Terminal) -> None:
    text = house.history.export(arguments.conversation, arguments.format)
    terminal.say(text, end="")
    terminal.object({"format": arguments.format, "text": text})


def _forget(arguments: Namespace, house: House, terminal: Terminal) -> None:
    history = house.history
    if arguments.all:
        erased = history.forget_everything()
    elif arguments.before is not None:
        erased = history.forget_before(datetime.now(UTC) - timedelta(days=arguments.before))
    else:
        erased = history.forget(arguments.conversation)
    terminal.note(
        ngettext(
            "{n} conversation is erased, with every trace but backups you made yourself.",
            "{n} conversations are erased, with every trace but backups you made yourself.",
            erased,
        ).format(n=erased)
    )
    terminal.object({"erased": erased})


def _backup(arguments: Namespace, house: House, terminal: Terminal) -> None:
    lost = house.history.backup(arguments.file)
    terminal.note(_("Everything is in {file}.").format(file=arguments.file))
    if lost:
        terminal.note(
            ngettext(
                "{n} attachment was damaged or gone before, and is not in it.",
                "{n} attachments were damaged or gone before, and are not in it.",
                lost,
            ).format(n=lost)
        )
    terminal.object({"file": str(arguments.file), "lost": lost})


def _restore(arguments: Namespace, house: House, terminal: Terminal) -> None:
    before = house.history.restore(arguments.file)
    terminal.note(_("Everything is as it was in {file}.").format(file=arguments.file))
    if before is not None:
        terminal.note(_("What was there until now is kept in {before}.").format(before=before))
    terminal.object({"file": str(arguments.file), "before": before and str(before)})


def _turn_shape(turn: Turn) -> dict[str, Any]:
    return {
        "turn": turn.id,
        "parent": turn.parent,
        "question": turn.message.text,
        "attachments": [
            {
                "medium": attachment.medium.value,
                "name": attachment.name,
                "digest": attachment.digest,
                "size": attachment.size,
            }
            for attachment in turn.message.attachments
        ],
        "local_only": turn.message.local_only,
        "status": turn.status.value,
        "note": turn.note,
        "asked": turn.created.isoformat(),
        "attempts": [_attempt_shape(attempt) for attempt in turn.attempts],
    }


def _attempt_shape(attempt: Attempt) -> dict[str, Any]:
    return {
        "status": attempt.status.value,
        "answer": attempt.text,
        "citations": [citation_shape(citation) for citation in attempt.citations],
        "route": route_shape(attempt.route),
        "receipt": None if attempt.receipt is None else receipt_shape(attempt.receipt),
        "reason": attempt.reason,
    }


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 100_000:
        raise ArgumentTypeError(_("a whole number"))
    return int(text)
