"""How long a route takes is measured where some can answer and where nobody can."""

from nearling.assistant.routing import Unroutable, choose_route
from nearling.bench.speed import routing
from nearling.core.conversation import Route


def test_both_ways_it_can_end_are_measured(monkeypatch):
    ends = []

    def watched(*arguments):
        ends.append(choose_route(*arguments))
        return ends[-1]

    monkeypatch.setattr(routing, "choose_route", watched)
    figure = routing.route_figure()
    assert (figure.name, figure.unit) == ("cloud.route_ms", "ms")
    assert figure.value > 0
    assert {type(end) for end in ends} == {Route, Unroutable}
    assert len(next(end for end in ends if isinstance(end, Unroutable)).reasons) == 40
