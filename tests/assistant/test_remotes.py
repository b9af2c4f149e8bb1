"""Who can answer beyond this computer: whoever the person has added, in the person's order."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from nearling.assistant.remotes import UNKNOWN_CONTEXT, Remotes
from nearling.catalogue.paces import Paces
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import SettingsFailure
from nearling.core.media import Medium
from nearling.core.writers import Price, Zone
from scripted.engines import ScriptedSender

SEES = frozenset({Medium.TEXT, Medium.PICTURE})
LARGE = RemoteModel("maker/large", SEES, 128_000, Price(150_000, 600_000))
CLOUD = Endpoint("shop", "https://shop.example/v1", (LARGE, RemoteModel("small")), Zone.CLOUD)
HOME = Endpoint(
    "home",
    "http://127.0.0.1:11434/v1",
    (RemoteModel("qwen3:4b"), RemoteModel("gpt-oss:120b-cloud")),
    Zone.NETWORK,
)


NEVER = Paces(Path(os.devnull))
"""Nobody has answered."""


def profiles(*endpoints):
    remotes = Remotes(lambda: endpoints, lambda _: ScriptedSender(), NEVER)
    return [each.profile for each in remotes()]


def test_each_model_of_each_endpoint_can_be_asked_in_the_persons_order():
    found = profiles(CLOUD, HOME)
    assert [each.id for each in found] == [
        "shop/maker/large",
        "shop/small",
        "home/qwen3:4b",
        "home/gpt-oss:120b-cloud",
    ]
    assert [each.order for each in found] == [0, 1, 2, 3]
    assert [each.endpoint for each in found] == ["shop", "shop", "home", "home"]


def test_what_is_known_of_a_model_is_taken_and_what_is_not_is_not_made_up():
    large, small = profiles(CLOUD)
    assert (large.accepts, large.context_length, large.price) == (
        SEES,
        128_000,
        Price(150_000, 600_000),
    )
    assert (small.context_length, small.price, small.speed) == (UNKNOWN_CONTEXT, None, None)


def test_a_server_of_this_computer_needs_no_network():
    assert [each.over_network for each in profiles(CLOUD, HOME)] == [True, True, False, False]


def test_what_a_near_server_passes_on_counts_as_cloud():
    near, passed_on = profiles(HOME)
    assert (near.zone, passed_on.zone) == (Zone.NETWORK, Zone.CLOUD)


def test_each_is_asked_through_its_own_endpoint():
    asked = []
    remotes = Remotes(
        lambda: (CLOUD, HOME), lambda each: asked.append(each) or ScriptedSender(), NEVER
    )
    assert [each.beyond.endpoint for each in remotes()] == [CLOUD, CLOUD, HOME, HOME]
    assert asked == [CLOUD, HOME]
    assert remotes()[0].beyond.model == LARGE


def test_endpoints_that_cannot_be_read_hinder_nobody_here():
    def damaged():
        raise SettingsFailure("It is damaged.", "Mend it.")

    assert Remotes(damaged, lambda _: ScriptedSender(), NEVER)() == ()
    assert profiles(replace(CLOUD, models=())) == []
