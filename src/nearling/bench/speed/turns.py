"""What a whole turn with a language model costs, through its process and the assistant."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from pydoc_data.topics import topics
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from nearling.assistant.assistant import Assistant
from nearling.assistant.documents import Documents
from nearling.assistant.recordings import Recordings
from nearling.assistant.routing import Rules
from nearling.assistant.writers import BoundWriter, Writers
from nearling.bench.figures import Figure, compared
from nearling.bench.speed.bare_writers import TOKENS, our_decoder, own_threads
from nearling.bench.speed.machine import busy, machine
from nearling.bench.speed.random_writers import RandomWriter
from nearling.bench.speed.took import Took, beside, median_seconds
from nearling.catalogue.library import Library
from nearling.catalogue.measured import Measurements
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft, Receipt
from nearling.core.errors import Cancelled, EngineFailure
from nearling.core.events import Answered, Delta, Finished, Prefilling
from nearling.core.hearing import Speech
from nearling.core.language_model import Sampling, Setup
from nearling.core.prompt import Exchange, Prompt
from nearling.engines.pool import Pool
from nearling.history.history import History
from nearling.settings.options import Options

_ROUNDS = 7
_QUESTION, _ANSWER = 600, 128
"""Tokens of a question somebody asks about a page, and of what is answered."""
_OVERHEAD_QUESTION, _OVERHEAD_ANSWER = 400, 64
_LONG, _LONGER = 1500, 2000
_BRIEF = 16
_TRIES = 5
_PATIENCE = 3600.0
_WORDS = tuple(" ".join(topics.values()).split())
"""Of Python's own manual, from which these models have their tokens."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Nearling with one language model, that is asked by its id."""

    assistant: Assistant
    pool: Pool
    id: str
    writer: BoundWriter

    def ask(self, question: str) -> tuple[float, Receipt]:
        """Seconds from the question to the end of its answer. Raises EngineFailure."""
        rules = Rules(only=self.id, patience_seconds=_PATIENCE)
        started = time.perf_counter()
        *_, end = self.assistant.answer(Draft(question), rules, Cancellation())
        seconds = time.perf_counter() - started
        if not isinstance(end, Answered) or end.attempt.receipt is None:
            raise EngineFailure("A question of the bench failed.", "Run nearling doctor.")
        return seconds, end.attempt.receipt


@contextmanager
def nearling_with(folder: Path, options: Options) -> Iterator[Ready]:
    """As a new installation has it but for these options; leaves nothing behind."""
    with TemporaryDirectory(prefix="nearling-bench-") as name:
        home = Path(name)
        pool = Pool(options.threads, options.idle_seconds, home / "engines.log")
        history = History(home / "history")
        try:
            recordings = Recordings(history, pool.transcriber, lambda: Speech(None))
            library, measurements = Library(home / "models"), Measurements(home / "models")
            writers = Writers(pool, library, measurements, options)
            known = writers.name(folder)
            documents = Documents(history, pool.document_reader, pool.reader, pool.document_engine)
            assistant = Assistant(
                history,
                pool.reader,
                pool.reader_id,
                recordings,
                writers,
                cleaner=pool.cleaner,
                documents=documents,
            )
            bound = next(each.writer for each in writers() if each.profile.id == known)
            assert isinstance(bound, BoundWriter)  # noqa: S101
            yield Ready(assistant, pool, known, bound)
        finally:
            pool.close()
            history.close()


def turn_figures(writer: RandomWriter, rounds: int = _ROUNDS) -> Iterator[Figure]:
    """Raises EngineFailure."""
    yield _overhead(writer, rounds)
    one_thread = Options(threads=1, answer_tokens=32)
    with nearling_with(writer.folder, one_thread) as ready:
        yield _memory_back(writer, ready)
        yield _second_turn(writer, ready, rounds)
        yield _cancel(writer, ready, 2 * rounds - 1)
    yield _answer(writer, rounds)


def _overhead(writer: RandomWriter, rounds: int) -> Figure:
    """Nothing is taken over and nothing guessed: both compute the same."""
    options = Options(
        threads=1, answer_tokens=_OVERHEAD_ANSWER, reuse_prompt=False, look_ahead=False
    )
    ours, bare = [], []
    tokens = 0
    with nearling_with(writer.folder, options) as ready, our_decoder(writer.folder, 1) as decoder:
        for number in range(rounds + 1):
            question = question_of(_OVERHEAD_QUESTION, number, ready)
            worked = _worked()
            seconds, receipt = ready.ask(question)
            whole = Took(seconds, _worked() - worked)
            tokens = receipt.tokens_in
            ids = Random(number).choices(TOKENS, k=tokens)
            told = decoder.ask({"ids": ids, "write": receipt.tokens_out - 1})
            if number:
                ours.append(whole)
                bare.append(Took(*told["prefill"]) + Took(*told["decode"]))
    return compared(
        _name("write.overhead", writer),
        1000 * median_seconds(ours),
        1000 * median_seconds(bare),
        "ms",
        f"a question of {tokens} tokens and {_OVERHEAD_ANSWER} answered, through the assistant, "
        f"the history and a warm child, against our decoder's bare loop; "
        f"{_about(writer, 1)}; {beside(ours, bare)}; at most 1.05 is wanted",
    )


