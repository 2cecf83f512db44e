"""`pack` and `unpack`: tensors of several ranks joined along one axis, which the pattern calls `*`."""
import functools
import math

from ._error import EinopsError
from ._frameworks import framework_of
from ._pattern import fault_of_name


def pack(tensors, pattern):
    before, after = _axes_around(pattern, "pack")
    framework = framework_of(tensors[0])
    flat, packed_shapes = [], []
    for position, tensor in enumerate(tensors):
        shape = framework.shape(tensor)
        if len(shape) < before + after:
            raise EinopsError(f"packed tensor #{position} (enumeration starts with 0) has shape {shape}, while pattern {pattern} assumes "
                              f"at least {before + after} axes")
        end = len(shape) - after
        packed_shapes.append(shape[before:end])
        flat.append(framework.reshape(tensor, (*shape[:before], -1, *shape[end:])))
    return framework.join(flat, before), packed_shapes


def unpack(tensor, packed_shapes, pattern):
    before, after = _axes_around(pattern, "unpack")
    framework = framework_of(tensor)
    shape = framework.shape(tensor)
    if len(shape) != before + 1 + after:
        raise EinopsError(f"unpack(..., {pattern}) received input of wrong dim with shape {shape}")
    lengths = [-1 if -1 in part else math.prod(part) for part in packed_shapes]
    if lengths.count(-1) > 1:
        raise EinopsError(f"unpack(..., {pattern}) received more than one -1 in {packed_shapes} and can't infer dimensions")
    try:
        parts = []
        for start, end, part in zip(*_bounds(lengths, shape[before]), packed_shapes):
            piece = tensor[(*(slice(None),) * before, slice(start, end))]
            parts.append(framework.reshape(piece, (*shape[:before], *part, *shape[before + 1:])))
        return parts
    except Exception:
        raise RuntimeError(f'Error during unpack(..., "{pattern}"): could not split axis of size {shape[before]} into requested {packed_shapes}')


def _bounds(lengths, total):
    """Where each part starts and ends; the last one, or the one of unknown length, takes what is left."""
    open_part = lengths.index(-1) if -1 in lengths else len(lengths) - 1
    starts = [sum(lengths[:position]) if position <= open_part else total - sum(lengths[position:]) for position in range(len(lengths))]
    return starts, [*starts[1:], total]


@functools.lru_cache(128)
def _axes_around(pattern, function):
    """How many axes stand before and after the `*`."""
    axes = pattern.split()
    if len(axes) != len(set(axes)):
        raise EinopsError(f'Duplicates in axes names in {function}(..., "{pattern}")')
    if "*" not in axes:
        raise EinopsError(f'No *-axis in {function}(..., "{pattern}")')
    for axis in axes:
        if axis != "*" and fault_of_name(axis):
            raise EinopsError(f'Invalid axis name {axis} in {function}(..., "{pattern}")')
    return axes.index("*"), len(axes) - axes.index("*") - 1
