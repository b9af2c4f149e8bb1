"""The endpoints that a person has added, in a file of their own beside the settings."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from nearling.core.endpoints import Endpoint
from nearling.core.errors import NotFound, Refused, SettingsFailure
from nearling.core.language import gettext as _
from nearling.settings.endpoint_checks import checked


class Endpoints:
    """Read anew each time, so that what one window or command changes the next one sees.

    Everything raises SettingsFailure where the file cannot be read, is damaged, or cannot be
    written; a damaged file is left as it is.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._changing = Lock()

    def all(self) -> tuple[Endpoint, ...]:
        """In the person's order."""
        try:
            text = self._file.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsFailure(
                _("The file {file} with your endpoints cannot be read.").format(file=self._file),
                _("Make it readable for your account, or move it away and add them again."),
            ) from error
        return self._parsed(text)

    def find(self, name: str) -> Endpoint:
        """Raises NotFound."""
        return _found(self.all(), name)

    def add(self, endpoint: Endpoint) -> Endpoint:
        """After all others; returns it as it is kept. Raises Refused, also for a name in use."""
        added = checked(endpoint)

        def with_it(known: tuple[Endpoint, ...]) -> Sequence[Endpoint]:
            if any(each.name == added.name for each in known):
                raise taken(added.name)
            return (*known, added)

        self._change(with_it)
        return added

    def replace(self, endpoint: Endpoint) -> Endpoint:
        """Where the one of its name stands; returns it as it is kept. Raises Refused, NotFound."""
        fresh = checked(endpoint)

        def instead(known: tuple[Endpoint, ...]) -> Sequence[Endpoint]:
            _found(known, fresh.name)
            return [fresh if each.name == fresh.name else each for each in known]

        self._change(instead)
        return fresh

    def remove(self, name: str) -> Endpoint:
        """The one that is gone; its key is not touched. Raises NotFound."""
        gone = self.find(name)
        self._change(lambda known: [each for each in known if each.name != name])
        return gone

    def order(self, names: Sequence[str]) -> tuple[Endpoint, ...]:
        """These first and in this order, then the others as they were. Raises NotFound."""

        def ordered(known: tuple[Endpoint, ...]) -> Sequence[Endpoint]:
            first = [_found(known, name) for name in dict.fromkeys(names)]
            return [*first, *(each for each in known if each not in first)]

        self._change(ordered)
        return self.all()

    def _parsed(self, text: str) -> tuple[Endpoint, ...]:
        # Only who has endpoints waits for what reads them.
        from nearling.settings.endpoint_file import parsed

        try:
            found = tuple(checked(each) for each in parsed(text))
        except (ValueError, RecursionError) as error:
            reason = str(error)
        except Refused as error:
            reason = f"{error.sentence} {error.remedy}"
        else:
            if len({each.name for each in found}) == len(found):
                return found
            reason = _("two endpoints have the same name")
        raise SettingsFailure(
            _("The file {file} with your endpoints is damaged: {reason}").format(
                file=self._file, reason=reason
            ),
            _("Correct it, or move it away and add them again; until then none of them is asked."),
        )

    def _change(self, change: Callable[[tuple[Endpoint, ...]], Sequence[Endpoint]]) -> None:
        from nearling.settings.endpoint_file import written

        with self._changing:
            self._write(written(change(self.all())))

    def _write(self, text: str) -> None:
        fresh = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _write_through(fresh, text)
            fresh.replace(self._file)
            _settle(self._file.parent)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise SettingsFailure(
                _("The file {file} with your endpoints cannot be written.").format(file=self._file),
                _("Make its folder writable for your account; until then nothing is changed."),
            ) from error


def taken(name: str) -> Refused:
    return Refused(
        _("There is an endpoint {name} already.").format(name=name),
        _("Take another name, or remove that one: nearling endpoints remove {name}").format(
            name=name
        ),
    )


def _found(endpoints: Sequence[Endpoint], name: str) -> Endpoint:
    for each in endpoints:
        if each.name == name:
            return each
    raise NotFound(
        _("There is no endpoint {name}.").format(name=name),
        _("See which ones there are: nearling endpoints list"),
    )


def _write_through(file: Path, text: str) -> None:
    """For the person's eyes only, and on the disk when this returns."""
    with suppress(FileNotFoundError):
        file.unlink()  # of a process of the same number that was killed
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Has the new name on the disk too, where folders can be opened."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
