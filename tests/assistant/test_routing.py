"""The router's promises, over any writers and any rules."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nearling.assistant.capacity import Needs, Size, obstacle
from nearling.assistant.routing import Preference, Rules, Unroutable, choose_route
from nearling.core.conversation import Route
from nearling.core.media import Medium
from nearling.core.writers import Price, Speed, Zone
from scripted.engines import profile

prices = st.none() | st.builds(Price, st.integers(0, 10**7), st.integers(0, 10**7))
speeds = st.none() | st.builds(Speed, st.floats(1, 1000), st.floats(1, 1000))
media = st.frozensets(st.sampled_from(Medium))
writers = st.lists(
    st.builds(
        profile,
        id=st.text("abc", min_size=1, max_size=3),
        zone=st.sampled_from(Zone),
        accepts=media,
        context_length=st.integers(0, 5000),
        tier=st.integers(0, 3),
        price=prices,
        speed=speeds,
    ),
    max_size=6,
    unique_by=lambda writer: writer.id,
)
needs = st.builds(Needs, media, st.integers(0, 5000).map(lambda tokens: Size(tokens, tokens)))
rules = st.builds(
    Rules,
    zones=st.frozensets(st.sampled_from(Zone)),
    patience_seconds=st.floats(0.1, 1000),
    preference=st.sampled_from(Preference),
    budget=st.integers(0, 10**6),
)


def chosen(route, profiles):
    return next(profile for profile in profiles if profile.id == route.writer)


@given(needs, writers, rules)
def test_never_a_zone_that_is_not_allowed_and_never_over_budget(needs, profiles, rules):
    route = choose_route(needs, profiles, rules)
    if isinstance(route, Route):
        assert route.zone in rules.zones
        assert route.zone is chosen(route, profiles).zone
        assert route.predicted_price is None or route.predicted_price <= rules.budget


@given(needs, writers, rules)
def test_the_writer_can_take_it(needs, profiles, rules):
    route = choose_route(needs, profiles, rules)
    if isinstance(route, Route):
        assert obstacle(needs, chosen(route, profiles)) is None


@given(needs, writers, rules)
def test_the_nearest_useful_zone_wins(needs, profiles, rules):
    route = choose_route(needs, profiles, rules)
    if isinstance(route, Route):
        for profile_ in profiles:
            alone = choose_route(needs, [profile_], rules)
            if isinstance(alone, Route) and alone.zone.distance < route.zone.distance:
                assert alone.predicted_seconds > rules.patience_seconds


@given(needs, writers, rules)
def test_never_dearer_than_the_preference_allows(needs, profiles, rules):
    rules = replace(rules, preference=Preference.CHEAPEST, patience_seconds=1e9)
    route = choose_route(needs, profiles, rules)
    if isinstance(route, Route):
        rivals = [choose_route(needs, [profile_], rules) for profile_ in profiles]
        costs = [r.predicted_price for r in rivals if isinstance(r, Route) and r.zone is route.zone]
        known = [cost for cost in costs if cost is not None]
        assert route.predicted_price == (min(known) if known else None)


@given(needs, writers, rules, st.randoms())
def test_the_same_inputs_give_the_same_route(needs, profiles, rules, random):
    shuffled = random.sample(profiles, len(profiles))
    assert choose_route(needs, profiles, rules) == choose_route(needs, shuffled, rules)


@given(needs, writers, rules, st.sampled_from(Zone), st.integers(0, 10**6))
def test_a_more_permissive_setting_removes_no_possibility(needs, profiles, rules, zone, more):
    wider = replace(rules, zones=rules.zones | {zone}, budget=rules.budget + more)
    if isinstance(choose_route(needs, profiles, rules), Route):
        assert isinstance(choose_route(needs, profiles, wider), Route)


@given(needs, writers, rules)
def test_who_declined_is_not_asked_again(needs, profiles, rules):
    declined: list[str] = []
    while isinstance(route := choose_route(needs, profiles, rules, declined), Route):
        assert route.writer not in declined
        declined.append(route.writer)
    assert len(declined) <= len(profiles)


def test_the_reasons_name_every_writer():
    verdict = choose_route(
        Needs(frozenset({Medium.PICTURE}), Size(10, 10)),
        [profile("blind"), profile("far", Zone.CLOUD, accepts=frozenset(Medium))],
        Rules(),
    )
    assert isinstance(verdict, Unroutable)
    assert [reason.split()[0] for reason in verdict.reasons] == ["blind", "far"]
    assert verdict.zones_beyond == {Zone.CLOUD}


def test_a_context_that_is_too_short_is_said_in_tokens():
    assert "1,000 tokens" in obstacle(
        Needs(frozenset({Medium.TEXT}), Size(900, 900)), profile("small", context_length=1000)
    )


def test_only_one_model_when_it_was_named():
    both = [profile("a"), profile("b")]
    route = choose_route(Needs(frozenset({Medium.TEXT}), Size(1, 1)), both, Rules(only="b"))
    assert route.writer == "b"


def test_who_quotes_is_asked_before_a_small_model_where_there_is_something_to_quote():
    writers = [profile("quoting"), profile("small", tier=1), profile("large", tier=2)]
    size = Size(1, 1)
    nothing = Needs(frozenset({Medium.TEXT}), size)
    something = Needs(frozenset({Medium.TEXT}), size, sources=True)
    order = []
    while isinstance(route := choose_route(something, writers, Rules(), order), Route):
        order.append(route.writer)
    assert order == ["large", "quoting", "small"]
    assert choose_route(nothing, writers[:2], Rules()).writer == "small"
    assert choose_route(something, writers, Rules(preferred="small")).writer == "small"
