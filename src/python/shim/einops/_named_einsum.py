"""`einops.einsum`: tensors first, then a pattern whose axes have names of any length."""
import functools
import string

from ._error import EinopsError
from ._frameworks import framework_of
from ._pattern import ELLIPSIS, Number, Side


def einsum(*tensors_and_pattern):
    if len(tensors_and_pattern) <= 1:
        raise ValueError("`einops.einsum` takes at minimum two arguments: the tensors (at least one), followed by the pattern.")
    *tensors, pattern = tensors_and_pattern
    if not isinstance(pattern, str):
        raise ValueError("The last argument passed to `einops.einsum` must be a string, representing the einsum pattern.")
    equation = _equation(pattern)
    return framework_of(tensors[0]).einsum(equation, *tensors)


@functools.lru_cache(256)
def _equation(pattern):
    """The pattern with one letter for each axis, as every framework's einsum takes it."""
    if "->" not in pattern:
        raise ValueError("Einsum pattern must contain '->'.")
    left, right = pattern.split("->")
    letters = {ELLIPSIS: "..."}
    operands = [_letters(Side(text, allow_underscore=True, allow_duplicates=True), letters) for text in left.split(",")]
    result = Side(right, allow_underscore=True)
    for axis in _axes(result):
        if axis not in letters:
            raise EinopsError(f"Unknown axis {axis} on right side of einsum {pattern}.")
    return f"{','.join(operands)}->{_letters(result, letters)}"


def _letters(side, letters):
    for axis in _axes(side):
        if axis not in letters:
            if len(letters) > len(string.ascii_letters):
                raise RuntimeError("Too many axes in einsum.")
            letters[axis] = string.ascii_letters[len(letters) - 1]
    return "".join(letters[axis] for axis in _axes(side))


def _axes(side):
    for group in side.groups:
        if len(group) == 0:
            raise NotImplementedError("Singleton () axes are not yet supported in einsum.")
        if len(group) > 1:
            raise NotImplementedError("Shape rearrangement is not yet supported in einsum.")
        if isinstance(group[0], Number):
            raise NotImplementedError("Anonymous axes are not yet supported in einsum.")
        yield group[0]
