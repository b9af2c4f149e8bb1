"""Recognises a near server that passes questions on to the cloud, where it lets that be seen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


def relays(model: str, headers: Mapping[str, str] = _NOTHING) -> bool:
    """By the name of a model, and by the headers of a response if there was one.

    Ollama marks models that run elsewhere in their tag; LiteLLM names itself in its headers. That
    nothing is recognised proves nothing: any server may pass on what it is sent.
    """
    tag = model.lower().rpartition(":")[2]
    elsewhere = tag == "cloud" or tag.endswith("-cloud")
    return elsewhere or any(name.lower().startswith("x-litellm-") for name in headers)
