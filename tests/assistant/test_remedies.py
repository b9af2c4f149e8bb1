"""What somebody is told to do when nobody answers."""

from dataclasses import replace

import pytest

from nearling.assistant.capacity import Needs, Size
from nearling.assistant.remedies import cannot_answer
from nearling.assistant.routing import Rules, choose_route
from nearling.core.conversation import Mode
from nearling.core.events import Declined
from nearling.core.media import Medium
from nearling.core.writers import Zone
from scripted.engines import citation, profile

NEEDS = Needs(frozenset({Medium.TEXT}), Size(900, 900))
SMALL = profile("smol", tier=1, context_length=1000)
QUOTING = profile("quoting")
OFFICE = profile("office/large", Zone.CLOUD, tier=3)
ADD = "Ask a model elsewhere, once you have seen what would leave. Add one: nearling endpoints add"
USUAL = Rules()
ALLOW = "Allow a place beyond this computer for this question."


def told(*profiles, rules=USUAL, declined=()):
    route = choose_route(
        NEEDS, profiles, rules, {profile.id for profile in profiles[: len(declined)]}
    )
    return cannot_answer(route, declined, rules, profiles)


def test_who_has_no_endpoint_is_told_of_them_where_one_would_help():
    end = told(SMALL)
    assert end.reasons == ("smol holds 1,000 tokens; this needs 1,412.",)
    assert end.remedies == (ADD,)
    assert told().remedies == (ADD,)


def test_what_others_advised_comes_first_and_is_said_once():
    near, nearer = (citation(text) for text in ("Total", "Change"))
    declined = (
        Declined("Nothing here says it.", (near,), ("Attach a picture.", "Add a model.")),
        Declined("It was lost.", (nearer,), ("Add a model.",)),
    )
    end = told(QUOTING, profile("lost"), declined=declined)
    assert end.reasons == ("Nothing here says it.", "It was lost.")
    assert end.remedies == ("Attach a picture.", "Add a model.", ADD)
    assert end.closest == (nearer,)


def test_a_place_that_could_answer_is_offered_to_be_allowed():
    assert told(SMALL, OFFICE).remedies == (ALLOW,)
    assert told(SMALL, OFFICE, rules=Rules(mode=Mode.HERE)).remedies == (ALLOW,)


@pytest.mark.parametrize(
    ("profiles", "rules"),
    [
        ((SMALL,), Rules(mode=Mode.HERE)),
        ((SMALL,), Rules(only="smol")),
        ((SMALL,), Rules(only="missing")),
        ((SMALL, replace(OFFICE, context_length=100)), Rules(zones=frozenset(Zone))),
        ((SMALL, replace(OFFICE, context_length=100)), Rules()),
    ],
    ids=[
        "all stays here",
        "one model",
        "one that is missing",
        "endpoints too small",
        "not allowed",
    ],
)
def test_nothing_is_advised_that_would_not_help(profiles, rules):
    assert told(*profiles, rules=rules).remedies == ()
