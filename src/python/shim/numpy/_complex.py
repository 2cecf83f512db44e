"""Arrays of complex numbers, as decompositions give them: Python's numbers with a shape, which take no part in recorded computations."""
from ._creation import array
from ._dtypes import complex_dtype
from ._ndarray import nested
from ._plain import PlainArray

_COMPLEX128 = complex_dtype()


class ComplexArray(PlainArray):
    def __init__(self, items, shape, dtype=None):
        self.__dict__["_items"] = list(map(complex, items))
        self.__dict__["_own_shape"] = tuple(shape)
        self.__dict__["_own_dtype"] = _COMPLEX128

    def _picked(self, places):
        return ComplexArray([self._items[place] for place in places._numbers()], places.shape)

    def copy(self, order="C"):
        return ComplexArray(self._items, self.shape)

    def _parts(self, name):
        return array(nested([getattr(item, name) for item in self._items], self.shape))

    real = property(lambda self: self._parts("real"))
    imag = property(lambda self: self._parts("imag"))

    def conj(self):
        return ComplexArray([item.conjugate() for item in self._items], self.shape)

    conjugate = conj

    def __repr__(self):
        return f"array({_rows(self.tolist(), 6)})"

    def __str__(self):
        return _rows(self.tolist(), 0).replace(", ", " ").replace(",\n", "\n")


def _rows(rows, margin):
    if not isinstance(rows, list):
        return f"{rows.real:.8g}{rows.imag:+.8g}j"
    gap = ",\n" + " " * (margin + 1) if rows and isinstance(rows[0], list) else ", "
    return "[" + gap.join(_rows(row, margin + 1) for row in rows) + "]"


def of_pairs(numbers, shape):
    """The array of (real, imaginary) pairs that lie row by row; real where every imaginary part is 0."""
    real, imaginary = list(numbers[::2]), list(numbers[1::2])
    if not any(imaginary):
        return array(nested(real, shape))
    return ComplexArray(map(complex, real, imaginary), shape)
