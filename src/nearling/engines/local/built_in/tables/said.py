"""Reads how people ask about tables, and what tables call their sums."""

from pathlib import Path

from nearling.engines.local.built_in.quoting.vocabulary import sections

SAID = sections("asking.txt", Path(__file__).parent)


def listed(section: str) -> frozenset[str]:
    """The words of a section."""
    return frozenset(" ".join(SAID[section]).split())
