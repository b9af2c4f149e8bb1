"""What can be done with something is offered only where it works."""

import pytest

from nearling.assistant.offering import offered
from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled
from nearling.core.events import Declined, Delta, Finished
from nearling.core.geometry import Box
from nearling.core.means import Means
from nearling.core.prompt import Source
from nearling.core.reading import Cell, Table
from scripted.engines import ScriptedWriter, candidate, picture, reading_of

ERROR = reading_of(picture("log"), "Segmentation fault")
LONG = reading_of(picture("page"), "A line of some words that goes on. " * 30)
TABLE = Table(Box(0, 0, 9, 9), ((Cell("a", None, ()),),), header=True)


def of(*sources, writers=()):
    return offered(sources, "Explain this error", writers, Cancellation())


def test_pages_are_read_in_their_order():
    pages = (Source("a", LONG, page=2), Source("a", ERROR, page=1))
    told = of(*pages)
    assert told.text.startswith("Segmentation fault\n\nA line")
    assert told.is_long
    assert not of(pages[1]).is_long


def test_tables_are_those_of_all_pages():
    from dataclasses import replace

    pages = [Source("a", replace(ERROR, tables=(TABLE,)), page=number) for number in (1, 2)]
    assert of(*pages).tables == (TABLE, TABLE)
    assert of().tables == ()


def test_an_error_is_explained_by_who_knows_it_here():
    knows = ScriptedWriter(Delta("It did."), Finished(0, 0, means=Means.EXPLAINED))
    quotes = ScriptedWriter(Delta("It did."), Finished(0, 0, means=Means.QUOTED))
    assert of(Source("a", ERROR), writers=[candidate("built-in", knows)]).explains
    assert not of(Source("a", ERROR), writers=[candidate("built-in", quotes)]).explains
    refuses = ScriptedWriter(Declined("No."))
    assert not of(Source("a", ERROR), writers=[candidate("built-in", refuses)]).explains


def test_a_language_model_is_not_asked_for_it():
    model = ScriptedWriter(Delta("It did."), Finished(0, 0, means=Means.EXPLAINED))
    assert not of(Source("a", ERROR), writers=[candidate("model", model, tier=1)]).explains


def test_nothing_to_read_offers_nothing():
    empty = reading_of(picture("blank"))
    knows = ScriptedWriter(Delta("x"), Finished(0, 0, means=Means.EXPLAINED))
    told = of(Source("a", empty), writers=[candidate("built-in", knows)])
    assert (told.text, told.tables, told.explains) == ("", (), False)


def test_it_can_be_given_up():
    stopped = Cancellation()
    stopped.cancel()
    with pytest.raises(Cancelled):
        offered(
            (Source("a", ERROR),), "Explain", [candidate("a", ScriptedWriter(Delta("x")))], stopped
        )
