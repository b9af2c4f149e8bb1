"""Memory's one face: every call is whole on disk when it returns, or it raises and changes nothing.

Every method may raise StorageUnwritable, StorageFull, StorageBusy or StorageDamaged. It may be
called from any thread.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nearling.core.conversation import (
    Attempt,
    AttemptStatus,
    Citation,
    Draft,
    Hit,
    Mode,
    Receipt,
    Route,
    Summary,
    Turn,
    TurnOutline,
    TurnStatus,
)
from nearling.core.errors import StorageBusy, StorageFull
from nearling.core.network import Connection
from nearling.core.once import once
from nearling.core.outgoing import Edits
from nearling.core.owner import Owner
from nearling.history import attempts, conversations, forgetting, recovery, search, turns
from nearling.history.attachments import AttachmentStore
from nearling.history.database import Database
from nearling.history.failures import told
from nearling.history.folders import ensure_room
from nearling.history.identity import conversation_id
from nearling.history.ledger import NetworkLedger
from nearling.history.moments import kept

if TYPE_CHECKING:  # what is loaded when it is needed: a window waits for all that is above
    from nearling.core.hearing import Transcript
    from nearling.core.reading import Reading
    from nearling.history.documents import Documents
    from nearling.history.export import Format
    from nearling.history.extracted import ExtractedRows


class History:
    """Conversations may be named by the first letters of their id, four or more."""

    def __init__(self, folder: Path) -> None:
        """Open what lies in `folder`, or begin there. Raises StorageNewer too."""
        self._folder = folder
        self._database = Database(folder)
        self.ledger = NetworkLedger(self._database)
        try:
            self._attachments = AttachmentStore(folder, lambda: self._owner)
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    @once
    def _owner(self) -> Owner:
        return Owner.this_process()

    @once
    def documents(self) -> Documents:
        from nearling.history.documents import Documents

        return Documents(self._database)

    @once
    def extracted(self) -> ExtractedRows:
        from nearling.history.extracted import ExtractedRows

        return ExtractedRows(self._database)

    # Asking and answering

    def open_turn(self, draft: Draft) -> Turn:
        """The question and its attachments would survive a power cut from here on.

        Raises NotFound for an unknown conversation or parent.
        """
        with told(self._folder):
            ensure_room(self._folder, sum(len(capture.data) for capture in draft.captures))
        carried = tuple(capture.attachment for capture in draft.captures)
        contents = {capture.digest: (capture.data,) for capture in draft.captures}
        with (
            self._attachments.staged(contents.values()) as arrivals,
            self._database.writing() as connection,
        ):
            self._attachments.settle(arrivals)
            turn = turns.open_turn(connection, draft, carried, self._owner)
            return conversations.load_turn(connection, turn)

    def word(self, turn_id: str, question: str) -> Turn:
        """A question that was spoken gets its words. Raises NotFound."""
        with self._database.writing() as connection:
            turns.word(connection, turn_id, question)
            return conversations.load_turn(connection, turn_id)

    def resume_turn(self, turn_id: str) -> Turn:
        """Open again, with this process at work on it.

        Raises NotFound, or StorageBusy if another living process is at work on it.
        """
        with self._database.writing() as connection:
            turns.resume_turn(connection, turn_id, self._owner)
            return conversations.load_turn(connection, turn_id)

    def close_turn(self, turn_id: str, status: TurnStatus, note: str = "") -> Turn:
        """Raises NotFound."""
        with self._database.writing() as connection:
            turns.close_turn(connection, turn_id, status, note)
            return conversations.load_turn(connection, turn_id)

    def open_attempt(self, turn_id: str, route: Route, fingerprint: str | None = None) -> Attempt:
        """`fingerprint` finds it again, by `answered_before`. Raises NotFound."""
        with self._database.writing() as connection:
            turns.owner_of(connection, turn_id)
            attempt = attempts.open_attempt(connection, turn_id, route, fingerprint=fingerprint)
            return conversations.load_attempt(connection, attempt)

    def wait_for_consent(self, turn_id: str, route: Route, edits: Edits) -> Attempt:
        """An attempt that sends nothing until the person lets it. Raises NotFound."""
        with self._database.writing() as connection:
            turns.owner_of(connection, turn_id)
            status = AttemptStatus.WAITING
            attempt = attempts.open_attempt(connection, turn_id, route, status, edits=edits)
            return conversations.load_attempt(connection, attempt)

    def withdraw(self, turn_id: str) -> None:
        """Nobody is asked for consent to it any more. Raises NotFound."""
        with self._database.writing() as connection:
            turns.owner_of(connection, turn_id)
            attempts.withdraw(connection, turn_id)

    def keep_edits(self, attempt_id: str, edits: Edits) -> None:
        """Raises NotFound unless the attempt waits for consent."""
        with self._database.writing() as connection:
            attempts.keep_edits(connection, attempt_id, edits)

    def append(self, attempt_id: str, text: str) -> None:
        """The next piece of an answer; survives the death of this process from here on.

        Raises NotFound unless the attempt is running.
        """
        with self._database.writing(durable=False) as connection:
            attempts.append(connection, attempt_id, text)

    def cite(self, attempt_id: str, citation: Citation) -> None:
        """Raises NotFound unless the attempt is running."""
        with self._database.writing(durable=False) as connection:
            attempts.cite(connection, attempt_id, citation)

    def close_attempt(
        self,
        attempt_id: str,
        status: AttemptStatus,
        *,
        receipt: Receipt | None = None,
        reason: str = "",
    ) -> Attempt:
        """Raises NotFound. Closing once more corrects status, receipt and reason."""
        with self._database.writing() as connection:
            attempts.close_attempt(connection, attempt_id, status, receipt, reason)
            return conversations.load_attempt(connection, attempt_id)

    def recover(self) -> tuple[Turn, ...]:
        """Turns whose owner died; they wait now. To be called at every start.

        Also finishes what a crash left half done: forgetting, and files on their way in.
        """
        with self._database.writing() as connection:
            abandoned = recovery.recover(connection)
            forgetting.sweep(connection, self._attachments)
            found = tuple(conversations.load_turn(connection, turn) for turn in abandoned)
        # What was noted as to be erased stays noted; it must not keep Nearling from starting.
        with suppress(StorageBusy, StorageFull):
            forgetting.erase_traces(self._database, self._attachments)
        return found

    def choose_writer(self, conversation: str, writer: str | None) -> None:
        """Who answers in it from now on; None: whoever is best. Raises NotFound."""
        with self._database.writing() as connection:
            conversations.choose_writer(
                connection, conversation_id(connection, conversation), writer
            )

    def choose_mode(self, conversation: str, mode: Mode | None) -> None:
        """How far it may go for an answer; None: as the settings say. Raises NotFound."""
        with self._database.writing() as connection:
            conversations.choose_mode(connection, conversation_id(connection, conversation), mode)

    # Looking

    def chosen_mode(self, conversation: str) -> Mode | None:
        """Raises NotFound."""
        with self._database.reading() as connection:
            return conversations.chosen_mode(connection, conversation_id(connection, conversation))

    def answered_before(self, fingerprint: str) -> Attempt | None:
        """The latest attempt that was opened with that fingerprint and answered."""
        with self._database.reading() as connection:
            attempt = attempts.answered_before(connection, fingerprint)
            return None if attempt is None else conversations.load_attempt(connection, attempt)

    def connections(self, limit: int = 200) -> tuple[Connection, ...]:
        """Every try to reach a server, latest first."""
        return self.ledger.connections(limit)

    def chosen_writer(self, conversation: str) -> str | None:
        """Raises NotFound."""
        with self._database.reading() as connection:
            return conversations.chosen_writer(
                connection, conversation_id(connection, conversation)
            )

    def turn(self, turn_id: str) -> Turn:
        """Raises NotFound."""
        with self._database.reading() as connection:
            return conversations.load_turn(connection, turn_id)

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """Oldest first. Raises NotFound."""
        with self._database.reading() as connection:
            return conversations.load_turns(connection, conversation_id(connection, conversation))

    def outlines(self, conversation: str) -> tuple[TurnOutline, ...]:
        """All turns of a conversation at little cost, oldest first. Raises NotFound."""
        with self._database.reading() as connection:
            return conversations.load_outlines(
                connection, conversation_id(connection, conversation)
            )

    def waiting(self) -> tuple[Turn, ...]:
        """Turns that ended without an answer and can be resumed, oldest first."""
        with self._database.reading() as connection:
            return conversations.load_waiting(connection)

    def conversation(self, conversation: str) -> Summary:
        """Raises NotFound."""
        with self._database.reading() as connection:
            return conversations.load_summary(connection, conversation_id(connection, conversation))

    def conversations(
        self, limit: int = 50, *, before: datetime | None = None
    ) -> tuple[Summary, ...]:
        """Latest first; `before` is the `updated` of an earlier page's last."""
        with self._database.reading() as connection:
            return conversations.load_summaries(connection, limit, before)

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        """Where all of `words`, or words that begin so, were said or read; best first."""
        with self._database.reading() as connection:
            return search.search(connection, words, limit)

    # What came with the questions

    def attachment(self, digest: str) -> bytes:
        """Raises NotFound, or StorageDamaged if it is no longer what was kept."""
        return self._attachments.load(digest)

    def file(self, digest: str) -> Path:
        """Where it lies, for an engine that reads it piece by piece. Raises NotFound."""
        return self._attachments.file(digest)

    def transcript(self, digest: str) -> Transcript | None:
        """What was heard in it before, if it is kept."""
        from nearling.history import transcripts

        with self._database.reading() as connection:
            return transcripts.load_transcript(connection, digest)

    def keep_transcript(self, digest: str, transcript: Transcript) -> None:
        """Kept as long as a message refers to the file; not kept if none does."""
        from nearling.history import transcripts

        with self._database.writing(durable=False) as connection:
            transcripts.keep_transcript(connection, digest, transcript)

    def reading(self, digest: str, engine: str) -> Reading | None:
        """What `engine` read from it before, if it is kept."""
        from nearling.history import readings

        with self._database.reading() as connection:
            return readings.load_reading(connection, digest, engine)

    def keep_reading(self, reading: Reading) -> None:
        """Kept as long as a message refers to the file; not kept if none does."""
        from nearling.history import readings

        with self._database.writing(durable=False) as connection:
            readings.keep_reading(connection, reading)

    # Keeping and erasing

    def export(self, conversation: str | None, format_: Format) -> str:
        """One conversation, or all for None, oldest first. Raises NotFound."""
        from nearling.history import export

        with self._database.reading() as connection:
            if conversation is None:
                found = conversations.load_summaries(connection, -1, None)[::-1]
            else:
                named = conversation_id(connection, conversation)
                found = (conversations.load_summary(connection, named),)
            kept_ones = [(each, conversations.load_turns(connection, each.id)) for each in found]
        return (export.as_json if format_ == "json" else export.as_markdown)(kept_ones)

    def forget(self, conversation: str) -> int:
        """How many conversations were erased (1), with every trace.

        Backups that Nearling made by itself are erased too; those of the user are not its own.
        Raises NotFound, or StorageBusy while it is being answered.
        """
        return forgetting.forget_conversation(self._database, self._attachments, conversation)

    def forget_before(self, moment: datetime) -> int:
        """As `forget`, every conversation that nothing was added to since `moment`."""
        return forgetting.forget_before(self._database, self._attachments, kept(moment))

    def forget_everything(self) -> int:
        """As `forget`, all of them."""
        return forgetting.forget_everything(self._database, self._attachments)

    def forget_recordings(self, moment: datetime) -> int:
        """The sound of questions that were spoken before `moment`; their words stay.

        Returns how many recordings were erased. Raises what `forget` raises.
        """
        return forgetting.forget_recordings(self._database, self._attachments, kept(moment))

    def backup(self, target: Path) -> int:
        """One zip file with everything; returns how many attachments had been lost before.

        Raises StorageUnwritable if `target` exists.
        """
        from nearling.history import backup

        return backup.back_up(self._database, self._attachments, target)

    def restore(self, source: Path) -> Path | None:
        """Replace everything with a backup; returns the backup of what was there, if anything.

        Raises NotFound, StorageDamaged, StorageNewer, or StorageBusy while a question is being
        answered; then nothing was changed.
        """
        from nearling.history import restoration

        return restoration.restore(self._database, self._attachments, source)
