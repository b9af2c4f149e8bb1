"""Documents read in the test's own process, and plain descriptions to build them from."""

from nearling.bench.useful.described import Described
from nearling.bench.useful.files import built
from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, Pages
from nearling.core.media import Capture, Medium
from nearling.engines.local.documents.reader import PagesReader

TABLE = (("Room", "Price", "From"), ("Anna", "12.50", "2026-03-01"), ("Bo", "7", "2026-03-02"))
INN = Described(
    "# Rooms\nSeen in May & June.\n\n"
    + "\n".join(" | ".join(row) for row in TABLE)
    + "\nCara | 118.00 | 2026-04-02\n\nCall 0123 456789 before noon.",
    "Inn <1>",
)
SHED = Described("Nothing (else) to see here.", "Shed")


def document(data: bytes, name: str = "it") -> Capture:
    return Capture(Medium.DOCUMENT, name, data)


def read(data: bytes, name: str = "it") -> tuple[Pages, list[Page]]:
    opened, *pages = PagesReader().open(document(data, name), Cancellation())
    assert isinstance(opened, Pages)
    assert all(isinstance(page, Page) for page in pages)
    assert [page.number for page in pages] == list(range(1, opened.count + 1))
    assert {page.kind for page in pages} == {opened.kind}
    return opened, pages


def read_form(form: str, *pages: Described) -> tuple[Pages, list[Page]]:
    name = f"it.{form}"
    return read(built(form, name, pages), name)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.reading.lines]


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]