def _second_turn(writer: RandomWriter, ready: Ready, rounds: int) -> Figure:
    setup = _brief(ready.writer.setup)
    cold, warm = [], []
    reused = total = 0
    for number in range(rounds + 1):
        first = Prompt(question_of(_LONG, number, ready))
        whole = replace(setup, reuse=False)
        said, _, _ = _written(ready, first, whole)
        second = Prompt("What follows from it?", exchanges=(Exchange(first.question, said),))
        _, taken_over, finished = _written(ready, second, setup)
        _, afresh, _ = _written(ready, second, whole)
        reused, total = finished.reused, finished.tokens_in
        if number:
            cold.append(afresh)
            warm.append(taken_over)
    return compared(
        _name("write.second_turn_share", writer),
        1000 * median(warm),
        1000 * median(cold),
        "ms",
        f"the first word of the second answer in a conversation, against the same prompt taken in "
        f"from its beginning; {reused} of {total} tokens were still there; "
        f"{_about(writer, 1)}; medians of {len(warm)}; at most 0.15 is wanted",
    )


def _cancel(writer: RandomWriter, ready: Ready, times: int) -> Figure:
    setup = replace(_brief(ready.writer.setup), reuse=False)
    milliseconds = list[float]()
    for number in range(_TRIES * times):
        prompt = Prompt(question_of(_LONGER, number, ready))
        seconds = _cancelled(ready, prompt, setup, len(milliseconds) / times)
        if seconds is not None:
            milliseconds.append(1000 * seconds)
        if len(milliseconds) == times:
            break
    else:
        raise EngineFailure("Prompts are taken in too fast to be cancelled.", "Measure once more.")
    return Figure(
        _name("write.cancel_ms", writer),
        median(milliseconds),
        "ms",
        note=f"from Cancel to its end while a prompt of {_LONGER} tokens is taken in; "
        f"{_about(writer, 1)}; median of {times}, {min(milliseconds):.0f} to "
        f"{max(milliseconds):.0f}; at most 100 is wanted",
    )


def _cancelled(ready: Ready, prompt: Prompt, setup: Setup, share: float) -> float | None:
    """Seconds it took to end, cancelled from another thread within that share of a chunk.

    None when all was taken in before.
    """
    cancellation, chunks, at = Cancellation(), list[float](), list[float]()

    def cancel() -> None:
        at.append(time.perf_counter())
        cancellation.cancel()

    try:
        for event in ready.pool.language_model.write(prompt, setup, cancellation):
            if isinstance(event, Prefilling) and event.done:
                chunks.append(time.perf_counter())
                if len(chunks) == 2:  # now it is known how long one takes
                    threading.Timer(share * (chunks[1] - chunks[0]), cancel).start()
    except Cancelled:
        return time.perf_counter() - at[0]
    return None


def _memory_back(writer: RandomWriter, ready: Ready) -> Figure:
    """The first of a process, so that what stays for ever counts as well."""
    before = _megabytes()
    ready.ask(question_of(_QUESTION, 0, ready))
    loaded = _megabytes()
    ready.pool.rest()
    return Figure(
        _name("write.memory_back_mb", writer),
        _megabytes() - before,
        "MB",
        note=f"resident memory of all of Nearling's processes after a model was asked and put to "
        f"rest, less than before; with the model {loaded - before:.0f} more; "
        f"{_about(writer, 1)}; at most 20 is wanted",
    )


def _answer(writer: RandomWriter, rounds: int) -> Figure:
    with nearling_with(writer.folder, Options(answer_tokens=_ANSWER)) as ready:
        seconds, firsts = [], []
        for number in range(rounds + 1):
            took, receipt = ready.ask(question_of(_QUESTION, number, ready))
            if number:
                seconds.append(took)
                firsts.append((receipt.first_token_ms or 0) / 1000)
    return Figure(
        _name("write.answer_s", writer),
        median(seconds),
        "s",
        note=f"a question of {_QUESTION} tokens and {_ANSWER} answered, with the product's own "
        f"settings; the first word after {median(firsts):.1f} s; "
        f"{_about(writer, own_threads())}; median of {len(seconds)}, {min(seconds):.1f} to "
        f"{max(seconds):.1f}",
    )


def question_of(tokens: int, number: int, ready: Ready) -> str:
    """Another text for each number; with all that stands around it about so many tokens."""
    start = 1000 * number
    few, many = 1, tokens
    while few < many:
        middle = (few + many + 1) // 2
        prompt = Prompt(_text(start, middle))
        if ready.writer.count(prompt, Cancellation()) > tokens:
            many = middle - 1
        else:
            few = middle
    return _text(start, few)


def _text(start: int, words: int) -> str:
    return " ".join(_WORDS[start : start + words])


def _written(ready: Ready, prompt: Prompt, setup: Setup) -> tuple[str, float, Finished]:
    """What was said, seconds to its first word, and the writer's account."""
    said, first = "", 0.0
    started = time.perf_counter()
    for event in ready.pool.language_model.write(prompt, setup, Cancellation()):
        if isinstance(event, Delta):
            first = first or time.perf_counter() - started
            said += event.text
        elif isinstance(event, Finished):
            return said, first, event
    raise EngineFailure("A question of the bench failed.", "Run nearling doctor.")


def _brief(setup: Setup) -> Setup:
    return replace(setup, sampling=Sampling(most_tokens=_BRIEF))


def _megabytes() -> float:
    own = psutil.Process()
    return sum(each.memory_info().rss for each in (own, *own.children(recursive=True))) / 1e6


def _worked() -> float:
    """Processor's seconds of this process and of the children that live."""
    own = psutil.Process()
    times = [each.cpu_times() for each in (own, *own.children())]
    return sum(each.user + each.system for each in times)


def _name(name: str, writer: RandomWriter) -> str:
    return name if writer.size == "135m" else f"{name}_{writer.size}"


def _about(writer: RandomWriter, threads: int) -> str:
    plural = "s" if threads > 1 else ""
    return (
        f"random weights in the shape of {writer.shape}, {threads} thread{plural}; {machine()}; "
        f"{busy()}"
    )
