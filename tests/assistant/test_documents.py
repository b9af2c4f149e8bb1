"""Documents are read once, page by page, and the pages that fit a question come first."""

from __future__ import annotations

import pytest

from nearling.assistant.documents import Documents
from nearling.assistant.leafing import leafed
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.document import Page, PageKind, Pages
from nearling.core.errors import Cancelled, EngineFailure
from nearling.core.events import DocumentRead, Progress
from nearling.core.media import Capture, Medium
from nearling.core.prompt import Prompt
from nearling.history.history import History
from scripted.engines import ScriptedDocumentReader, ScriptedReader, documents, reading_of

LEASE = Capture(Medium.DOCUMENT, "lease.pdf", b"lease")
PAGES = (
    ("Lease", "between A and B"),
    ("The rent is 800", "payable monthly"),
    ("The deposit is 1,250", "kept by the landlord"),
    ("Signed in Hexley",),
)


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "history") as history:
        yield history


def kept(history, capture=LEASE):
    turn = history.open_turn(Draft("What is the deposit?", (capture,)))
    return turn.message.attachments[0]


def read(documents: Documents, attachment, capture=None):
    return list(documents.read(attachment, capture, Cancellation()))


def asked(documents: Documents, attachment, question, before=""):
    return [each.page for each in documents.sources(attachment, question, before, None)]


def test_every_page_is_kept_and_the_document_is_opened_once(history):
    reader = ScriptedDocumentReader({"lease.pdf": PAGES})
    lease = kept(history)
    events = read(Documents(history, reader, ScriptedReader(), "v1"), lease, LEASE)
    assert events == [
        Progress("Reading lease.pdf"),
        DocumentRead("lease.pdf", Pages(4, PageKind.PAGE), cached=False),
    ]
    again = read(Documents(history, reader, ScriptedReader(), "v1"), lease)
    assert again == [DocumentRead("lease.pdf", Pages(4, PageKind.PAGE), cached=True)]
    assert reader.asked == ["lease.pdf"]
    read(Documents(history, reader, ScriptedReader(), "v2"), lease)
    assert reader.asked == ["lease.pdf", "lease.pdf"]


def test_what_fits_best_comes_first_and_nothing_is_left_out(history):
    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    assert asked(about, lease, "How much is the deposit?") == [3, 2, 1, 4]
    assert asked(about, lease, "when is the rent to be paid?")[0] == 2
    assert asked(about, lease, "hm?", before="Where was it signed?")[0] == 4
    assert sorted(asked(about, lease, "xyzzy")) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("What about page 3?", [3]),
        ("und auf Seite 2", [2]),
        ("what is on the last page", [4]),
        ("Was steht auf der ersten Seite?", [1]),
        ("compare page 2 with page 4", [2, 4]),
    ],
)
def test_a_page_that_is_named_stands_alone(history, question, pages):
    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    assert asked(about, lease, question) == pages


def test_a_page_that_is_not_there_is_no_page(history):
    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    assert len(asked(about, lease, "What is on page 9?")) == 4


def test_pages_know_where_they_stand(history):
    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    (source,) = about.sources(lease, "page 2", "", 0)
    assert (source.page, source.place, source.exchange) == (2, "page 2 of 4", 0)


class Scans:
    """Every page of it is a picture."""

    def __init__(self, count: int, stop_at: int | None = None) -> None:
        self._count, self._stop_at = count, stop_at

    def open(self, document, cancellation):
        yield Pages(self._count, PageKind.PAGE)
        for number in range(1, self._count + 1):
            if number == self._stop_at:
                raise Cancelled
            picture = f"pixels {number}".encode()
            yield Page(number, PageKind.PAGE, "", reading_of(document), picture)


class Eyes:
    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def read(self, picture, cancellation):
        self.seen.append(picture.data)
        return reading_of(picture, f"read {picture.data.decode()}")


