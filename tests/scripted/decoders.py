"""Small decoders of random weights in ONNX's form, written byte by byte; hostile ones, too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nearling.catalogue.protobuf import block, integer
from nearling.catalogue.writer_folder import WriterFolder

WORDS, WIDTH, LAYERS, HEADS, KV_HEADS, HEAD, POSITIONS = 64, 64, 2, 4, 2, 16, 1024
KINDS = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7, "float16": 10}
FLOAT, INT64, HALF = 1, 7, 10
OURS = "com.microsoft"


def text(number: int, letters: str) -> bytes:
    return block(number, letters.encode())


def attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return block(5, text(1, name) + integer(3, value) + integer(20, 2))
    number = b"\x15" + np.float32(value).tobytes()
    return block(5, text(1, name) + number + integer(20, 1))


def node(
    operator: str,
    inputs: Iterable[str],
    outputs: Iterable[str],
    domain: str = "",
    extra: bytes = b"",
    **how: float,
) -> bytes:
    content = b"".join([text(1, each) for each in inputs] + [text(2, each) for each in outputs])
    content += text(4, operator) + b"".join(attribute(*each) for each in how.items()) + extra
    return block(1, content + text(7, domain))


def tensor(name: str, array: np.ndarray, where: dict[str, str] | None = None) -> bytes:
    """The content of a tensor; with `where`, its bytes are elsewhere."""
    content = b"".join(integer(1, side) for side in array.shape)
    content += integer(2, KINDS[array.dtype.name]) + text(8, name)
    if where is None:
        return content + block(9, array.tobytes())
    entries = (block(13, text(1, key) + text(2, value)) for key, value in where.items())
    return content + b"".join(entries) + integer(14, 1)


def value(number: int, name: str, kind: int, *size: int | str) -> bytes:
    """An input (11) or an output (12)."""
    sides = (integer(1, side) if isinstance(side, int) else text(2, side) for side in size)
    shape = b"".join(block(1, side) for side in sides)
    described = block(1, integer(1, kind) + block(2, shape))
    return block(number, text(1, name) + block(2, described))


def model(graph: bytes) -> bytes:
    opsets = block(8, integer(2, 17)) + block(8, text(1, OURS) + integer(2, 1))
    return integer(1, 8) + block(7, graph + text(2, "decoder")) + opsets


@dataclass
class Layout:
    shared: bool = True
    """GroupQueryAttention; else step by step."""
    bits: int = 0
    """Of the weights; 0 keeps them whole."""
    rounding: bool = False
    """Whether the last matrix is of bytes."""
    keep: tuple[int, ...] | None = None
    """The size of num_logits_to_keep, where there is one."""
    half: bool = False
    """Whether keys and values are kept in 16 bits; only step by step."""
    names: tuple[str, str] = ("past_key_values.{}.{}", "present.{}.{}")
    beside: bool = False
    seed: int = 0


@dataclass
class Sheet:
    """What is to be written into a graph."""

    layout: Layout
    file: Path
    parts: list[bytes] = field(default_factory=list)
    data: bytearray = field(default_factory=bytearray)
    known: set[str] = field(default_factory=set)

    def node(self, operator: str, inputs: list[str], output: str, **how: object) -> str:
        self.parts.append(node(operator, inputs, [output], **how))  # type: ignore[arg-type]
        return output

    def array(self, name: str, array: np.ndarray) -> str:
        if name in self.known:
            return name
        self.known.add(name)
        where = None
        if self.layout.beside and array.nbytes > 64:
            where = {"location": f"{self.file.name}_data", "offset": str(len(self.data))}
            where["length"] = str(array.nbytes)
            self.data += array.tobytes()
        self.parts.append(block(5, tensor(name, array, where)))
        return name

    def numbers(self, *numbers: int) -> str:
        return self.array(f"n{numbers}", np.array(numbers, np.int64))

    def matrix(self, name: str, inputs: str, rows: int, columns: int, output: str) -> str:
        drawn = np.random.default_rng([self.layout.seed, *name.encode()])
        if not self.layout.bits:
            weights = drawn.standard_normal((rows, columns), np.float32) / np.float32(rows**0.5)
            return self.node("MatMul", [inputs, self.array(name, weights)], output)
        size = (columns, rows // 32, 4 * self.layout.bits)
        blocks = self.array(name, drawn.integers(0, 256, size, np.uint8))
        scales = self.array(
            f"{name}_scales", np.full(size[:2], 0.5 / 2**self.layout.bits, np.float32)
        )
        return self.node(
            "MatMulNBits", [inputs, blocks, scales], output, domain=OURS,
            K=rows, N=columns, bits=self.layout.bits, block_size=32,
        )  # fmt: skip


def write_decoder(file: Path, layout: Layout) -> WriterFolder:
    """A folder's graph, and what is known of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet = Sheet(layout, file)
    _inputs(sheet)
    drawn = np.random.default_rng(layout.seed)
    table = sheet.array("words", drawn.standard_normal((WORDS, WIDTH), np.float32))
    stream = sheet.node("Gather", [table, "input_ids"], "embedded")
    if not layout.shared:
        places = sheet.array("places", drawn.standard_normal((POSITIONS, WIDTH), np.float32))
        places = sheet.node("Gather", [places, "position_ids"], "placed")
        stream = sheet.node("Add", [stream, places], "embedded_and_placed")
    attention = _shared if layout.shared else _plain
    for layer in range(LAYERS):
        at = f"l{layer}"
        q, k, v = (
            sheet.matrix(f"{at}{each}", stream, WIDTH, count * HEAD, f"{at}/{each}")
            for each, count in (("q", HEADS), ("k", KV_HEADS), ("v", KV_HEADS))
        )
        seen = attention(sheet, layer, q, k, v)
        added = sheet.matrix(f"{at}o", seen, HEADS * HEAD, WIDTH, f"{at}/added")
        stream = sheet.node("Add", [stream, added], f"{at}/stream")
        stream = sheet.node("Tanh", [stream], f"{at}/out")
    _head(sheet, stream)
    file.write_bytes(model(b"".join(sheet.parts)))
    if layout.beside:
        file.with_name(f"{file.name}_data").write_bytes(sheet.data)
    return folder_of(file)


