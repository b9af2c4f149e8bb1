"""What a question means together with the ones before it: the words of both find one value."""

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined, Delta
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.built_in.writer import BuiltInWriter
from scripted.tables import rows_of, source

PLANS = source(
    rows_of("""
Plan | Data | Minutes | Per month | Contract | Roaming
Bud | 2 GB | 100 | £6.00 | none | no
Leaf | 10 GB | 500 | £9.50 | none | yes
Branch | 40 GB | 900 | £14.00 | 12 months | yes
"""),
    name="plans.csv",
    exchange=0,
)
VISIT = source(
    rows_of("""
The Glassworks Museum is open from Wednesday to Sunday, 10:00 to 17:00.
On Thursdays it stays open until 20:00.
Admission is £9.00 for adults and £4.50 for children from 6 to 15.
The furnace demonstration is at 11:30. It lasts 25 minutes.
The guided tour costs £60.00 and takes 75 minutes.
The tour is not held in August because the furnace is cold.
The locker room costs £2.00 per day.
Groups book with Petra Holm, 01632 960 410.
"""),
    name="visit.txt",
    table=False,
    exchange=0,
)
SALON = source(
    rows_of("""
Service | Time | Short | Long
Cut | 30 min | £24.00 | £32.00
Colour | 90 min | £55.00 | £72.00
"""),
    name="salon.png",
    page=None,
    exchange=0,
)


def told(shown: Source, *questions: str) -> str:
    """The answer to the last of them; "?" where there is none."""
    before: tuple[Exchange, ...] = ()
    unanswered: tuple[str, ...] = ()
    text = "?"
    for question in questions:
        prompt = Prompt(question, (shown,), before, unanswered)
        event = next(BuiltInWriter().write(prompt, Cancellation()))
        assert isinstance(event, Delta | Declined)
        text = event.text if isinstance(event, Delta) else "?"
        before += (Exchange(question, text),) if isinstance(event, Delta) else ()
        unanswered = () if isinstance(event, Delta) else (*unanswered, question)
    return text


@pytest.mark.parametrize(
    ("shown", "questions", "answer"),
    [
        (PLANS, ("How much data do I get with Leaf?", "and Branch?"), "40 GB"),
        (PLANS, ("What does Branch cost?", "and how long is the contract?"), "12 months"),
        (PLANS, ("What does Leaf cost?", "and Twig?"), "?"),
        (PLANS, ("What does Leaf cost?", "is there a setup fee?"), "?"),
        (SALON, ("How much is a cut for long hair?", "and a colour?"), "£72.00"),
        (SALON, ("How long does a colour take?", "and a cut?"), "30 min"),
        (VISIT, ("Until when are they open on Sunday?", "and Thursday?"), "20:00"),
        (VISIT, ("When is the furnace demonstration?", "how long is that?"), "25 minutes"),
        (VISIT, ("Is the tour held in August?", "why not?"), "because the furnace is cold"),
        (VISIT, ("What does the locker room cost?", "is that per day?"), "£2.00 per day"),
        (VISIT, ("What does the guided tour cost?", "is it in French?"), "?"),
        (VISIT, ("What does the guided tour cost?", "and when did it begin?"), "?"),
    ],
)
def test_the_words_of_both_find_one_value(
    shown: Source, questions: tuple[str, ...], answer: str
) -> None:
    assert told(shown, *questions) == answer


@pytest.mark.parametrize(
    ("questions", "answer"),
    [
        (("What does Leaf cost?", "how much more is Branch?"), "£14.00 - £9.50 = £4.50"),
        (("What does Leaf cost?", "and Bud?", "what's the difference?"), "£9.50 - £6.00 = £3.50"),
        (("What does Leaf cost?", "how much more is Twig?"), "?"),
    ],
)
def test_by_how_much_two_differ(questions: tuple[str, ...], answer: str) -> None:
    assert told(PLANS, *questions) == answer
