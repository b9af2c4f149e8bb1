"""What a language model will take of the memory, and how long a context has room in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.catalogue.writer_fit import fit, keys_and_values, memory
from nearling.catalogue.writer_folder import inspect
from scripted.writer_folders import hub_folder

GB = 1_000_000_000


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Numbers of Qwen2.5-0.5B with four bits a weight."""
    folder = hub_folder(tmp_path_factory.mktemp("models") / "small", "_q4")
    return replace(
        inspect(folder), layers=24, kv_heads=2, head_size=64, context_length=32_768,
        bytes=309_000_000,
    )  # fmt: skip


def test_the_parts_of_the_estimate(small):
    assert keys_and_values(small, 1024) == 2 * 24 * 2 * 64 * 4 * 1024
    assert memory(small, 2048) - memory(small, 1024) == keys_and_values(small, 1024)
    assert memory(small, 0) > 1.45 * small.bytes


@pytest.mark.parametrize(
    ("free", "fits", "context_length"),
    [
        (8 * GB, True, 32_768),
        (1.6 * GB, True, 16_384),
        (1.0 * GB, True, 2_048),
        (0.9 * GB, False, 1_024),
        (0, False, 1_024),
    ],
)
def test_the_longest_context_that_fits(small, free, fits, context_length):
    found = fit(small, int(free))
    assert (found.fits, found.context_length) == (fits, context_length)
    assert found.bytes == memory(small, context_length)
    assert f"{found.bytes / GB:.1f} GB" in found.sentence
    assert f"{free / GB:.1f} GB" in found.sentence


@pytest.mark.parametrize(
    ("own", "context_length"), [(131_072, 32_768), (40_960, 32_768), (3_000, 3_000), (512, 512)]
)
def test_never_more_than_the_model_was_made_for(small, own, context_length):
    assert fit(replace(small, context_length=own), 64 * GB).context_length == context_length


@given(
    st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 10**7), st.integers(1, 10**10)
)
def test_more_memory_never_shortens_the_context(small, one, other, own, size):
    model = replace(small, context_length=own, bytes=size)
    less, more = sorted((one, other))
    assert fit(model, less).context_length <= fit(model, more).context_length
    assert fit(model, less).fits <= fit(model, more).fits
    assert fit(model, more).context_length <= own
    assert not fit(model, more).fits or fit(model, more).bytes <= more
