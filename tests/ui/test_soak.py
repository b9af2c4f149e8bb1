"""Question after question in the real window: nothing is left over, and memory stays where it is.

`NEARLING_SOAK=1 python3 dev.py test tests/ui/test_soak.py -s` asks 300 questions and judges memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from scripted.pictures import draw, saved
from ui.soaked_window import RESTS

WHOLE = bool(os.environ.get("NEARLING_SOAK"))
pytestmark = [pytest.mark.unhurried] if WHOLE else []
QUESTIONS, SETTLED = (300, 100) if WHOLE else (30, 10)
PROGRAM = Path(__file__).with_name("soaked_window.py")
_SPAN = 10
"""Questions over which a count is taken: some thread is mostly at work."""


def _at_rest(told, what: str) -> float:
    """Of the last few rests; while something is read, memory comes and goes."""
    return median([each[what] for each in told if each["asked"] % RESTS == 0][-3:])


def test_many_questions_leave_nothing_behind(display, application, tmp_path, capsys):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(1, QUESTIONS + 1):
        receipt = draw("Corner Shop", f"Receipt {number}", f"Total: {number}.50 EUR", width=420)
        saved(receipt, pictures / f"{number:04}.png")
    soaked = subprocess.run(
        [sys.executable, str(PROGRAM), str(pictures), str(QUESTIONS)],
        env=os.environ | {"NEARLING_HOME": str(tmp_path / "home"), "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert (soaked.returncode, soaked.stderr) == (0, "")
    told = [json.loads(line) for line in soaked.stdout.splitlines()]
    assert [each["asked"] for each in told] == list(range(1, QUESTIONS + 1))
    wrong = [each for each in told if f"{each['asked']}.50" not in each["answer"]]
    assert wrong == []
    early, late = told[SETTLED - _SPAN : SETTLED], told[-_SPAN:]
    for what in ("threads", "handles", "processes"):
        assert min(each[what] for each in late) <= min(each[what] for each in early), what
    for what in ("own", "children"):
        before, after = (_at_rest(told[:asked], what) for asked in (SETTLED, QUESTIONS))
        with capsys.disabled():
            told_now = f"{before / 1e6:.1f} MB, then {after / 1e6:.1f} MB"
            print(f"\n{what} after {SETTLED} and after {QUESTIONS} questions: {told_now}")
        if WHOLE:
            assert abs(after / before - 1) <= 0.05, what
