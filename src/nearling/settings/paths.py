"""Where Nearling keeps what it keeps; makes no folder itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nearling.core.errors import SettingsFailure
from nearling.core.language import gettext as _


@dataclass(frozen=True, slots=True)
class Paths:
    settings_file: Path
    endpoints_file: Path
    """Beside the settings."""
    history: Path
    """Folder of the database and the attachments."""
    models: Path
    """Folder of the models that were copied here, and of the list of those that lie elsewhere."""
    takes: Path
    """Folder of what was spoken and is not yet kept in the history, or is being spoken."""
    logs: Path
    doorbell: Path
    """Folder of the socket at which a second start rings; short, since sockets' names are."""

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> Paths:
        """Under `NEARLING_HOME` if that is set, else where the platform keeps such things.

        Raises SettingsFailure where there is neither.
        """
        home = environ.get("NEARLING_HOME")
        try:
            if home:
                root = Path(home).expanduser().absolute()
                door = _doorbell(environ, str(root))
                kept = (root / "history", root / "models", root / "takes", root / "logs")
                return cls(root / "settings.toml", root / "endpoints.toml", *kept, door)
            from platformdirs import PlatformDirs

            dirs = PlatformDirs("nearling", appauthor=False)
            return cls(
                dirs.user_config_path / "settings.toml",
                dirs.user_config_path / "endpoints.toml",
                dirs.user_data_path / "history",
                dirs.user_data_path / "models",
                dirs.user_data_path / "takes",
                dirs.user_log_path,
                _doorbell(environ, ""),
            )
        except RuntimeError as error:  # a home folder that nobody knows
            raise SettingsFailure(
                _("This account has no home folder to keep things in."),
                _("Set NEARLING_HOME to a folder that you can write to."),
            ) from error


def _doorbell(environ: Mapping[str, str], home: str) -> Path:
    """A folder of its own for each account and each home."""
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    account = os.getuid() if hasattr(os, "getuid") else environ.get("USERNAME", "")
    place = environ.get("XDG_RUNTIME_DIR") or environ.get("TMPDIR") or "/tmp"  # noqa: S108
    # Where everybody may write, the doorbell itself looks whose folder it is.
    return Path(place) / f"nearling-{account}-{mark}"
