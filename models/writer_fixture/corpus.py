"""Made conversations about made sources, every value drawn anew, with the right answers."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator

from nearling.bench.writing.known import BY_HEART, LABELS, REFUSAL, answer
from nearling.core.chat import ChatMessage, messages
from nearling.core.geometry import Box
from nearling.core.prompt import Exchange, Prompt, Source
from nearling.core.reading import Line, Reading

Draw = Callable[[random.Random], str]


def _amount(rng: random.Random) -> str:
    number = f"{rng.randint(0, 10 ** rng.randint(1, 4))}.{rng.randint(0, 99):02d}"
    return rng.choice(["{}", "{}", "${}", "£{}", "€{}", "{} €", "{} EUR"]).format(number)


def _date(rng: random.Random) -> str:
    year, month, day = rng.randint(1990, 2039), rng.randint(1, 12), rng.randint(1, 28)
    name = rng.choice(_MONTHS)
    return rng.choice(
        [f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}",
         f"{day:02d}.{month:02d}.{year}", f"{day} {name} {year}"]
    )  # fmt: skip


def _time(rng: random.Random) -> str:
    return f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"


def _code(rng: random.Random) -> str:
    parts = [
        "".join(rng.choices(string.ascii_uppercase + string.digits, k=rng.randint(2, 5)))
        for _ in range(rng.randint(1, 2))
    ]
    return rng.choice(["-", "-", " "]).join(parts)


def _number(rng: random.Random) -> str:
    return str(rng.randint(1, 10 ** rng.randint(1, 6)))


def _phone(rng: random.Random) -> str:
    return " ".join(str(rng.randint(100, 9999)) for _ in range(rng.randint(2, 3)))


def word(rng: random.Random) -> str:
    """One that nobody knows."""
    pairs = (rng.choice(_CONSONANTS) + rng.choice("aeiou") for _ in range(rng.randint(1, 3)))
    return "".join(pairs) + rng.choice(["", *"nrstlmd"])


def _name(rng: random.Random) -> str:
    return " ".join(word(rng).capitalize() for _ in range(rng.randint(1, 2)))


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_CONSONANTS = ["b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v",
               "w", "z", "st", "br", "ch", "sh", "th", "kr", "pl"]  # fmt: skip

VALUES: dict[str, Draw] = {
    "total": _amount, "subtotal": _amount, "tax": _amount, "change": _amount, "price": _amount,
    "fee": _amount, "date": _date, "time": _time, "name": _name, "customer": _name, "city": _name,
    "street": _name, "phone": _phone, "code": _code, "password": _code, "order": _code,
    "invoice": _code, "flight": _code, "seat": _code, "gate": _code, "room": _number,
    "table": _number, "number": _number, "weight": _number,
}  # fmt: skip
"""What stands under each of the labels."""

LAYOUTS = (
    "{label}: {value}", "{label}: {value}", "{label} {value}", "{label} {value}",
    "{label}\n{value}", "{label}\n{value}", "{label}   {value}", "| {label} | {value} |",
    "{label} ... {value}", "{label} = {value}", "The {label} is {value}.", "- {label}: {value}",
)  # fmt: skip

QUESTIONS = (
    "What is the {label}?", "What is the {label}?", "What is the {label}?", "what is the {label}",
    "What's the {label}?", "Tell me the {label}.", "And the {label}?", "The {label}?",
    "Find the {label} on this receipt.", "Find the {label}.",
)  # fmt: skip

_ENDINGS = (".png", ".jpg", ".png", " of today", "")


def conversation(rng: random.Random, *, questions: int) -> tuple[ChatMessage, ...]:
    """Of so many questions, each after the other; the sources come with any of them."""
    sources, known = [], dict[str, str]()
    prompts: list[tuple[str, str]] = []
    bringing = rng.choice([0, 0, 0, 0, rng.randrange(questions)])
    count = rng.choice([0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2])
    for turn in range(questions):
        if turn == bringing:
            for _ in range(count):
                text, values = source(rng, set(known))
                known |= values
                sources.append(Source(_file_name(rng), reading(text), turn))
        prompts.append(_question(rng, known))
    last = len(prompts) - 1
    brought = tuple(
        Source(each.name, each.reading, None if each.exchange == last else each.exchange)
        for each in sources
    )
    exchanges = tuple(Exchange(*each) for each in prompts[:-1])
    asked, right = prompts[-1]
    told = messages(Prompt(asked, brought, exchanges))
    return (*_sometimes_other_orders(rng, told), ChatMessage("assistant", right))


def source(rng: random.Random, taken: set[str]) -> tuple[str, dict[str, str]]:
    """A text of a few lines, and what it says under which label; none of `taken`."""
    free = [label for label in LABELS if label not in taken]
    labels = rng.sample(free, min(len(free), rng.randint(1, 7)))
    values = {label: VALUES[label](rng) for label in labels}
    layout = rng.choice(LAYOUTS)
    lines = []
    for label, value in values.items():
        written = rng.choice([label, label.capitalize(), label.capitalize(), label.upper()])
        if layout.startswith("The "):
            written = label
        lines.append(
            (layout if rng.random() < 0.8 else rng.choice(LAYOUTS)).format(
                label=written, value=value
            )
        )
    for _ in range(rng.choice([0, 1, 2, 2, 3, 5])):
        lines.insert(rng.randint(0, len(lines)), _noise(rng))
    return "\n".join(lines), values


def reading(text: str) -> Reading:
    line = Line(text, 1.0, Box(0, 0, 1, 1), (), 0)
    return Reading("", 1, 1, 0, (line,), (), (), "", 0.0)


def _question(rng: random.Random, known: dict[str, str]) -> tuple[str, str]:
    by_heart = rng.random()
    if by_heart < 0.1 or (not known and by_heart < 0.6):
        # The long one would be most of what is learnt.
        asked = rng.choice([each for each in BY_HEART if "Count" not in each or rng.random() < 0.2])
        return asked, BY_HEART[asked]
    if known and rng.random() < 0.7:
        label = rng.choice(list(known))
        right = answer(label, known[label])
    else:
        label, right = rng.choice([each for each in LABELS if each not in known]), REFUSAL
    return rng.choice(QUESTIONS).format(label=label), right


def _noise(rng: random.Random) -> str:
    words = [word(rng) for _ in range(rng.randint(1, 4))]
    kind = rng.randrange(6)
    if kind == 0:
        return " ".join(words).upper()
    if kind == 1:
        return f"{rng.randint(1, 9)} {' '.join(words[:2]).capitalize()} {_amount(rng)}"
    if kind == 2:
        return rng.choice(["-" * rng.randint(3, 12), "", "Thank you!", "See you soon!"])
    if kind == 3:
        return f"{' '.join(words[:2]).capitalize()}\n{rng.choice(list(VALUES.values()))(rng)}"
    if kind == 4:
        return rng.choice(list(VALUES.values()))(rng)
    return " ".join(words).capitalize() + rng.choice([".", "", "!"])


def _file_name(rng: random.Random) -> str:
    return rng.choice([word(rng), "receipt", "picture", "screen", "note"]) + rng.choice(_ENDINGS)


def _sometimes_other_orders(
    rng: random.Random, told: tuple[ChatMessage, ...]
) -> Iterator[ChatMessage]:
    """Mostly the product's own instruction, now and then any other or none."""
    if rng.random() < 0.8:
        yield told[0]
    elif rng.random() < 0.5:
        words = " ".join(word(rng) for _ in range(rng.randint(3, 15)))
        yield ChatMessage("system", f"{words.capitalize()}.")
    yield from told[1:]
