"""What asking needs is loaded once, when somebody begins; who waits for it goes on in order."""

import pytest

from nearling.core.errors import EngineFailure
from ui.conftest import until


class House:
    def __init__(self, *, broken=False):
        self.broken = broken
        self.asked = []

    @property
    def assistant(self):
        self.asked.append("assistant")
        if self.broken:
            raise EngineFailure("It is broken.", "Mend it.")


@pytest.fixture
def ready(qt):
    from PySide6.QtCore import QObject

    from nearling.ui.readiness import Readiness
    from nearling.ui.tasks import Tasks

    parent, tasks = QObject(), Tasks()
    yield lambda house: (Readiness(parent, house, tasks), tasks)
    tasks.close()


def test_who_waits_goes_on_in_order_and_nothing_is_loaded_twice(ready):
    house, done = House(), []
    readiness, tasks = ready(house)
    readiness.begin()
    readiness.when_ready(lambda: done.append("first"))
    readiness.when_ready(lambda: done.append("second"))
    assert done == []
    until(lambda: done == ["first", "second"])
    readiness.when_ready(lambda: done.append("at once"))
    assert done[-1] == "at once"
    readiness.begin()
    assert tasks.idle
    assert house.asked == ["assistant"]


def test_a_failure_is_told_and_nobody_waits_for_ever(ready):
    told, done = [], []
    readiness, tasks = ready(House(broken=True))
    tasks.failed.connect(told.append)
    readiness.when_ready(lambda: done.append("on"))
    until(lambda: done)
    assert [error.sentence for error in told] == ["It is broken."]
