"""Symbolic tensors (`KerasTensor`) and the nodes that connect them: what the functional API is made of.

A symbolic tensor has a shape (None where it is open) and no value. What an operation makes of it is found as Keras finds
it: the operation runs on probes, twice, with different numbers in place of None; what differs in the results is open.
"""
import contextlib

from _lens import door
from _lens.recording import calls, site

from .names import auto_name
from .dtypes import standard
from .operators import Operators
from .tensor import Tensor

# What stands for an open batch size, and for other open sizes, in the two probes
_BATCH_FILLS = (2, 3)
_OPEN_FILLS = (83, 89)

_depth = 0


def is_probing():
    """True while shapes are inferred: nothing random is drawn then, and no state is written."""
    return _depth > 0


@contextlib.contextmanager
def probing():
    global _depth
    _depth += 1
    try:
        with calls.muted():
            yield
    finally:
        _depth -= 1


@contextlib.contextmanager
def making_state():
    """Lifts `probing` while a layer that is built in the middle of it makes its weights: those stay, and are drawn."""
    global _depth
    outer, _depth = _depth, 0
    try:
        yield
    finally:
        _depth = outer


class Node:
    """One call of an operation on symbolic tensors. `site`: where it was called."""

    def __init__(self, operation, args, kwargs, outputs):
        self.operation = operation
        self.args, self.kwargs = args, kwargs
        self.input_tensors = flatten_symbolic((args, kwargs))
        self.outputs = flatten_symbolic(outputs)
        for tensor in self.input_tensors:
            tensor._consumers.append(operation)
        self.site = site.here()
        index = len(operation._inbound_nodes)
        operation._inbound_nodes.append(self)
        for position, tensor in enumerate(self.outputs):
            tensor._keras_history = History(operation, index, position)

    @property
    def is_input(self):
        return not self.input_tensors

    @property
    def parent_nodes(self):
        return [t._keras_history.operation._inbound_nodes[t._keras_history.node_index]
                for t in self.input_tensors if t._keras_history.operation is not None]


class History:
    def __init__(self, operation, node_index, tensor_index):
        self.operation, self.node_index, self.tensor_index = operation, node_index, tensor_index

    def __iter__(self):
        return iter((self.operation, self.node_index, self.tensor_index))

    def __getitem__(self, index):
        return (self.operation, self.node_index, self.tensor_index)[index]


class KerasTensor(Operators):
    """A placeholder: shape and dtype, and where it comes from."""

    _keras_mask = None

    def __init__(self, shape, dtype="float32", name=None, **kwargs):
        self.shape = tuple(None if n is None else int(n) for n in shape)
        self.dtype = standard(dtype)
        self.name = name or auto_name("keras_tensor")
        self.sparse = False
        self._keras_history = History(None, 0, 0)
        self._consumers = []  # operations it was given to

    @property
    def ndim(self):
        return len(self.shape)

    def get_shape(self):
        return self.shape

    def __bool__(self):
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")

    def __float__(self):
        raise TypeError("A symbolic KerasTensor has no value: it cannot be converted to a Python number.")

    __int__ = __index__ = __float__

    def __len__(self):
        if not self.shape or self.shape[0] is None:
            raise TypeError("The length of a symbolic KerasTensor's open axis is not known.")
        return self.shape[0]

    def __iter__(self):
        raise TypeError("Iterating over a symbolic KerasTensor is not supported.")

    def __array__(self, *args, **kwargs):
        raise ValueError(
            "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical value. "
            "You cannot convert it to a NumPy array.")

    def __repr__(self):
        return f"<KerasTensor shape={self.shape}, dtype={self.dtype}, sparse=False, ragged=False, name={self.name}>"


KerasTensor.__module__ = "keras.src.backend.common.keras_tensor"


class FunctionOperation:
    """A function as an operation of a functional model: `tf.nn.relu(x)`, `x + y`."""

    def __init__(self, label, implementation):
        self.name = auto_name(label)
        self.label = label
        self.implementation = implementation
        self._inbound_nodes = []


def found_in(structure):
    """True if a symbolic tensor is among the arguments."""
    for item in structure:
        if isinstance(item, KerasTensor):
            return True
        if isinstance(item, (list, tuple)):
            if found_in(item):
                return True
        elif isinstance(item, dict) and found_in(item.values()):
            return True
    return False


def flatten_symbolic(structure):
    """The symbolic tensors in nested tuples, lists and dicts, in order."""
    if isinstance(structure, KerasTensor):
        return [structure]
    if isinstance(structure, dict):
        return [t for item in structure.values() for t in flatten_symbolic(item)]
    if isinstance(structure, (list, tuple)):
        return [t for item in structure for t in flatten_symbolic(item)]
    return []


def map_structure(function, structure):
    """`function` on every leaf of nested tuples, lists and dicts; their types stay."""
    if isinstance(structure, dict):
        return type(structure)((key, map_structure(function, item)) for key, item in structure.items())
    if isinstance(structure, tuple) and hasattr(structure, "_fields"):
        return type(structure)(*(map_structure(function, item) for item in structure))
    if type(structure) in (list, tuple):
        return type(structure)(map_structure(function, item) for item in structure)
    return function(structure)


def _probe(tensor, fill):
    shape = [n if n is not None else (_BATCH_FILLS if axis == 0 else _OPEN_FILLS)[fill] for axis, n in enumerate(tensor.shape)]
    probe = Tensor(door.record("full", shape=shape, value=0, dtype=tensor.dtype))
    if tensor._keras_mask is not None:
        probe._keras_mask = _probe(tensor._keras_mask, fill)
    return probe


def infer(function, args=(), kwargs=None):
    """The structure of symbolic tensors that `function(*args, **kwargs)` gives, with None where sizes are open."""
    kwargs = kwargs or {}
    symbolic = flatten_symbolic((args, kwargs))
    is_open = any(None in t.shape for t in symbolic)
    results = []
    with probing():
        for fill in range(2 if is_open else 1):
            probes = {}  # one probe a tensor: a function may ask whether two arguments are the same

            def stand_in(leaf):
                if not isinstance(leaf, KerasTensor):
                    return leaf
                if id(leaf) not in probes:
                    probes[id(leaf)] = _probe(leaf, fill)
                return probes[id(leaf)]

            results.append(function(*map_structure(stand_in, args), **map_structure(stand_in, kwargs)))
    return _merged(results[0], results[-1])


def _merged(first, second):
    if isinstance(first, Tensor):
        a, b = first.value, second.value
        shape = [n if n == m else None for n, m in zip(a.shape, b.shape)]
        merged = KerasTensor(shape, a.dtype)
        if first._keras_mask is not None:
            merged._keras_mask = _merged(first._keras_mask, second._keras_mask)
        return merged
    if isinstance(first, dict):
        return type(first)((key, _merged(first[key], second[key])) for key in first)
    if isinstance(first, (list, tuple)):
        return type(first)(_merged(a, b) for a, b in zip(first, second))
    if hasattr(first, "value") and isinstance(getattr(first, "value"), door.Value):
        return _merged(Tensor(first.value), Tensor(second.value))
    return first


def operate(label, implementation, arguments):
    """A function called on symbolic tensors: adds a node and gives its symbolic outputs."""
    outputs = infer(implementation, arguments)
    Node(FunctionOperation(label, implementation), arguments, {}, outputs)
    return outputs


def run_function(operation, node, args, kwargs, values_of):
    """Calls a function's node on real tensors, as the row of a function."""
    return calls.run(lambda: operation.implementation(*args, **kwargs), "function", operation.label,
                     inputs=values_of((args, kwargs)), values_of=values_of, at=node.site)
