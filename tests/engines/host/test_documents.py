"""A document may kill the child that reads it, once; what was read before stays."""

import os
import sys
import threading
from contextlib import closing

import psutil
import pytest

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, Pages
from nearling.core.errors import Cancelled, UnusableFile
from nearling.core.media import Capture, Medium
from nearling.engines.host.child import PAGES_AHEAD
from nearling.engines.host.documents import Fatal
from nearling.engines.host.failures import Failures
from nearling.engines.pool import Pool


@pytest.fixture
def pool(tmp_path):
    before = set(threading.enumerate())
    pool = Pool(1, 60, tmp_path / "engines.log")
    yield pool
    pool.close()
    assert set(threading.enumerate()) <= before


def pages_of(number: int) -> Capture:
    pages = [Described(f"This is page {it}.") for it in range(1, number + 1)]
    return Capture(Medium.DOCUMENT, "it.pdf", built("pdf", "it.pdf", pages))


def child_of(pool: Pool) -> int:
    pid = pool._supervisors["documents"].pid
    assert pid is not None
    return pid


def test_pages_come_one_by_one(pool):
    opened, *pages = pool.document_reader.open(pages_of(3), Cancellation())
    assert isinstance(opened, Pages)
    assert [page.reading.lines[0].text for page in pages] == [
        f"This is page {number}." for number in (1, 2, 3)
    ]


def test_the_picture_of_a_page_comes_whole(pool):
    scan = Capture(Medium.DOCUMENT, "it.pdf", built("scan", "it.pdf", [Described("word")]))
    _, page = pool.document_reader.open(scan, Cancellation())
    assert isinstance(page, Page)
    assert page.picture.startswith(b"\x89PNG")
    assert page.picture.endswith(b"IEND\xaeB`\x82")


def test_a_page_is_shown(pool):
    shown = pool.page_renderer.render(pages_of(2), 2, 200, Cancellation())
    assert max(shown.width, shown.height) == 200
    assert len(shown.data) == 3 * shown.width * shown.height


def test_a_child_waits_for_who_takes_its_pages(pool):
    document = pages_of(60)
    events = pool.document_reader.open(document, Cancellation())
    assert isinstance(next(events), Pages)
    arrived = pool._supervisors["documents"]._process.arrived
    taken = [next(events) for _ in range(3)]
    assert arrived.qsize() <= PAGES_AHEAD + 2  # and signs of life
    assert [page.number for page in [*taken, *events]] == list(range(1, 61))


def test_a_killed_child_is_told_and_the_document_not_tried_again(pool, tmp_path):
    document = pages_of(60)
    events = pool.document_reader.open(document, Cancellation())
    read = [next(events) for _ in range(5)]
    os.kill(child_of(pool), 9)
    with pytest.raises(UnusableFile, match="did not survive"):
        read.extend(events)
    # What came before is whole.
    assert [page.number for page in read[1:]] == list(range(1, len(read)))
    with pytest.raises(UnusableFile, match="did not survive"):
        next(pool.document_reader.open(document, Cancellation()))
    with pytest.raises(UnusableFile, match="did not survive"):
        pool.page_renderer.render(document, 1, 100, Cancellation())
    assert len(list(pool.document_reader.open(pages_of(2), Cancellation()))) == 3
    with closing(Pool(1, 60, tmp_path / "engines.log")) as next_start:
        with pytest.raises(UnusableFile, match="did not survive"):
            next(next_start.document_reader.open(document, Cancellation()))
        assert next_start._supervisors["documents"].pid is None


def test_an_abandoned_document_frees_the_child(pool):
    events = pool.document_reader.open(pages_of(60), Cancellation())
    next(events)
    child = child_of(pool)
    events.close()
    assert len(list(pool.document_reader.open(pages_of(2), Cancellation()))) == 3
    assert child_of(pool) == child


def test_cancelling_stops_the_reading(pool):
    cancellation = Cancellation()
    events = pool.document_reader.open(pages_of(60), cancellation)
    next(events)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        list(events)
    assert len(list(pool.document_reader.open(pages_of(60), Cancellation()))) == 61


def test_a_document_that_takes_for_ever_is_given_up(pool):
    """A stopped child says nothing; one that works on says that it lives, and no more."""
    supervisor = pool._supervisors["documents"]
    events = pool.document_reader.open(pages_of(60), Cancellation())
    next(events)
    psutil.Process(child_of(pool)).suspend()
    supervisor._silence_seconds = 1.0
    with pytest.raises(UnusableFile, match="did not survive"):
        list(events)


def test_only_a_lost_process_makes_a_document_fatal(tmp_path):
    fatal, document = Fatal(Failures(tmp_path / "failed-documents.json")), pages_of(1)
    with pytest.raises(UnusableFile, match="protected"), fatal.watching(document):
        raise UnusableFile("It is protected.", "Unlock it.")
    with fatal.watching(document):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds what a process writes to")
def test_a_childs_memory_is_bounded(pool):
    limits = psutil.Process(_started(pool)).rlimit(psutil.RLIMIT_DATA)
    assert limits[0] == 3 * 1024**3


def _started(pool: Pool) -> int:
    list(pool.document_reader.open(pages_of(1), Cancellation()))
    return child_of(pool)
