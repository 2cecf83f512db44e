"""The memory under tensors as files ask for it: where it is, how large, whether two tensors share it; and tensors that take other memory or size."""
import itertools
import math

from _lens import door
from _lens.recording.array import Storage
from _lens.recording.viewsteps import applied, memory_steps

from ._apply import filled, type_name
from ._complex import ComplexTensor
from ._device import CPU
from ._dtype import C_TYPES, DTYPES
from ._layout import contiguous_strides
from ._registry import method
from ._size import shape_of
from ._tensor import Tensor

_addresses = itertools.count(0x10000000, 1 << 32)  # no two storages overlap


def _address(storage):
    if storage.address is None:
        storage.address = next(_addresses)
    return storage.address


class UntypedStorage:
    """The bytes that tensors share."""

    def __init__(self, of):
        self._of = of

    @property
    def _dtype(self):
        return DTYPES[self._of.value.dtype]

    def _elements(self):
        return 0 if self._of.released else math.prod(self._of.value.shape)

    def data_ptr(self):
        return _address(self._of) if self._elements() else 0

    def nbytes(self):
        return self._elements() * self._dtype.itemsize

    size = __len__ = nbytes
    _cdata = property(data_ptr)
    device, is_cuda = CPU, False

    def element_size(self):
        return 1

    def resize_(self, size):
        """Only gives the memory back, and takes it again: what it held is then not defined."""
        if size == 0:
            self._of.released = True
        elif size == math.prod(self._of.value.shape) * self._dtype.itemsize:
            self._of.released = False
        else:
            raise door.UnsupportedError("resize_ of a storage to another size than 0 or its own is not supported yet")
        return self

    def untyped(self):
        return self

    def is_shared(self):
        return False

    def __eq__(self, other):
        return isinstance(other, UntypedStorage) and self._of is other._of

    def __hash__(self):
        return id(self._of)


class TypedStorage(UntypedStorage):
    """The elements that tensors share."""

    @property
    def dtype(self):
        return self._dtype

    def size(self):
        return self._elements()

    __len__ = size

    def element_size(self):
        return self._dtype.itemsize

    def untyped(self):
        return UntypedStorage(self._of)

    def tolist(self):
        return self._tensor().tolist()

    def __iter__(self):
        return iter(self.tolist())

    def __getitem__(self, place):
        return self._tensor()[place].tolist()

    def __setitem__(self, place, number):
        self._tensor()[place] = number

    def fill_(self, number):
        self._tensor().fill_(number)
        return self

    def _tensor(self):
        whole = object.__new__(Tensor)
        whole._init(self._of, memory_steps(self._of.value.shape, self._of.strides))
        return whole

    def __repr__(self):
        rows = "".join(f" {number}\n" for number in self.tolist())
        return f"{rows}[torch.storage.TypedStorage(dtype={self.dtype}, device=cpu) of size {self.size()}]"


@method
def untyped_storage(self):
    return UntypedStorage(self._storage)


@method
def storage(self):
    return TypedStorage(self._storage)


@method
def data_ptr(self):
    if self.numel() == 0:
        return 0
    return _address(self._storage) + self.placed()[0] * self.dtype.itemsize


@method
def is_set_to(self, tensor):
    return self._storage is tensor._storage and self.placed() == tensor.placed()


@method
def set_(self, source=None, storage_offset=0, size=None, stride=None):
    """The tensor over the memory of another one, or over a storage's."""
    if source is None:
        source = filled((0,), 0, self.dtype)
    if isinstance(source, UntypedStorage):
        of = source._of
        size = [math.prod(of.value.shape)] if size is None else shape_of((size,))
        source = object.__new__(Tensor)
        source._init(of, ())
    elif not isinstance(source, Tensor):
        raise TypeError(f"set_(): argument 'source' (position 1) must be Tensor, not {type_name(source)}")
    if source.dtype is not self.dtype:
        raise RuntimeError(f"Could not set tensor of type {C_TYPES[source.value.dtype]} to a tensor of type {C_TYPES[self.value.dtype]}")
    if size is not None:
        source = source.as_strided(size, contiguous_strides(size) if stride is None else stride, storage_offset)
    self._init(source._storage, source._steps)
    return self


@method
def resize_(self, *sizes, memory_format=None):
    """Another size over the same memory, from the same place on; new memory where that is too small (those that shared the old keep it)."""
    if self.requires_grad:
        raise RuntimeError("cannot resize variables that require grad")
    shape = shape_of(sizes)
    if tuple(shape) == tuple(self.value.shape):
        return self
    of, offset = self._storage, self.placed()[0]
    memory = memory_steps(of.value.shape, of.strides)
    missing = offset + math.prod(shape) - math.prod(of.value.shape)
    if missing > 0:
        value = door.record("cat", [applied(of.value, memory), filled((missing,), 0, self.dtype).value], dim=0)
        self._init(Storage(value), ())
        memory = ()
    steps = ("slice", {"dim": 0, "start": offset, "end": offset + math.prod(shape), "step": 1}), ("reshape", {"shape": list(shape)})
    self._init(self._storage, (*memory, *steps))
    return self


@method
def resize_as_(self, the_template, memory_format=None):
    return self.resize_(the_template.shape)


def _resize_complex(self, *sizes, memory_format=None):
    self._pairs.resize_(*shape_of(sizes), 2)
    self._init(self._pairs._storage, self._pairs._steps)
    return self


ComplexTensor.resize_ = _resize_complex
