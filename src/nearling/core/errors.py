"""Every failure we know by name, with the sentence a person reads and what to do next.

NearlingError
├── Cancelled             the person's own doing: silence, not a message
├── Interrupted           the computer wants the process to end
├── TimedOut              the person's time limit came first
├── Refused               something handed in that cannot be taken
│   ├── UnusableFile
│   ├── UnusableModel
│   ├── UnusableQuestion
│   ├── PromptTooLong     more tokens than the model holds
│   └── AlreadyAnswered
├── NotFound              a conversation, turn or backup that is not there
├── StorageFailure        the data folder
│   ├── StorageUnwritable
│   ├── StorageFull
│   ├── StorageBusy
│   ├── StorageNewer
│   └── StorageDamaged
├── SettingsFailure       the settings file
├── NoDisplay             there is nowhere to show a window
├── MicrophoneFailure     no sound can be taken from this computer
├── PlaybackFailure       nothing can be played on this computer
├── HotkeyFailure         no key works in all windows
├── ModelMissing          it needs a model that is not installed
├── KeyFailure            a key that cannot be kept or fetched
├── RemoteFailure         an endpoint beyond this computer; its kind is a RemoteKind
└── EngineFailure         a model or its process
    ├── EngineLost        its process died or fell silent
    └── OutOfMemory       the model did not get the memory it asked for
"""

from __future__ import annotations

from enum import StrEnum

from nearling.core.language import gettext as _


class NearlingError(Exception):
    """A failure with a sentence for the person it happens to and a remedy."""

    kind = "failed"

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


class Cancelled(NearlingError):
    kind = "cancelled"

    def __init__(self, sentence: str = "", remedy: str = "") -> None:
        super().__init__(sentence or _("Cancelled."), remedy or _("Ask again whenever you like."))


class Interrupted(NearlingError):
    kind = "interrupted"

    def __init__(self, sentence: str = "", remedy: str = "") -> None:
        super().__init__(
            sentence or _("Nearling was asked to end before there was an answer."),
            remedy or _("Start it again and go on: nearling resume"),
        )


class TimedOut(NearlingError):
    kind = "timeout"

    def __init__(self, sentence: str = "", remedy: str = "") -> None:
        super().__init__(
            sentence or _("There was no answer within the time limit."),
            remedy or _("Allow more time, or ask about less at once."),
        )


class Refused(NearlingError):
    kind = "refused"


class UnusableFile(Refused):
    kind = "file"


class UnusableModel(Refused):
    kind = "model"


class UnusableQuestion(Refused):
    kind = "question"


class PromptTooLong(Refused):
    kind = "context"


class AlreadyAnswered(Refused):
    kind = "answered"


class NotFound(NearlingError):
    kind = "not_found"


class StorageFailure(NearlingError):
    kind = "storage"


class StorageUnwritable(StorageFailure):
    kind = "storage_unwritable"


class StorageFull(StorageFailure):
    kind = "storage_full"


class StorageBusy(StorageFailure):
    kind = "storage_busy"


class StorageNewer(StorageFailure):
    kind = "storage_newer"


class StorageDamaged(StorageFailure):
    kind = "storage_damaged"


class SettingsFailure(NearlingError):
    kind = "settings"


class NoDisplay(NearlingError):
    kind = "display"


class MicrophoneFailure(NearlingError):
    kind = "microphone"


class PlaybackFailure(NearlingError):
    kind = "playback"


class HotkeyFailure(NearlingError):
    kind = "hotkey"


class ModelMissing(NearlingError):
    kind = "model_missing"


class KeyFailure(NearlingError):
    kind = "key"


class RemoteKind(StrEnum):
    """What went wrong beyond this computer."""

    AUTH = "auth"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    QUOTA = "quota"
    RATE_LIMITED = "rate_limited"
    CONTEXT = "context"
    POLICY = "policy"
    BAD_REQUEST = "bad_request"
    TOO_LARGE = "too_large"
    SERVER = "server"
    OVERLOADED = "overloaded"
    CONNECT = "connect"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    PROTOCOL = "protocol"
    REDIRECT = "redirect"


class RemoteFailure(NearlingError):
    kind = "remote"

    def __init__(
        self,
        sentence: str,
        remedy: str,
        reason: RemoteKind = RemoteKind.SERVER,
        retry_after: float | None = None,
    ) -> None:
        """`retry_after` is in seconds, where the endpoint named a time."""
        super().__init__(sentence, remedy)
        self.reason = reason
        self.kind = str(reason)
        self.retry_after = retry_after


class EngineFailure(NearlingError):
    kind = "engine"


class EngineLost(EngineFailure):
    kind = "engine_lost"


class OutOfMemory(EngineFailure):
    kind = "memory"


def _tree(root: type[NearlingError]) -> dict[str, type[NearlingError]]:
    kinds = {root.kind: root}
    for child in root.__subclasses__():
        kinds |= _tree(child)
    return kinds


def from_kind(kind: str, sentence: str, remedy: str) -> NearlingError:
    """The failure again on this side of a process; an unknown kind becomes NearlingError."""
    if kind not in _tree(NearlingError) and kind in set(RemoteKind):
        return RemoteFailure(sentence, remedy, RemoteKind(kind))
    return _tree(NearlingError).get(kind, NearlingError)(sentence, remedy)
