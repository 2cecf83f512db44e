"""What torch.Tensor, numpy.ndarray and tf.Tensor have in common: a view of a storage whose value is a recorded node.

In-place operations do not change a node; they re-bind the storage to a new one. A write through a view reaches its base,
and every other view of that base sees it: a view is a list of steps from the storage's value, applied again when the
storage has changed since.
"""
from . import door

# While a model is called: what each storage held when the call began, for those written to since. See `roots`.
journal = None


class Storage:
    """The value that one base array and all its views share.

    strides: how far apart its elements lie in memory along each axis; None where row by row, as nearly always. writes: what torch's
    autograd counts, see `torch._history`.
    """

    __slots__ = ("value", "version", "strides", "writes", "__weakref__")

    def __init__(self, value):
        self.value = value
        self.version = 0
        self.strides = self.writes = None


class Array:
    """Base class of the frameworks' tensors. Subclasses add names and semantics, never a second way to hold a value."""

    __slots__ = ("_storage", "_steps", "_value", "_version", "__weakref__")

    def __init__(self, value):
        self._init(Storage(value), ())

    def _init(self, storage, steps):
        self._storage = storage
        self._steps = steps
        self._value = None
        self._version = -1

    @property
    def value(self):
        """The door.Value that this array has now."""
        storage = self._storage
        if not self._steps:
            return storage.value
        if self._version != storage.version:
            value = storage.value
            for op, attributes in self._steps:
                value = door.record(op, [value], **attributes)
            self._value, self._version = value, storage.version
        return self._value

    def view_of(self, *steps, into=None):
        """A new array (of this class, or of `into`) that is a view: `steps` applied after this array's own steps."""
        cls = into or type(self)
        result = object.__new__(cls)
        result._init(self._storage, self._steps + steps)
        result._setup_view(self)
        # Recorded now, so that errors of shape are raised at the call that made the view; and from this array's own value,
        # so that the graph shows what the view was taken of (a layer's output whose last step is read).
        value = self.value
        for op, attributes in steps:
            value = door.record(op, [value], **attributes)
        result._value, result._version = value, self._storage.version
        return result

    def _setup_view(self, base):
        """For subclasses: take over what a view inherits (requires_grad, dtype wrappers)."""

    def assign(self, value):
        """In-place write: this array, its base and every view of it see `value` (of this array's shape and dtype) from now on."""
        storage = self._storage
        if self._steps:
            levels = [storage.value]
            for op, attributes in self._steps[:-1]:
                levels.append(door.record(op, [levels[-1]], **attributes))
            for level, step in zip(reversed(levels), reversed(self._steps)):
                value = _write_back(level, step, value)
        if journal is not None:
            journal.setdefault(id(storage), (storage, storage.value))
        storage.value = value
        storage.version += 1


def _write_back(base, step, value):
    """`base` with the part that `step` views replaced by `value`. A step is (op, attributes) of a view op, which has an inverse here."""
    op, attributes = step
    if op == "reshape":
        return door.record("reshape", [value], shape=list(base.shape))
    if op == "permute":
        dims = attributes["dims"]
        inverse = [0] * len(dims)
        for position, dim in enumerate(dims):
            inverse[dim] = position
        return door.record("permute", [value], dims=inverse)
    if op == "detach":
        return value
    if op == "flip":
        return door.record("flip", [value], **attributes)
    if op == "slice":
        return door.record("slice_scatter", [base, value], **attributes)
    if op == "expand":
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
            "Please clone() the tensor before performing the operation.")
    raise AssertionError(f"{op} is not a view op")


def values_in(structure):
    """All Values of the arrays in nested tuples, lists, dicts and dataclasses, in order."""
    if isinstance(structure, Array):
        return [structure.value]
    if isinstance(structure, dict):
        return [value for item in structure.values() for value in values_in(item)]
    if isinstance(structure, (list, tuple)):
        return [value for item in structure for value in values_in(item)]
    fields = getattr(type(structure), "__dataclass_fields__", ())
    return [value for name in fields for value in values_in(getattr(structure, name, None))]
