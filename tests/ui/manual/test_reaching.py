"""A server beyond this computer is added, tried, and found in the account of what left."""

from __future__ import annotations

import json

from scripted.endpoint import answers, endpoint, head, saying
from ui.manual.conftest import keep, press, until
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
