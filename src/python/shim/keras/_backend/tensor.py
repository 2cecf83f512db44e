"""The eager tensor (`tf.Tensor`), and how Python data becomes one."""
from _lens import door
from _lens.recording.array import Array

from .dtypes import DType, dtypes, floatx, is_float, standard
from .operators import Operators
from .shapes import TensorShape


class Tensor(Operators, Array):
    """`tf.Tensor`: an immutable array whose value is a recorded node."""

    _keras_mask = None

    def __init__(self, value):
        super().__init__(value)

    @property
    def shape(self):
        return TensorShape(self.value.shape)

    @property
    def dtype(self):
        return dtypes[self.value.dtype]

    @property
    def ndim(self):
        return len(self.value.shape)

    @property
    def device(self):
        return "/job:localhost/replica:0/task:0/device:CPU:0"

    def get_shape(self):
        return self.shape

    def set_shape(self, shape):
        if not TensorShape(shape).is_compatible_with(self.shape):
            raise ValueError(f"Tensor's shape {self.shape} is not compatible with supplied shape {TensorShape(shape)}.")

    def numpy(self):
        from numpy import _ndarray
        return _ndarray.wrap(self.value)

    def ref(self):
        return id(self)

    def _as_python(self):
        """The single element as a Python number."""
        if self.value.shape and any(n != 1 for n in self.value.shape):
            raise TypeError("only length-1 arrays can be converted to Python scalars")
        element = door.read(self.value)[0]
        return bool(element) if self.value.dtype == "bool" else element

    def __float__(self):
        return float(self._as_python())

    def __int__(self):
        return int(self._as_python())

    def __index__(self):
        if is_float(self.value.dtype):
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return int(self._as_python())

    def __bool__(self):
        if len(self.value.shape) and any(n != 1 for n in self.value.shape):
            raise ValueError("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
        return bool(self._as_python())

    def __len__(self):
        if not self.value.shape:
            raise TypeError("Scalar tensor has no `len()`")
        return self.value.shape[0]

    def __iter__(self):
        if not self.value.shape:
            raise TypeError("Cannot iterate over a scalar tensor.")
        return (self[i] for i in range(self.value.shape[0]))

    def __format__(self, specification):
        return format(self.numpy(), specification) if not self.value.shape and specification else str(self)

    def __str__(self):
        return f"tf.Tensor({_text(self, str)}, shape={self.shape}, dtype={self.value.dtype})"

    def __repr__(self):
        return f"<tf.Tensor: shape={self.shape}, dtype={self.value.dtype}, numpy={_text(self, repr)}>"


Tensor.__module__, Tensor.__qualname__, Tensor.__name__ = "tensorflow.python.framework.ops", "EagerTensor", "EagerTensor"


def _text(tensor, form):
    """The elements as NumPy writes them; TensorFlow begins a new line where there are several."""
    array = tensor.numpy()
    text = form(array)
    if form is repr and not tensor.value.shape:
        text = str(array)
    return "\n" + text if "\n" in text else text


def wrap(value):
    return Tensor(value)


def is_tensor(thing):
    """A tensor, variable or symbolic tensor of this package."""
    return isinstance(thing, Operators)


def scalar(number, dtype):
    """A Value of rank 0."""
    return door.record("full", shape=[], value=number, dtype=dtype)


def _python_dtype(numbers):
    if any(isinstance(n, float) for n in numbers):
        return floatx()
    if numbers and all(isinstance(n, bool) for n in numbers):
        return "bool"
    return "int32" if numbers else floatx()


def _flatten(data, shape, depth, leaves):
    if isinstance(data, (list, tuple, range)):
        if len(shape) == depth:
            shape.append(len(data))
        elif shape[depth] != len(data):
            raise ValueError("Can't convert non-rectangular Python sequence to Tensor.")
        for item in data:
            _flatten(item, shape, depth + 1, leaves)
    else:
        if depth != len(shape):
            raise ValueError("Can't convert non-rectangular Python sequence to Tensor.")
        leaves.append(data)


def _holds_array(data):
    return any(isinstance(item, Array) or not isinstance(item, (int, float, bool)) and hasattr(item, "__array__")
               or isinstance(item, (list, tuple)) and _holds_array(item) for item in data)


def _cast(value, dtype):
    return value if dtype is None or value.dtype == dtype else door.record("cast", [value], dtype=dtype)


def value_of(data, dtype=None):
    """The Value of anything that can be a tensor; `dtype` (a stored name) casts."""
    if isinstance(data, Array):
        return _cast(data.value, dtype)
    if isinstance(data, door.Value):
        return _cast(data, dtype)
    if isinstance(data, (bool, int, float)):
        return scalar(data if not isinstance(data, bool) else int(data), dtype or _python_dtype([data]))
    if isinstance(data, (list, tuple, range)):
        if _holds_array(data):
            parts = [value_of(item, dtype) for item in data]
            rows = [door.record("reshape", [part], shape=[1, *part.shape]) for part in parts]
            return door.record("cat", rows, dim=0)
        shape, leaves = [], []
        _flatten(data, shape, 0, leaves)
        for leaf in leaves:
            if not isinstance(leaf, (bool, int, float)):
                raise _not_convertible(leaf)
        return door.constant(leaves, dtype or _python_dtype(leaves), shape)
    if isinstance(data, str):
        raise door.UnsupportedError("tensors of strings are not supported")
    if isinstance(data, Operators):
        raise TypeError(f"A KerasTensor has no value yet: {data}")
    if hasattr(data, "__array__"):
        import numpy
        array = numpy.asarray(data)
        if isinstance(array, Array):
            return _cast(array.value, dtype)
        return value_of(array.tolist(), dtype or standard(array.dtype))
    if isinstance(data, DType) or data is None or not hasattr(data, "__iter__"):
        raise _not_convertible(data)
    return value_of(list(data), dtype)


def _not_convertible(data):
    return ValueError(f"Attempt to convert a value ({data!r}) with an unsupported type ({type(data)}) to a Tensor.")


def as_tensor(data, dtype=None):
    """A tensor of `data`; a tensor of that dtype is returned as it is, a symbolic one always."""
    if isinstance(data, Tensor) and (dtype is None or data.value.dtype == dtype):
        return data
    if isinstance(data, Operators) and not isinstance(data, Array):
        return data
    return Tensor(value_of(data, dtype))
