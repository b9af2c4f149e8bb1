"""How fast a model is, is found out in time, also where it is slow."""

import pytest

from nearling.core.cancellation import Cancellation
from nearling.engines.local.writing.held import Held
from nearling.engines.local.writing.measuring import measure
from scripted.deciding import ScriptedDecoder, saying


@pytest.mark.parametrize("prefill", [4.0, 15.0, 60.0, 1000.0])
@pytest.mark.parametrize("decode", [0.5, 3.0, 50.0])
@pytest.mark.parametrize("context", [256, 4096])
def test_twenty_seconds_are_enough(prefill: float, decode: float, context: int) -> None:
    decoder, now = ScriptedDecoder(saying([1], 0, 50)), 0.0

    def passes() -> None:
        nonlocal now
        tokens = len(decoder.fed[-1])
        now += tokens / prefill if tokens > 1 else 1 / decode

    decoder.before = passes
    speed = measure(Held(decoder), 50, context, Cancellation(), lambda: now)
    assert (speed.prefill, speed.decode) == pytest.approx((prefill, decode))
    assert now <= 20
    assert max(sum(map(len, decoder.fed)), 1) <= context
    assert decoder.length == 0
