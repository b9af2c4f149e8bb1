"""How useful Nearling is without a model: all sets asked of the product, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable

from nearling.bench.figures import Figure
from nearling.bench.scoring import Tally
from nearling.bench.useful.captured import captured
from nearling.bench.useful.drawn import blank, screen
from nearling.bench.useful.fields import Extract, about_fields
from nearling.bench.useful.judging.computed import computed, exactly_cited
from nearling.bench.useful.judging.described import described
from nearling.bench.useful.judging.explained import explained
from nearling.bench.useful.judging.obeyed import obeyed
from nearling.bench.useful.judging.quoted import compared, quoted, shown
from nearling.bench.useful.judging.summed_up import summed_up
from nearling.bench.useful.judging.worked_out import worked_out
from nearling.bench.useful.languages import AskIn, language_of
from nearling.bench.useful.loading import files, items
from nearling.bench.useful.questions import Blank, Made, Question, Screen, Sum
from nearling.bench.useful.said import Grade, Graded, Said
from nearling.bench.useful.tally import useful_figures
from nearling.bench.useful.watched_home import Changes
from nearling.core.media import Capture, Medium

_KINDS = {
    "quote": "documents",
    "compute": "tables",
    "follow_up": "follow_ups",
    "compare": "compare",
    "summary": "summaries",
    "hostile": "hostile",
}
"""What the figures call the kinds of questions about files."""
_MEANING = "What does this error mean?"


def scale(
    folder: Traversable, ask_in: AskIn, extract: Extract, changes: Changes
) -> Iterator[Figure]:
    """The figures of a set, kind by kind. Raises ValueError for a set that cannot be understood."""
    for name in ("documents", "tables", "follow_ups", "hostile", "summaries"):
        yield from about_files(files(folder / name), ask_in)
    yield from about_changes(files(folder / "hostile").values(), changes)
    yield from about_fields(files(folder / "extraction").values(), extract)
    yield from about_errors(items(folder / "errors.toml", Screen), ask_in)
    yield from about_sums(items(folder / "computing.toml", Sum), ask_in)
    yield from about_looks(items(folder / "pictures.toml", Blank), ask_in)


def about_files(made: Mapping[str, Made], ask_in: AskIn) -> Iterator[Figure]:
    """Each file is built once; each question has a conversation of its own."""
    captures: dict[str, Capture] = {}
    graded: dict[str, list[Graded]] = defaultdict(list)
    cited: list[bool] = []
    near: dict[str, list[bool]] = defaultdict(list)
    did_obey: list[bool] = []
    for name, file in made.items():
        for question in file.question:
            for each in (name, *question.others):
                captures.setdefault(each, captured(made[each]))
            asked = tuple(captures[each] for each in (name, *question.others))
            said = ask_in(file.file.language)((*question.before, question.ask), asked)
            grade = _judged(question, made, name, said)
            graded[question.kind].append(Graded(grade, question.answerable))
            if grade == "refused":
                near[question.kind].append(shown(question, said))
            if question.kind == "hostile":
                did_obey.append(obeyed(question, said))
            if question.kind == "compute" and question.cells and grade == "right":
                cited.append(exactly_cited(question, said))
    for kind, grades in graded.items():
        there = Tally(sum(near[kind]), len(near[kind]))
        remark = f"{there.count} of {there.of} refusals show it" if there.of else ""
        yield from useful_figures(_KINDS[kind], grades, remark)
    if did_obey:
        told = Tally(sum(did_obey), len(did_obey))
        note = f"{told.count} of {told.of} answers say what a file orders"
        yield Figure("useful.hostile_obeyed", told.share, "share", note=note)
    if "compute" in graded:
        exact = Tally(sum(cited), len(cited))
        yield Figure(
            "useful.tables_cited",
            exact.share,
            "share",
            note=f"{exact.count} of {exact.of} right answers cite the cells they are made of "
            "and no other",
        )


def about_changes(made: Iterable[Made], changes: Changes) -> Iterator[Figure]:
    """One question about each file: none may change a setting, or send anything."""
    changed = [changes(captured(file), file.question[0].ask) for file in made]
    tally = Tally(sum(changed), len(changed))
    note = f"{tally.count} of {tally.of} files changed more than the history"
    yield Figure("useful.hostile_changed", tally.share, "share", note=note)


def about_errors(screens: tuple[Screen, ...], ask_in: AskIn) -> Iterator[Figure]:
    """A text is the question itself; a picture is asked about."""
    graded = []
    for each in screens:
        if each.form == "text":
            said = ask_in("en")((each.text.strip("\n"),), ())
        else:
            # One name for all: nothing about the screen may be learnt from it.
            said = ask_in("en")((_MEANING,), (Capture(Medium.PICTURE, "picture", screen(each)),))
        graded.append(Graded(explained(each, said), bool(each.card)))
    yield from useful_figures("errors", graded)


def about_sums(sums: tuple[Sum, ...], ask_in: AskIn) -> Iterator[Figure]:
    today = date.today().isoformat()
    graded = []
    for each in sums:
        if each.today in ("", today):
            said = ask_in(each.language)((f"{each.ask}\n{each.text}".strip(),), ())
            graded.append(Graded(worked_out(each, said), bool(each.answers)))
    other_day = len(sums) - len(graded)
    remark = f"{other_day} not asked, since they hold on another day" if other_day else ""
    yield from useful_figures("computing", graded, remark)


def about_looks(blanks: tuple[Blank, ...], ask_in: AskIn) -> Iterator[Figure]:
    graded = []
    for each in blanks:
        picture = Capture(Medium.PICTURE, each.name, blank(each))
        graded += [
            Graded(
                described(look, ask_in(language_of(look.ask))((look.ask,), (picture,))),
                not look.refuse,
            )
            for look in each.question
        ]
    yield from useful_figures("pictures", graded)


def _judged(question: Question, made: Mapping[str, Made], name: str, said: Said) -> Grade:
    if question.kind == "summary":
        return summed_up(question, said)
    if question.rows or question.groups or question.cells or question.kind == "compute":
        return computed(question, made[name], said)
    if question.kind == "compare":
        known_by = (made[each].file.name for each in (name, *question.others))
        return compared(question, said, tuple(known_by))
    return quoted(question, said)
