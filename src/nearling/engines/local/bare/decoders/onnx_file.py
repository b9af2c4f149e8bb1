"""Writes an ONNX file piece by piece; large arrays go beside it at once and are not kept."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

CONTRIBUTED = "com.microsoft"
"""The operators that onnxruntime has beyond the standard's."""
_OPSET, _IR = 18, 9
_LARGE = 1024
"""Bytes from which on an array goes into the file beside."""
_PAGE = 4096
"""Each begins on a page, so that it can be mapped into memory."""

Array = npt.NDArray[Any]
Dimension = int | str


class OnnxFile:
    """To be used as a context: what was added is in `file` when it ends without a fault."""

    def __init__(self, file: Path, *, data_beside: bool) -> None:
        self._file = file
        self._graph = onnx.GraphProto(name="decoder")
        self._beside = file.with_name(f"{file.name}_data").open("wb") if data_beside else None
        self._known: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._beside is not None:
            self._beside.close()
        if fault is None:
            opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
            model = helper.make_model(self._graph, opset_imports=opsets, ir_version=_IR)
            self._file.write_bytes(model.SerializeToString())

    def input(self, name: str, kind: type, *size: Dimension) -> str:
        self._graph.input.append(_described(name, kind, size))
        return name

    def output(self, name: str, kind: type, *size: Dimension) -> None:
        self._graph.output.append(_described(name, kind, size))

    def node(
        self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes(operator, inputs, [output], domain, **attributes)
        return output

    def nodes(
        self, operator: str, inputs: list[str], outputs: list[str], domain: str, **attributes: Any
    ) -> None:
        node = helper.make_node(
            operator, inputs, outputs, name=f"/{outputs[0]}/{operator}", domain=domain, **attributes
        )
        self._graph.node.append(node)

    def array(self, name: str, array: Array) -> str:
        """An array under a name; one that is known by this name is not written again."""
        if name in self._known:
            return name
        self._known.add(name)
        tensor = self._graph.initializer.add()
        tensor.name = name
        tensor.data_type = helper.np_dtype_to_tensor_dtype(array.dtype)
        tensor.dims.extend(array.shape)
        if self._beside is None or array.nbytes < _LARGE:
            tensor.raw_data = array.tobytes()
            return name
        offset = -(-self._beside.tell() // _PAGE) * _PAGE
        self._beside.seek(offset)
        self._beside.write(np.ascontiguousarray(array).data)
        tensor.data_location = TensorProto.EXTERNAL
        where = {"location": Path(self._beside.name).name, "offset": offset, "length": array.nbytes}
        for key, value in where.items():
            tensor.external_data.add(key=key, value=str(value))
        return name

    def numbers(self, *numbers: int) -> str:
        """A list of whole numbers, as axes and sizes are given."""
        return self.array(f"numbers_{'_'.join(map(str, numbers))}", np.array(numbers, np.int64))

    def number(self, number: int) -> str:
        return self.array(f"number_{number}", np.array(number, np.int64))


def _described(name: str, kind: type, size: tuple[Dimension, ...]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(
        name, helper.np_dtype_to_tensor_dtype(np.dtype(kind)), list(size)
    )
