"""What argparse says by itself, translated with all the rest."""

from __future__ import annotations

import argparse

from nearling.core.language import gettext, marked, ngettext


def translate_argparse() -> None:
    """It would ask a gettext that knows the environment's language, but not the option's."""
    vars(argparse).update(_=gettext, ngettext=ngettext)


SENTENCES = (
    marked("usage: "),
    marked("options"),
    marked("positional arguments"),
    marked("show this help message and exit"),
    marked("%(prog)s: error: %(message)s\n"),
    marked("argument %(argument_name)s: %(message)s"),
    marked("the following arguments are required: %s"),
    marked("one of the arguments %s is required"),
    marked("not allowed with argument %s"),
    marked("unrecognized arguments: %s"),
    marked("invalid choice: %(value)r (choose from %(choices)s)"),
    marked("invalid %(type)s value: %(value)r"),
    marked("ignored explicit argument %r"),
    marked("expected one argument"),
    marked("expected at least one argument"),
)
