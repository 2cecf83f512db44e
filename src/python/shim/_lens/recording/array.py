"""What torch.Tensor, numpy.ndarray and tf.Tensor have in common: a view of a storage whose value is a recorded node.

In-place operations do not change a node; they re-bind the storage to a new one. A write through a view reaches its base,
and every other view of that base sees it: a view is a list of steps from the storage's value, applied again when the
storage has changed since.
"""
import contextlib

from .layout import contiguous_strides, layout
from .viewsteps import applied, gather_step, has_shared_places, joined, memory_steps, written_back

# While a model is called: what each storage held when the call began, for those written to since. See `roots`.
journal = None


@contextlib.contextmanager
def journaled():
    """{id of a storage: (storage, what it held before)} of those that are written to within."""
    global journal
    outer, journal = journal, {}
    try:
        yield journal
    finally:
        own, journal = journal, outer
        if outer is not None:
            for key, entry in own.items():
                outer.setdefault(key, entry)


@contextlib.contextmanager
def unwritten():
    """What is written to within holds afterwards what it held before."""
    global journal
    outer, journal = journal, {}
    try:
        yield
    finally:
        own, journal = journal, outer
        for storage, value in own.values():
            storage.value = value
            storage.version += 1


class Storage:
    """The value that one base array and all its views share.

    strides: how far apart its elements lie in memory along each axis; None where row by row, as nearly always. writes: what torch's
    autograd counts, see `torch._history`.
    """

    __slots__ = ("value", "version", "strides", "writes", "address", "released", "__weakref__")

    def __init__(self, value):
        self.value = value
        self._begin()

    def _begin(self):
        self.version = 0
        self.strides = self.writes = None
        self.address = None    # where a framework says that it lies, once it was asked
        self.released = False  # whether its memory was given back


class Array:
    """Base class of the frameworks' tensors. Subclasses add names and semantics, never a second way to hold a value."""

    __slots__ = ("_storage", "_steps", "_value", "_version", "_placed", "__weakref__")
    is_recorded = True  # NumPy's arrays of texts and objects have no value

    def __init__(self, value):
        self._init(Storage(value), ())

    def _init(self, storage, steps):
        self._storage = storage
        self._steps = steps
        self._value = None
        self._version = -1
        self._placed = None

    @property
    def value(self):
        """The door.Value that this array has now."""
        storage = self._storage
        if not self._steps:
            return storage.value
        if self._version != storage.version:
            self._value, self._version = applied(storage.value, self._steps), storage.version
        return self._value

    def placed(self):
        """(offset, shape, strides) in the storage."""
        storage, steps = self._storage, self._steps
        if not steps:
            shape = storage.value.shape
            return 0, list(shape), list(storage.strides or contiguous_strides(shape))
        if self._placed is None or self._placed[0] is not steps:
            self._placed = steps, layout(storage.value.shape, steps, storage.strides)
        return self._placed[1]

    def view_of(self, *steps, into=None, of_storage=False):
        """A new array (of this class, or of `into`) that is a view: `steps` applied after this array's own steps, or to the storage's value."""
        storage = self._storage
        own = tuple(step for step in self._steps if step[0] == "detach")[:1] if of_storage else self._steps
        result = object.__new__(into or type(self))
        result._init(storage, joined(own, steps))
        result._setup_view(self)
        # Recorded now, so that errors of shape are raised at the call that made the view; and from this array's own value,
        # so that the graph shows what the view was taken of (a layer's output whose last step is read).
        result._value = applied(applied(storage.value, own) if of_storage else self.value, steps)
        result._version = storage.version
        if steps and not of_storage:
            offset, shape, strides = self.placed()
            result._placed = result._steps, layout(shape, steps, strides, offset)
        return result

    def _setup_view(self, base):
        """For subclasses: take over what a view inherits (requires_grad, dtype wrappers)."""

    def assign(self, value, overlapping=False):
        """In-place write: this array, its base and every view of it see `value` (of this array's shape and dtype) from now on.

        overlapping: the elements are all the same, so several of them may have one place.
        """
        storage, steps = self._storage, self._steps
        if has_shared_places(steps):
            placed = self.placed()
            if not overlapping and any(stride == 0 and size > 1 for size, stride in zip(*placed[1:])):
                raise RuntimeError("unsupported operation: more than one element of the written-to tensor refers to a single memory location. "
                                   "Please clone() the tensor before performing the operation.")
            steps = (*memory_steps(storage.value.shape, storage.strides), gather_step(*placed))
        if steps:
            value = written_back(storage.value, steps, value)
        if journal is not None:
            journal.setdefault(id(storage), (storage, storage.value))
        storage.value = value
        storage.version += 1


class Parametrized:
    """What a framework gives in place of arrays, and that is told by some: a distribution."""

    def parameter_arrays(self):
        raise NotImplementedError


def values_in(structure):
    """All Values of the arrays in nested tuples, lists, dicts, dataclasses and plain objects that hold some, in order; of a distribution those of its parameters."""
    if isinstance(structure, Array):
        return [structure.value]
    if isinstance(structure, Parametrized):
        return [item.value for item in structure.parameter_arrays()]
    if isinstance(structure, dict):
        return [value for item in structure.values() for value in values_in(item)]
    if isinstance(structure, (list, tuple)):
        return [value for item in structure for value in values_in(item)]
    cls = type(structure)
    if cls.__module__ != "builtins" and cls.__bases__ == (object,) and "__dataclass_fields__" not in cls.__dict__:
        return [item.value for item in getattr(structure, "__dict__", {}).values() if isinstance(item, Array)]
    fields = getattr(cls, "__dataclass_fields__", ())
    return [value for name in fields for value in values_in(getattr(structure, name, None))]
