"""A property that is made when it is first asked for, once, whichever thread asks."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Generic, Self, TypeVar, overload

_Made = TypeVar("_Made")


class once(Generic[_Made]):  # noqa: N801  said like property
    """As functools.cached_property, which newer Pythons let two threads make at a time."""

    _making = RLock()
    """One for all: what is made may ask for what is being made, and never the other way round."""

    def __init__(self, make: Callable[..., _Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> _Made: ...
    def __get__(self, instance: object | None, owner: type) -> _Made | Self:
        """Asked only while it has not been made: then it stands in the object itself."""
        if instance is None:
            return self
        with self._making:
            made = vars(instance)
            if self._name not in made:
                made[self._name] = self._make(instance)
            found: _Made = made[self._name]
            return found
