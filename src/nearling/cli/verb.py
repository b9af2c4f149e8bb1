"""What a module must have to be a verb of the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Protocol

from nearling.cli.house import House
from nearling.cli.terminal import Terminal


class Verb(Protocol):
    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, arguments: Namespace, house: House, terminal: Terminal) -> int:
        """Returns the exit code. Raises NearlingError; the caller tells it."""
        ...
