"""One small model that knows nothing, made once for the whole session."""

from pathlib import Path

import pytest

from nearling.engines.local.bare.decoders.tiny import write_tiny


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    write_tiny(folder, "llama", "grouped")
    return folder
