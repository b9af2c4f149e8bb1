"""Asks the product as a person does: files first, then one question after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nearling.assistant.assistant import Assistant
from nearling.assistant.routing import Rules
from nearling.bench.useful.said import Said
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.events import Answered, CannotAnswer, Opened
from nearling.core.media import Capture

Ask = Callable[[Sequence[str], tuple[Capture, ...]], Said]
"""Takes the questions of one conversation and what is asked about; tells the last answer."""


def asking(assistant: Assistant) -> Ask:
    def ask(questions: Sequence[str], captures: tuple[Capture, ...]) -> Said:
        conversation, said = None, Said(failed=True)
        for question in questions:
            draft = Draft(question, () if conversation else captures, conversation)
            said = Said(failed=True)
            for event in assistant.answer(draft, Rules(), Cancellation()):
                match event:
                    case Opened():
                        conversation = event.conversation
                    case Answered(attempt):
                        means = attempt.receipt.means if attempt.receipt else None
                        said = Said(attempt.text, attempt.citations, means)
                    case CannotAnswer():
                        said = Said(closest=event.closest)
                    case _:
                        continue
        return said

    return ask
