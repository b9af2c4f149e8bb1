"""What an address says by itself about where its server is."""

import pytest

from nearling.settings.addresses import is_this_computer


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:11434/v1", True),
        ("http://LOCALHOST./v1", True),
        ("http://models.localhost/v1", True),
        ("http://127.0.0.1:1234/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://192.168.1.7/v1", False),
        ("http://attic.local/v1", False),
        ("http://localhost.example.org/v1", False),
        ("https://api.example.org/v1", False),
    ],
)
def test_whether_it_is_this_computer(url, here):
    assert is_this_computer(url) is here


def test_an_address_that_names_nobody_is_refused():
    with pytest.raises(ValueError, match="v1"):
        is_this_computer("/v1")
