"""Index tricks and iteration over places: r_, c_, s_, mgrid, ogrid, ndindex, ndenumerate, nditer."""
import itertools

from ._ranges import arange, linspace, meshgrid
from ._joining import column_stack, concatenate, stack
from ._operands import array_of
from ._scalars import plain


def _along(item):
    """What a slice of an index trick stands for."""
    start, step = item.start or 0, 1 if item.step is None else item.step
    if isinstance(step, complex):
        return linspace(start, item.stop, int(abs(step)))
    return arange(start, item.stop, step)


class _Rows:
    def __getitem__(self, key):
        items = key if isinstance(key, tuple) else (key,)
        parts = [_along(item) if isinstance(item, slice) else array_of(item) for item in items if not isinstance(item, str)]
        return concatenate([part.reshape(1) if part.ndim == 0 else part for part in parts])


class _Columns:
    def __getitem__(self, key):
        items = key if isinstance(key, tuple) else (key,)
        return column_stack([_along(item) if isinstance(item, slice) else array_of(item) for item in items])


class _Slices:
    def __getitem__(self, key):
        return key


class _Grid:
    def __init__(self, sparse):
        self.sparse = sparse

    def __getitem__(self, key):
        if isinstance(key, slice):
            return _along(key)
        grids = meshgrid(*map(_along, key), indexing="ij", sparse=self.sparse)
        return grids if self.sparse else stack(grids)


r_, c_, s_, mgrid, ogrid = _Rows(), _Columns(), _Slices(), _Grid(False), _Grid(True)
index_exp = s_


class ndindex:
    """All places of a shape, row by row."""

    def __init__(self, *shape):
        sizes = shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape
        self._places = itertools.product(*map(range, sizes))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._places)


def ndenumerate(arr):
    arr = array_of(arr)
    return zip(itertools.product(*map(range, arr.shape)), arr.ravel())


class nditer:
    """Iterates over the elements, each as an array of no axes."""

    def __init__(self, op, flags=None, op_flags=None, **options):
        self.operands = tuple(map(array_of, op)) if isinstance(op, (list, tuple)) else (array_of(op),)
        self._place = iter(ndindex(self.operands[0].shape))
        self.multi_index, self.finished = next(self._place, None), False
        self.finished = self.multi_index is None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def _current(self):
        index = tuple(slice(place, place + 1) for place in self.multi_index)
        found = tuple(array[index].reshape(()) for array in self.operands)
        return found[0] if len(found) == 1 else found

    def __getitem__(self, number):
        found = self._current()
        return found if len(self.operands) == 1 else found[number]

    def iternext(self):
        self.multi_index = next(self._place, None)
        self.finished = self.multi_index is None
        return not self.finished

    def __iter__(self):
        while not self.finished:
            yield self._current()
            self.iternext()


class broadcast:
    """The shape of several arrays together, and their elements side by side."""

    def __init__(self, *args):
        from ._shaping import broadcast_arrays
        self._arrays = broadcast_arrays(*args)
        self.shape = self._arrays[0].shape
        self.ndim, self.size = len(self.shape), self._arrays[0].size

    def __iter__(self):
        return zip(*(array.ravel() for array in self._arrays))


def binary_repr(num, width=None):
    text = format(plain(num), "b")
    return text if width is None else text.zfill(width)
