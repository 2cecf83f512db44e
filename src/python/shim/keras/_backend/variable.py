"""Variables: `keras.Variable`, and what `tf.Variable` adds to it."""
from _lens import door
from _lens.recording import site
from _lens.recording.array import Array

from . import symbolic
from .dtypes import dtypes, standard
from .names import auto_name
from .operators import Operators
from .shapes import TensorShape
from .tensor import Tensor, _text, value_of, wrap


class BaseVariable(Operators, Array):
    """An array that can be assigned. `definition`: the site at which it was made."""

    _keras_mask = None
    __len__ = Tensor.__len__
    __iter__ = Tensor.__iter__
    __float__ = Tensor.__float__
    __int__ = Tensor.__int__
    __bool__ = Tensor.__bool__
    __index__ = Tensor.__index__
    __format__ = Tensor.__format__
    _as_python = Tensor._as_python
    numpy = Tensor.numpy
    ndim = Tensor.ndim
    get_shape = Tensor.get_shape
    ref = Tensor.ref

    def __init__(self, value, trainable=True, name=None, constraint=None, regularizer=None):
        super().__init__(value)
        self.trainable = trainable
        self.constraint, self.regularizer = constraint, regularizer
        self.definition = site.here()
        self._name = name

    def _new_value(self, value):
        new = value_of(value, self.value.dtype)
        if tuple(new.shape) != tuple(self.value.shape):
            raise ValueError(
                "The shape of the target variable and the shape of the target value in `variable.assign(value)` must match. "
                f"variable.shape={tuple(self.value.shape)}, Received: value.shape={tuple(new.shape)}. Target variable: {self!r}")
        return new

    def assign(self, value, use_locking=False, name=None, read_value=True):
        if not symbolic.is_probing():
            Array.assign(self, self._new_value(value))
        return self

    def assign_add(self, delta, use_locking=False, name=None, read_value=True):
        return self.assign(self + delta)

    def assign_sub(self, delta, use_locking=False, name=None, read_value=True):
        return self.assign(self - delta)

    def read_value(self):
        return wrap(self.value)

    def initialized_value(self):
        return wrap(self.value)


class Variable(BaseVariable):
    """keras.Variable: a layer's weight."""

    def __init__(self, initializer, shape=None, dtype=None, trainable=True, autocast=True, aggregation="none", synchronization="auto",
                 name=None, constraint=None, regularizer=None, **kwargs):
        dtype = None if dtype is None else standard(dtype)
        if callable(initializer) and not isinstance(initializer, Array):
            if shape is None:
                raise ValueError("When creating a Variable from an initializer, the `shape` argument should be specified. "
                                 f"Received: initializer={initializer} and shape={shape}")
            with symbolic.making_state():
                value = value_of(initializer(tuple(shape), dtype=dtype or standard(None)), dtype)
        else:
            value = value_of(initializer, dtype or (None if not isinstance(initializer, (int, float)) else standard(None)))
        super().__init__(value, trainable, name or auto_name("variable"), constraint, regularizer)
        self.path = self._name
        self.overwrite_with_gradient = False

    @property
    def name(self):
        return self._name

    @property
    def shape(self):
        return tuple(self.value.shape)

    @property
    def dtype(self):
        return self.value.dtype

    def __repr__(self):
        return f"<Variable path={self.path}, shape={self.shape}, dtype={self.value.dtype}, value={_text(self, str)}>"


Variable.__module__, Variable.__qualname__, Variable.__name__ = "keras.src.backend", "Variable", "Variable"


class TensorFlowVariable(BaseVariable):
    """tf.Variable"""

    def __init__(self, initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None,
                 dtype=None, import_scope=None, constraint=None, synchronization=None, aggregation=None, shape=None):
        if initial_value is None:
            raise ValueError("The `initial_value` arg to `tf.Variable` must be specified except when you are not providing a "
                             "`variable_def`. You provided neither.")
        if callable(initial_value) and not isinstance(initial_value, Array):
            initial_value = initial_value()
        value = value_of(initial_value, None if dtype is None else standard(dtype))
        super().__init__(value, trainable is not False, name, constraint)

    @property
    def name(self):
        return f"{self._name or 'Variable'}:0"

    @property
    def shape(self):
        return TensorShape(self.value.shape)

    @property
    def dtype(self):
        return dtypes[self.value.dtype]

    def __repr__(self):
        return (f"<tf.Variable '{self.name}' shape={self.shape} dtype={self.value.dtype}, numpy={_text(self, repr)}>")


TensorFlowVariable.__module__ = "tensorflow.python.ops.resource_variable_ops"
TensorFlowVariable.__qualname__ = TensorFlowVariable.__name__ = "ResourceVariable"


def variables_in(structure):
    """The variables in nested lists, tuples and dicts, in order."""
    if isinstance(structure, BaseVariable):
        return [structure]
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, (list, tuple)):
        return [v for item in structure for v in variables_in(item)]
    return []


def gradients(target, sources):
    """d target / d source for each, as tensors; None where there is no way."""
    found = door.gradient(target.value, [s.value for s in sources])
    return [None if g is None else wrap(g) for g in found]


