"""Order and sets: sort, argsort, unique, searchsorted, set operations. Results whose size is data are computed from the elements."""
import bisect
import builtins

from _lens import door

from . import _scalars
from ._indexing import integers
from ._ndarray import from_value, ndarray
from ._operands import array_of, axis_of, cast, is_number, promote_all, value_of


def _sorted(a, axis, place):
    a = array_of(a)
    if axis is None:
        a, axis = a.ravel(), 0
    source = value_of(a, "int64") if a._name == "bool" else a.value
    return from_value(door.record_all("sort", [source], dim=axis_of(axis, a.ndim), descending=False)[place])


def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    a = array_of(a)
    if not getattr(a, "is_recorded", True):
        made = a.copy()
        made.sort()
        return made
    return cast(_sorted(a, axis, 0), a._name)


def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    a = array_of(a)
    return a.argsort() if not getattr(a, "is_recorded", True) else _sorted(a, axis, 1)


def _sort_in_place(self, axis=-1, kind=None, order=None, *, stable=None):
    self.assign(sort(self, axis).value)


def partition(a, kth, axis=-1, **options):
    return sort(a, axis)


def argpartition(a, kth, axis=-1, **options):
    return argsort(a, axis)


def lexsort(keys, axis=-1):
    columns = [array_of(key)._numbers() for key in keys]
    return integers(sorted(range(len(columns[0])), key=lambda place: [column[place] for column in reversed(columns)]))


def _known(numbers, like):
    """A vector of elements taken from an array."""
    if not getattr(like, "is_recorded", True):
        from ._plain import PlainArray
        return PlainArray(numbers, (len(numbers),), like.dtype if like.dtype.kind == "O" else None)
    from ._creation import _of_numbers
    return _of_numbers(numbers, like._name, (len(numbers),))


def _key(number):
    """nan comes last."""
    return (number != number, number)


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True):
    a = array_of(ar)
    if axis is not None and a.ndim > 1:
        return _unique_rows(a, axis, return_index, return_inverse, return_counts)
    numbers = a._numbers()
    first, counts = {}, {}
    for place, number in enumerate(numbers):
        key = "nan" if number != number else number
        first.setdefault(key, place)
        counts[key] = counts.get(key, 0) + 1
    order = _in_order(first, numbers)
    found = [_known([numbers[first[key]] for key in order], a)]
    if return_index:
        found.append(integers([first[key] for key in order]))
    if return_inverse:
        ranks = {key: rank for rank, key in enumerate(order)}
        found.append(integers([ranks["nan" if number != number else number] for number in numbers], a.shape))
    if return_counts:
        found.append(integers([counts[key] for key in order]))
    return found[0] if len(found) == 1 else tuple(found)


def _in_order(first, numbers):
    return builtins.sorted(first, key=lambda key: _key(numbers[first[key]]))



def _unique_rows(a, axis, return_index, return_inverse, return_counts):
    from ._shaping import moveaxis
    moved = moveaxis(a, axis, 0)
    rows = [tuple(row.ravel()._numbers()) for row in moved]
    first, counts = {}, {}
    for place, row in enumerate(rows):
        first.setdefault(row, place)
        counts[row] = counts.get(row, 0) + 1
    order = builtins.sorted(first)
    found = [moveaxis(moved[integers([first[row] for row in order])], 0, axis)]
    if return_index:
        found.append(integers([first[row] for row in order]))
    if return_inverse:
        found.append(integers([order.index(row) for row in rows]))
    if return_counts:
        found.append(integers([counts[row] for row in order]))
    return found[0] if len(found) == 1 else tuple(found)


def unique_values(x, /):
    return unique(x)


def searchsorted(a, v, side="left", sorter=None):
    a = array_of(a)
    sequence = (a if sorter is None else a[sorter])._numbers()
    find = bisect.bisect_left if side == "left" else bisect.bisect_right
    if is_number(v):
        return _scalars.int64(find(sequence, _scalars.plain(v)))
    v = array_of(v)
    return integers([find(sequence, number) for number in v._numbers()], v.shape)


