"""A product with a home of its own and a picture with an answer."""

import pytest

from scripted.pictures import draw, saved
from scripted.product import Product


@pytest.fixture
def product(tmp_path):
    return Product(tmp_path / "home")


@pytest.fixture
def ticket(tmp_path):
    return saved(draw("Night Train 471", "Platform: 7", "Price: 39.90 EUR"), tmp_path / "t.png")
