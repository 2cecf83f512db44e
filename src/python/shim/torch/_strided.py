"""Views of elements that lie at strides of their own: parts of the storage, windows along an axis, diagonals."""
import math

from _lens.recording.viewsteps import gather_step, memory_steps

from ._apply import view
from ._layout import contiguous_strides
from ._registry import method, public
from ._size import axis


@public
def as_strided(input, size, stride, storage_offset=None):
    """Elements of the storage, at any strides."""
    if len(size) != len(stride):
        raise RuntimeError("mismatch in length of strides and shape")
    storage, start = input._storage, input.placed()[0] if storage_offset is None else storage_offset
    if 0 not in size and start + sum((count - 1) * step for count, step in zip(size, stride)) >= math.prod(storage.value.shape):
        raise RuntimeError(f"setStorage: sizes {list(size)}, strides {list(stride)}, storage offset {start}, and itemsize {input.itemsize} requiring a storage size of "
                           f"{input.itemsize * (1 + start + sum((count - 1) * step for count, step in zip(size, stride)))} are out of bounds for storage of size "
                           f"{input.itemsize * math.prod(storage.value.shape)}")
    return view(input, "as_strided", *memory_steps(storage.value.shape, storage.strides), gather_step(start, size, stride), of_storage=True)


@method
def as_strided_(self, size, stride, storage_offset=None):
    """This tensor becomes that view of its storage."""
    self.data = as_strided(self, size, stride, storage_offset)
    return self


@method
def unfold(self, dimension, size, step):
    """Windows of `size` along an axis, each `step` apart, as a new last axis."""
    if self.dim() == 0:
        return self.reshape(1).unfold(0, size, step).reshape(-1)
    position, shape = axis(dimension, self.dim()), self.value.shape
    if size < 0:
        raise RuntimeError(f"size is {size} but must be >= 0")
    if size > shape[position]:
        raise RuntimeError(f"maximum size for tensor at dimension {position} is {shape[position]} but size is {size}")
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")
    windows = [*shape[:position], (shape[position] - size) // step + 1, *shape[position + 1:], size]

    def in_windows(strides):
        return [*strides[:position], strides[position] * step, *strides[position + 1:], strides[position]]
    offset, _, strides = self.placed()
    return view(self, "unfold", gather_step(0, windows, in_windows(contiguous_strides(shape)), (offset, windows, in_windows(strides))))


@public
def diagonal(input, offset=0, dim1=0, dim2=1):
    """The diagonal as the last axis."""
    first, second = axis(dim1, input.dim()), axis(dim2, input.dim())
    if first == second:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    shape, others = input.value.shape, [d for d in range(input.dim()) if d not in (first, second)]
    below, right = max(-offset, 0), max(offset, 0)
    size = max(0, min(shape[first] - below, shape[second] - right))
    own, found = (0, shape, contiguous_strides(shape)), [*(shape[d] for d in others), size]

    def on_diagonal(start, _, strides):
        start += below * strides[first] + right * strides[second] if size else 0
        return start, found, [*(strides[d] for d in others), strides[first] + strides[second]]
    return view(input, "diagonal", gather_step(*on_diagonal(*own), on_diagonal(*input.placed())))
