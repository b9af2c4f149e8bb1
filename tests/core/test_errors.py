"""Every failure survives the way out of a child process."""

import pytest

from nearling.core import errors
from nearling.core.errors import NearlingError, from_kind

FAILURES = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, NearlingError)
]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_kind_names_one_failure(failure):
    again = from_kind(failure.kind, "What happened.", "What to do.")
    assert type(again) is failure
    assert (again.sentence, again.remedy) == ("What happened.", "What to do.")


def test_the_tree_in_the_docstring_is_the_tree():
    drawn = {word for word in errors.__doc__.replace("│", " ").split() if word[0].isupper()}
    assert {failure.__name__ for failure in FAILURES} <= drawn


def test_an_unknown_kind_is_a_failure_all_the_same():
    assert type(from_kind("from the future", "a", "b")) is NearlingError
