"""`nearling talk` reaches the open window, and says so where none is open."""

import queue

from nearling.instance.doorbell import Doorbell, Talk
from nearling.settings.paths import Paths


def test_the_open_window_is_told(product):
    rung: queue.SimpleQueue[Talk] = queue.SimpleQueue()
    with Doorbell(Paths.find({"NEARLING_HOME": str(product.home)}).doorbell) as doorbell:
        assert doorbell.answer(print, rung.put)
        for action in ("start", "stop", "cancel"):
            ran = product.run("talk", action)
            assert (ran.code, ran.out) == (0, "")
            assert rung.get(timeout=30) == Talk(action)


def test_without_a_window_it_says_what_to_do(product):
    ran = product.run("talk", "start")
    assert ran.code == 1
    assert "No window of Nearling is open" in ran.notes
    assert "Open it with `nearling`" in ran.notes


def test_another_word_is_no_action(product):
    assert product.run("talk", "louder").code == 2
