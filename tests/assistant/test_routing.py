"""The router's promises, over any writers and any rules."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nearling.assistant.capacity import Needs, Size, obstacle
from nearling.assistant.routing import Preference, Rules, Unroutable, choose_route
from nearling.assistant.surroundings import Surroundings
from nearling.core.conversation import Mode, Route
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


def test_the_built_in_writer_is_asked_before_a_small_model():
    writers = [profile("built-in"), profile("small", tier=1), profile("large", tier=2)]
    needs = Needs(frozenset({Medium.TEXT}), Size(1, 1))
    order = []
    while isinstance(route := choose_route(needs, writers, Rules(), order), Route):
        order.append(route.writer)
    assert order == ["large", "built-in", "small"]
    assert choose_route(needs, writers, Rules(preferred="small")).writer == "small"


TEXT = Needs(frozenset({Medium.TEXT}), Size(900, 900))
EVERYWHERE = Rules(zones=frozenset(Zone))
CPU = Speed(20, 4)  # 900 tokens in and 512 out: 173 seconds
OFFICE = profile("office/large", Zone.CLOUD, tier=3, price=Price(2_000_000, 2_000_000))
ATTIC = profile("attic/middling", Zone.NETWORK, tier=2)


def test_a_model_that_memory_has_no_room_for_is_refused_with_both_numbers():
    model = replace(profile("smol", tier=1), memory=2_000_000_000)
    free = Surroundings(free_memory=2_511_999_999)
    verdict = choose_route(TEXT, [model], Rules(), (), free)
    assert verdict.reasons == ("smol needs 2.6 GB of free memory; 2.5 GB are free.",)
    assert isinstance(
        choose_route(TEXT, [model], Rules(), (), Surroundings(free_memory=2_512_000_000)), Route
    )
    loaded = replace(model, memory=0)
    assert isinstance(choose_route(TEXT, [loaded], Rules(), (), free), Route)


def test_a_low_battery_is_spared_where_somebody_useful_is_beyond():
    model = profile("smol", tier=1)
    low = Surroundings(battery=9.0, plugged=False)
    alone = choose_route(TEXT, [model], Rules(), (), low)
    assert alone.writer == "smol"
    assert alone.reason == "This computer can answer, though the battery is at 9 %."
    beyond = choose_route(TEXT, [model, ATTIC], EVERYWHERE, (), low)
    assert beyond.writer == "attic/middling"
    assert beyond.reason == "Your network can answer. The battery is at 9 %."
    # Who only quotes drains nothing, and is asked before anything leaves.
    quoting = choose_route(TEXT, [model, profile("quoting"), ATTIC], EVERYWHERE, (), low)
    assert quoting.writer == "quoting"
    charging = replace(low, plugged=True)
    assert choose_route(TEXT, [model, ATTIC], EVERYWHERE, (), charging).writer == "smol"


def test_a_busy_computer_takes_longer():
    model = profile("smol", tier=1, speed=Speed(100, 20))
    busy = Surroundings(load=4.0)
    calm = choose_route(TEXT, [model, ATTIC], EVERYWHERE)
    assert (calm.writer, round(calm.predicted_seconds)) == ("smol", 35)
    moved = choose_route(TEXT, [model, ATTIC], EVERYWHERE, (), busy)
    assert moved.writer == "attic/middling"
    assert moved.reason == "Your network can answer. smol may take 138 s."
    stays = choose_route(TEXT, [model], EVERYWHERE, (), busy)
    assert stays.reason == "This computer can answer, though it may take 138 s."


def test_who_cannot_be_reached_is_refused_with_the_reason():
    far = replace(OFFICE, over_network=True)
    offline = choose_route(TEXT, [far], EVERYWHERE, (), Surroundings(offline=True))
    assert offline.reasons == ("office/large cannot be reached: this computer is offline.",)
    assert offline.zones_beyond == frozenset()
    broken = Surroundings(broken={"office": "It failed three times."})
    verdict = choose_route(TEXT, [far], Rules(), (), broken)
    assert verdict.reasons == ("office/large is not asked now: It failed three times.",)
    assert verdict.zones_beyond == frozenset()
    assert choose_route(TEXT, [far, ATTIC], EVERYWHERE, (), broken).writer == "attic/middling"
    # A server of one's own on this computer needs no network that is up.
    own = choose_route(TEXT, [ATTIC], EVERYWHERE, (), Surroundings(offline=True))
    assert own.writer == "attic/middling"


def test_what_leaves_says_why_nobody_nearer_answers():
    small = profile("smol", tier=1, context_length=1000)
    slow = profile("slow", tier=2, speed=CPU)
    quoting = profile("quoting", accepts=frozenset())
    assert choose_route(TEXT, [quoting, small, OFFICE], EVERYWHERE).reason == (
        "Only the cloud can answer. smol holds 1,000 tokens; this needs 1,412."
    )
    assert choose_route(TEXT, [small, slow, OFFICE], EVERYWHERE).reason == (
        "The cloud can answer. slow may take 173 s."
    )
    assert choose_route(TEXT, [OFFICE], EVERYWHERE).reason == "Only the cloud can answer."
    named = replace(EVERYWHERE, only=OFFICE.id)  # whether smol could was not asked
    assert choose_route(TEXT, [small, OFFICE], named).reason == "The cloud can answer."
    both = [OFFICE, replace(OFFICE, id="office/larger")]
    assert choose_route(TEXT, both, EVERYWHERE).reason == (
        "Only the cloud can answer; office/large is the best of 2 there."
    )


def test_a_larger_model_is_looked_for_beyond_this_computer():
    rules = replace(EVERYWHERE, without=frozenset({Zone.COMPUTER}))
    model = profile("smol", tier=1)
    route = choose_route(TEXT, [model, ATTIC], rules)
    assert route.writer == "attic/middling"
    assert route.reason == (
        "Your network is the nearest place that can answer. "
        "smol is left out: a larger model was asked for."
    )
    verdict = choose_route(TEXT, [model], rules)
    assert verdict.reasons == ("smol is left out: a larger model was asked for.",)


def test_on_this_computer_means_it_whatever_the_zones_say():
    here = replace(EVERYWHERE, mode=Mode.HERE)
    verdict = choose_route(TEXT, [OFFICE, ATTIC], here)
    assert isinstance(verdict, Unroutable)
    assert verdict.zones_beyond == {Zone.NETWORK, Zone.CLOUD}
    assert choose_route(TEXT, [OFFICE, profile("smol", tier=1)], here).writer == "smol"


def test_whatever_leaves_asks_unless_consent_and_a_price_are_there():
    needed = replace(EVERYWHERE, mode=Mode.NEEDED, agreed=frozenset({"office"}))
    priceless = replace(OFFICE, price=None)
    assert choose_route(TEXT, [OFFICE], needed).asks is False
    assert choose_route(TEXT, [priceless], needed).asks is True
    assert choose_route(TEXT, [OFFICE], replace(needed, mode=Mode.ASK)).asks is True
    assert choose_route(TEXT, [OFFICE], replace(needed, agreed=frozenset({"attic"}))).asks is True
    assert choose_route(TEXT, [profile("smol")], EVERYWHERE).asks is False


def test_the_order_of_endpoints_decides_between_equals():
    first, second = (
        replace(profile(f"{name}/same", Zone.CLOUD, tier=2), order=order)
        for name, order in (("zulu", 0), ("alpha", 1))
    )
    for preference in Preference:
        rules = replace(EVERYWHERE, preference=preference)
        assert choose_route(TEXT, [first, second], rules).writer == "zulu/same"


def test_a_model_that_is_not_there_is_named():
    verdict = choose_route(TEXT, [profile("smol")], Rules(only="missing"), {"smol"})
    assert verdict.reasons == ("There is no model missing.",)
    assert choose_route(TEXT, [], Rules()).reasons == ("There is no model at all.",)
