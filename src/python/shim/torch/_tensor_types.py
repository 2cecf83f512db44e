"""`torch.FloatTensor` and the like: called with sizes or data, asked by isinstance, and named where a type is wanted."""
from ._creation import constant, tensor, zeros
from ._dtype import DTYPES, TENSOR_TYPES, dtype_of_tensor_type, set_default_dtype
from ._size import Size
from ._tensor import Tensor


class tensortype(type):
    """The class of these types. `dtype`: that of their elements; `is_cuda`: of a GPU, where no tensor is."""

    def __instancecheck__(cls, instance):
        return isinstance(instance, Tensor) and not cls.is_cuda and instance.dtype is cls.dtype

    def __call__(cls, *data):
        if not data:
            return constant([], cls.dtype, (0,))
        if all(isinstance(size, int) for size in data) or isinstance(data[0], Size):
            return zeros(*data, dtype=cls.dtype)
        return tensor(data[0], dtype=cls.dtype)


def tensor_types(module, is_cuda=False):
    """{name: type} of all of them, as attributes of a module."""
    return {name: tensortype(name, (), {"__module__": module, "dtype": DTYPES[of], "is_cuda": is_cuda}) for name, of in TENSOR_TYPES.items()}


def set_default_tensor_type(t):
    if not isinstance(t, (str, tensortype)):
        raise TypeError("invalid type object: only floating-point types are supported as the default type")
    set_default_dtype(dtype_of_tensor_type(t))
