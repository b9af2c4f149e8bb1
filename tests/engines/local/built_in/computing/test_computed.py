"""What is computed to the letter, what is refused with its reason, and what is none of it."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from subprocess import run
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearling.core.cancellation import Cancellation
from nearling.core.events import Declined
from nearling.core.means import Means
from nearling.core.prompt import Prompt
from nearling.engines.local.built_in import computing
from nearling.engines.local.built_in.computing.computed import computed
from nearling.engines.local.built_in.reply import Reply
from nearling.engines.local.built_in.shapes import Shapes
from scripted.readings import page

SHOWN = page("Corner Shop", "Total 3.96")


def compute(question, *sources):
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return computed(Prompt(question, sources), Cancellation(), lambda: noon)


TAKEN = {
    # numbers
    "12*(3+4)": "12 × (3 + 4) = 84",
    "2 + 3 * 4": "2 + 3 × 4 = 14",
    "What is 17.5 * 4?": "17.5 × 4 = 70",
    "What's 144/12?": "144 ÷ 12 = 12",
    "12 : 4": "12 ÷ 4 = 3",
    "7 x 8": "7 × 8 = 56",
    "Was ist 7 mal 8?": "7 × 8 = 56",
    "100 geteilt durch 8": "100 ÷ 8 = 12,5",
    "calculate 10 divided by 3": "10 ÷ 3 ≈ 3.3333333333",
    "2^10": "2^10 = 1024",
    "2 hoch 8": "2^8 = 256",
    "what is 2^3^2": "2^3^2 = 512",
    "-2^2 + 1": "-2^2 + 1 = -3",
    "square root of 144": "√144 = 12",
    "Wurzel aus 2": "√2 ≈ 1,4142135624",
    "0.1+0.2": "0.1 + 0.2 = 0.3",
    "1.234,50 + 2": "1234,50 + 2 = 1236,50",
    "1,234,567 + 1": "1234567 + 1 = 1234568",
    "what's 3.125 * 8": "3.125 × 8 = 25",
    "Was ist 3,125 mal 8": "3,125 × 8 = 25",
    "3 * 4 = ?": "3 × 4 = 12",
    "1000000 * 1000000": "1000000 × 1000000 = 1000000000000",
    "(80 + 20) * 15%": "(80 + 20) × 15 % = 15",
    "half of 250": "250 ÷ 2 = 125",
    "three quarters of 80": "80 × 3 ÷ 4 = 60",
    "1.5 million divided by 12": "1.5 × 1000000 ÷ 12 = 125000",
    # told with a story
    "12 tickets at £8.50 each": "12 × 8.50 = 102",
    "how much are 6 chairs at 49.99": "6 × 49.99 = 299.94",
    "3 Flaschen zu je 1,19 Euro": "3 × 1,19 = 3,57",
    "12.50 an hour for 38 hours": "12.50 × 38 = 475",
    "60 Euro im Monat, wie viel im Jahr?": "60 × 12 = 720",
    "jacket was 129, now 30% off, what do I pay": "129 × 30 % = 38.70\n129 - 38.70 = 90.30",
    "Jacke kostet 120 Euro, 20 % Rabatt, was zahle ich?": "120 × 20 % = 24\n120 - 24 = 96",
    "bill is 84, add a 10% tip": "84 × 10 % = 8.40\n84 + 8.40 = 92.40",
    "rent went from 840 to 903, how many percent up": "(903 - 840) ÷ 840 = 7.5 %",
    "220 celsius in fahrenheit for the oven": "220 °C = 428 °F",
    "leave at 7:20, takes 1 h 50, when do I arrive?": "07:20 + 1 h 50 min = 09:10",
    "von 8:40 bis 17:15 mit 45 Minuten Pause, wie lange ist das":
        "08:40 → 17:15 = 8 h 35 min\n8 h 35 min - 45 min = 7 h 50 min",
    # days that are named, or come every year
    "how many days till christmas eve": "2026-11-22 (Sunday) → 2026-12-24 (Thursday) = 32 days "
        "(33 days if both ends are counted)",
    "how many days until 3 January": "2026-11-22 (Sunday) → 2027-01-03 (Sunday) = 42 days "
        "(43 days if both ends are counted)",
    "what day is christmas 2027": "2027-12-25 (Saturday)",
    # shares
    "15% tip on 48.60": "48.60 × 15 % = 7.29\n48.60 + 7.29 = 55.89",
    "$48.60 plus 15% tip": "48.60 × 15 % = 7.29\n48.60 + 7.29 = 55.89",
    "10 % Trinkgeld auf 35 €": "35 × 10 % = 3,50\n35 + 3,50 = 38,50",
    "120 plus 19 % Mehrwertsteuer": "120 × 19 % = 22.80\n120 + 22.80 = 142.80",
    "what is 20% off 89.99": "89.99 × 20 % ≈ 18.00\n89.99 - 18.00 ≈ 71.99",
    "89,99 € minus 20 % Rabatt": "89,99 × 20 % ≈ 18,00\n89,99 - 18,00 ≈ 71,99",
    "Wie viel sind 15 Prozent von 80?": "80 × 15 % = 12",
    "what is 7.5% of 12": "12 × 7.5 % = 0.9",
    "split 84.60 among 4": "84.60 ÷ 4 = 21.15",
    "Split 90 euros between three people": "90 ÷ 3 = 30",
    "split 100 among 3": "100 ÷ 3 ≈ 33.33 (0.01 is left over)",
    "split 84.60 plus 10% tip among 4 people":
        "84.60 × 10 % = 8.46\n84.60 + 8.46 = 93.06\n93.06 ÷ 4 ≈ 23.27 (0.02 too much in all)",
    "Teile 90 durch 4 Personen": "90 ÷ 4 = 22,50",
    "how much VAT is in 119 at 19%": "119 ÷ 1.19 = 100 without the tax\n119 - 100 = 19 tax",
    "Wie viel Mehrwertsteuer ist in 119 € bei 19 % enthalten?":
        "119 ÷ 1,19 = 100 without the tax\n119 - 100 = 19 tax",
    "what percent is 12 of 80": "12 ÷ 80 = 15 %",
    "Wie viel Prozent sind 12 von 80?": "12 ÷ 80 = 15 %",
    "percent change from 80 to 100": "(100 - 80) ÷ 80 = 25 %",
    "average of 3, 5 and 10": "3 + 5 + 10 = 18\n18 ÷ 3 = 6",
    "Summe von 2,5; 3,5 und 4": "2,5 + 3,5 + 4 = 10",
    "How much is a 15% tip on a $48.60 bill?": "48.60 × 15 % = 7.29\n48.60 + 7.29 = 55.89",
    "Was kostet ein Artikel für 79,90 Euro mit 30 % Rabatt?":
        "79,90 × 30 % = 23,97\n79,90 - 23,97 = 55,93",
    "split $84.60 four ways": "84.60 ÷ 4 = 21.15",
    "Wie viel zahlt jeder, wenn 4 Personen 84,60 € teilen?": "84,60 ÷ 4 = 21,15",
    "What is the VAT on 100 at 20%?": "100 × 20 % = 20\n100 + 20 = 120",
    "Netto von 119 Euro bei 19 %": "119 ÷ 1,19 = 100 without the tax\n119 - 100 = 19 tax",
    "decrease 250 by 10%": "250 × 10 % = 25\n250 - 25 = 225",
    "By what percent is 120 more than 100?": "(120 - 100) ÷ 100 = 20 %",
    # units
    "How tall is 5'11\" in cm": "1 ft = 30.48 cm\n5 ft 11 in = 180.34 cm",
    "3 EL in ml": "1 tbsp (15 ml) = 15 ml\n3 tbsp (15 ml) = 45 ml",
    "5 miles in km": "1 mi = 1.609344 km\n5 mi = 8.04672 km",
    "Wie viele Kilometer sind 5 Meilen?": "1 mi = 1,609344 km\n5 mi = 8,04672 km",
    "convert 100 F to celsius": "100 °F ≈ 37.7778 °C",
    "Was sind 20 Grad Celsius in Fahrenheit?": "20 °C = 68 °F",
    "-40 f in c": "-40 °F = -40 °C",
    "0 C in K": "0 °C = 273.15 K",
    "5'10\" in cm": "1 ft = 30.48 cm\n5 ft 10 in = 177.8 cm",
    "how many feet are in a mile": "1 mi = 5280 ft",
    "1 GiB in MiB": "1 GiB = 1024 MiB",
    "2 GB in MB": "1 GB = 1000 MB\n2 GB = 2000 MB",
    "100 Mbit/s in MB/s": "1 Mbit/s = 0.125 MB/s\n100 Mbit/s = 12.5 MB/s",
    "30 US mpg in l/100 km": "30 mpg (US) ≈ 7.84049 l/100 km",
    "6 l/100km in uk mpg": "6 l/100 km ≈ 47.0802 mpg (UK)",
    "1,5 l in ml": "1 l = 1000 ml\n1,5 l = 1500 ml",
    "1 h 30 min in minutes": "1 h = 60 min\n1 h 30 min = 90 min",
    "100 km/h in mph": "1 km/h ≈ 0.621371 mph\n100 km/h ≈ 62.1371 mph",
    # dates
    "how many days between 2026-01-01 and 2026-03-01":
        "2026-01-01 (Thursday) → 2026-03-01 (Sunday) = 59 days (60 days if both ends are counted)",
    "days between 1 Feb 2024 and 1 Mar 2024":
        "2024-02-01 (Thursday) → 2024-03-01 (Friday) = 29 days (30 days if both ends are counted)",
    "Wie viele Tage sind es bis zum 24.12.2026?":
        "2026-11-22 (Sunday) → 2026-12-24 (Thursday) = 32 days (33 days if both ends are counted)",
    "30 days after 2026-01-31": "2026-01-31 (Saturday) + 30 days = 2026-03-02 (Monday)",
    "what date is 3 months before 31 May 2026":
        "2026-05-31 (Sunday) - 3 months = 2026-02-28 (Saturday)",
    "1 month after 2024-01-31": "2024-01-31 (Wednesday) + 1 month = 2024-02-29 (Thursday)",
    "90 Tage nach dem 22.11.2026": "2026-11-22 (Sunday) + 90 days = 2027-02-20 (Saturday)",
    "2026-11-22 + 90 days": "2026-11-22 (Sunday) + 90 days = 2027-02-20 (Saturday)",
    "what day of the week is 24 December 2026": "2026-12-24 (Thursday)",
    "Was für ein Tag war der 9. November 1989?": "1989-11-09 (Thursday)",
    "week number of 2027-01-01": "2027-01-01 (Friday): week 53 of 2026 (ISO 8601)",
    "how old is someone born 3 May 1990":
        "1990-05-03 (Thursday) → 2026-11-22 (Sunday)\n36 years, 6 months, 19 days",
    "is 2100 a leap year": "No: 2100 can be divided by 100 and not by 400.",
    "Ist 2024 ein Schaltjahr?": "Yes: 2024 is a leap year.",
    "how many days are in February 2028": "February 2028: 29 days",
    "subtract 10 days from 2026-03-05": "2026-03-05 (Thursday) - 10 days = 2026-02-23 (Monday)",
    # clocks and zones
    "How long is a meeting from 13:45 to 15:10?": "13:45 → 15:10 = 1 h 25 min",
    "what time is 15:00 UTC in New York":
        "2026-11-22 15:00 UTC (UTC+0) = 2026-11-22 10:00 New York (UTC-5)",
    "1h45 + 2h30": "1 h 45 min + 2 h 30 min = 4 h 15 min",
    "2 hours 10 minutes minus 45 minutes": "2 h 10 min - 45 min = 1 h 25 min",
    "how long is it from 9:15 to 17:40": "09:15 → 17:40 = 8 h 25 min",
    "from 9:15 am to 5:40 pm": "09:15 → 17:40 = 8 h 25 min",
    "von 9:15 bis 17:40": "09:15 → 17:40 = 8 h 25 min",
    "from 22:00 to 6:00": "22:00 → 06:00 = 8 h (to the next day)",
    "how long from 9:15 to 17:40 minus 30 min break":
        "09:15 → 17:40 = 8 h 25 min\n8 h 25 min - 30 min = 7 h 55 min",
    "45 minutes after 9:15": "09:15 + 45 min = 10:00",
    "2 hours before 1:00": "01:00 - 2 h = 23:00 (the day before)",
    "90 Minuten nach 14:20": "14:20 + 1 h 30 min = 15:50",
    "what time is it in Tokyo": "2026-11-22 21:00 Tokyo (UTC+9)",
    "Wie spät ist es in New York?": "2026-11-22 07:00 New York (UTC-5)",
    "what time is it in Tokyo when it's 3 pm in New York on 2026-07-01":
        "2026-07-01 15:00 New York (UTC-4) = 2026-07-02 04:00 Tokyo (UTC+9)",
    "15:00 Berlin time in Mumbai":
        "2026-11-22 15:00 Berlin (UTC+1) = 2026-11-22 19:30 Mumbai (UTC+5:30)",
    "Wie spät ist es in Tokio, wenn es in Berlin 15 Uhr ist?":
        "2026-11-22 15:00 Berlin (UTC+1) = 2026-11-22 23:00 Tokio (UTC+9)",
}  # fmt: skip


@pytest.mark.parametrize(("question", "expected"), TAKEN.items())
def test_computes(question, expected):
    reply = compute(question)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.means, reply.citations) == (expected, Means.COMPUTED, ())


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("9**9**9", "too large"),
        ("10^1000", "too large"),
        ("1/0", "divided by zero"),
        ("sqrt(-4)", "no result"),
        ("what is 1,234 + 5", "1234 or 1.234"),
        ("Was ist 1.234 mal 2?", "1234 or 1.234"),
        ("119 minus 19% MwSt", "100 without the tax"),
        ("split 80 among 2.5 people", "whole number"),
        ("30 mpg in l/100km", "9.41603"),
        ("10 gallons in litres", "37.8541"),
        ("5 Pfund in kg", "2.5 kg"),
        ("10 tons in kg", "9071.8474"),
        ("20 euros to dollars", "Exchange rates"),
        ("5 kg in km", "different things"),
        ("days between 03/04/2026 and 2026-05-01", "2026-04-03 or 2026-03-04"),
        ("what day is 31 February 2026", "no day"),
        ("how old is someone born on 29 February 2000 on 28 February 2026", "29 February"),
        ("9:15 to 5:40", "8 h 25 min or 20 h 25 min"),
        ("how long is it from 9:75 to 17:40", "no time"),
        ("2:30 in Berlin on 2026-03-29 in London", "put forward"),
        ("2:30 in Berlin on 2026-10-25 in London", "twice"),
        ("(" * 45 + "1" + "+1)" * 45, "brackets"),
        ("1" * 50 + " + 1", "too long"),
    ],
)
def test_refuses_with_the_reason(question, why):
    declined = compute(question)
    assert isinstance(declined, Declined)
    assert why in declined.reason


@pytest.mark.parametrize(
    "question",
    [
        "How much is the total?",
        "What is 5?",
        "What is the total minus 10%?",
        "15% tip on the total",
        "555-1234",
        "030/1234567",
        "+49 341 555 12 80",
        "1.2.3",
        "what is 192.168.0.1/24",
        "24/7",
        "What is 24/7 support?",
        "R 2026-118",
        "2026-11-22",
        "22.11.2026",
        "03/04/2026",
        "12:30",
        "9:15 - 17:40",
        "in 30 days",
        "(2+3",
        "2 + ",
        "* 4",
        "What is in 5 km?",
        "How many km is it to Leipzig?",
        "Which platform for Leipzig?",
        "How many days is the ticket valid?",
        "When is it due?",
        "How long is the warranty?",
        "Wie lange ist geöffnet?",
        "Wie viel kostet die Milch?",
        "what time is it on the ticket",
        "What time is it in the picture?",
        "What time does the train to Hamburg leave?",
        "how many days until the next meeting",
        "300 minus 20 %, how much is that per person",
        "Which of the 5 rooms at 84 is free?",
        "half of the guests",
        "how old is Ellen",
        "What day is the concert?",
        "how many words does the letter have",
        "how many sentences did the judge pass",
        "5 km",
        "3 m",
        "eval(2+2)",
        "__import__('os')",
        "what is the square root of it",
        "20% discount",
        "Is there a 20% discount?",
        "What does 15% mean here?",
        "split the bill among 4",
        "Hello!",
        "",
        "?",
        "What is love?",
        "How many people are 4 of us?",
        "translate 5 miles",
        "which week is it",
        "ISBN 978-3-16-148410-0",
        "What is 978-3-16-148410-0?",
        "A4",
        "4 x 100 g",
        "Seat 12 + 13",
        "What is C++?",
        "convert it to euros",
    ],
)
def test_is_not_asked_to_compute(question):
    assert compute(question, SHOWN) is None


def test_every_unit_of_the_table_is_known():
    """Whatever it measures: one of a length, a mass and a time is something else."""
    lines = Shapes(Path(computing.__file__).with_name("units.txt")).lines("names")
    table = [names.split(", ") for _unit, names in lines]
    assert len(table) > 80
    for names in table:
        for name in names:
            said = [compute(f"2 {name} in {other}") for other in ("nmi", "milligram", "weeks")]
            assert any(isinstance(each, Declined) for each in said), name
            assert all(isinstance(each, Reply | Declined | None) for each in said)


def test_a_tight_slash_is_a_division_only_where_there_is_nothing_else_to_ask_about():
    assert compute("10/3").text == "10 ÷ 3 ≈ 3.3333333333"
    assert compute("10/3", SHOWN) is None


def test_counts_a_text_in_the_question():
    reply = compute("How many words are in this text: The quick brown fox. It jumps!")
    assert reply.text.splitlines()[:5] == [
        "6 words", "23 letters", "30 characters with blanks", "2 sentences", "1 line"
    ]  # fmt: skip
    assert compute('how many letters in the word "strawberry"').text.splitlines()[1] == "10 letters"
    pasted = compute("Wie viele Wörter hat dieser Text:\nDer Hund bellt.\nDie Katze schläft 3.5 h.")
    assert pasted.text.splitlines()[0] == "8 words"
    assert pasted.text.splitlines()[3:5] == ["2 sentences", "2 lines"]
    assert compute("reading time of this text: " + "word " * 500).text.splitlines()[-1] == (
        "reading time: about 3 minutes (238 words a minute)"
    )


def test_counts_what_is_shown():
    reply = compute("How many words are on this page?", SHOWN)
    assert reply.text.startswith("4 words\n")
    assert reply.means is Means.COUNTED


def test_more_than_a_question_is_no_computation():
    assert compute("1 + 1 " * 200) is None


@given(st.text(alphabet="0123456789.,'+-*/^()% x", max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_expression_breaks_it_or_keeps_it_busy(text):
    started = thread_time()
    assert isinstance(compute(text), Reply | Declined | None)
    assert thread_time() - started < 2


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_question_breaks_it(text):
    assert isinstance(compute(text), Reply | Declined | None)


def test_large_libraries_are_loaded_only_when_asked():
    code = (
        "import sys; from nearling.engines.local.built_in.writer import BuiltInWriter;"
        "assert not {'pint', 'dateutil', 'numpy', 'lxml'} & set(sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0
