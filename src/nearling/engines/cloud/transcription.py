"""A recording as it is uploaded, and the text that comes back."""

from __future__ import annotations

import json
import uuid
from pathlib import PurePath

from nearling.core.endpoints import Endpoint
from nearling.core.errors import RemoteKind
from nearling.core.network import Purpose
from nearling.engines.cloud.failures import failure
from nearling.engines.cloud.parcel import Parcel, address


def upload(endpoint: Endpoint, recording: bytes, name: str, model: str, language: str) -> Parcel:
    """Of `name` only the ending leaves, by which servers know the format."""
    boundary = uuid.uuid4().hex
    fields = {"model": model, "response_format": "json"}
    if language:
        fields["language"] = language
    parts = [_part(boundary, f'name="{field}"', value.encode()) for field, value in fields.items()]
    ending = PurePath(name).suffix.lower()
    if not ending[1:].isalnum() or not ending.isascii():
        ending = ".wav"
    file = f'name="file"; filename="recording{ending}"\r\nContent-Type: application/octet-stream'
    parts.append(_part(boundary, file, recording))
    body = b"".join((*parts, f"--{boundary}--\r\n".encode()))
    url = address(endpoint, "audio/transcriptions")
    return Parcel(Purpose.TRANSCRIBE, url, body, f"multipart/form-data; boundary={boundary}")


def text_of(body: bytes, name: str) -> str:
    """Empty where nobody speaks. Raises RemoteFailure."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    text = told.get("text") if isinstance(told, dict) else None
    if not isinstance(text, str):
        raise failure(RemoteKind.PROTOCOL, name)
    return text.strip()


def _part(boundary: str, disposition: str, value: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + value + b"\r\n"
