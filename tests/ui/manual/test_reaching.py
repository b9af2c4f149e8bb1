"""A server beyond this computer is added, tried, asked, and found in the account of what left."""

from __future__ import annotations

import json

from nearling.bench.loopback import loopback
from nearling.core.conversation import Mode
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.writers import Zone
from nearling.instance.doorbell import Request
from nearling.ui.chat.turn_view import State
from nearling.ui.models.mode_switch import ModeSwitch
from scripted.endpoint import answers, endpoint, head, saying
from ui.manual.conftest import ask, click, keep, picture_of, press, until
from ui.test_endpoints_page import type_in
from ui.test_network_page import shown

OFFERED = json.dumps({"data": [{"id": "qwen3:4b"}, {"id": "gemma3:4b"}]}).encode()


def test_add_an_endpoint(window):
    beyond = window.beyond
    with endpoint(saying(head(200, "application/json"), OFFERED), answers(["ok"])) as stub:
        press("ctrl+shift+e")
        until(lambda: beyond.endpoints is not None and beyond.endpoints.add.hasFocus())
        until(beyond.endpoints.empty.isVisible)
        press("space")
        form = until(lambda: beyond.tending.editing and beyond.tending.editing.form)
        until(lambda: form.isActiveWindow() and form.preset.hasFocus())
        press(*["Down"] * form.preset.findText("Ollama"))
        until(lambda: form.name.text() == "ollama")
        form.address.setFocus()
        form.address.selectAll()
        type_in(stub.url)
        form.look.setFocus()
        press("space")
        until(lambda: form.offer.list.hasFocus() and form.save.isEnabled())
        press("space")
        until(lambda: form.models.text() == "qwen3:4b")
        form.save.setFocus()
        press("space")
        card = until(lambda: beyond.endpoints.cards.get("ollama"))
        until(window.isActiveWindow)
        card.test.setFocus()
        press("space")
        until(lambda: card.result.property("look") == "fine" and card.test.hasFocus())
    assert "127.0.0.1" in card.result.text()
    keep(window, "add-an-endpoint")

    press("ctrl+shift+n")
    page = until(lambda: beyond.network)
    until(lambda: len(shown(page)) == 2)
    assert [why for _server, _where, why, *_rest in shown(page)] == ["a test", "what it offers"]
    assert [each.target for each in stub.asked] == ["/v1/models", "/v1/chat/completions"]


def test_when_this_computer_is_not_enough(window, app):
    with loopback(("Dear bakery, ", "thank you for "), cut=True) as server:
        app.endpoints.add(
            Endpoint("office", server.base_url, (RemoteModel("qwen3:32b"),), Zone.NETWORK)
        )
        window.models.known.look_again()
        mode = window.findChild(ModeSwitch)
        until(mode.isVisible)
        click(mode.buttons[Mode.ASK])
        until(lambda: window.session.mode is Mode.ASK)
        window.composer.text.setFocus()
        window.receive(Request((str(picture_of("receipt")),)))
        until(lambda: len(window.landing.pending) == 1)
        turn = ask(window, "Write a friendly note to the bakery about this receipt.", State.WAITING)
        card = until(lambda: turn.below)
        until(lambda: card.complete and card.send.isEnabled())
        assert server.bodies == []
        seen = card._asked.outgoing
        keep(window, "when-this-computer-is-not-enough")
        card.send.setFocus()
        press("space")
        until(lambda: server.bodies)
        until(lambda: turn.view.finished and turn.view.text.startswith("Dear bakery"))
        assert server.bodies == [seen.body]
    until(turn.further.here.isVisible)
    assert turn.further.here.text() == "Continue on this computer"
    turn.further.here.setFocus()
    press("space")
    until(lambda: turn.view.finished and turn.view.state is State.REFUSED)
    until(lambda: turn._partials is not None and turn._partials.isVisible())
    assert "Dear bakery, thank you for" in turn._partials.toPlainText()
