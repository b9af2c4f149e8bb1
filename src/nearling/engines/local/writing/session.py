"""Opens a model's graph in onnxruntime, and says in our words what it complains of."""

from __future__ import annotations

import errno
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nearling.catalogue.protobuf import Damaged
from nearling.catalogue.writer_folder import WriterFolder
from nearling.core.errors import EngineFailure, NearlingError, OutOfMemory, UnusableModel
from nearling.core.language import gettext as _
from nearling.core.language_model import CPU
from nearling.engines.local.writing.graph import DecoderGraph, read_graph
from nearling.engines.local.writing.onnx_file import Outside, OwnOperators, Unwanted, read_onnx
from nearling.engines.local.writing.patching import patch
from nearling.engines.local.writing.providers import offered
from nearling.engines.local.writing.runtime import load_runtime
from nearling.engines.local.writing.weights import find_weights

if TYPE_CHECKING:
    from pathlib import Path

    import onnxruntime

_NO_MEMORY = ("bad_alloc", "bad allocation", "allocate memory", "out of memory", "Available memory")


@dataclass(frozen=True, slots=True)
class Opened:
    session: onnxruntime.InferenceSession
    graph: DecoderGraph


def open_session(files: WriterFolder, threads: int, provider: str) -> Opened:
    """Raises UnusableModel, OutOfMemory, EngineFailure."""
    if provider not in offered():
        raise EngineFailure(
            _("The onnxruntime here was not built for {provider}.").format(provider=provider),
            _("Use the processor of this computer, or install an onnxruntime that has it."),
        )
    model, root, graph = _prepared(files)
    runtime = load_runtime()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # The memory arena stays on: chunks of a prompt are all of one size, so that it is no larger
    # for it (247 MB with and without), and much smaller where the past is copied (347 and 463).
    # Waiting threads that spin gain little on an idle machine and take much from a busy one.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry(
        "session.model_external_initializers_file_folder_path", str(root)
    )
    if provider != CPU:
        options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    providers = [provider] if provider == CPU else [provider, CPU]
    with in_our_words(files.folder, while_loading=True):
        session = runtime.InferenceSession(model, options, providers=providers)
    return Opened(session, graph)


@contextmanager
def in_our_words(folder: Path, *, while_loading: bool = False) -> Iterator[None]:
    """Raises OutOfMemory or, while loading, UnusableModel, else EngineFailure."""
    try:
        yield
    except NearlingError:
        raise
    except MemoryError as error:
        raise _no_memory() from error
    except Exception as error:
        # The runtime's own errors have nothing in common but this.
        if any(words in str(error) for words in _NO_MEMORY):
            raise _no_memory() from error
        if while_loading:
            raise _refused(folder) from error
        raise EngineFailure(
            _("The model in {folder} stopped with a fault.").format(folder=folder),
            _("Ask again; if it happens again, use another model."),
        ) from error


def _prepared(files: WriterFolder) -> tuple[bytes, Path, DecoderGraph]:
    """What onnxruntime is given, after everything in it was looked at."""
    try:
        with files.graph.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        onnx = read_onnx(data)
        weights = find_weights(onnx, files.graph, files.folder)
        graph = read_graph(onnx, files)
        given = patch(onnx, weights.places)
        return given.model, weights.root, graph.keeping() if given.keeps else graph
    except (Damaged, Unwanted, OSError, ValueError, MemoryError) as error:
        raise _unusable(files.folder, error) from error


def _unusable(folder: Path, error: Exception) -> UnusableModel | OutOfMemory:
    match error:
        case MemoryError() | OSError(errno=errno.ENOMEM):
            return _no_memory()
        case Outside():
            sentence = _("The model in {folder} reaches for files outside of its folder.")
            return UnusableModel(
                sentence.format(folder=folder), _("Use a model from a source that you trust.")
            )
        case OwnOperators():
            sentence = _("The model in {folder} wants to bring code of its own, and gets none in.")
            return UnusableModel(
                sentence.format(folder=folder), _("Use a model from a source that you trust.")
            )
        case Unwanted():
            sentence = _("The model in {folder} is none that Nearling knows how to run ({part}).")
            return UnusableModel(
                sentence.format(folder=folder, part=error), _("Use another model.")
            )
        case OSError():
            sentence = _("A file of the model in {folder} is missing or cannot be read.")
        case _:
            sentence = _("The model in {folder} is damaged, or only a part of it is there.")
    return UnusableModel(sentence.format(folder=folder), _("Fetch it again with all its files."))


def _refused(folder: Path) -> UnusableModel:
    return UnusableModel(
        _("The model in {folder} cannot be run on this computer.").format(folder=folder),
        _("Use another model, or another form of this one."),
    )


def _no_memory() -> OutOfMemory:
    return OutOfMemory(
        _("There is not enough free memory for this model."),
        _("Close other programs, or use a smaller model or context."),
    )
