"""Walks XML by the plain names of its elements; entities stay unresolved, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

Element = Any
"""An element of lxml, which has no types."""


def name_of(element: Element) -> str:
    """Without its namespace, of which there are several for the same; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def children(element: Element, *names: str) -> Iterator[Element]:
    return (child for child in element if name_of(child) in names)


def child(element: Element, *path: str) -> Element | None:
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def streamed(content: IO[bytes], parents: frozenset[str]) -> Iterator[Element]:
    """Each child of an element with one of these names, in turn; forgotten once the next is asked.

    A child of such a child comes with it and not by itself.
    """
    deep = 0
    events = etree.iterparse(
        content, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    for event, element in events:
        parent = element.getparent()
        inside = parent is not None and name_of(parent) in parents
        if event == "start":
            deep += inside
            continue
        deep -= inside
        if inside and not deep:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
