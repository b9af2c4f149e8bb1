"""Endpoints are kept as they were added, and what cannot be one is refused with a sentence."""

import contextlib
import stat
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.core.endpoints import Dialect, Endpoint, KeyPlace, RemoteModel
from nearling.core.errors import NotFound, Refused, SettingsFailure
from nearling.core.media import Medium
from nearling.core.writers import Price, Zone
from nearling.settings.endpoints import Endpoints
from nearling.settings.paths import Paths
from nearling.settings.presets import PRESETS, preset

CLOUD = Endpoint("openai", "https://api.openai.com/v1", (RemoteModel("gpt-4o"),), Zone.CLOUD)
NEAR = Endpoint("lan", "http://192.168.1.5:11434/v1", (), Zone.NETWORK)
ALL_OF_IT = Endpoint(
    "a-z_0.9",
    "https://example.openai.azure.com/openai/deployments/mine",
    (
        RemoteModel(
            "vendor/model:free",
            frozenset({Medium.TEXT, Medium.PICTURE}),
            128_000,
            Price(2_500_000, 10_000_000),
        ),
        RemoteModel("plain"),
    ),
    Zone.CLOUD,
    KeyPlace.ENVIRONMENT,
    "MY_API_KEY",
    Dialect.AZURE,
    {"X-Title": 'a "b" \\ c'},
    {"api-version": "2024-10-21"},
    {"provider": {"data_collection": "deny", "only": None}, "top_k": 20, "é": [1.5, True]},
)


@pytest.fixture
def endpoints(tmp_path):
    return Endpoints(tmp_path / "new" / "endpoints.toml")


@pytest.fixture
def file(endpoints):
    return endpoints._file


def test_the_file_lies_beside_the_settings(tmp_path):
    for environ in ({"NEARLING_HOME": str(tmp_path)}, {}):
        paths = Paths.find(environ)
        assert paths.endpoints_file == paths.settings_file.with_name("endpoints.toml")


def test_what_is_added_is_there_for_the_next_one(endpoints, file):
    assert endpoints.all() == ()
    for each in (CLOUD, NEAR, ALL_OF_IT):
        assert endpoints.add(each) == each
    assert Endpoints(file).all() == (CLOUD, NEAR, ALL_OF_IT)
    assert endpoints.find("lan") == NEAR
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["endpoints.toml"]


