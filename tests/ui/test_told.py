"""Answers that no language model wrote: notes read as text, and sources letter for letter."""

from __future__ import annotations

from nearling.core.events import Delta, Finished
from nearling.core.means import Means
from nearling.ui.chat.told import as_markdown
from scripted.engines import ScriptedWriter
from ui.conftest import until
from ui.test_window import ended, shown, type_into

NOTE = "“**No** module `x`”\n\nPython: it is **not** there.\n\n- one `pip`\n- two"


def test_a_quotation_stays_one():
    assert as_markdown("**39.90**", Means.QUOTED) is None
    assert as_markdown("**39.90**", None) is None


def test_a_note_is_text_and_what_it_explains_is_letter_for_letter():
    from nearling.ui.markdown.blocks import Blocks

    blocks = Blocks()
    blocks.append(as_markdown(NOTE, Means.EXPLAINED))
    first, second, third = (block.html for block in blocks.all)
    assert first == "<p>“**No** module `x`”</p>"
    assert "<strong>not</strong>" in second
    assert third.count("<li>") == 2
    assert "<code>pip</code>" in third


def test_a_summary_is_no_heading_and_says_what_its_sources_say():
    from nearling.ui.markdown.blocks import Blocks

    blocks = Blocks()
    blocks.append(as_markdown("# 1. First *thing*.\nSecond.", Means.SUMMARISED))
    (block,) = blocks.all
    assert block.html == "<p># 1. First *thing*.<br />\nSecond.</p>"


def test_an_explained_error_is_shown_as_a_note(open_window):
    note = ScriptedWriter(Delta(NOTE), Finished(0, 0, means=Means.EXPLAINED))
    window = open_window(note, id="quoting")
    type_into(window, "What is wrong?")
    ended(window)
    turn = shown(window)
    until(lambda: len(turn._answer.shown()) == 3)
    said = [each.toPlainText() for each in turn._answer.shown().values()]
    assert said[:2] == ["“**No** module `x`”", "Python: it is not there."]


def test_what_is_indented_is_no_code():
    from nearling.ui.markdown.blocks import Blocks

    blocks = Blocks()
    blocks.append(as_markdown("One.\n\n      *two*", Means.SUMMARISED))
    assert [block.html for block in blocks.all] == ["<p>One.</p>", "<p>*two*</p>"]
