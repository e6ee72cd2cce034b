"""A float32 ONNX model of text in int8: its file a quarter, its multiplications twice as fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx

LARGE = 100_000  # weights from which it pays to pack a matrix
# An unsigned input with its zero at 128 is what processors multiply fast with signed weights.
_CONSTANTS = {
    "least_scale": np.float32(1e-12),
    "largest": np.float32(127),
    "middle": np.float32(128),
    "zero": np.uint8(128),
}


def pack(model: onnx.ModelProto) -> onnx.ModelProto:
    """Keep every large weight as int8 with a factor a row or output, and multiply in int8.

    A layer's input is rounded for each token apart, as in Yao et al. 2022, "ZeroQuant":
    onnxruntime's own dynamic quantisation has one scale for a whole batch, which costs
    quality and makes a text's vector depend on what it is embedded with.
    """
    graph = model.graph
    packed: dict[str, list[str]] = {}
    for weight in list(graph.initializer):
        values = onnx.numpy_helper.to_array(weight)
        if values.ndim != 2 or values.size < LARGE:
            continue
        user = next(node for node in graph.node if weight.name in node.input)
        axis = 1 if user.op_type == "MatMul" else 0  # (in, out), else a row a piece
        factors = np.abs(values).max(axis=1 - axis) / np.float32(127)
        rounded = np.round(values / np.expand_dims(factors, 1 - axis)).astype(np.int8)
        packed[weight.name] = [weight.name + "_int8", weight.name + "_factors"]
        graph.initializer.remove(weight)
        _add(graph, dict(zip(packed[weight.name], (rounded, factors), strict=True)))
    _add(graph, _CONSTANTS)
    nodes: list[onnx.NodeProto] = []
    done: set[str] = set()
    for node in graph.node:
        for name in packed.keys() & set(node.input):
            if node.op_type != "MatMul":
                parts = packed[name]
                nodes.append(_node("DequantizeLinear", parts, name, axis=0))
        if node.op_type == "MatMul" and node.input[1] in packed:
            nodes += _integer(node, packed[node.input[1]], done)
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def _integer(node: onnx.NodeProto, weight: Sequence[str], done: set[str]) -> list[onnx.NodeProto]:
    """Return what multiplies in int8 in place of a MatMul; `done`: inputs rounded already."""
    (given, _), (out,) = node.input, node.output
    nodes = []
    if given not in done:
        done.add(given)
        nodes = [
            _node("Abs", [given], f"{given}_size"),
            _node("ReduceMax", [f"{given}_size"], f"{given}_most", axes=[-1], keepdims=1),
            _node("Div", [f"{given}_most", "largest"], f"{given}_unit"),
            _node("Max", [f"{given}_unit", "least_scale"], f"{given}_scale"),
            _node("Div", [given, f"{given}_scale"], f"{given}_share"),
            _node("Round", [f"{given}_share"], f"{given}_whole"),
            _node("Add", [f"{given}_whole", "middle"], f"{given}_above"),
            _node("Cast", [f"{given}_above"], f"{given}_uint8", to=onnx.TensorProto.UINT8),
        ]
    return [
        *nodes,
        _node("MatMulInteger", [f"{given}_uint8", weight[0], "zero"], f"{out}_sum"),
        _node("Cast", [f"{out}_sum"], f"{out}_float", to=onnx.TensorProto.FLOAT),
        _node("Mul", [f"{out}_float", f"{given}_scale"], f"{out}_scaled"),
        _node("Mul", [f"{out}_scaled", weight[1]], out),
    ]


def _node(kind: str, given: Sequence[str], out: str, **attributes: Any) -> onnx.NodeProto:
    return onnx.helper.make_node(kind, list(given), [out], **attributes)


def _add(graph: onnx.GraphProto, arrays: Mapping[str, Any]) -> None:
    for name, array in arrays.items():
        graph.initializer.append(onnx.numpy_helper.from_array(np.asarray(array), name))