def test_order_replacing_and_removing(endpoints):
    for each in (CLOUD, NEAR, ALL_OF_IT):
        endpoints.add(each)
    assert [each.name for each in endpoints.order(["a-z_0.9", "openai"])] == [
        "a-z_0.9", "openai", "lan",
    ]  # fmt: skip
    other = replace(CLOUD, models=())
    assert endpoints.replace(other) == other
    assert endpoints.all() == (ALL_OF_IT, other, NEAR)
    assert endpoints.remove("openai") == other
    assert endpoints.all() == (ALL_OF_IT, NEAR)
    with pytest.raises(Refused, match="already"):
        endpoints.add(NEAR)
    for act in (endpoints.find, endpoints.remove, lambda name: endpoints.order([name])):
        with pytest.raises(NotFound):
            act("openai")
    with pytest.raises(NotFound):
        endpoints.replace(CLOUD)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
        (" https://api.openai.com/v1/chat/completions ", "https://api.openai.com/v1"),
        ("http://localhost:1234/v1", "http://localhost:1234/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://box.local/v1", "http://box.local/v1"),
        ("http://vllm:8000/v1", "http://vllm:8000/v1"),
    ],
)
def test_an_address_is_tidied(endpoints, written, kept):
    zone = Zone.CLOUD if "openai" in kept else Zone.NETWORK
    assert endpoints.add(replace(CLOUD, base_url=written, zone=zone)).base_url == kept


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "Open AI"}, "name of an endpoint"),
        ({"name": "a/b"}, "name of an endpoint"),
        ({"name": ""}, "name of an endpoint"),
        ({"name": "a" * 41}, "name of an endpoint"),
        ({"base_url": "api.openai.com/v1"}, "no address"),
        ({"base_url": ""}, "no address"),
        ({"base_url": "ftp://example.com"}, "no address"),
        ({"base_url": "https://"}, "no address"),
        ({"base_url": "https://example.com:99999/v1"}, "no address"),
        ({"base_url": "https://exa mple.com"}, "no address"),
        ({"base_url": "https://example.com\\.evil.org"}, "no address"),
        ({"base_url": "https://example.com/\x7f"}, "no address"),
        ({"base_url": "https://[::1/v1"}, "no address"),
        ({"base_url": "https://{resource}.openai.azure.com"}, "still to be completed"),
        ({"base_url": "https://me:hunter2@example.com/v1"}, "name or a password"),
        ({"base_url": "https://me:hunter2@/v1"}, "name or a password"),
        ({"base_url": "https://example.com/v1?key=hunter2"}, "ends before"),
        ({"base_url": "http://api.openai.com/v1"}, "read along"),
        ({"base_url": "http://8.8.8.8/v1"}, "read along"),
        ({"base_url": "http://api.openai.com/v1", "zone": Zone.NETWORK}, "read along"),
        ({"base_url": "https://8.8.8.8/v1", "zone": Zone.NETWORK}, "not in your network"),
        ({"zone": Zone.COMPUTER}, "in your network or in the cloud"),
        ({"key": KeyPlace.ENVIRONMENT}, "environment variable"),
        ({"key": KeyPlace.ENVIRONMENT, "variable": "sk-hunter2"}, "environment variable"),
        ({"key": KeyPlace.ENVIRONMENT, "variable": "gsk_hunter2"}, "environment variable"),
        ({"variable": "OPENAI_API_KEY"}, "not taken from one"),
        ({"models": (RemoteModel(""),)}, "name of a model"),
        ({"models": (RemoteModel("a\nb"),)}, "name of a model"),
        ({"models": (RemoteModel("a"), RemoteModel("a"))}, "twice"),
        ({"models": (RemoteModel("a", context_length=0),)}, "less than nothing"),
        ({"models": (RemoteModel("a", price=Price(-1, 0)),)}, "less than nothing"),
        ({"headers": {"Authorization": "Bearer hunter2"}}, "who you are"),
        ({"headers": {"api-key": "hunter2"}}, "who you are"),
        ({"headers": {"X-API-Key": "hunter2"}}, "who you are"),
        ({"headers": {"Ocp-Apim-Subscription-Key": "hunter2"}}, "who you are"),
        ({"headers": {"x-auth-token": "hunter2"}}, "who you are"),
        ({"headers": {"Proxy-Authorization": "hunter2"}}, "who you are"),
        ({"headers": {"Cookie": "session=hunter2"}}, "who you are"),
        ({"headers": {"X-Who": "Bearer hunter2"}}, "who you are"),
        ({"headers": {"Host": "example.com"}}, "belongs to the connection"),
        ({"headers": {"Content-Length": "1"}}, "belongs to the connection"),
        ({"headers": {"X-A": "b\r\nCookie: c"}}, "cannot be sent"),
        ({"headers": {"X A": "b"}}, "cannot be sent"),
        ({"headers": {"X-A": "é"}}, "cannot be sent"),
        ({"query": {"api_key": "hunter2"}}, "who you are"),
        ({"query": {"key": "hunter2"}}, "who you are"),
        ({"query": {"a": "b\n"}}, "cannot be sent"),
        ({"body": {"messages": []}}, "set by Nearling"),
        ({"body": {"stream": False}}, "set by Nearling"),
        ({"body": {"extra": {"api_key": "hunter2"}}}, "who you are"),
        ({"body": {"list": [{"Authorization": "hunter2"}]}}, "who you are"),
        ({"body": {"temperature": float("nan")}}, "not JSON"),
        ({"body": {"a": "\ud800"}}, "not JSON"),
        ({"body": {"a": object()}}, "not JSON"),
    ],
)
def test_what_cannot_be_an_endpoint_is_refused(endpoints, file, change, said):
    with pytest.raises(Refused, match=said) as refused:
        endpoints.add(replace(CLOUD, **change))
    assert "hunter2" not in f"{refused.value.sentence} {refused.value.remedy}"
    assert refused.value.remedy.endswith((".", "/v1", "}", "VALUE."))
    assert not file.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"headers": {"HTTP-Referer": "https://example.com", "OpenAI-Organization": "org-1"}},
        {"body": {"prompt_cache_key": "a", "max_completion_tokens_hint": 1, "top_p": 0.5}},
        {"body": {"logit_bias": {"token": 1}}},
        {"zone": Zone.NETWORK},  # where a name leads is seen when it is connected
        {"base_url": "http://127.0.0.1:4000/v1"},  # near, and yet it may relay to the cloud
    ],
)
def test_what_is_unusual_is_taken(endpoints, change):
    assert endpoints.add(replace(CLOUD, **change)) == replace(CLOUD, **change)
    assert endpoints.all() == (replace(CLOUD, **change),)


LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | LINES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LINES, inner, max_size=3),
    max_leaves=8,
)


ENDPOINTS = st.builds(
    Endpoint,
    name=st.from_regex(r"[a-z0-9._-]{1,40}", fullmatch=True),
    base_url=LINES.map("https://example.com/{}".format),
    models=st.lists(
        st.builds(RemoteModel, LINES, context_length=st.none() | st.integers(1, 10**7)),
        max_size=3,
        unique_by=lambda model: model.id,
    ).map(tuple),
    zone=st.sampled_from([Zone.NETWORK, Zone.CLOUD]),
    query=st.dictionaries(LINES, LINES, max_size=2),
    body=st.dictionaries(LINES, JSON, max_size=3),
)


@given(ENDPOINTS)
def test_any_endpoint_is_kept_to_the_letter_or_refused(tmp_path_factory, endpoint):
    file = tmp_path_factory.mktemp("any") / "endpoints.toml"
    with contextlib.suppress(Refused):
        added = Endpoints(file).add(endpoint)
        assert added == replace(endpoint, base_url=added.base_url)
        assert endpoint.base_url.startswith(added.base_url)
        assert Endpoints(file).all() == (added,)


@given(st.text())
def test_any_file_is_endpoints_or_a_sentence(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("any") / "endpoints.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    with contextlib.suppress(SettingsFailure):
        assert isinstance(Endpoints(file).all(), tuple)


@pytest.mark.parametrize(
    "text",
    [
        "[[endpoint]",
        "[[endpoint]]\nname = 'a'\n",
        "[[endpoint]]\nname = 'a'\nbase_url = 'https://a.example'\nzone = 'moon'\n",
        "[[endpoint]]\nname = 'a'\nbase_url = 'https://a.example'\nzone = 'cloud'\nsecret = 'x'\n",
        "[[endpoint]]\nname = 'a'\nbase_url = 'http://a.example'\nzone = 'cloud'\n",
        "[[endpoint]]\nname = 'a'\nbase_url = 'https://a.example'\nzone = 'cloud'\nbody = '[]'\n",
        "[[endpoint]]\nname = 'a'\nbase_url = 'https://a.example'\nzone = 'cloud'\nbody = '{'\n",
        2 * "[[endpoint]]\nname = 'a'\nbase_url = 'https://a.example'\nzone = 'cloud'\n",
    ],
)
def test_a_damaged_file_is_told_and_left_alone(endpoints, file, text):
    file.parent.mkdir()
    file.write_text(text)
    for act in (endpoints.all, lambda: endpoints.add(CLOUD), lambda: endpoints.remove("a")):
        with pytest.raises(SettingsFailure, match=r"endpoints\.toml") as told:
            act()
        assert told.value.remedy.startswith("Correct it")
    assert file.read_text() == text


def test_a_file_that_cannot_be_read_or_written_is_told(endpoints, file):
    file.parent.mkdir()
    file.mkdir()
    with pytest.raises(SettingsFailure, match="cannot be read"):
        endpoints.all()
    file.rmdir()
    file.parent.rmdir()
    file.parent.write_text("in the way")
    assert endpoints.all() == ()
    with pytest.raises(SettingsFailure, match="cannot be written"):
        endpoints.add(CLOUD)


def test_every_preset_can_be_added(endpoints):
    for each in PRESETS:
        url = each.base_url.replace("{", "").replace("}", "")
        assert each.is_template == (each.name == "azure")
        added = endpoints.add(
            Endpoint(each.name, url, (), each.zone, dialect=each.dialect, query=each.query)
        )
        assert added.base_url == url
        assert each.zone is (Zone.NETWORK if "127.0.0.1" in url else Zone.CLOUD)
        assert each.needs_key == (each.zone is Zone.CLOUD)
        if each.variable:
            endpoints.replace(
                replace(added, key=KeyPlace.ENVIRONMENT, variable=each.variable)
            )  # fmt: skip
    assert [each.name for each in endpoints.all()] == [each.name for each in PRESETS]
    assert preset("groq").title == "Groq"
    with pytest.raises(NotFound, match="mars"):
        preset("mars")
