"""Positions along an axis, as index tensors give them."""
from .. import door


def from_start(index, size):
    """An integer value in which a negative position counts from the end of an axis: most ops do not take one."""
    zero, end = (door.record("full", shape=[], value=number, dtype=index.dtype) for number in (0, size))
    return door.record("where", [door.record("lt", [index, zero]), door.record("add", [index, end]), index])
