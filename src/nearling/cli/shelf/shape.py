"""A model of the shelf as a line of text and as a JSON object."""

from __future__ import annotations

from typing import Any

from nearling.catalogue.library import Installed
from nearling.catalogue.measured import Measurements
from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.language_model import Measured
from nearling.core.numerals import whole

KINDS = {"speech": marked("listens"), "writer": marked("writes")}


def shape(model: Installed, measurements: Measurements) -> dict[str, Any]:
    return {
        "id": model.id,
        "kind": model.kind,
        "folder": str(model.folder),
        "bytes": model.bytes,
        "copied": model.copied,
        "repository": model.card.repository if model.card else None,
        "whole": not model.problem,
        "problem": model.problem,
        "writer": writer_shape(model.writer) if model.writer else None,
        "speed": speed_shape(speed_of(model, measurements)),
    }


def writer_shape(writer: WriterFolder) -> dict[str, Any]:
    return {
        "family": writer.family,
        "tested": writer.tested,
        "context_length": writer.context_length,
        "precision": writer.precision,
        "graph": str(writer.graph.relative_to(writer.folder)),
    }


def speed_of(model: Installed, measurements: Measurements) -> Measured | None:
    return measurements.latest(model.id, model.writer.graph) if model.writer else None


def writer_line(writer: WriterFolder) -> str:
    """What it is, in a few words."""
    family = writer.family or _("of an unknown kind")
    tested = "" if writer.tested else _(", untested")
    context = _("{tokens} tokens of context").format(tokens=whole(writer.context_length))
    return f"{family}, {writer.precision}{tested}, {context}"


def speed_line(measured: Measured) -> str:
    return _("takes in {prefill} tokens a second and writes {decode}, on {provider}").format(
        prefill=whole(round(measured.prefill)),
        decode=whole(round(measured.decode)),
        provider=measured.provider.removesuffix("ExecutionProvider"),
    )


def megabytes(bytes: int) -> str:
    return f"{bytes / 1e6:6.0f} MB"


def speed_shape(measured: Measured | None) -> dict[str, Any] | None:
    if measured is None:
        return None
    return {
        "prefill": measured.prefill,
        "decode": measured.decode,
        "load_seconds": measured.load_seconds,
        "memory_megabytes": measured.memory_megabytes,
        "provider": measured.provider,
        "threads": measured.threads,
    }
