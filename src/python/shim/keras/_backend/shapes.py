"""Shapes as TensorFlow shows them, and the axis arithmetic that many operations share."""


class TensorShape(tuple):
    """`x.shape` of a TensorFlow tensor: a tuple that prints and answers as tf.TensorShape does; None is an unknown size."""

    def __new__(cls, dims=()):
        if dims is None:
            dims = ()
        elif isinstance(dims, int):
            dims = (dims,)
        return super().__new__(cls, (None if n is None else int(n) for n in dims))

    @property
    def rank(self):
        return len(self)

    ndims = rank

    @property
    def dims(self):
        return list(self)

    def as_list(self):
        return list(self)

    def num_elements(self):
        return None if None in self else product(self)

    def is_fully_defined(self):
        return None not in self

    def is_compatible_with(self, other):
        other = TensorShape(other)
        return len(self) == len(other) and all(a is None or b is None or a == b for a, b in zip(self, other))

    def concatenate(self, other):
        return TensorShape(tuple(self) + tuple(TensorShape(other)))

    def __getitem__(self, key):
        result = super().__getitem__(key)
        return TensorShape(result) if isinstance(key, slice) else result

    def __add__(self, other):
        return TensorShape(tuple(self) + tuple(other))

    def __radd__(self, other):
        return TensorShape(tuple(other) + tuple(self))

    def __str__(self):
        return str(tuple(self))

    def __repr__(self):
        return f"TensorShape({list(self)})"


def product(sizes):
    result = 1
    for n in sizes:
        result *= n
    return result


def axis_of(axis, rank):
    """A non-negative axis, or ValueError in NumPy's words."""
    axis = int(axis)
    if not -rank <= axis < rank:
        raise ValueError(f"axis {axis} is out of bounds for array of dimension {rank}")
    return axis % rank if rank else 0


def axes_of(axis, rank):
    """Ascending non-negative axes; None: all."""
    if axis is None:
        return list(range(rank))
    if isinstance(axis, (list, tuple)):
        return sorted({axis_of(a, rank) for a in axis})
    return [axis_of(axis, rank)]


def broadcast(*shapes):
    """The common shape, or ValueError."""
    rank = max(map(len, shapes), default=0)
    result = []
    for position in range(rank):
        sizes = {shape[position - rank + len(shape)] for shape in shapes if position - rank + len(shape) >= 0} - {1}
        if len(sizes) > 1:
            raise ValueError(f"shapes {', '.join(str(tuple(s)) for s in shapes)} cannot be broadcast together")
        result.append(sizes.pop() if sizes else 1)
    return tuple(result)
