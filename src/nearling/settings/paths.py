"""Where Nearling keeps what it keeps; makes no folder itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from nearling.core.errors import SettingsFailure


@dataclass(frozen=True, slots=True)
class Paths:
    settings_file: Path
    history: Path
    """Folder of the database and the attachments."""
    logs: Path

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> Paths:
        """Under `NEARLING_HOME` if that is set, else where the platform keeps such things.

        Raises SettingsFailure where there is neither.
        """
        home = environ.get("NEARLING_HOME")
        try:
            if home:
                root = Path(home).expanduser().absolute()
                return cls(root / "settings.toml", root / "history", root / "logs")
            dirs = PlatformDirs("nearling", appauthor=False)
            return cls(
                dirs.user_config_path / "settings.toml",
                dirs.user_data_path / "history",
                dirs.user_log_path,
            )
        except RuntimeError as error:  # a home folder that nobody knows
            raise SettingsFailure(
                "This account has no home folder to keep things in.",
                "Set NEARLING_HOME to a folder that you can write to.",
            ) from error
