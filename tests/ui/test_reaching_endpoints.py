"""An endpoint from its address to the account of what left: real windows, client and sockets."""

from __future__ import annotations

import json

from nearling.core.endpoints import KeyPlace
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.remote import Remote
from scripted.endpoint import answers, endpoint, head, refusing, saying
from scripted.engines import says
from ui.conftest import until
from ui.test_endpoints_page import KEY, open_form, open_page
from ui.test_network_page import open_page as open_network
from ui.test_network_page import shown

OFFERED = json.dumps({"data": [{"id": "small"}, {"id": "large"}]}).encode()


def reach(house) -> None:
    """With the client that the product has."""
    breakers = Breakers()
    house.remote = lambda endpoint: Remote(
        endpoint, lambda: house.keys.fetch(endpoint), house.history.ledger, breakers
    )


def test_one_is_added_tested_and_accounted_for(open_window):
    window = open_window(says("x"))
    reach(window._house)
    page = open_page(window)
    listing = saying(head(200, "application/json"), OFFERED)
    with endpoint(listing, answers(["ok"]), refusing(401)) as stub:
        form = open_form(page)
        form.name.setText("near")
        form.address.setText(stub.url)
        form.key.place.select(KeyPlace.KEYRING)
        form.key.key.setText(KEY)
        assert form.where.text() == "On your network · 127.0.0.1. It may pass on what it gets."
        form.look.click()
        until(form.offer.isVisible)
        form.offer.list.item(1).setCheckState(form.offer.list.item(1).checkState().Checked)
        until(form.save.isEnabled)
        form.save.click()
        near = until(lambda: page.cards.get("near"))
        until(lambda: window._tasks.idle)
        near.test.click()
        until(lambda: near.result.property("look") == "fine" and window._tasks.idle)
        assert "“near” answers, from 127.0.0.1" in near.result.text()
        assert "On your network" in near.result.text()
        near.test.click()
        until(lambda: near.result.property("look") == "wrong" and window._tasks.idle)
        assert "127.0.0.1" in near.result.text()
    asked = [(each.target, each.headers["authorization"]) for each in stub.asked]
    assert asked == [
        ("/v1/models", f"Bearer {KEY}"),
        ("/v1/chat/completions", f"Bearer {KEY}"),
        ("/v1/chat/completions", f"Bearer {KEY}"),
    ]
    assert stub.asked[1].json["model"] == "large"
    page = open_network(window)
    rows = [(where, why, went) for _server, where, why, _sent, _got, went in shown(page)]
    assert rows == [
        ("your network", "a test", "key not accepted"),
        ("your network", "a test", "done"),
        ("your network", "what it offers", "done"),
    ]