def digitize(x, bins, right=False):
    edges = array_of(bins)
    numbers = edges._numbers()
    side = "left" if right else "right"
    if len(numbers) > 1 and numbers[0] > numbers[-1]:
        return len(numbers) - searchsorted(edges[::-1], x, "right" if right else "left")
    return searchsorted(edges, x, side)


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    a, b = array_of(ar1).ravel(), array_of(ar2).ravel()
    others = set(b._numbers())
    shared = builtins.sorted(number for number in set(a._numbers()) if number in others)
    found = _known(shared, a if not getattr(a, "is_recorded", True) else cast(a, promote_all([a, b])))
    if not return_indices:
        return found
    first, second = a._numbers(), b._numbers()
    return found, integers([first.index(number) for number in shared]), integers([second.index(number) for number in shared])


def union1d(ar1, ar2):
    from ._joining import concatenate
    return unique(concatenate([array_of(ar1).ravel(), array_of(ar2).ravel()]))


def setdiff1d(ar1, ar2, assume_unique=False):
    a = array_of(ar1).ravel()
    gone = set(array_of(ar2).ravel()._numbers())
    return _known([number for number in (a if assume_unique else unique(a))._numbers() if number not in gone], a)


def setxor1d(ar1, ar2, assume_unique=False):
    return setdiff1d(union1d(ar1, ar2), intersect1d(ar1, ar2))


def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    a = array_of(element)
    wanted = set(array_of(list(test_elements) if isinstance(test_elements, (set, frozenset)) else test_elements).ravel()._numbers())
    from ._creation import _of_numbers
    made = _of_numbers([(number in wanted) != invert for number in a._numbers()], "bool", a.shape)
    return made if a.ndim else made[()]


def in1d(ar1, ar2, assume_unique=False, invert=False):
    return isin(array_of(ar1).ravel(), ar2, invert=invert)


def bincount(x, /, weights=None, minlength=0):
    numbers = array_of(x)._numbers()
    if any(number < 0 for number in numbers):
        raise ValueError("'list' argument must have no negative elements")
    if numbers and isinstance(numbers[0], float):
        raise TypeError("Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'")
    length = max(minlength, max(numbers, default=-1) + 1)
    from ._creation import _of_numbers
    totals = [0] * length
    if weights is None:
        for number in numbers:
            totals[number] += 1
        return integers(totals)
    for number, weight in zip(numbers, array_of(weights)._numbers()):
        totals[number] += weight
    return _of_numbers(totals, "float64", (length,))


def histogram(a, bins=10, range=None, density=None, weights=None):
    """Counts between edges; the last bin has both of its edges."""
    numbers = array_of(a).ravel()._numbers()
    edges = histogram_bin_edges(a, bins, range)._numbers()
    given = [1] * len(numbers) if weights is None else array_of(weights).ravel()._numbers()
    totals = [0] * (len(edges) - 1)
    for number, weight in zip(numbers, given):
        if edges[0] <= number <= edges[-1]:
            totals[min(bisect.bisect_right(edges, number) - 1, len(totals) - 1)] += weight
    from ._creation import array
    if density:
        whole = sum(totals)
        totals = [total / whole / (after - before) for total, before, after in zip(totals, edges, edges[1:])]
    return array(totals), array(edges)


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    from ._ranges import linspace
    if isinstance(bins, str):
        raise door.UnsupportedError(f"numpy.histogram with bins={bins!r} is not supported")
    if not isinstance(bins, int):
        return array_of(bins)
    numbers = array_of(a).ravel()._numbers()
    low, high = (map(float, range)) if range is not None else (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if low > high:
        raise ValueError("max must be larger than min in range parameter.")
    if low == high:
        low, high = low - 0.5, high + 0.5
    return linspace(low, high, bins + 1)


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    per_axis = bins if isinstance(bins, (list, tuple)) else (bins, bins)
    limits = range or (None, None)
    edges = [histogram_bin_edges(one, count, limit) for one, count, limit in zip((x, y), per_axis, limits)]
    from ._creation import zeros
    counts = zeros((edges[0].size - 1, edges[1].size - 1))
    lists = [edge._numbers() for edge in edges]
    for one, other in zip(array_of(x)._numbers(), array_of(y)._numbers()):
        if lists[0][0] <= one <= lists[0][-1] and lists[1][0] <= other <= lists[1][-1]:
            row, column = (min(bisect.bisect_right(edge, number) - 1, len(edge) - 2) for edge, number in zip(lists, (one, other)))
            counts[row, column] += 1
    return counts, edges[0], edges[1]


ndarray.sort, ndarray.argsort, ndarray.searchsorted = _sort_in_place, argsort, searchsorted
ndarray.partition = lambda self, kth, axis=-1, **options: _sort_in_place(self, axis)
ndarray.argpartition = argpartition
