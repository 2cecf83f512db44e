"""numpy.typing: names for annotations."""
import typing

from ._ndarray import ndarray

ArrayLike = DTypeLike = typing.Any


class NDArray:
    """`NDArray[np.float64]`: an array, to a type checker."""

    def __class_getitem__(cls, item):
        return ndarray
