"""The endpoints page: who may be asked beyond this computer, how one comes, and with which key."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from nearling.core.endpoints import KeyPlace, RemoteModel
from nearling.core.errors import KeyFailure, RemoteFailure
from nearling.core.writers import Zone
from nearling.settings.endpoints import Endpoints
from scripted.endpoints import endpoint, tried
from scripted.engines import says
from ui.conftest import answering, spin, until
from ui.test_access import nameless, unreachable
from ui.test_window import press

KEY = "sk-test-0123456789"


@pytest.fixture
def endpoints(tmp_path):
    return Endpoints(tmp_path / "home" / "endpoints.toml")


def open_page(window):
    press("ctrl+shift+e")
    until(lambda: window.beyond.endpoints is not None and window.beyond.endpoints.isVisible())
    until(lambda: window._tasks.idle)
    return window.beyond.endpoints


def open_form(page, opener=None):
    (opener or page.add).click()
    form = until(lambda: page.window().beyond.tending.editing.form)
    until(form.isActiveWindow)
    return form


def said(form) -> str:
    return until(lambda: form.told.isVisible() and form.save.isEnabled() and form.told.text())


def closed(window, form) -> None:
    until(lambda: window.beyond.tending.editing._job is None or window._tasks.idle)
    until(lambda: window._tasks.idle)
    from shiboken6 import isValid

    assert not isValid(form) or not form.isVisible()


def test_without_any_it_says_what_one_would_be(open_window):
    page = open_page(open_window(says("x")))
    until(page.empty.isVisible)
    assert "answered on this computer" in page.empty.text()
    press("Escape")
    until(lambda: not page.isVisible())


def test_pages_take_turns_and_give_the_conversation_back(open_window):
    window = open_window(says("x"))
    page = open_page(window)
    press("ctrl+shift+m")
    until(lambda: window.models.page is not None and window.models.page.isVisible())
    assert not page.isVisible()
    open_page(window)
    assert not window.models.page.isVisible()
    assert not window.models._shelving._glance.isActive()
    press("Escape")
    until(window.composer.text.hasFocus)
    assert not page.isVisible()


def test_each_says_where_it_is_and_how_its_key_is(open_window, endpoints):
    endpoints.add(endpoint("paid", models=tuple("abcde"), key=KeyPlace.KEYRING))
    endpoints.add(endpoint("home", "http://192.168.1.9:11434/v1", models=("small",)))
    endpoints.add(endpoint("set", key=KeyPlace.ENVIRONMENT, variable="SET_API_KEY"))
    endpoints.add(endpoint("unset", key=KeyPlace.ENVIRONMENT, variable="UNSET_API_KEY"))
    endpoints.add(endpoint("over", key=KeyPlace.SESSION))
    window = open_window(says("x"))
    window._house.environ["SET_API_KEY"] = KEY
    window._house.keyring.wait = lambda: pytest.fail("the keyring was asked")
    page = open_page(window)
    cards = until(lambda: page.cards)
    assert {name: each.about.text() for name, each in cards.items()} == {
        "paid": "api.example.org · a, b, c and 2 more · key in the keyring",
        "home": "192.168.1.9 · small · no key",
        "set": "api.example.org · large · key from SET_API_KEY",
        "unset": "api.example.org · large · key from UNSET_API_KEY",
        "over": "api.example.org · large · key until Nearling ends",
    }
    assert cards["paid"].zone.text() == "In the cloud"
    assert cards["home"].zone.text() == "On your network"
    assert cards["home"].zone.property("look") == "zone-network"
    assert cards["home"].note.text() == "It may pass on what it gets."
    assert "UNSET_API_KEY" in cards["unset"].note.text()
    assert cards["over"].note.text().startswith("There is no key")
    assert not cards["set"].note.isVisible()
    assert window._house.remote.asked == []


def test_the_order_is_the_persons(open_window, endpoints):
    for name in ("one", "two", "three"):
        endpoints.add(endpoint(name))
    window = open_window(says("x"))
    page = open_page(window)
    until(lambda: list(page.cards) == ["one", "two", "three"])
    up = page.cards["three"].up
    up.setFocus()
    press("space")
    until(lambda: [each.name for each in endpoints.all()] == ["one", "three", "two"])
    assert up.hasFocus()
    press("space")
    until(lambda: [each.name for each in endpoints.all()] == ["three", "one", "two"])
    until(lambda: window._tasks.idle)
    assert page.cards["three"].down.hasFocus()
    assert not up.isEnabled()
    tops = sorted(page.cards, key=lambda name: page.cards[name].y())
    assert tops == ["three", "one", "two"]


def test_two_clicks_at_once_open_one_form(open_window):
    """It is not open yet when the second comes: nothing holds that one back by itself."""
    window = open_window(says("x"))
    page = open_page(window)
    page.add.click()
    first = window.beyond.tending.editing
    page.add.click()
    assert window.beyond.tending.editing is first
    until(first.form.isActiveWindow)
    assert not first.coming
    first.form.reject()


def test_one_is_added_with_keys_alone_and_its_key_goes_to_the_keyring(open_window, endpoints):
    window = open_window(says("x"))
    house = window._house
    page = open_page(window)
    assert page.add.hasFocus()
    press("space")
    form = until(lambda: window.beyond.tending.editing and window.beyond.tending.editing.form)
    until(form.isActiveWindow)
    assert form.preset.hasFocus()
    press("Down")
    until(form.name.text)
    assert (form.name.text(), form.address.text()) == ("openai", "https://api.openai.com/v1")
    assert form.where.text() == "In the cloud · api.openai.com."
    form.key.key.setFocus()
    type_in(KEY)
    form.models.setFocus()
    type_in("gpt-4o-mini")
    press("Return")
    (kept,) = until(endpoints.all)
    assert (kept.name, kept.key, kept.zone) == ("openai", KeyPlace.KEYRING, Zone.CLOUD)
    assert [each.id for each in kept.models] == ["gpt-4o-mini"]
    assert list(house.keyring.entries.values()) == [KEY]
    assert KEY not in window._house.paths.endpoints_file.read_text()
    until(lambda: "openai" in page.cards)
    assert house.remote.mended == ["openai"]
    assert house.remote.asked == []
    closed(window, form)


def type_in(text: str) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    QTest.keyClicks(QApplication.focusWidget(), text)


def fill(form, *, name="work", address="https://api.example.org/v1", models="large", key=None):
    form.name.setText(name)
    form.address.setText(address)
    form.models.setText(models)
    form.key.place.select(KeyPlace.NONE if key is None else KeyPlace.KEYRING)
    form.key.key.setText(key or "")


def test_a_key_is_never_shown_and_gone_from_the_form_once_it_is_kept(open_window, endpoints):
    from PySide6.QtWidgets import QLineEdit

    window = open_window(says("x"))
    page = open_page(window)
    form = open_form(page)
    field = form.key.key
    assert field.echoMode() is QLineEdit.EchoMode.Password
    fill(form, key=KEY)
    gone = []
    form.finished.connect(lambda _: gone.append(field.text()))
    form.save.click()
    until(lambda: gone)
    assert gone == [""]
    until(lambda: "work" in page.cards)
    until(lambda: window._tasks.idle)
    again = open_form(page, page.cards["work"].edit)
    assert again.key.key.text() == ""
    assert "One is kept" in again.key.key.placeholderText()
    again.models.setText("large, larger")
    again.save.click()
    until(lambda: [each.id for each in endpoints.find("work").models] == ["large", "larger"])
    assert list(window._house.keyring.entries.values()) == [KEY]
    closed(window, again)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "Not So"}, "cannot be the name"),
        ({"address": "example"}, "no address of a server"),
        ({"address": "http://api.example.org/v1"}, "could read along"),
        ({"address": "https://{resource}.example.org"}, "not whole yet"),
        ({"models": " , "}, "No model is named"),
        ({"key": ""}, "No key is written"),
    ],
)
def test_what_cannot_be_kept_is_said_in_the_form(open_window, endpoints, changes, sentence):
    window = open_window(says("x"))
    form = open_form(open_page(window))
    fill(form, **changes)
    form.save.click()
    assert sentence in said(form)
    assert endpoints.all() == ()
    assert window._house.keyring.entries == {}
    form.reject()


@pytest.mark.parametrize(
    ("name", "written", "sentence"),
    [
        ("headers", "Authorization: Bearer x", "says who you are"),
        ("headers", "nonsense", "“nonsense” is not understood"),
        ("query", "nonsense", "is not understood"),
        ("body", "[1]", "no JSON object"),
        ("body", "{", "no JSON object"),
    ],
)
def test_details_that_cannot_be_are_said_too(open_window, endpoints, name, written, sentence):
    window = open_window(says("x"))
    form = open_form(open_page(window))
    fill(form)
    field = getattr(form.extras.fields, name)
    assert not field.isVisible()
    form.extras.unfold.click()
    assert field.isVisible()
    field.setPlainText(written)
    form.save.click()
    assert sentence in said(form)
    assert endpoints.all() == ()
    form.reject()


def test_details_are_kept_and_shown_again(open_window, endpoints):
    window = open_window(says("x"))
    page = open_page(window)
    form = open_form(page)
    fill(form)
    form.extras.fields.headers.setPlainText(
        "X-Title: Nearling\n\nHTTP-Referer: https://example.org"
    )
    form.extras.fields.query.setPlainText("api-version=2024-10-21")
    form.extras.fields.body.setPlainText('{"provider": {"data_collection": "deny"}}')
    form.extras.fields.zone.setCurrentIndex(1)
    assert form.where.text().startswith("On your network · api.example.org. It may pass on")
    form.save.click()
    until(lambda: "work" in page.cards)
    (kept,) = endpoints.all()
    assert kept.zone is Zone.NETWORK
    assert kept.headers == {"X-Title": "Nearling", "HTTP-Referer": "https://example.org"}
    assert kept.query == {"api-version": "2024-10-21"}
    assert kept.body == {"provider": {"data_collection": "deny"}}
    until(lambda: window._tasks.idle)
    again = open_form(page, page.cards["work"].edit)
    assert again.extras.fields.headers.isVisible()
    again.save.click()
    closed(window, again)
    assert endpoints.all() == (kept,)


def test_a_keyring_that_is_not_there_is_no_dead_end(open_window, endpoints):
    window = open_window(says("x"))
    house = window._house
    house.keyring.fails = KeyFailure("There is no keyring.", "Keep the key elsewhere.")
    page = open_page(window)
    form = open_form(page)
    fill(form, key=KEY)
    form.save.click()
    assert said(form) == "There is no keyring. Keep the key elsewhere."
    assert endpoints.all() == ()
    assert form.session.isVisible()
    assert form.session.hasFocus()
    press("space")
    (kept,) = until(endpoints.all)
    assert kept.key is KeyPlace.SESSION
    assert house.keys.fetch(kept) == KEY
    until(lambda: "work" in page.cards)
    assert "key until Nearling ends" in page.cards["work"].about.text()
    closed(window, form)


def test_a_keyring_that_is_slow_holds_up_nothing_and_can_be_given_up(open_window, endpoints):
    window = open_window(says("x"))
    house = window._house
    asked, go = threading.Event(), threading.Event()
    house.keyring.wait = lambda: (asked.set(), go.wait(10))
    form = open_form(open_page(window))
    fill(form, key=KEY)
    form.save.click()
    until(asked.is_set)
    assert form.told.text() == "It is being kept …"
    assert not form.save.isEnabled()
    dropped = window.beyond.tending.editing._job
    press("Escape")
    until(lambda: dropped.dropped)
    go.set()
    until(lambda: window._tasks.idle)
    assert endpoints.all() == ()
    assert house.keyring.entries == {}


def test_it_is_asked_what_it_offers_only_by_a_click(open_window, endpoints):
    from PySide6.QtCore import Qt

    window = open_window(says("x"))
    house = window._house
    house.remote.offers = (
        RemoteModel("large", context_length=131_072),
        RemoteModel("small"),
        RemoteModel("vendor/huge"),
    )
    form = open_form(open_page(window))
    fill(form, name="", models="", key=KEY)
    assert "This asks api.example.org now" in form.look_note.text()
    assert house.remote.asked == []
    form.look.click()
    until(form.offer.isVisible)
    assert house.remote.asked == [("models", "https://api.example.org/v1", KEY)]
    assert house.keyring.entries == {}
    assert house.keys._session == {}
    assert form.look_note.text() == "It offers 3 models."
    assert form.offer.list.hasFocus()
    rows = [form.offer.list.item(at) for at in range(form.offer.list.count())]
    assert [row.text() for row in rows] == ["large · 131,072 tokens", "small", "vendor/huge"]
    form.offer.filter.setText("HUGE")
    assert [row.isHidden() for row in rows] == [True, True, False]
    rows[2].setCheckState(Qt.CheckState.Checked)
    rows[0].setCheckState(Qt.CheckState.Checked)
    assert form.models.text() == "vendor/huge, large"
    rows[2].setCheckState(Qt.CheckState.Unchecked)
    assert form.models.text() == "large"
    press("space")
    until(lambda: form.models.text() == "")
    press("space")
    until(lambda: form.models.text() == "large")
    form.name.setText("work")
    until(form.save.isEnabled)
    form.save.click()
    (kept,) = until(endpoints.all)
    assert kept.models == (house.remote.offers[0],)
    closed(window, form)


def test_what_goes_wrong_while_looking_is_said_and_can_be_stopped(open_window):
    window = open_window(says("x"))
    remote = window._house.remote
    remote.offers = RemoteFailure("The key is not accepted.", "Look at it again.")
    form = open_form(open_page(window))
    fill(form, key=KEY)
    form.look.click()
    assert said(form) == "The key is not accepted. Look at it again."
    assert not form.session.isVisible()
    begun = threading.Event()

    def wait(cancellation):
        begun.set()
        while True:
            threading.Event().wait(0.01)
            cancellation.check()

    remote.wait = wait
    form.look.click()
    until(begun.is_set)
    press("Escape")
    until(lambda: window._tasks.idle)
    assert not window.notice.isVisible()
    assert window._house.keys._session == {}


def test_an_address_that_changes_loses_its_key(open_window, endpoints):
    window = open_window(says("x"))
    house = window._house
    kept = endpoint(key=KeyPlace.KEYRING)
    house.keys.keep(kept, KEY, KeyPlace.KEYRING)
    endpoints.add(kept)
    page = open_page(window)
    form = open_form(page, until(lambda: page.cards.get("work")).edit)
    assert form.name.isReadOnly()
    form.address.setText("https://evil.example.net/v1")
    form.save.click()
    assert "stays with that" in said(form)
    form.key.key.setText("another-key")
    form.save.click()
    until(lambda: endpoints.find("work").base_url == "https://evil.example.net/v1")
    until(lambda: list(house.keyring.entries.values()) == ["another-key"])
    closed(window, form)


def test_a_variable_is_offered_by_name_and_used_only_when_it_is_chosen(open_window, endpoints):
    window = open_window(says("x"))
    window._house.environ["OPENAI_API_KEY"] = KEY
    page = open_page(window)
    form = open_form(page)
    fill(form)
    form.key.place.select(KeyPlace.ENVIRONMENT)
    until(lambda: form.key.variable.findData("OPENAI_API_KEY") >= 0)
    assert form.key.variable.currentText() == ""
    form.key.variable.setCurrentText("OPENAI_API_KEY")
    form.save.click()
    (kept,) = until(endpoints.all)
    assert (kept.key, kept.variable) == (KeyPlace.ENVIRONMENT, "OPENAI_API_KEY")
    until(lambda: "work" in page.cards)
    assert "key from OPENAI_API_KEY" in page.cards["work"].about.text()
    closed(window, form)


@pytest.mark.parametrize("answer", ["Remove", "Keep"])
def test_one_is_removed_with_its_key_only_if_that_is_meant(open_window, endpoints, answer):
    window = open_window(says("x"))
    house = window._house
    kept = endpoint(key=KeyPlace.KEYRING)
    house.keys.keep(kept, KEY, KeyPlace.KEYRING)
    endpoints.add(kept)
    page = open_page(window)

    def answer_it(box):
        (chosen,) = (each for each in box.buttons() if each.text() == answer)
        chosen.click()

    with answering(answer_it):
        until(lambda: page.cards.get("work")).remove.click()
    until(lambda: window._tasks.idle)
    stays = answer == "Keep"
    assert [each.name for each in endpoints.all()] == (["work"] if stays else [])
    assert bool(house.keyring.entries) is stays
    until(lambda: bool(page.cards) is stays)


def test_a_test_says_who_was_really_connected(open_window, endpoints):
    endpoints.add(endpoint("home", "http://nas.local:11434/v1"))
    window = open_window(says("x"))
    remote = window._house.remote
    remote.tested = tried(zone=Zone.NETWORK, address="192.168.1.9")
    page = open_page(window)
    home = until(lambda: page.cards.get("home"))
    assert remote.asked == []
    home.test.click()
    until(lambda: home.result.property("look") == "fine")
    assert remote.asked == [("test large", "http://nas.local:11434/v1", "")]
    assert home.result.text() == ("It answers. On your network, 312 ms.")
    remote.tested = tried(False, "Its name leads elsewhere.", "Look at it.", zone=Zone.CLOUD)
    until(home.test.isVisible)
    home.test.click()
    until(lambda: home.result.property("look") == "wrong")
    assert home.result.text() == (
        "Its name leads elsewhere. Look at it. Connected to 203.0.113.7: In the cloud, 312 ms."
    )
    remote.tested = tried(False, "Nobody is there.", "Is it on?", address="")
    until(home.test.isVisible)
    home.test.click()
    until(lambda: home.result.text() == "Nobody is there. Is it on? Nobody was connected.")
    remote.tested = KeyFailure("The keyring is locked.", "Unlock it.")
    until(home.test.isVisible)
    home.test.click()
    until(lambda: home.result.text() == "The keyring is locked. Unlock it.")
    assert not window.notice.isVisible()


def test_a_test_can_be_stopped(open_window, endpoints):
    endpoints.add(endpoint("home"))
    window = open_window(says("x"))
    begun = threading.Event()

    def wait(cancellation):
        begun.set()
        while True:
            threading.Event().wait(0.01)
            cancellation.check()

    window._house.remote.wait = wait
    page = open_page(window)
    home = until(lambda: page.cards.get("home"))
    home.test.setFocus()
    press("space")
    until(begun.is_set)
    assert (home.stop.isVisible(), home.test.isVisible()) == (True, False)
    assert home.stop.hasFocus()
    press("space")
    until(lambda: home.test.isVisible() and window._tasks.idle)
    assert home.test.hasFocus()
    assert not home.result.isVisible()


def test_a_damaged_file_is_told_and_left_alone(open_window, endpoints):
    endpoints.add(endpoint())
    file = endpoints._file
    file.write_text("[[endpoint]]\nname = 1\n")
    window = open_window(says("x"))
    open_page(window)
    until(window.notice.isVisible)
    assert "damaged" in window.notice.sentence.text()
    assert file.read_text() == "[[endpoint]]\nname = 1\n"


def test_it_can_be_heard(open_window, endpoints):
    endpoints.add(endpoint("home"))
    endpoints.add(endpoint("work"))
    window = open_window(says("x"))
    page = open_page(window)
    until(lambda: len(page.cards) == 2)
    assert nameless(window) == []
    assert unreachable(window) == []
    window._house.remote.offers = (RemoteModel("large"),)
    form = open_form(page)
    form.extras.unfold.click()
    for place in KeyPlace:
        form.key.place.select(place)
        spin(0.05)
        assert nameless(form) == []
        assert unreachable(form) == []
    fill(form)
    form.look.click()
    until(form.offer.isVisible)
    assert nameless(form) == []
    form.reject()


def test_who_answers_is_looked_up_again_when_endpoints_change(open_window, endpoints):
    endpoints.add(replace(endpoint()))
    window = open_window(says("x"))
    changes = []
    window.beyond.changed.connect(lambda: changes.append(1))
    page = open_page(window)
    form = open_form(page, until(lambda: page.cards.get("work")).edit)
    form.models.setText("other")
    form.save.click()
    until(lambda: changes)
    closed(window, form)
