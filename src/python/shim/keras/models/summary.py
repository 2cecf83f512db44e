"""The table that `model.summary()` prints, drawn as Keras 3 draws it on a terminal of 80 columns."""
import textwrap

from .._backend import dtypes as _dtypes
from .._backend.shapes import product
from ..layers.layer import Layer

_WIDE = ((0.45, 0.80, 1.0), 88, ("Layer (type)", "Output Shape", "Param #"))
_CONNECTED = ((0.3, 0.56, 0.74, 1.0), 108, ("Layer (type)", "Output Shape", "Param #", "Connected to"))
_TERMINAL = 76


def print_summary(model, emit, line_length=None):
    from .functional import Functional
    order = getattr(model, "_order", None) if isinstance(model, Functional) else None
    connected = order is not None and _branches(order)
    positions, default, header = _CONNECTED if connected else _WIDE
    length = line_length or min(default, _TERMINAL)
    widths, used = [], 0
    for position in positions:
        widths.append(int(position * length) - used)
        used += widths[-1]
    widths = _narrowed(widths, length)
    layers = model._operations if order is not None else model.layers
    rows = [[*_fields(layer), *([_connections(layer, order)] if connected else [])] for layer in layers]
    emit(f'Model: "{model.name}"')
    for line in _table(header, rows, widths):
        emit(line)
    trainable = _count(model.trainable_weights)
    frozen = _count(model.non_trainable_weights)
    for name, (count, size) in (("Total", _sum(trainable, frozen)), ("Trainable", trainable), ("Non-trainable", frozen)):
        emit(f" {name} params: {count:,} ({_readable(size)})")


def _narrowed(widths, length):
    """Content widths of a table that is `length` wide with its rules and spaces: the excess taken evenly, as rich takes it."""
    excess = sum(widths) + 3 * len(widths) + 1 - length
    narrowed = []
    for position, width in enumerate(widths):
        cut = round(excess / (len(widths) - position))
        excess -= cut
        narrowed.append(width - cut)
    return narrowed


def _branches(order):
    inner = [node for node in order.nodes if not node.is_input]
    inputs = [node for node in order.nodes if node.is_input]
    if len(inputs) > 1 or any(len(node.input_tensors) > 1 for node in inner):
        return True
    fed = [id(t) for node in inner for t in node.input_tensors]
    return len(fed) != len(set(fed)) or len({id(n.operation) for n in inner}) != len(inner)


def _fields(layer):
    if not isinstance(layer, Layer):
        node = layer._inbound_nodes[0]
        return [f"{layer.name} ({layer.label.title().replace('_', '')})", _shape_text(node.outputs), "0"]
    shape = "?"
    if layer._inbound_nodes:
        shape = _shape_text(layer._inbound_nodes[-1].outputs)
    elif getattr(layer, "_last_shape", None) is not None:
        shape = str(layer._last_shape)
    parameters = f"{layer.count_params():,}" if layer.built else "0 (unbuilt)"
    return [f"{layer.name} ({type(layer).__name__})", shape, parameters]


def _shape_text(tensors):
    shapes = [str(tuple(t.shape)) for t in tensors]
    return shapes[0] if len(shapes) == 1 else "[" + ", ".join(shapes) + "]"


def _connections(operation, order):
    names = []
    for node in operation._inbound_nodes:
        if any(node is known for known in order.nodes):
            for tensor in node.input_tensors:
                source, node_index, tensor_index = tensor._keras_history
                names.append(f"{source.name}[{node_index}][{tensor_index}]")
    return ", ".join(names) or "-"


def _cell_lines(text, width):
    lines = []
    for line in textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]:
        lines.append(line if len(line) <= width else line[:width - 1] + "…")
    return lines


def _table(header, rows, widths):
    def rule(left, middle, right, stroke):
        return left + middle.join(stroke * (w + 2) for w in widths) + right

    def line(cells, bar):
        texts = [cell.rjust(w) if i == 2 else cell.ljust(w) for i, (cell, w) in enumerate(zip(cells, widths))]
        return bar + bar.join(f" {t} " for t in texts) + bar

    yield rule("┏", "┳", "┓", "━")
    yield line(header, "┃")
    yield rule("┡", "╇", "┩", "━")
    for index, row in enumerate(rows):
        cells = [_cell_lines(text, width) for text, width in zip(row, widths)]
        for depth in range(max(map(len, cells))):
            yield line([c[depth] if depth < len(c) else "" for c in cells], "│")
        if index < len(rows) - 1:
            yield rule("├", "┼", "┤", "─")
    yield rule("└", "┴", "┘", "─")


def _count(variables):
    """(number of weights, bytes)"""
    counts = [(product(v.value.shape), _dtypes.dtypes[v.value.dtype].size) for v in variables]
    return sum(n for n, _ in counts), sum(n * size for n, size in counts)


def _sum(a, b):
    return a[0] + b[0], a[1] + b[1]


def _readable(size):
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if size < 1024 or unit == "TB":
            return f"{size:.2f} {unit}"
        size /= 1024
