"""What is answered to a question that leans on an answer: cells beside it, and sums with it."""

import pytest

from nearling.core.cancellation import Cancellation
from nearling.core.events import Cited, Declined, Delta
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.engines.local.built_in.writer import BuiltInWriter
from scripted.tables import rows_of, source


def lines(text: str, name: str = "shop.png") -> Source:
    """A picture in which nobody saw a table."""
    return source(rows_of(text), name=name, page=None, table=False, exchange=0)


HIRE = source(
    rows_of("""
Tool | Colour | Per day | Weekend
Sander | red | £38.00 | £65.00
Steamer | green | £14.50 | £24.00
Mixer | blue | £27.50 | £46.00
"""),
    name="hire.png",
    page=None,
    exchange=0,
)
ROOMS = source(
    rows_of("""
Guest | Phone | Brings
Ines Farrow | 07700 900 141 | cake
Priya Nandi | 07700 900 562 | juice
Tom Akande | 07700 900 873 | cups
"""),
    name="class.png",
    page=None,
    exchange=0,
)
CAFE = lines("""
Harbour Kitchen
Coffee 2.90
Cake 4.50
Oat milk 0.60
""")
TILL = lines("""
Morning Glory
27 Orchard Street, Bath
14/05/2026
09:12
Orange juice 3.40
TOTAL £25.15
""")
BILL = lines("""
Corner Inn
Prices per night
Double room £94.00
Breakfast £9.00 per person
Parking £8.00 per night
Total £2,988.00 incl. VAT of £498.00
""")
DENTIST = lines("""
Praxis Dr. Voss
Termin: Mittwoch, 4. März 2026, 15:30 Uhr
Ruth Marsh explains it: 01632 960 482
""")
RECEIPT = source(
    rows_of("Item | Qty | Price\nGyoza | 3 | £19.50\nRamen | 2 | £27.80"),
    name="noodles.png",
    page=None,
    exchange=0,
)


def told(source: Source, *questions: str, others: tuple[Source, ...] = ()) -> str:
    """The answer to the last of them; "?" where there is none."""
    before: tuple[Exchange, ...] = ()
    text = "?"
    unanswered: tuple[str, ...] = ()
    for question in questions:
        prompt = Prompt(question, (source, *others), before, unanswered)
        event = next(BuiltInWriter().write(prompt, Cancellation()))
        assert isinstance(event, Delta | Declined)
        text = event.text if isinstance(event, Delta) else "?"
        unanswered = () if isinstance(event, Delta) else (*unanswered, question)
        before += (Exchange(question, text),) if isinstance(event, Delta) else ()
    return text


