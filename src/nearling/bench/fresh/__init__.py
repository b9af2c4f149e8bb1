"""The held-out pairs: never looked at while the answering is built, scored at the end."""

from nearling.bench.fresh import labels, machines, paper, public, screens, shopping, travel
from nearling.bench.pairs import Pair

PAIRS: tuple[Pair, ...] = (
    *shopping.PAIRS,
    *travel.PAIRS,
    *paper.PAIRS,
    *machines.PAIRS,
    *labels.PAIRS,
    *screens.PAIRS,
    *public.PAIRS,
)
