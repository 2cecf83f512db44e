"""`torch.FloatStorage` and the like: called with a count or numbers, asked by isinstance, and named where a type of memory is wanted."""
from ._creation import tensor, zeros
from ._dtype import DTYPES, TENSOR_TYPES
from ._registry import method
from ._storage import TypedStorage


class storagetype(type):
    """The class of these types. `dtype`: that of their elements."""

    def __instancecheck__(cls, instance):
        return isinstance(instance, TypedStorage) and instance.dtype is cls.dtype

    def __call__(cls, *data):
        if not data or isinstance(data[0], int):
            return zeros(*(data or (0,)), dtype=cls.dtype).storage()
        return tensor(list(data[0]), dtype=cls.dtype).storage()


STORAGE_TYPES = {name.replace("Tensor", "Storage"): storagetype(name.replace("Tensor", "Storage"), (), {"__module__": "torch", "dtype": DTYPES[of]}) for name, of in TENSOR_TYPES.items()}


@method
def storage_type(self):
    return next((each for each in STORAGE_TYPES.values() if each.dtype is self.dtype), TypedStorage)
