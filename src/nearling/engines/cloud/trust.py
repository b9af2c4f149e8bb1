"""What the operating system trusts, read once: that takes most of a tenth of a second."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache

import httpcore2


def trusted() -> ssl.SSLContext:
    """Raises OSError."""
    return _read(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@lru_cache(maxsize=1)
def _read(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    return httpcore2.default_ssl_context()
