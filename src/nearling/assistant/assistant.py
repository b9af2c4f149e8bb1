"""The one path from a question to its answer, as a generator of events.

A turn is opened in the history before anything else is done, so that no question is lost; if the
question was spoken it is written down; pictures are read and recordings heard; the router chooses
a writer; what the writer says is kept as it comes. A writer that declines gives way to the next
one allowed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from itertools import chain

from nearling.assistant.answering import answers, fitted, previewed
from nearling.assistant.asking import Asked, Asker
from nearling.assistant.consent import not_waiting, waiting_for_consent
from nearling.assistant.documents import Documents
from nearling.assistant.offering import Offered, offered
from nearling.assistant.preparation import Preparation
from nearling.assistant.prompt import build_prompt
from nearling.assistant.question import acceptable
from nearling.assistant.recordings import Recordings
from nearling.assistant.routing import Rules
from nearling.assistant.sending import Sending
from nearling.assistant.sources import Sources
from nearling.assistant.surroundings import Surroundings
from nearling.assistant.weight import Weight, weigh
from nearling.core.abilities import Cleaner, Reader
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Decision, Draft, Turn, TurnStatus
from nearling.core.document import Leafed
from nearling.core.errors import (
    AlreadyAnswered,
    Cancelled,
    EngineFailure,
    ModelMissing,
    NearlingError,
    Refused,
    UnusableFile,
)
from nearling.core.events import (
    Answered,
    CannotAnswer,
    End,
    Event,
    Failed,
    NeedsConsent,
    NeedsModel,
    Opened,
)
from nearling.core.language import gettext as _
from nearling.core.media import Attachment, Capture, Medium
from nearling.core.outgoing import Consent, Edits
from nearling.core.prompt import Prompt
from nearling.core.reading import Reading
from nearling.engines.pool import Candidate
from nearling.history.history import History

_log = logging.getLogger(__name__)

_ENDS = {
    Answered: TurnStatus.ANSWERED,
    CannotAnswer: TurnStatus.UNANSWERED,
    NeedsConsent: TurnStatus.WAITING,
    NeedsModel: TurnStatus.WAITING,
    Failed: TurnStatus.WAITING,
}


class Assistant:
    """Answers drafts and resumes turns. One call at a time a thread; several threads may call."""

    def __init__(
        self,
        history: History,
        reader: Reader,
        reader_id: str,
        recordings: Recordings,
        writers: Callable[[], Sequence[Candidate]],
        *,
        cleaner: Cleaner,
        documents: Documents,
        surroundings: Callable[[], Surroundings] = Surroundings,
    ) -> None:
        """`writers` tells who can answer now: models come and go while Nearling runs."""
        self._history = history
        self._preparation = Preparation(reader)
        self._documents = documents
        self._sources = Sources(history, self._preparation, reader_id, recordings, documents)
        self._writers = writers
        self._asker = Asker(history, self._sources, recordings, surroundings)
        self._sending = Sending(history, cleaner)

    def anticipate(self, draft: Draft, cancellation: Cancellation) -> None:
        """Reads the draft's pictures and documents ahead of its question.

        Repeatable; changes no answer.
        """
        for capture in draft.captures:
            try:
                match capture.medium:
                    case Medium.PICTURE:
                        self._preparation.read(capture, cancellation)
                    case Medium.DOCUMENT:
                        self._documents.anticipate(capture, cancellation)
            except NearlingError as error:
                # The question, if it comes, will meet the same failure and tell it.
                _log.info("reading ahead failed: %s", error.kind)
                return

    def leaf(self, document: Capture, cancellation: Cancellation) -> Iterator[Leafed]:
        """Reads `document` ahead of its question, as `anticipate` does, and tells how far it is.

        Raises UnusableFile, EngineFailure or Cancelled.
        """
        return self._documents.leaf(document, cancellation)

    def reading(self, digest: str) -> Reading | None:
        """What the picture with `digest` says, if it has been read already."""
        return self._sources.known(digest)

    def offered(self, attachment: Attachment, explain: str, cancellation: Cancellation) -> Offered:
        """What can be done with it here, as far as it has been read; `explain` asks what went
        wrong. Raises EngineFailure or Cancelled.
        """
        sources = self._sources.known_as(attachment, "", "", None)
        return offered(sources, explain, self._writers(), cancellation)

    def weigh(self, draft: Draft, rules: Rules) -> Weight | None:
        """How much of its writer's context `draft` takes, by an estimate; None: nobody can answer.

        Pictures and recordings count as far as they have been read. Raises NotFound.
        """
        return weigh(self._drafted(draft), self._writers(), rules)

    def prefill(self, draft: Draft, rules: Rules, cancellation: Cancellation) -> None:
        """Has the model that could answer `draft` take in what is known before it is asked.

        Repeatable; changes no answer. Given up when `cancellation` is set; raises NotFound.
        """
        prompt = self._drafted(draft)
        able = {each.profile.id: each for each in self._writers() if each.prefiller is not None}
        weight = weigh(prompt, able.values(), rules)
        if weight is None:
            return
        chosen = able[weight.writer.id]
        with suppress(Cancelled, Refused, EngineFailure):  # whoever asks will be told
            fitting, left_out = fitted(prompt, chosen, rules, cancellation)
            # Which pages stay depends on the question, which is not known yet.
            paged = any(source.page is not None for source in fitting.sources)
            if chosen.prefiller is not None and not (paged and left_out):
                chosen.prefiller.prefill(fitting, cancellation)

    def _drafted(self, draft: Draft) -> Prompt:
        """What is known of the prompt that `draft` will become. Raises NotFound."""
        turns = self._history.turns(draft.conversation) if draft.conversation else ()
        question = draft.question
        drafted = chain.from_iterable(
            self._sources.known_as(capture.attachment, question, "", None)
            for capture in draft.captures
        )
        before = self._sources.known_of(turns, question)
        return build_prompt(question, (*drafted, *before), turns)

    def answer(self, draft: Draft, rules: Rules, cancellation: Cancellation) -> Generator[Event]:
        """Everything that happens to `draft`, from Opened to one End.

        A draft with a clip and no words is a spoken question. Raises NearlingError before Opened
        if the question cannot be kept: then nothing of it was. Afterwards failures are events.
        """
        started = time.perf_counter()
        turn = self._history.open_turn(acceptable(draft))
        captures = {capture.digest: capture for capture in draft.captures}
        asked = Asked(turn, captures, rules, Decision.AGAIN, started, cancellation)
        yield from self._settle(asked)

    def resume(
        self,
        turn_id: str,
        decision: Decision,
        rules: Rules,
        cancellation: Cancellation,
        consent: Consent | None = None,
    ) -> Generator[Event]:
        """Goes on with a turn that has no answer yet, also after a restart.

        With Decision.SEND what `consent` was given to leaves this computer, and nothing else: if
        it has changed since, it asks once more. With Decision.ANEW one that has an answer gets
        another one, and keeps both. Raises NotFound, AlreadyAnswered, or StorageBusy while
        somebody is at it.
        """
        started = time.perf_counter()
        known = self._history.turn(turn_id)
        sent = decision is Decision.SEND and waiting_for_consent(known) is not None
        if known.answer is not None and decision is not Decision.ANEW and not sent:
            raise AlreadyAnswered(
                _("That question has been answered already."), _("See it: nearling history list")
            )
        turn = self._history.resume_turn(turn_id)
        asked = Asked(turn, {}, rules, decision, started, cancellation, consent)
        yield from self._settle(asked)

    def preview(
        self, turn_id: str, edits: Edits | None, cancellation: Cancellation
    ) -> NeedsConsent:
        """What would leave for a turn that waits for consent; `edits` are kept, None: as kept.

        Sends nothing. Raises NotFound if it does not wait for that, or if whoever was to be asked
        is gone; UnusableFile, EngineFailure or Cancelled.
        """
        turn = self._history.turn(turn_id)
        waiting = waiting_for_consent(turn)
        if waiting is None:
            raise not_waiting()
        edits = waiting.edits if edits is None else edits
        asked = Asked(turn, {}, Rules(), Decision.SEND, 0.0, cancellation)
        asking = self._asker.asking_quietly(asked, edits)
        candidate = next((c for c in self._writers() if c.profile.id == waiting.route.writer), None)
        if candidate is None or candidate.beyond is None:
            raise not_waiting()
        needed = previewed(self._sending, candidate, asking, waiting.route)
        if edits != waiting.edits:
            self._history.keep_edits(waiting.id, edits)
        return needed

    def withdraw(self, turn_id: str) -> None:
        """Nobody is asked for consent any more; what has been answered stays. Raises NotFound."""
        self._history.withdraw(turn_id)

    def _settle(self, asked: Asked) -> Generator[Event]:
        """Works on an open turn and closes it, whatever happens, before the End is seen."""
        turn = asked.turn
        status, note = TurnStatus.WAITING, _("It was interrupted.")
        end: End
        try:
            yield Opened(turn.conversation, turn.id)
            end = yield from self._work(asked)
            status, note = _ENDS[type(end)], _note(end)
        except Cancelled as error:
            status, note = TurnStatus.CANCELLED, ""
            end = self._failed(turn, error)
        except ModelMissing as error:
            note = error.sentence
            end = NeedsModel(turn.id, error.sentence, error.remedy)
        except UnusableFile as error:
            # Trying again would fail again.
            status, note = TurnStatus.UNANSWERED, error.sentence
            end = self._failed(turn, error)
        except NearlingError as error:
            note = error.sentence
            end = self._failed(turn, error)
        finally:
            if turn.answer is not None:  # whatever becomes of another one, it stands
                status, note = TurnStatus.ANSWERED, ""
            self._history.close_turn(turn.id, status, note)
        yield end

    def _work(self, asked: Asked) -> Generator[Event, None, Answered | CannotAnswer | NeedsConsent]:
        asking = yield from self._asker.asking(asked)
        return (yield from answers(self._history, self._sending, self._writers(), asking))

    def _failed(self, turn: Turn, error: NearlingError) -> Failed:
        attempts = self._history.turn(turn.id).attempts
        partial = attempts[-1].text if attempts else ""
        return Failed(error.kind, error.sentence, error.remedy, partial)


def _note(end: Answered | CannotAnswer | NeedsConsent) -> str:
    match end:
        case CannotAnswer():
            return " ".join(end.reasons)
        case NeedsConsent():
            return end.route.reason
        case Answered():
            return ""
