"""Different elements, places among sorted ones, counts. How many different ones there are is data, so that they are read here."""
import builtins
import math

from _lens import door

from ._apply import apply, check_implemented, constant, filled, operand
from ._dtype import DTYPES, FLOAT, INTEGER, int64
from ._registry import public
from ._size import axis


def _slices(input, dim):
    """The numbers of the tensor's slices along an axis, each a tuple, and that axis's size."""
    position = axis(dim, input.dim())
    moved = input.movedim(position, 0)
    numbers, size = list(door.read(moved.value)), moved.value.shape[0]
    width = len(numbers) // builtins.max(size, 1)
    return [tuple(numbers[start * width:(start + 1) * width]) for start in range(size)], position


def _sort_key(row):
    """NaN stands behind all numbers."""
    return tuple((number != number, number) for number in row)


def _gathered(input, position, firsts):
    """The slices at the places `firsts`."""
    places = constant(firsts, int64, (len(firsts),))
    return apply("index_select", input.detach() if position is not None else input.detach().reshape(-1), places, dim=position or 0)


def _different(input, rows, position, order, inverse, counts, return_inverse, return_counts):
    results = [_gathered(input, position, order)]
    if return_inverse:
        results.append(constant(inverse, int64, input.value.shape if position is None else (len(rows),)))
    if return_counts:
        results.append(constant(counts, int64, (len(order),)))
    return results[0] if len(results) == 1 else tuple(results)


def _rows_of(input, dim):
    if dim is not None:
        return _slices(input, dim)
    return [(number,) for number in door.read(input.value)], None


@public
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """Different elements (or slices), ascending."""
    rows, position = _rows_of(input, dim)
    ascending = builtins.sorted(range(len(rows)), key=lambda place: _sort_key(rows[place]))
    order, counts, inverse = [], [], [0] * len(rows)
    for place in ascending:
        if not order or rows[order[-1]] != rows[place]:
            order.append(place)
            counts.append(0)
        counts[-1] += 1
        inverse[place] = len(order) - 1
    return _different(input, rows, position, order, inverse, counts, return_inverse, return_counts)


@public
def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None):
    """As `unique`, of each run of equal ones, in their own order."""
    rows, position = _rows_of(input, dim)
    order, counts, inverse = [], [], []
    for place, row in enumerate(rows):
        if not order or rows[order[-1]] != row:
            order.append(place)
            counts.append(0)
        counts[-1] += 1
        inverse.append(len(order) - 1)
    return _different(input, rows, position, order, inverse, counts, return_inverse, return_counts)


@public(function_only=True)
def searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None):
    if side not in (None, "left", "right"):
        raise RuntimeError(f"torch.searchsorted(): side can only be 'left' or 'right' but got {side}")
    if side == "left" and right:
        raise RuntimeError("torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True")
    if sorter is not None:
        sorted_sequence = sorted_sequence.gather(-1, sorter)
    values = operand(input, sorted_sequence)
    places = apply("searchsorted", sorted_sequence, values, right=bool(right or side == "right"))
    return places.to(DTYPES["int32"]) if out_int32 else places


@public
def bucketize(input, boundaries, *, out_int32=False, right=False):
    if boundaries.dim() != 1:
        raise RuntimeError(f"boundaries tensor must be 1 dimension, but got dim({boundaries.dim()})")
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)


@public
def bincount(input, weights=None, minlength=0):
    check_implemented("bincount_cpu", input.dtype, INTEGER)
    numbers = door.read(input.value)
    if input.dim() != 1 or any(number < 0 for number in numbers):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    if weights is not None and weights.numel() != input.numel():
        raise RuntimeError("weights should be 1-d and have the same length as input")
    size = builtins.max([minlength, *(number + 1 for number in numbers)])
    source = weights if weights is not None else filled(input.value.shape, 1, int64)
    return filled((size,), 0, source.dtype).scatter_add(0, input.to(int64), source)


@public
def histc(input, bins=100, min=0, max=0):
    """Counts in `bins` equal intervals of min..max (of the data's own range where both are equal)."""
    check_implemented("histogram_cpu", input.dtype, FLOAT)
    if bins <= 0:
        raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {bins} for dimension 0")
    if max < min:
        raise RuntimeError("torch.histc: max must be larger than min")
    flat = input.detach().reshape(-1)
    if min == max and flat.numel():
        min, max = flat.min().item(), flat.max().item()
    if not (math.isfinite(min) and math.isfinite(max)):
        raise RuntimeError(f"torch.histc: range of [{min}, {max}] is not finite")
    if min == max:
        min, max = min - 1, max + 1
    inside = (flat >= min) & (flat <= max)
    place = ((flat - min) / (max - min) * bins).nan_to_num(0.0, 0.0, 0.0).floor().clamp(0, bins - 1).to(int64)
    return filled((bins,), 0, input.dtype).scatter_add(0, place, inside.to(input.dtype))


@public
def isin(elements, test_elements, *, assume_unique=False, invert=False):
    elements, test_elements = operand(elements), operand(test_elements)
    found = (elements.unsqueeze(-1) == test_elements.reshape(-1)).any(-1)
    return apply("logical_not", found) if invert else found
