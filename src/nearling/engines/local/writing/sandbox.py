"""Runs a stranger's template so that it ends, and touches nothing but what it is given.

Jinja's own sandbox keeps a template away from Python's insides. Beyond that, whatever can repeat
or grow is paid for out of an allowance, before it happens: rounds of loops, calls, and text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sized
from functools import wraps
from types import BuiltinMethodType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.ext import Extension, LoopControlExtension
from jinja2.parser import Parser
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

LONGEST_SOURCE = 200_000
"""Characters; the longest template of a well-known model has about a tenth of that."""
_ALLOWANCE = 1_000_000
_CALL = 20
"""What a call or a round of a loop costs; a character costs one."""
_LARGEST_BITS = 256
_LARGEST_INDENT = 64

_FILTERS = frozenset({
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "float", "indent", "int",
    "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "string", "sum",
    "title", "trim", "unique", "upper",
})  # fmt: skip
_STRING_METHODS = frozenset({
    "capitalize", "count", "endswith", "find", "index", "isalpha", "isdigit", "islower", "isspace",
    "isupper", "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace",
    "rfind", "rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip",
    "title", "upper",
})  # fmt: skip
_OPEN = (dict, list, tuple, Namespace, LoopContext, Macro)
"""Whose public attributes a template may use; of a string's, those named above."""


class Exhausted(Exception):
    """The template wants more than any chat takes."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment that templates of language models expect, with an allowance."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "**", "%"})

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            extensions=[LoopControlExtension, _Generation],
            finalize=self._shown,
        )
        self._left = _ALLOWANCE
        self.filters = {
            name: self._paid(function)
            for name, function in self.filters.items()
            if name in _FILTERS
        }
        self.filters |= {"tojson": self._paid(_to_json), "safe": self._paid(str)}
        kept = ("range", "dict", "namespace")
        self.globals = {name: self.globals[name] for name in kept}

    def compiled(self, source: str) -> Callable[[dict[str, Any]], str]:
        """The template as a function of what it may know. Raises whatever a bad template raises."""
        self._left = _ALLOWANCE
        if len(source) > LONGEST_SOURCE:
            raise Exhausted
        tree = _Metered(self).visit(self.parse(source)).set_environment(self)
        template = self.template_class.from_code(self, self.compile(tree), self.globals)

        def render(known: dict[str, Any]) -> str:
            # A long conversation passes through a template's hands a few times.
            self._left = _ALLOWANCE + 50 * _size(known)
            return template.render(known)

        return render

    def spend(self, cost: int) -> None:
        self._left -= cost
        if self._left < 0:
            raise Exhausted

    def rounds(self, items: Iterable[Any], cost: int) -> Iterable[Any]:
        """What a loop goes over; each round costs as much as the text that stands in it."""
        if isinstance(items, Sized):
            self.spend(len(items) * cost)
            return items
        return self._one_by_one(items, cost)

    def joined(self, *parts: object) -> str:
        self._pay_for(parts)
        return "".join(map(str, parts))

    def weighed(self, value: object) -> object:
        """What is compared: all of it may have to be looked at."""
        self._pay_for(value)
        return value

    def call(self, context: Context, obj: Any, *args: Any, **words: Any) -> Any:
        self.spend(_CALL)
        if isinstance(obj, BuiltinMethodType) and isinstance(obj.__self__, str):
            self._pay_for_growth(obj.__name__, (obj.__self__, *args, *words.values()))
        result = super().call(context, obj, *args, **words)
        if isinstance(result, str | range):
            self.spend(len(result))
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        self.spend(_CALL)
        if isinstance(left, int | float) and isinstance(right, int | float):
            if operator == "**" and abs(right) > _LARGEST_BITS:
                raise Exhausted
        elif operator == "+":
            self._pay_for((left, right))
        elif operator == "*":
            times = max(each for each in (left, right, 1) if isinstance(each, int))
            self.spend(times * _size((left, right)))
        else:
            raise TypeError(operator)
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and result.bit_length() > _LARGEST_BITS:
            raise Exhausted
        return result

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in _STRING_METHODS
        return isinstance(obj, _OPEN) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Forms can ask for any width, so that nobody gets a method that fills one."""

    def _shown(self, value: Any) -> Any:
        self._pay_for(value)
        return value

    def _one_by_one(self, items: Iterable[Any], cost: int) -> Iterator[Any]:
        for item in items:
            self.spend(cost)
            yield item

    def _paid(self, function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__.removeprefix("do_")

        @wraps(function)
        def paying(*args: Any, **words: Any) -> Any:
            self.spend(_CALL)
            # Jinja hands some filters itself first.
            given = [each for each in args if not isinstance(each, Environment | Context)]
            for each in given:
                self._pay_for(each)
            self._pay_for_growth(name, (*given, *words.values()))
            result = function(*args, **words)
            if isinstance(result, str):
                self.spend(len(result))
            return result

        return paying

    def _pay_for_growth(self, name: str, given: tuple[Any, ...]) -> None:
        """For what gets larger than everything that goes in."""
        texts = [each for each in given if isinstance(each, str)]
        if name == "replace" and len(texts) >= 3:
            self.spend(texts[0].count(texts[1]) * len(texts[2]))
        elif name == "join":
            longest = max(map(len, texts), default=0)
            for each in given:
                if isinstance(each, list | tuple | dict):
                    self._pay_for(each)
                    self.spend(len(each) * longest)
        elif name == "indent":
            wide = [each for each in given if isinstance(each, int) and each > _LARGEST_INDENT]
            if wide or any(len(each) > _LARGEST_INDENT for each in texts[1:]):
                raise Exhausted

    def _pay_for(self, value: object) -> None:
        self.spend(_size(value, self._left + 1))


def _size(value: object, most: int = _ALLOWANCE) -> int:
    """Characters and members, however deep; stops counting at `most`."""
    size, waiting = 0, [value]
    while waiting and size < most:
        each = waiting.pop()
        if isinstance(each, str):
            size += len(each)
        elif isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple | set):
            waiting += each
        size += 1
    return size


def _to_json(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """As chat templates know it: no HTML escapes, unlike Jinja's own."""
    if indent is not None and (not isinstance(indent, int) or indent > _LARGEST_INDENT):
        raise Exhausted
    return json.dumps(
        value,
        ensure_ascii=ensure_ascii,
        indent=indent,
        separators=separators,
        sort_keys=sort_keys,
    )


class _Generation(Extension):
    """`{% generation %}` marks what a model wrote, for training; here it is passed through."""

    tags = {"generation"}  # noqa: RUF012  Jinja reads it from the class

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _Metered(NodeTransformer):
    """Has loops, joined text and comparisons go by way of the sandbox, which counts them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  Jinja's name
        self.generic_visit(node)
        literal = sum(len(each.data) for each in node.find_all(nodes.TemplateData))
        node.iter = self._call("rounds", node.iter, nodes.Const(_CALL + literal))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return self._call("joined", *node.nodes)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = self._call("weighed", node.expr)
        return node

    def _call(self, name: str, *given: nodes.Node) -> nodes.Call:
        ours = nodes.EnvironmentAttribute(name)
        return nodes.Call(ours, list(given), [], None, None, lineno=given[0].lineno)
