"""Who asks an endpoint of ours."""

import pytest

from scripted.remotes import Client


@pytest.fixture
def client() -> Client:
    return Client()
