"""What is measured of asking over a network is measured on a real stream; no speed counts."""

from __future__ import annotations

from nearling.bench.speed.far import far_figures


def test_ours_beside_a_bare_stream() -> None:
    overhead, first, cancelling = far_figures(rounds=1, brief_rounds=2)
    assert [overhead.name, first.name, cancelling.name] == [
        "cloud.overhead",
        "cloud.first_token_ms",
        "cloud.cancel_ms",
    ]
    for figure in (overhead, first):
        assert figure.value
        assert figure.baseline
        assert figure.ratio == figure.value / figure.baseline
    # All tokens came, at their pace: 250 of them at 500 a second.
    assert overhead.value is not None
    assert overhead.value > 490
    assert "250 tokens" in overhead.note
    assert cancelling.value
