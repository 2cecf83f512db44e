"""A storage that also keeps its elements on the Python side once they were read or written one by one.

So that `y[i] = f(x[i])` over a few thousand elements costs no crossing each: the elements become a recorded constant only
when an operation asks for the Value.
"""
import math

from _lens.recording import array as _array
from _lens import door

# Reading a whole storage to get at one element is done up to this many elements.
LARGEST_READ = 1 << 22


class Storage(_array.Storage):
    __slots__ = ("_recorded", "buffer", "dtype", "shape")

    def __init__(self, value):
        self._recorded, self.buffer = value, None
        self.dtype, self.shape = value.dtype, value.shape
        self._begin()

    @classmethod
    def of_buffer(cls, buffer, dtype, shape):
        """Over known elements: an array.array of the storage's type, which is the storage's own from now on."""
        made = cls.__new__(cls)
        made._recorded, made.buffer, made.dtype, made.shape = None, buffer, dtype, tuple(shape)
        made._begin()
        return made

    @property
    def value(self):
        if self._recorded is None:
            self._recorded = door.constant(self.buffer, self.dtype, self.shape)
        return self._recorded

    @value.setter
    def value(self, value):
        self._recorded, self.buffer = value, None

    def elements(self):
        """All elements, or None where they are too many to be read for a few."""
        if self.buffer is None and math.prod(self.shape) <= LARGEST_READ:
            self.buffer = door.read(self._recorded)
        return self.buffer

    def write(self, place, number):
        """One element anew. False: it must be recorded, since a model is being called."""
        if _array.journal is not None or self.elements() is None:
            return False
        self.buffer[place] = number
        self._recorded = None
        self.version += 1
        return True