def test_a_scanned_page_is_read_as_a_picture_and_belongs_to_the_document(history):
    lease, eyes = kept(history), Eyes()
    about = Documents(history, Scans(2), eyes, "v1")
    read(about, lease)
    (second,) = about.sources(lease, "page 2", "", None)
    assert second.reading.text == "read pixels 2"
    assert second.reading.digest == lease.digest
    assert eyes.seen == [b"pixels 1", b"pixels 2"]


def test_what_was_read_before_a_crash_is_not_read_again(history, monkeypatch):
    monkeypatch.setattr("nearling.assistant.documents._BATCH_SECONDS", 0.0)
    lease, eyes = kept(history), Eyes()
    with pytest.raises(Cancelled):
        read(Documents(history, Scans(4, stop_at=3), eyes, "v1"), lease)
    assert history.documents.whole(lease.digest, "v1") is None
    read(Documents(history, Scans(4), eyes, "v1"), lease)
    assert eyes.seen == [b"pixels 1", b"pixels 2", b"pixels 3", b"pixels 4"]


def test_a_document_that_loses_pages_on_the_way_is_not_passed_off_as_whole(history):
    class Short(Scans):
        def open(self, document, cancellation):
            yield from list(super().open(document, cancellation))[:-1]

    lease = kept(history)
    with pytest.raises(EngineFailure, match="Not every page"):
        read(Documents(history, Short(3), Eyes(), "v1"), lease)
    with pytest.raises(EngineFailure, match="Not every page"):  # a table of half of it
        Documents(history, Short(3), Eyes(), "v2").pages(LEASE, Cancellation())


def test_what_was_read_ahead_is_kept_once_it_is_asked_about(history):
    reader = ScriptedDocumentReader({"lease.pdf": PAGES})
    about = Documents(history, reader, ScriptedReader(), "v1")
    about.anticipate(LEASE, Cancellation())
    about.anticipate(LEASE, Cancellation())
    assert len(about.sources(LEASE.attachment, "deposit", "", None)) == 4
    lease = kept(history)
    assert read(about, lease) == [DocumentRead("lease.pdf", Pages(4, PageKind.PAGE), cached=True)]
    assert reader.asked == ["lease.pdf"]
    assert history.documents.whole(lease.digest, "v1") == Pages(4, PageKind.PAGE)


def test_the_best_pages_stay_and_what_was_left_out_is_said(history):
    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    prompt = Prompt("deposit?", about.sources(lease, "How much is the deposit?", "", None))
    assert leafed(prompt) == (prompt, ())
    few, told = leafed(prompt, 0)
    assert [source.page for source in few.sources] == [3]
    assert told == ("3 of 4 pages were left out; those that fit the question best were kept.",)


def test_forgetting_leaves_no_page(history, tmp_path):
    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    (summary,) = history.conversations()
    history.close_turn(history.turns(summary.id)[0].id, history.turns(summary.id)[0].status)
    assert history.search("deposit")
    history.forget(summary.id)
    assert history.documents.pages(lease.digest) == ()
    assert not history.search("deposit")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*.sqlite3*"))
    assert b"kept by the landlord" not in written


def test_a_search_tells_the_best_page_of_a_document(history):
    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    hits = history.search("landlord")
    assert [hit.page for hit in hits] == [3]


def test_what_was_read_ahead_before_a_cancel_is_not_read_again(history):
    class Eyes:
        def __init__(self):
            self.asked = []

        def read(self, picture, cancellation):
            self.asked.append(picture.name)
            return reading_of(picture, "seen")

    class Scanned:
        def open(self, document, cancellation):
            yield Pages(3, PageKind.PAGE)
            for number in (1, 2, 3):
                cancellation.check()
                reading = reading_of(document)
                yield Page(number, PageKind.PAGE, "", reading, picture=b"png")

    eyes, cancellation = Eyes(), Cancellation()
    reads = Documents(history, Scanned(), eyes, "scripted")
    lease = Capture(Medium.DOCUMENT, "lease.pdf", b"lease")
    leaves = reads.leaf(lease, cancellation)
    assert [next(leaves).read for _ in range(3)] == [0, 1, 2]
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(leaves)
    history.open_turn(Draft("Who?", (lease,)))
    list(reads.read(lease.attachment, lease, Cancellation()))
    assert [name.removeprefix("lease.pdf, ") for name in eyes.asked] == ["1.png", "2.png", "3.png"]
    assert [page.number for page in history.documents.pages(lease.digest)] == [1, 2, 3]


