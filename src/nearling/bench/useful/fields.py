"""Has the fields of files extracted, and counts what was right, wrong, missed and made up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from nearling.bench.figures import Figure
from nearling.bench.scoring import Tally
from nearling.bench.useful.captured import captured
from nearling.bench.useful.judging.extracted import FIELDS, Found, extracted
from nearling.bench.useful.questions import Made
from nearling.core.media import Capture

Fields = Mapping[str, str | None]
Extract = Callable[[Sequence[Capture], Sequence[str]], Sequence[Fields | None]]
"""Takes files and fields; tells what it found in each file, None: it failed."""


def about_fields(made: Iterable[Made], extract: Extract) -> Iterator[Figure]:
    """Right are values of those that are printed, wrong are values of all that were asked."""
    by_field: dict[str, Counter[Found]] = defaultdict(Counter)
    files = list(made)
    rows = extract([captured(file) for file in files], FIELDS)
    for file, row in zip(files, rows, strict=True):
        for name, each in extracted(file.fields, row).items():
            by_field[name][each] += 1
    total: Counter[Found] = sum(by_field.values(), Counter())
    printed = Tally(total["right"], total.total() - total["invented"] - total["rightly empty"])
    wrong = Tally(total["wrong"] + total["invented"], total.total())
    note = "right, wrong, missing, invented: " + ", ".join(
        f"{name} {each['right']} {each['wrong']} {each['missing']} {each['invented']}"
        for name, each in [("all", total), *by_field.items()]
    )
    note += f"; {total['failed']} failed" if total["failed"] else ""
    yield Figure("useful.extraction_right", printed.share, "share", note=note)
    yield Figure("useful.extraction_wrong", wrong.share, "share", note=note)
