"""torch.Size, and reading shapes and axes as PyTorch's arguments give them."""
import math

from ._whole import not_whole


class Size(tuple):
    """The shape of a tensor: a tuple that prints as torch.Size([2, 3])."""

    __module__ = "torch"  # as PyTorch prints its name

    __slots__ = ()

    def numel(self):
        return math.prod(self)

    def __repr__(self):
        return f"torch.Size([{', '.join(map(str, self))}])"

    def __getitem__(self, key):
        item = tuple.__getitem__(self, key)
        return Size(item) if isinstance(key, slice) else item

    def __add__(self, other):
        return Size(tuple.__add__(self, tuple(other)))

    def __mul__(self, times):
        return Size(tuple.__mul__(self, times))

    __rmul__ = __mul__

    def __reduce__(self):
        return (Size, (tuple(self),))


def integer(value):
    """An int from an int, a NumPy integer or a tensor of one element."""
    if type(value) is int:
        return value
    if not hasattr(value, "__index__"):
        raise not_whole(value)
    return value.__index__()


def shape_of(sizes, function="empty"):
    """A list of int from `2, 3`, `(2, 3)`, `[2, 3]` or `torch.Size`: what arrives as `*sizes`. `function`: the one that a wrong size is said to be given to."""
    if len(sizes) == 1 and not hasattr(sizes[0], "__index__"):
        sizes = sizes[0]
        if not hasattr(sizes, "__iter__") or isinstance(sizes, str):
            raise TypeError(f"{function}(): argument 'size' (position 1) must be tuple of ints, not {type(sizes).__name__}")
    elif len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        sizes = sizes[0]
    wrong = next((place for place, size in enumerate(sizes) if not hasattr(size, "__index__")), None)
    if wrong is not None:
        position, wrong = wrong, type(sizes[wrong]).__name__
        raise TypeError(f"{function}(): argument 'size' (position 1) must be tuple of ints, but found element of type {wrong} at pos 0" if position == 0 else
                        f"{function}(): argument 'size' failed to unpack the object at pos {position + 1} with error \"type must be tuple of ints,but got {wrong}\"")
    return [integer(size) for size in sizes]


def axis(dim, rank):
    """A non-negative axis; PyTorch's error where there is none of this number. A scalar has the axes -1 and 0."""
    dim = integer(dim)
    bound = max(rank, 1)
    if not -bound <= dim < bound:
        raise IndexError(f"Dimension out of range (expected to be in range of [{-bound}, {bound - 1}], but got {dim})")
    return dim + bound if dim < 0 else dim


def axes(dim, rank):
    """The axes of a reduction, ascending: None and () mean all of them."""
    if dim is None or (isinstance(dim, (tuple, list)) and not dim):
        return list(range(rank))
    if not isinstance(dim, (tuple, list)):
        dim = (dim,)
    found = sorted(axis(d, rank) for d in dim)
    for before, after in zip(found, found[1:]):
        if before == after:
            raise RuntimeError(f"dim {before} appears multiple times in the list of dims")
    return found if rank else []


def broadcast_shapes(*shapes):
    """The shape that all of `shapes` broadcast to."""
    shapes = [(s,) if isinstance(s, int) else tuple(s) for s in shapes]
    rank = max((len(s) for s in shapes), default=0)
    result = [1] * rank
    for shape in shapes:
        for position, size in enumerate(shape, rank - len(shape)):
            if size != 1 and result[position] not in (1, size):
                raise RuntimeError(
                    "Shape mismatch: objects cannot be broadcast to a single shape")
            if size != 1:
                result[position] = size
    return Size(result)