@pytest.mark.parametrize(
    ("shown", "before", "question", "answer"),
    [
        (HIRE, "How much is the sander per day?", "and the whole weekend?", "£65.00"),
        (HIRE, "How much is the sander per day?", "and the mixer?", "£27.50"),
        (HIRE, "How much is the sander per day?", "what colour is it?", "red"),
        (HIRE, "How much is the sander per day?", "and the saw?", "?"),
        (HIRE, "How much is the sander per day?", "the second one, what colour is it?", "green"),
        (ROOMS, "Who brings juice?", "and her phone number", "07700 900 562"),
        (ROOMS, "What does Tom bring?", "and Ines?", "cake"),
        (ROOMS, "What does Tom bring?", "and his address?", "?"),
        (CAFE, "How much is the coffee?", "and the cake?", "4.50"),
        (CAFE, "How much is the coffee?", "and tea?", "?"),
        (CAFE, "How much is the coffee?", "and the waiter?", "?"),
        (CAFE, "How much is the coffee?", "and with oat milk?", "2.90 + 0.60 = 3.50"),
        (CAFE, "How much is the coffee?", "and with sugar?", "?"),
        (CAFE, "How much is the coffee?", "and two of those?", "2.90 × 2 = 5.80"),
        (TILL, "How much did I pay?", "When was this?", "14/05/2026"),
        (BILL, "How much is the double room?", "and for three nights?", "£94.00 × 3 = £282.00"),
        (BILL, "How much is the double room?", "and for three weeks?", "?"),
        (BILL, "How much is the double room?", "and with breakfast?", "?"),
        (BILL, "How much is the double room?", "with parking?", "£94.00 + £8.00 = £102.00"),
        (BILL, "What is the total?", "and without VAT?", "£2,988.00 - £498.00 = £2,490.00"),
        (BILL, "What is the total?", "and with VAT?", "?"),
        (BILL, "What is the total?", "is that with VAT?", "Total £2,988.00 incl. VAT of £498.00"),
        (BILL, "What is the total?", "is petrol in that?", "?"),
        (BILL, "What is the total?", "divided by 4?", "£2,988.00 ÷ 4 = £747.00"),
        (BILL, "What is the total?", "and what is it on Monday?", "?"),
        (DENTIST, "An welchem Tag ist mein Termin?", "und um wie viel Uhr?", "15:30 Uhr"),
        (DENTIST, "An welchem Tag ist mein Termin?", "und wo?", "?"),
        (DENTIST, "An welchem Tag ist mein Termin?", "und was kostet das?", "?"),
        (DENTIST, "An welchem Tag ist mein Termin?", "7 * 6", "7 × 6 = 42"),
        (BILL, "How much is the double room?", "parking", "£8.00"),
        (RECEIPT, "How much were the gyoza?", "so what's one portion?", "£19.50 ÷ 3 = £6.50"),
        (RECEIPT, "How much were the gyoza?", "how many is that?", "3"),
        (RECEIPT, "How much were the gyoza?", "and two of those?", "?"),
    ],
)
def test_what_leans_on_an_answer(shown: Source, before: str, question: str, answer: str) -> None:
    assert told(shown, before, question) == answer


def test_amounts_that_were_answered_one_after_the_other() -> None:
    both = ("How much is the coffee?", "and the cake?", "how much is that together?")
    assert told(CAFE, *both) == "2.90 + 4.50 = 7.40"
    assert told(CAFE, both[0], "how much is that together?") == "?"


def test_one_cell_after_the_other() -> None:
    asked = ("How much is the sander per day?", "and the whole weekend?", "and the mixer?")
    assert told(HIRE, *asked) == "£46.00"
    assert told(HIRE, *asked, "and the steamer?") == "£24.00"


def test_what_got_no_answer_is_leant_on_too() -> None:
    assert told(CAFE, "How much is the coffee?", "and the juice?", "and with oat milk?") == "?"


def test_the_source_of_the_answer_before_unless_another_is_named() -> None:
    inn = lines("Hilltop Hotel\nCoffee 3.40\nSoup 6.10", "hilltop.png")
    coffee = "How much is the oat milk?", "and the coffee?"
    assert told(CAFE, *coffee, others=(inn,)) == "2.90"
    assert told(CAFE, *coffee, "and at the hotel?", others=(inn,)) == "3.40"
    assert told(CAFE, *coffee, "and the soup?", others=(inn,)) == "?"
    whole = "How much is the oat milk?", "What does the coffee cost?"
    assert told(inn, *whole, others=(CAFE,)) == "2.90"
    assert told(inn, "What does the coffee cost?", others=(CAFE,)) == "3.40"
    assert told(inn, "What does the coffee cost at the harbour?", others=(CAFE,)) == "2.90"


def test_cites_what_a_sum_is_made_of() -> None:
    prompt = Prompt("with parking?", (BILL,), (Exchange("How much is the double room?", "£94.00"),))
    events = list(BuiltInWriter().write(prompt, Cancellation()))
    cited = {event.citation.text for event in events if isinstance(event, Cited)}
    assert cited == {"Double room £94.00", "Parking £8.00 per night"}


def test_a_refusal_shows_what_its_own_words_find() -> None:
    prompt = Prompt("and is it blue?", (HIRE,), (Exchange("How much is the sander?", "£38.00"),))
    (declined,) = BuiltInWriter().write(prompt, Cancellation())
    assert isinstance(declined, Declined)
    assert any("blue" in near.text for near in declined.closest)
