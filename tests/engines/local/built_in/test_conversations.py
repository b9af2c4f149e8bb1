"""Whole conversations over tables and pages, as the built-in writer leads them."""

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined, Delta
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.built_in.writer import BuiltInWriter
from scripted.tables import rows_of, source

SPENDING = rows_of("""
Date | Item | Category | Amount
2026-05-02 | Bread | Food | 4.50
2026-05-09 | Train ticket | Travel | 38.00
2026-05-20 | Cheese | Food | 12.25
2026-06-01 | Hotel | Travel | 210.00
2026-06-03 | Notebook | Office | 6.90
""")


def told(questions: list[str], *sources: Source) -> list[str]:
    """The answers, one after the other; "?" where there is none."""
    before: tuple[Exchange, ...] = ()
    answers = []
    for question in questions:
        event = next(BuiltInWriter().write(Prompt(question, sources, before), Cancellation()))
        assert isinstance(event, Delta | Declined)
        answers.append(event.text if isinstance(event, Delta) else "?")
        if isinstance(event, Delta):
            before += (Exchange(question, event.text),)
    return answers


def test_sums_of_one_kind_after_the_other() -> None:
    sheet = source(SPENDING)
    questions = ["How much did I spend on Food?", "and on Travel?", "and in June?", "and in May?"]
    assert told(questions, sheet) == ["16.75", "248.00", "210.00", "38.00"]
    # Notebook is no purchase of May: what stands elsewhere is no answer.
    assert told(["How much did I spend on Office?", "and in May?"], sheet) == ["6.90", "?"]
    questions = ["What is the sum of the amounts?", "and the average?", "and only Food?"]
    assert told(questions, sheet) == ["271.65", "54.33", "8.38"]


def test_what_is_listed_is_narrowed_and_pointed_at() -> None:
    sheet = source(SPENDING)
    first, second, third = told(
        ["Which items cost more than 5?", "only those over 20", "How much is the second one?"],
        sheet,
    )
    assert first.count("\n") == 5
    assert "Cheese" not in second
    assert "Train ticket" in second
    assert third == "210.00"


def test_a_page_that_is_named() -> None:
    texts = ("Name | Mia Berg\nTotal | 11.00 €", "Name | Noah\nTotal | 22.00 €", "Total | 33.00 €")
    pages = [
        source(rows_of(text), name="a.pdf", page=page, table=False)
        for page, text in enumerate(texts, 1)
    ]
    questions = [
        "What is the total on page 2?",
        "what about page 3?",
        "What is the total on page 9?",
    ]
    assert told(questions, *pages) == ["22.00 €", "33.00 €", "?"]


def test_what_leans_on_nothing_is_asked_as_it_stands() -> None:
    card = source(rows_of("Network | Gast\nPassword | sonne-44"), page=None, table=False)
    assert told(["What is the network?", "What is the password?"], card) == ["Gast", "sonne-44"]
