"""Writes the table in docs/routing.md: situations, and what the router makes of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nearling.assistant.capacity import Needs, Size
from nearling.assistant.remedies import cannot_answer
from nearling.assistant.routing import Preference, Rules, Unroutable, choose_route
from nearling.assistant.surroundings import UNHINDERED, Surroundings
from nearling.core.conversation import Mode
from nearling.core.events import Declined
from nearling.core.media import Medium
from nearling.core.writers import Price, Speed, WriterProfile, Zone
from nearling.engines.registry import WRITERS

PAGE = Path(__file__).with_name("routing.md")
BEGIN, END = "<!-- table: written by docs/make_routing.py -->", "<!-- end of table -->"

TEXT = frozenset({Medium.TEXT})
QUESTION = Needs(TEXT, Size(600, 600))
LONG = Needs(TEXT, Size(20_000, 9_000))

(BUILT_IN,) = (row.profile for row in WRITERS)
SMALL = WriterProfile(
    "small", "small", Zone.COMPUTER, TEXT, 4_096, tier=1, speed=Speed(400.0, 30.0)
)
SLOW = replace(SMALL, id="slow", name="slow", tier=3, speed=Speed(40.0, 3.0))
HEAVY = replace(SMALL, id="heavy", name="heavy", tier=3, speed=None, memory=5_200_000_000)
ATTIC = WriterProfile(
    "attic/medium", "attic/medium", Zone.NETWORK, TEXT, 32_768, tier=3, over_network=True
)
LOOPBACK = replace(ATTIC, id="here/medium", name="here/medium", over_network=False)
OFFICE = WriterProfile(
    "office/large",
    "office/large",
    Zone.CLOUD,
    TEXT,
    128_000,
    tier=3,
    price=Price(2_000_000, 8_000_000),
    speed=Speed(4_000.0, 60.0),
    answer_tokens=1_024,
    over_network=True,
)
LAB = replace(
    OFFICE, id="lab/quick", name="lab/quick", tier=2, speed=Speed(9_000.0, 300.0), order=1
)
THRIFT = replace(
    LAB, id="thrift/mini", name="thrift/mini", price=Price(100_000, 400_000), speed=None
)
UNPRICED = replace(OFFICE, id="club/large", name="club/large", price=None)

HERE = Rules()
ANYWHERE = Rules(zones=frozenset(Zone))
CLOUD = Rules(zones=frozenset({Zone.COMPUTER, Zone.CLOUD}))
LOW = Surroundings(battery=9.0, plugged=False)


@dataclass(frozen=True)
class Case:
    told: str
    writers: tuple[WriterProfile, ...]
    rules: Rules = ANYWHERE
    needs: Needs = QUESTION
    surroundings: Surroundings = UNHINDERED
    declined: tuple[WriterProfile, ...] = ()

    def outcome(self) -> tuple[str, str, str]:
        """Who answers, whether the person is asked before, and what is said."""
        gone = [each.id for each in self.declined]
        route = choose_route(self.needs, self.writers, self.rules, gone, self.surroundings)
        if not isinstance(route, Unroutable):
            return f"`{route.writer}`", "yes" if route.asks else "no", route.reason
        declined = [Declined(f"(What {each.name} says.)") for each in self.declined]
        end = cannot_answer(route, declined, self.rules, self.writers)
        advice = (f"*{remedy}*" for remedy in end.remedies)
        return "nobody", "–", "<br>".join((*end.reasons, *advice))


SECTIONS = {
    "The nearest that is good enough": (
        Case("a small model here", (BUILT_IN, SMALL)),
        Case("the built-in writer is not sure", (BUILT_IN, SMALL), declined=(BUILT_IN,)),
        Case("all could answer", (SMALL, ATTIC, OFFICE)),
        Case("too long for the model here", (SMALL, ATTIC, OFFICE), needs=LONG),
        Case("the same without a server of one’s own", (SMALL, OFFICE), needs=LONG),
        Case("nobody is nearer", (OFFICE,)),
    ),
    "What this computer has to spare": (
        Case("slow here, a server of one’s own", (SLOW, ATTIC)),
        Case("slow here, nothing else allowed", (SLOW, ATTIC), HERE),
        Case("five programs want each core", (SMALL, ATTIC), surroundings=Surroundings(load=5.0)),
        Case(
            "memory too full",
            (HEAVY, ATTIC),
            surroundings=Surroundings(free_memory=4_000_000_000),
        ),
        Case("battery low, a server of one’s own", (SMALL, ATTIC), surroundings=LOW),
        Case("battery low, nothing else", (SMALL,), surroundings=LOW),
        Case("battery low, all there", (BUILT_IN, SMALL, ATTIC), surroundings=LOW),
    ),
    "What is allowed": (
        Case("only this computer, as long as nothing is said", (SMALL, OFFICE), HERE, LONG),
        Case("the same without any endpoint", (SMALL,), HERE, LONG),
        Case(
            "*On this computer*, or marked to stay here",
            (SMALL, OFFICE),
            replace(ANYWHERE, mode=Mode.HERE),
            LONG,
        ),
        Case("the network is not allowed", (SMALL, ATTIC, OFFICE), CLOUD, LONG),
        Case(
            "a larger model was asked for",
            (SMALL, ATTIC, OFFICE),
            replace(ANYWHERE, without=frozenset({Zone.COMPUTER})),
        ),
        Case("one was named", (SMALL, OFFICE), replace(ANYWHERE, only="office/large")),
        Case("one was named that is not there", (SMALL,), replace(ANYWHERE, only="gone")),
        Case("one is preferred", (OFFICE, LAB), replace(ANYWHERE, preferred="lab/quick")),
    ),
    "Among several of one place": (
        Case("the best", (OFFICE, LAB, THRIFT)),
        Case(
            "the fastest", (OFFICE, LAB, THRIFT), replace(ANYWHERE, preference=Preference.FASTEST)
        ),
        Case(
            "the cheapest", (OFFICE, LAB, THRIFT), replace(ANYWHERE, preference=Preference.CHEAPEST)
        ),
        Case("a price nobody knows is no low one", (UNPRICED, OFFICE)),
        Case(
            "alike: as the person sorted them",
            (replace(OFFICE, order=2), replace(OFFICE, id="z/large")),
        ),
    ),
    "Ways that are closed": (
        Case("offline", (ATTIC, OFFICE), surroundings=Surroundings(offline=True)),
        Case(
            "offline, a server on this computer",
            (LOOPBACK,),
            surroundings=Surroundings(offline=True),
        ),
        Case(
            "an endpoint failed again and again",
            (OFFICE, LAB),
            surroundings=Surroundings(broken={"office": "It did not answer three times in a row."}),
        ),
        Case("dearer than what is left", (OFFICE,), replace(ANYWHERE, budget=1_000)),
    ),
    "Consent": (
        Case("*Ask before cloud*", (OFFICE,)),
        Case(
            "*Cloud when needed*, agreed, price known",
            (OFFICE,),
            replace(ANYWHERE, mode=Mode.NEEDED, agreed=frozenset({"office"})),
        ),
        Case(
            "*Cloud when needed*, not agreed for this one",
            (OFFICE,),
            replace(ANYWHERE, mode=Mode.NEEDED),
        ),
        Case(
            "*Cloud when needed*, agreed, price not known",
            (UNPRICED,),
            replace(ANYWHERE, mode=Mode.NEEDED, agreed=frozenset({"club"})),
        ),
    ),
    "Nobody": (
        Case("no model at all", ()),
        Case("everybody declined", (BUILT_IN,), HERE, declined=(BUILT_IN,)),
    ),
}


def make_table() -> str:
    return "\n\n".join("\n".join(_section(*each)) for each in SECTIONS.items())


def _section(title: str, cases: Iterable[Case]) -> Iterator[str]:
    yield from (
        f"### {title}",
        "",
        "| situation | who is there | who answers | asks | what is said |",
    )
    yield "|---|---|---|---|---|"
    for case in cases:
        there = ", ".join(f"`{each.id}`" for each in case.writers) or "nobody"
        yield "| " + " | ".join((case.told, there, *case.outcome())) + " |"


def with_table(page: str) -> str:
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n\n{make_table()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    os.environ["NEARLING_LANGUAGE"] = "en"
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
