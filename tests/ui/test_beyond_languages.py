"""The pages of what lies beyond this computer, in longer languages: all said, nothing cut off."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nearling.core.endpoints import KeyPlace, RemoteModel
from nearling.core.errors import KeyFailure
from nearling.core.network import Connection, Purpose
from nearling.core.writers import Zone
from nearling.settings.presets import PRESETS
from scripted.endpoints import endpoint, tried
from scripted.engines import says
from ui.conftest import until
from ui.test_languages import language, pseudo, read

__all__ = ["language", "pseudo"]

HOSTS = ("api.example.org", "example.org", "nas.local", "203.0.113.7", "https", "http", "/v1", "ms")
KNOWN = (*HOSTS, "WORK_API_KEY", "OPENAI_API_KEY", "JSON", "name=value", "Name: value")


@pytest.mark.parametrize("width", [1280, 860])
def test_the_endpoints_page(open_window, language, width):
    window = open_window(says("x"))
    window.resize(width, 900)
    until(lambda: window.width() == width)
    window.beyond.open_endpoints()
    page = until(lambda: window.beyond.endpoints)
    until(page.empty.isVisible)
    read(window, language, *KNOWN)
    house = window._house
    paid = endpoint("1", models=("2", "3", "4", "5"), key=KeyPlace.KEYRING)
    house.keys.keep(paid, "10", KeyPlace.KEYRING)
    house.endpoints.add(paid)
    house.endpoints.add(endpoint("6", "http://nas.local:1/v1", models=("7",)))
    work = endpoint("8", models=("9",), key=KeyPlace.ENVIRONMENT, variable="WORK_API_KEY")
    house.endpoints.add(work)
    page.window().beyond.tending.look_again()
    until(lambda: len(page.cards) == 3 and window._tasks.idle)
    page.cards["1"].test.click()
    until(lambda: page.cards["1"].result.property("look") == "fine" and window._tasks.idle)
    house.remote.tested = tried(False, "1.", "2.", address="")
    page.cards["6"].test.click()
    until(lambda: page.cards["6"].result.property("look") == "wrong" and window._tasks.idle)
    page.cards["8"].show_testing(on=True)
    read(window, language, "It answers.", *KNOWN)


def test_the_form_of_an_endpoint(open_window, language):
    window = open_window(says("x"))
    house = window._house
    house.remote.offers = (RemoteModel("1", context_length=123), RemoteModel("2"))
    titles = [each.title for each in PRESETS]
    window.beyond.open_endpoints()
    page = until(lambda: window.beyond.endpoints)
    page.add.click()
    form = window.beyond.tending.editing.form
    until(form.isVisible)
    read(form, language, *titles, *KNOWN)
    form.extras.unfold.click()
    for at in range(form.preset.count()):
        form.preset.setCurrentIndex(at)
        parts = (form.address.text(), form.address.text().partition("//")[2].partition("/")[0])
        bare = parts[1].partition(":")[0]
        read(form, language, *titles, *KNOWN, *parts, bare, form.key.variable.currentText())
    form.address.setText("https://api.example.org/v1")
    form.key.key.setText("12")
    form.look.click()
    until(lambda: form.offer.isVisible() and window._tasks.idle)
    for place in KeyPlace:
        form.key.place.select(place)
        read(form, language, *titles, *KNOWN)
    form.show_failure(KeyFailure("1.", "2."), session_helps=True)
    read(form, language, *titles, *KNOWN)
    form.reject()


@pytest.mark.parametrize("width", [1280, 860])
def test_the_network_page(open_window, history, language, width):
    window = open_window(says("x"))
    window.resize(width, 700)
    until(lambda: window.width() == width)
    window.beyond.open_network()
    page = until(lambda: window.beyond.network)
    until(lambda: window._tasks.idle)
    read(window, language)
    for number, purpose in enumerate(Purpose):
        when = datetime(2026, 11, 22, 1, number, tzinfo=UTC)
        zone = Zone.CLOUD if number % 2 else Zone.NETWORK
        history.ledger.connecting(
            Connection(str(number), when, "1", "nas.local", 443, zone, purpose)
        )
    window.session.ended.emit()
    until(page.table.isVisible)
    read(window, language, "nas.local", "MB", "kB")
