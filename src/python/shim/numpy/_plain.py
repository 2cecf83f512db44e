"""Arrays of text or of Python objects: lists with a shape. They take no part in recorded computations."""
import math
import operator

from _lens.door import UnsupportedError

from ._dtypes import DTYPES, dtype_of, text_dtype
from ._ndarray import ndarray, nested
from ._scalars import generic, make, plain, str_


# Characters that NumPy keeps for a number among strings.
_ROOM = {bool: 5, int: 21, float: 32}
_TEXT_AND_NUMBERS = (str, int, float)


class PlainArray(ndarray):
    """An array of strings or objects."""

    is_recorded = False

    def __new__(cls, items=(), shape=None, dtype=None):
        return object.__new__(cls)

    def __init__(self, items, shape, dtype=None):
        found = None if dtype is None else dtype_of(dtype)
        if found is None and all(isinstance(item, _TEXT_AND_NUMBERS) for item in items) and any(isinstance(item, str) for item in items):
            found = text_dtype(0)
        if found is not None and found.kind not in "UO":
            raise _not_numbers(items, found)
        if found is not None and found.kind == "U":
            least = max((_ROOM.get(type(item), 1) for item in items), default=1) if not found.length else 1
            items = [str(item) for item in items]
            found = text_dtype(found.length or max(least, max(map(len, items), default=1)))
            items = [item[:found.length] for item in items]
        self.__dict__["_items"] = list(items)
        self.__dict__["_own_shape"] = tuple(shape)
        self.__dict__["_own_dtype"] = found or DTYPES["object"]

    @classmethod
    def of_nested(cls, sequence, dtype):
        """Of nested lists; below unequal lengths the lists themselves are the elements."""
        shape, items = [], list(sequence)
        while True:
            shape.append(len(items) if len(shape) == 0 else len(items) // math.prod(shape))
            lengths = {len(item) if isinstance(item, (list, tuple)) else None for item in items}
            if len(lengths) != 1 or None in lengths:
                return cls(items, tuple(shape), dtype)
            items = [inner for item in items for inner in item]

    @property
    def value(self):
        raise UnsupportedError(f"numpy arrays of {self.dtype} take no part in computations")

    @property
    def _name(self):
        return self._own_dtype.name

    @property
    def dtype(self):
        return self._own_dtype

    @property
    def shape(self):
        return self._own_shape

    ndim = property(lambda self: len(self._own_shape))
    size = property(lambda self: len(self._items))
    T = property(lambda self: self._picked(_transposed(self._places())) if self.ndim > 1 else self)

    def _numbers(self):
        return self._items

    _flat = _numbers

    def _places(self):
        from ._indexing import integers
        return integers(list(range(self.size)), self.shape)

    def _picked(self, places):
        return PlainArray([self._items[place] for place in places._numbers()], places.shape, _same_kind(self))

    def __getitem__(self, key):
        if isinstance(key, PlainArray):
            raise IndexError("arrays used as indices must be of integer (or boolean) type")
        found = self._places()[key]
        if isinstance(found, generic):
            item = self._items[int(found)]
            return str_(item) if self.dtype.kind == "U" else item
        return self._picked(found)

    def __setitem__(self, key, value):
        places = self._places()[key]
        flat = [int(places)] if isinstance(places, generic) else places._numbers()
        values = value._numbers() if isinstance(value, ndarray) else list(value) if isinstance(value, (list, tuple)) else [value]
        if len(values) not in (1, len(flat)):
            values = [value]
        for position, place in enumerate(flat):
            item = values[position % len(values)]
            self._items[place] = str(item)[:self.dtype.length] if self.dtype.kind == "U" else item

    def __iter__(self):
        return (self[row] for row in range(self.shape[0]))

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def tolist(self):
        return nested(list(self._items), self.shape)

    def item(self, *args):
        return self._items[args[0] if args else 0]

    def astype(self, dtype, order="K", casting="unsafe", subok=True, copy=True):
        found = dtype_of(dtype)
        if found.kind in "UO":
            return PlainArray(self._items, self.shape, found)
        from ._creation import array
        convert = {"f": float, "i": int, "u": int, "b": bool}[found.kind]
        return array(nested([convert(item) for item in self._items], self.shape) if self.shape else convert(self._items[0]), dtype=found)

    def reshape(self, *shape, order="C"):
        return self._picked(self._places().reshape(*shape))

    def ravel(self, order="C"):
        return self._picked(self._places().ravel())

    flatten = ravel

    def copy(self, order="C"):
        return PlainArray(self._items, self.shape, self.dtype)

    def sort(self, axis=-1, kind=None):
        self._items.sort()

    def argsort(self, axis=-1, kind=None):
        from ._indexing import integers
        return integers(sorted(range(self.size), key=self._items.__getitem__))


def _same_kind(array):
    return array.dtype if array.dtype.kind == "O" else None if array._items else array.dtype


def _transposed(array):
    return array.T


def _not_numbers(items, found):
    """What NumPy says of things that do not become numbers; numbers written as text do, elsewhere."""
    for item in items:
        if isinstance(item, str):
            return ValueError(f"could not convert string to float: {item!r}" if found.kind == "f" else
                              f"invalid literal for int() with base 10: {item!r}")
        if not isinstance(item, (int, float)):
            return TypeError(f"{'float' if found.kind == 'f' else 'int'}() argument must be a string or a real number, not "
                             f"'{type(item).__name__}'")
    return TypeError(f"these objects do not make an array of {found}")


def _column(operand, shape):
    """The elements of an operand spread over a shape."""
    if not isinstance(operand, ndarray):
        return [plain(operand)] * math.prod(shape)
    if operand.shape == tuple(shape):
        return operand._numbers()
    from ._indexing import integers
    from ._shaping import broadcast_to
    places = broadcast_to(integers(list(range(operand.size)), operand.shape), shape)._numbers()
    items = operand._numbers()
    return [items[place] for place in places]


def map_elements(function, operands, name):
    """An element-wise function over arrays of objects."""
    from ._creation import array
    from ._operands import common_shape, shape_of
    shape = common_shape([shape_of(operand) for operand in operands])
    kinds = {operand.dtype.kind for operand in operands if isinstance(operand, ndarray)}
    if "U" in kinds and kinds != {"U"} and function in (operator.eq, operator.ne):
        found = [function is operator.ne] * math.prod(shape)
    else:
        found = [function(*row) for row in zip(*(_column(operand, shape) for operand in operands))]
    if not shape:
        return make("bool", found[0]) if name else found[0]
    if "c" in kinds:
        from ._complex import ComplexArray
        return ComplexArray(found, shape) if any(isinstance(number, complex) for number in found) else array(nested(found, shape))
    return array(nested(found, shape), dtype=bool) if name else PlainArray(found, shape, None if "U" in kinds else object)


def choose(mask, x, y):
    from ._operands import common_shape, shape_of
    shape = common_shape([mask.shape, shape_of(x), shape_of(y)])
    columns = [_column(operand, shape) for operand in (mask, x, y)]
    return PlainArray([b if a else c for a, b, c in zip(*columns)], shape)


def reduce(op, array):
    items = array._items
    if op == "amax":
        return max(items)
    if op == "amin":
        return min(items)
    if op in ("any", "all"):
        return make("bool", (any if op == "any" else all)(items))
    if op in ("sum", "mean"):
        total = items[0]
        for item in items[1:]:
            total = total + item
        return total if op == "sum" else total / len(items)
    raise UnsupportedError(f"numpy arrays of {array.dtype} take no part in computations")
