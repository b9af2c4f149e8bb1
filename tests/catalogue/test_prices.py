"""What is known of models beyond this computer: never too cheap, and never for nothing."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from nearling.catalogue.prices import endings, known, table
from nearling.core.media import Medium
from nearling.core.writers import Price

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import prices as script  # noqa: E402

OPENAI, GROQ, NEW = "api.openai.com", "api.groq.com", "api.new-provider.example"
SHARED = "openai/gpt-oss-120b"
"""A model that many providers run."""


def test_a_model_by_its_name():
    model = known("gpt-4o", OPENAI)
    assert model.id == "gpt-4o"
    assert model.price == Price(2_500_000, 10_000_000)
    assert model.context_length == 128_000
    assert model.accepts == {Medium.TEXT, Medium.PICTURE}


def test_the_host_decides_between_providers():
    rows = table().rows
    assert known(SHARED, GROQ).price == Price(*rows[f"groq/{SHARED}"][:2])
    assert known("gpt-4o", "mine.openai.azure.com").price == Price(*rows["azure/gpt-4o"][:2])
    # Google's own list of models spells them so.
    (name,) = [key for key in rows if key == "gemini/gemini-2.5-flash"]
    listed = known("models/gemini-2.5-flash", "generativelanguage.googleapis.com")
    assert (listed.id, listed.price) == ("models/gemini-2.5-flash", Price(*rows[name][:2]))


def test_a_host_that_only_looks_like_another_is_a_stranger():
    dearest = max(table().rows[key][0] or 0 for key in endings()[SHARED])
    assert known(SHARED, GROQ).price.input < dearest
    for host in ("api.groq.com.evil.example", "evil-api.groq.com.example", "xapi.groq.com.cc"):
        assert known(SHARED, host).price.input == dearest


def test_elsewhere_the_dearest_and_the_narrowest_is_meant():
    shared = [
        keys for keys in endings().values() if len({tuple(table().rows[k][:2]) for k in keys}) > 2
    ]
    assert shared
    for keys in shared:
        name = next(end for end, found in endings().items() if found == keys)
        if name in table().rows:
            continue
        model, rows = known(name, NEW), [table().rows[key] for key in keys]
        if model.price is not None:
            assert model.price.input == max(row[0] for row in rows if row[0] is not None)
        if model.context_length is not None:
            assert model.context_length == min(row[2] for row in rows if row[2] is not None)
        if Medium.PICTURE in model.accepts:
            assert {row[3] for row in rows} == {"p"}, name


def test_the_maker_may_stand_before_the_name():
    assert known("openai/gpt-4o", "openrouter.ai").price.input >= 2_500_000


def test_what_is_not_known_is_none_and_never_nothing():
    assert known("my-own-model", OPENAI) is None
    assert known("", OPENAI) is None
    assert all(price is None or price > 0 for row in table().rows.values() for price in row[:2])


@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.5", "box.local", "litellm", "::1"])
def test_nobody_knows_what_a_server_nearby_charges(host):
    assert known("gpt-4o", host) is None


def test_a_model_that_listens():
    model = known("whisper-1", OPENAI)
    assert (model.accepts, model.price) == ({Medium.CLIP}, None)


ROW = {
    "mode": "chat",
    "max_input_tokens": 1_000_000,
    "input_cost_per_token": 1.5e-07,
    "output_cost_per_token": 6e-07,
}


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, [150_000, 600_000, 1_000_000, ""]),
        ({"supports_vision": True}, [150_000, 600_000, 1_000_000, "p"]),
        # Above that many tokens all of them cost more.
        ({"input_cost_per_token_above_200k_tokens": 3e-07}, [150_000, 600_000, 200_000, ""]),
        ({"input_cost_per_token_above_200k_tokens_batches": 1e-07}, [150_000, 600_000, 10**6, ""]),
        ({"input_cost_per_token": 0, "output_cost_per_token": 0}, [None, None, 1_000_000, ""]),
        ({"output_cost_per_token": None}, [None, None, 1_000_000, ""]),
        ({"max_input_tokens": None}, [150_000, 600_000, None, ""]),
        ({"max_input_tokens": None, "input_cost_per_token": 0}, None),
        ({"mode": "embedding"}, None),
        ({"mode": "responses"}, None),
        # The published table names this charge twice, for what comes in and for what goes out.
        (
            {"mode": "audio_transcription", "output_cost_per_second": 0.0001},
            [None, None, None, "c"],
        ),
    ],
)
def test_what_is_kept_of_the_published_table(change, kept):
    assert script.row(ROW | change) == kept


def test_a_renewed_file_is_what_is_read():
    models = script.slim({"b/c": ROW, "a": ROW, "sample_spec": ROW, "d": {"mode": "embedding"}})
    text = script.written(models, {"version": "1", "date": "2026-11-22"})
    assert list(json.loads(text)["models"]) == ["a", "b/c"]
    assert text.count("\n") == 8


def test_the_file_says_where_it_comes_from_and_under_which_licence():
    read = json.loads((ROOT / "assets" / "prices.json").read_text())
    assert (read["version"], read["date"]) == (table().version, table().date)
    assert "MIT License" in read["licence"]
    assert "Berri AI" in read["licence"]
    assert read["source"].startswith("https://")


TIMED = """
import time
from nearling.catalogue.prices import known
began = time.thread_time()
assert known("gpt-4o", "api.openai.com")
print(1000 * (time.thread_time() - began))
"""


def test_the_table_is_read_in_a_moment():
    """Processor time, so that a busy computer changes little; in a process that starts with it."""
    times = [
        float(subprocess.run([sys.executable, "-c", TIMED], capture_output=True, check=True).stdout)
        for _ in range(3)
    ]
    assert statistics.median(times) < 45, times  # 7 to 12 ms on an idle computer