def folder_of(file: Path) -> WriterFolder:
    return WriterFolder(
        folder=file.parent.parent, graph=file, family="llama", tested=True,
        context_length=POSITIONS, layers=LAYERS, kv_heads=KV_HEADS, head_size=HEAD,
        vocabulary=WORDS, ends=(0,), precision="fp32", bytes=file.stat().st_size,
    )  # fmt: skip


def _inputs(sheet: Sheet) -> None:
    layout = sheet.layout
    kind = HALF if layout.half else FLOAT
    sheet.parts.append(value(11, "input_ids", INT64, "batch", "new"))
    sheet.parts.append(value(11, "attention_mask", INT64, "batch", "all"))
    if not layout.shared:
        sheet.parts.append(value(11, "position_ids", INT64, "batch", "new"))
    if layout.keep is not None:
        sheet.parts.append(value(11, "num_logits_to_keep", INT64, *layout.keep))
    sheet.parts.append(value(12, "logits", FLOAT, "batch", "new", WORDS))
    for layer in range(LAYERS):
        for part in ("key", "value"):
            past, present = (name.format(layer, part) for name in layout.names)
            sheet.parts.append(value(11, past, kind, "batch", KV_HEADS, "past", HEAD))
            sheet.parts.append(value(12, present, kind, "batch", KV_HEADS, "all", HEAD))


def _caches(layout: Layout, layer: int) -> list[str]:
    return [name.format(layer, part) for name in layout.names for part in ("key", "value")]


def _shared(sheet: Sheet, layer: int, q: str, k: str, v: str) -> str:
    if layer == 0:
        ones = sheet.node("ReduceSum", ["attention_mask", sheet.numbers(1)], "ones", keepdims=0)
        less = sheet.node("Sub", [ones, sheet.numbers(1)], "less")
        sheet.node("Cast", [less], "last", to=6)
        size = sheet.node("Shape", ["attention_mask"], "size")
        one = sheet.array("one", np.array(1, np.int64))
        sheet.node("Cast", [sheet.node("Gather", [size, one], "all")], "total", to=6)
        turns = np.arange(POSITIONS, dtype=np.float32)[:, None] * 10 ** -np.arange(
            HEAD // 2, dtype=np.float32
        )
        sheet.array("cos", np.cos(turns))
        sheet.array("sin", np.sin(turns))
    past_key, past_value, key, present = _caches(sheet.layout, layer)
    inputs = [q, k, v, past_key, past_value, "last", "total", "cos", "sin"]
    sheet.parts.append(
        node(
            "GroupQueryAttention",
            inputs,
            [f"l{layer}/seen", key, present],
            OURS,
            num_heads=HEADS,
            kv_num_heads=KV_HEADS,
            do_rotary=1,
        )
    )
    return f"l{layer}/seen"


