"""A bug is named by where it happened, never by what it says."""

from nearling.core.faults import named


def test_a_fault_keeps_its_places_and_loses_its_words():
    def inner():
        raise ValueError("the user's secret")

    try:
        inner()
    except ValueError as error:
        told = named(error)
    assert told.startswith("ValueError at inner:")
    assert "test_a_fault_keeps_its_places_and_loses_its_words:" in told
    assert "secret" not in told
