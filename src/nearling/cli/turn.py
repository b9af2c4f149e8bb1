"""Shows one turn as it happens and says how it ended."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any

from nearling.cli.consent import Consenting, preview_shape, show_preview
from nearling.cli.exits import Exit, exit_for
from nearling.cli.names import PLACES
from nearling.cli.shapes import (
    citation_shape,
    document_read_shape,
    receipt_shape,
    route_shape,
    understood_shape,
    written_down_shape,
)
from nearling.cli.terminal import ZONE_COLOURS, Terminal
from nearling.core.conversation import Attempt, Citation, Receipt
from nearling.core.errors import from_kind
from nearling.core.events import (
    Answered,
    CannotAnswer,
    Delta,
    DocumentRead,
    Event,
    Failed,
    NeedsConsent,
    NeedsModel,
    Opened,
    Progress,
    Routed,
    Understood,
    Worded,
    WrittenDown,
)
from nearling.core.language import gettext as _
from nearling.core.numerals import decimal, money, whole


def show_turn(events: Generator[Event], terminal: Terminal, consenting: Consenting) -> Exit:
    """Runs `events` to their end on `terminal`; ends them if they cannot be shown.

    Raises what the generator raises.
    """
    return _show(events, _Shown(terminal), consenting)


def _show(events: Generator[Event], shown: _Shown, consenting: Consenting | None) -> Exit:
    code = Exit.FAILED
    with closing(events):
        for event in events:
            match event:
                case NeedsConsent():
                    return _consented(event, shown, consenting)
                case Answered() | CannotAnswer() | NeedsModel() | Failed():
                    code = shown.ended(event)
                case _:
                    shown.happened(event)
    return code


def _consented(needed: NeedsConsent, shown: _Shown, consenting: Consenting | None) -> Exit:
    """Consent that was given beforehand is given once: who asks again is not answered."""
    if consenting is None:
        return shown.needs_consent(needed)
    needed = consenting.edited(needed)
    shown.preview(needed)
    following = consenting.sent(needed)
    if following is None:
        return shown.needs_consent(needed)
    return _show(following, shown, None)


class _Shown:
    """The JSON object as it grows, and the ways a turn can end."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.object: dict[str, Any] = {
            "answer": "",
            "citations": [],
            "route": None,
            "understood": [],
            "receipt": None,
            "conversation": None,
            "turn": None,
            "closest": [],
            "reasons": [],
            "remedies": [],
        }

    def happened(self, event: Event) -> None:
        match event:
            case Opened():
                self.object |= {"conversation": event.conversation, "turn": event.turn}
            case Progress():
                if self._terminal.watched:
                    self._terminal.quiet_note(_("{progress} …").format(progress=event.sentence))
            case Understood():
                self.object["understood"].append(understood_shape(event))
            case DocumentRead():
                self.object["understood"].append(document_read_shape(event))
            case WrittenDown():
                self.object["understood"].append(written_down_shape(event))
            case Worded():
                self.object["question"] = event.question
                self._terminal.note(_("You asked: {question}").format(question=event.question))
            case Routed():
                self.object["route"] = route_shape(event.route)
            case Delta():
                self._terminal.say(event.text, end="")

    def preview(self, needed: NeedsConsent) -> None:
        self.object["preview"] = preview_shape(needed)
        show_preview(needed, self._terminal)

    def ended(self, event: Answered | CannotAnswer | NeedsModel | Failed) -> Exit:
        match event:
            case Answered():
                return self.answered(event.attempt)
            case CannotAnswer():
                return self.cannot_answer(event)
            case NeedsModel():
                return self.needs_model(event)
            case Failed():
                return self.failed(event)

    def answered(self, attempt: Attempt) -> Exit:
        self.object["answer"] = attempt.text
        self.object["citations"] = [citation_shape(citation) for citation in attempt.citations]
        if attempt.receipt is not None:
            self.object["receipt"] = receipt_shape(attempt.receipt)
        self._terminal.say("")
        self._places(attempt.citations)
        if attempt.receipt is not None:
            self._what_to_know(attempt.receipt)
        self._terminal.note(_receipt_line(attempt), ZONE_COLOURS[attempt.route.zone])
        self._terminal.object(self.object)
        return Exit.DONE

    def _what_to_know(self, receipt: Receipt) -> None:
        for sentence in receipt.left_out:
            self._terminal.note(sentence)
        for words in receipt.doubted:
            self._terminal.note(_("No source says “{words}”.").format(words=words))
        if receipt.unsure is not None:  # only a language model knows how unsure it is
            self._terminal.note(_("Answers come from a small model; check what matters."))
        if receipt.again:
            self._terminal.note(_("Answered before; --afresh asks again."))
        if receipt.cut:
            self._terminal.note(_("The answer was cut: there was no room for more."))

    def cannot_answer(self, event: CannotAnswer) -> Exit:
        self.object["route"] = None
        self.object["closest"] = [citation_shape(citation) for citation in event.closest]
        self.object["reasons"] = list(event.reasons)
        self.object["remedies"] = list(event.remedies)
        self._terminal.note(_("No answer: {reasons}").format(reasons=" ".join(event.reasons)))
        if event.closest:
            self._terminal.note(_("What comes closest:"))
            self._places(event.closest)
        for remedy in event.remedies:
            self._terminal.note(remedy)
        self._terminal.object(self.object)
        return Exit.CANNOT_ANSWER

    def needs_consent(self, event: NeedsConsent) -> Exit:
        self.object["route"] = route_shape(event.route)
        self.object["reasons"] = [event.route.reason]
        self._terminal.note(
            _("{reason} Nothing was sent: that needs your consent.").format(
                reason=event.route.reason
            )
        )
        self._terminal.quiet_note(
            _("Let it leave: nearling resume {turn} --yes-send").format(turn=event.turn)
        )
        self._terminal.quiet_note(
            _("Or answer here: nearling resume {turn} --here").format(turn=event.turn)
        )
        self._terminal.object(self.object)
        return Exit.NEEDS_CONSENT

    def needs_model(self, event: NeedsModel) -> Exit:
        self.object["reasons"] = [event.sentence]
        self.object["remedies"] = [event.remedy]
        self._terminal.note(event.sentence)
        self._terminal.note(event.remedy)
        self._terminal.quiet_note(
            _("Your question is kept: nearling resume {turn}").format(turn=event.turn)
        )
        self._terminal.object(self.object)
        return Exit.CANNOT_ANSWER

    def failed(self, event: Failed) -> Exit:
        error = from_kind(event.kind, event.sentence, event.remedy)
        code = exit_for(error)
        if event.partial:
            self._terminal.say("")
        kept = {key: self.object[key] for key in ("conversation", "turn")}
        self._terminal.failure(error, event.partial, kept)
        if code is not Exit.CANCELLED:
            self._terminal.quiet_note(
                _("Your question is kept: nearling resume {turn}").format(turn=kept["turn"])
            )
        return code

    def _places(self, citations: Sequence[Citation]) -> None:
        for citation in citations:
            told = _("“{text}” in {source}").format(text=citation.text, source=citation.source)
            if citation.moment is not None:
                told = _("{citation} at {moment} s").format(
                    citation=told, moment=decimal(citation.moment, 1)
                )
            if citation.page is not None:
                told = _("{citation}, page {page}").format(citation=told, page=whole(citation.page))
            if citation.box is not None:
                told = _("{citation} at {box}").format(citation=told, box=citation.box.as_list())
            self._terminal.quiet_note(f"  {told}")


def _receipt_line(attempt: Attempt) -> str:
    receipt = attempt.receipt
    parts = [_(PLACES[attempt.route.zone]), attempt.route.writer]
    if receipt is not None:
        left = ", ".join(receipt.left)
        parts.append(_("{seconds} s").format(seconds=decimal(receipt.total_ms / 1000, 1)))
        parts.append(money(receipt.price))
        parts.append(_("{pieces} was sent").format(pieces=left) if left else _("nothing was sent"))
    return " · ".join(parts)