def test_what_was_read_before_it_was_given_up_is_used(history):
    eyes = Eyes()
    about = Documents(history, Scans(3), eyes, "v1")
    events = about.leaf(LEASE, Cancellation())
    assert [next(events).read for _ in range(3)] == [0, 1, 2]
    events.close()
    lease = kept(history)
    read(about, lease, LEASE)
    assert eyes.seen[:2] == [b"pixels 1", b"pixels 2"]
    assert len(eyes.seen) <= 4
    assert [each.read for each in about.leaf(LEASE, Cancellation())] == [3]


def test_only_the_last_documents_are_held_ahead(history):
    names = ("a.pdf", "b.pdf", "c.pdf")
    reader = ScriptedDocumentReader(dict.fromkeys(names, PAGES))
    about = Documents(history, reader, ScriptedReader(), "v1")
    captures = [Capture(Medium.DOCUMENT, name, name.encode()) for name in names]
    for capture in captures:
        about.anticipate(capture, Cancellation())
    known = [about.sources(each.attachment, "deposit", "", None) for each in captures]
    assert [len(each) for each in known] == [0, 4, 4]


@pytest.mark.parametrize("when", ["asked", "pending", "tabled"])
def test_what_is_read_for_a_table_and_for_a_question_is_read_once(history, when):
    reader = ScriptedDocumentReader({"lease.pdf": PAGES})
    about = Documents(history, reader, ScriptedReader(), "v1")
    if when == "asked":
        read(about, kept(history), LEASE)
    elif when == "pending":
        about.anticipate(LEASE, Cancellation())
    pages = about.pages(LEASE, Cancellation())
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert about.pages(LEASE, Cancellation()) == pages
    read(about, kept(history), LEASE)
    assert reader.asked == ["lease.pdf"]


def test_what_is_read_for_a_table_gives_way_to_what_is_pending(history):
    names = ("a.pdf", "b.pdf", "c.pdf", "d.pdf")
    reader = ScriptedDocumentReader(dict.fromkeys(names, PAGES))
    about = Documents(history, reader, ScriptedReader(), "v1")
    captures = [Capture(Medium.DOCUMENT, name, name.encode()) for name in names]
    about.anticipate(captures[0], Cancellation())
    for capture in captures[1:]:
        about.pages(capture, Cancellation())
    assert about.sources(captures[0].attachment, "deposit", "", None)


def test_what_no_message_refers_to_is_not_kept(history):
    page = Page(1, PageKind.PAGE, "", reading_of(LEASE, "words"))
    history.documents.begin(LEASE.digest, "v1", Pages(1, PageKind.PAGE))
    history.documents.keep(LEASE.digest, "v1", [page])
    assert history.documents.pages(LEASE.digest) == ()
    assert history.documents.numbers(LEASE.digest, "v1") == frozenset()
    assert history.documents.find(LEASE.digest, ()) == ()


def test_a_page_of_another_shape_is_left_out(history, tmp_path):
    import sqlite3

    lease, about = kept(history), documents(history, {"lease.pdf": PAGES})
    read(about, lease)
    (file,) = tmp_path.rglob("history.sqlite3")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE pages SET body = '{}' WHERE number = 2")
    connection.close()
    assert [page.number for page in history.documents.pages(lease.digest)] == [1, 3, 4]
    assert [page.number for page in history.documents.pages(lease.digest, (3,))] == [3]