def _plain(sheet: Sheet, layer: int, q: str, k: str, v: str) -> str:
    at = f"l{layer}"
    if layer == 0:
        zero, one = (sheet.array(f"s{each}", np.array(each, np.int64)) for each in (0, 1))
        size = sheet.node("Shape", ["attention_mask"], "size")
        total = sheet.node("Gather", [size, one], "all")
        columns = sheet.node("Range", [zero, total, one], "columns")
        rows = sheet.node("Unsqueeze", ["position_ids", sheet.numbers(1, 3)], "rows")
        sheet.node("LessOrEqual", [columns, rows], "may")
        sheet.array("nothing", np.array(0, np.float32))
        sheet.array("least", np.array(-1e9, np.float32))
        sheet.node("Where", ["may", "nothing", "least"], "mask")

    def heads(rows: str, count: int) -> str:
        apart = sheet.node("Reshape", [rows, sheet.numbers(0, 0, count, HEAD)], f"{rows}/apart")
        beside = b"".join(integer(8, axis) for axis in (0, 2, 1, 3))
        order = block(5, text(1, "perm") + beside + integer(20, 7))
        return sheet.node("Transpose", [apart], f"{rows}/heads", extra=order)

    past_key, past_value, key, present = _caches(sheet.layout, layer)
    wholes = []
    for new, past, out in ((k, past_key, key), (v, past_value, present)):
        rows = heads(new, KV_HEADS)
        if sheet.layout.half:
            rows = sheet.node("Cast", [rows], f"{new}/half", to=HALF)
        whole = sheet.node("Concat", [past, rows], out, axis=2)
        if sheet.layout.half:
            whole = sheet.node("Cast", [whole], f"{new}/whole", to=FLOAT)
        # Each of the two is there for two of the four that ask.
        many = sheet.node("Unsqueeze", [whole, sheet.numbers(2)], f"{new}/one")
        many = sheet.node("Expand", [many, sheet.numbers(1, 1, 2, 1, 1)], f"{new}/two")
        wholes.append(
            sheet.node("Reshape", [many, sheet.numbers(0, HEADS, -1, HEAD)], f"{new}/four")
        )
    down = block(
        5, text(1, "perm") + b"".join(integer(8, a) for a in (0, 1, 3, 2)) + integer(20, 7)
    )
    keys = sheet.node("Transpose", [wholes[0]], f"{at}/keys", extra=down)
    scores = sheet.node("MatMul", [heads(q, HEADS), keys], f"{at}/scores")
    scores = sheet.node("Add", [scores, "mask"], f"{at}/masked")
    shares = sheet.node("Softmax", [scores], f"{at}/shares", axis=-1)
    seen = sheet.node("MatMul", [shares, wholes[1]], f"{at}/seen_by_heads")
    order = block(
        5, text(1, "perm") + b"".join(integer(8, a) for a in (0, 2, 1, 3)) + integer(20, 7)
    )
    seen = sheet.node("Transpose", [seen], f"{at}/beside", extra=order)
    return sheet.node("Reshape", [seen, sheet.numbers(0, 0, HEADS * HEAD)], f"{at}/seen")


def _head(sheet: Sheet, stream: str) -> None:
    if sheet.layout.keep is not None:
        count = "num_logits_to_keep"
        first = sheet.node("Neg", [count], "minus")
        if sheet.layout.keep == ():
            first = sheet.node("Unsqueeze", [first, sheet.numbers(0)], "minus_list")
        end, axis = sheet.numbers(2**63 - 1), sheet.numbers(1)
        stream = sheet.node("Slice", [stream, first, end, axis], "kept")
    if not sheet.layout.rounding:
        sheet.matrix("head", stream, WIDTH, WORDS, "logits")
        return
    sheet.parts.append(node("DynamicQuantizeLinear", [stream], ["rounded", "scale", "middle"]))
    drawn = np.random.default_rng(sheet.layout.seed)
    weights = sheet.array("head", drawn.integers(-99, 99, (WIDTH, WORDS), np.int8))
    product = sheet.node("MatMulInteger", ["rounded", weights, "middle"], "product")
    whole = sheet.node("Cast", [product], "whole", to=FLOAT)
    scale = sheet.node("Mul", ["scale", sheet.array("fine", np.array(0.01, np.float32))], "both")
    sheet.node("Mul", [whole, scale], "logits")
