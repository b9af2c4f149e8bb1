"""Grades of a kind as figures: counted, and never told one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from nearling.bench.figures import Figure
from nearling.bench.scoring import Tally
from nearling.bench.useful.said import Graded


def useful_figures(kind: str, graded: Sequence[Graded], remark: str = "") -> Iterator[Figure]:
    """How many of all are right, a due refusal included, and how many are wrong."""
    able = Counter(each.grade for each in graded if each.answerable)
    unable = Counter(each.grade for each in graded if not each.answerable)
    count = len(graded)
    right = Tally(able["right"] + unable["right"], count)
    wrong = Tally(able["wrong"] + unable["wrong"], count)
    failed = able["failed"] + unable["failed"]
    note = (
        f"{right.count} of {count}; of {able.total()} with an answer {able['right']} right, "
        f"{able['wrong']} wrong, {able['refused']} refused; of {unable.total()} without one "
        f"{unable['wrong']} answered"
        + (f"; {failed} failed" if failed else "")
        + (f"; {remark}" if remark else "")
    )
    yield Figure(f"useful.{kind}_right", right.share, "share", note=note)
    yield Figure(f"useful.{kind}_wrong", wrong.share, "share", note=note)
