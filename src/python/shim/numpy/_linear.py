"""Products of vectors and matrices: matmul, dot, outer, tensordot, einsum and their relatives."""
import string

from _lens import door
from _lens.recording import calls
from _lens.recording.array import values_in

from ._ndarray import from_value, ndarray, wrap
from ._operands import array_of, axis_of, cast, is_number, result_type_of, shape_text, value_of, write
from ._ufuncs import FUNCTIONS


def _product(x, y):
    """The recorded matrix product. Booleans are multiplied as integers."""
    name = result_type_of([x, y])
    inner = "int64" if name == "bool" else name
    value = door.record("matmul", [value_of(x, inner), value_of(y, inner)])
    return value if inner == name else door.record("cast", [value], dtype=name)


@calls.function("matmul", values_in)
def matmul(x1, x2, /, out=None, *, dtype=None, **options):
    x, y = array_of(x1), array_of(x2)
    for position, one in enumerate((x, y)):
        if one.ndim == 0:
            raise ValueError(f"matmul: Input operand {position} does not have enough dimensions (has 0, gufunc core with signature "
                             f"(n?,k),(k,m?)->(n?,m?) requires 1)")
    inner = y.shape[-2] if y.ndim > 1 else y.shape[0]
    if x.shape[-1] != inner:
        raise ValueError(f"matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
                         f"(n?,k),(k,m?)->(n?,m?) (size {inner} is different from {x.shape[-1]})")
    from ._operands import common_shape
    common_shape([x.shape[:-2], y.shape[:-2]])
    value = _product(x, y)
    if dtype is not None:
        return cast(from_value(value), dtype)
    return wrap(value) if out is None else write(out, value, "matmul")


def dot(a, b, out=None):
    if is_number(a) or is_number(b):
        return FUNCTIONS["multiply"](a, b)
    a, b = array_of(a), array_of(b)
    if a.ndim == 0 or b.ndim == 0:
        return FUNCTIONS["multiply"](a, b)
    inner = b.ndim - 2 if b.ndim > 1 else 0
    if a.shape[-1] != b.shape[inner]:
        raise ValueError(f"shapes {shape_text(a.shape)} and {shape_text(b.shape)} not aligned: {a.shape[-1]} (dim {a.ndim - 1}) != "
                         f"{b.shape[inner]} (dim {inner})")
    if b.ndim > 2:
        return tensordot(a, b, ([-1], [-2]))
    return _dot(a, b, out)


@calls.function("matmul", values_in)
def _dot(a, b, out):
    value = _product(a, b)
    return wrap(value) if out is None else write(out, value, "dot")


def vdot(a, b, /):
    return dot(array_of(a).ravel(), array_of(b).ravel())


def vecdot(x1, x2, /, axis=-1):
    from ._reductions import sum
    return sum(array_of(x1) * array_of(x2), axis)


def inner(a, b, /):
    a, b = array_of(a), array_of(b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    if a.shape[-1] != b.shape[-1]:
        raise ValueError(f"shapes {shape_text(a.shape)} and {shape_text(b.shape)} not aligned: {a.shape[-1]} (dim {a.ndim - 1}) != "
                         f"{b.shape[-1]} (dim {b.ndim - 1})")
    return tensordot(a, b, ([-1], [-1]))


def outer(a, b, out=None):
    result = array_of(a).ravel().reshape(-1, 1) * array_of(b).ravel()
    return result if out is None else write(out, result.value, "outer")


def tensordot(a, b, axes=2):
    a, b = array_of(a), array_of(b)
    if isinstance(axes, int):
        left, right = list(range(a.ndim - axes, a.ndim)), list(range(axes))
    else:
        left, right = ([one] if isinstance(one, int) else list(one) for one in axes)
    left, right = [axis_of(one, a.ndim) for one in left], [axis_of(one, b.ndim) for one in right]
    if len(left) != len(right) or any(a.shape[i] != b.shape[j] for i, j in zip(left, right)):
        raise ValueError("shape-mismatch for sum")
    letters = iter(string.ascii_letters)
    first = [next(letters) for _ in range(a.ndim)]
    second = [next(letters) for _ in range(b.ndim)]
    for i, j in zip(left, right):
        second[j] = first[i]
    shared = {first[i] for i in left}
    output = [letter for letter in (*first, *second) if letter not in shared]
    return einsum(f"{''.join(first)},{''.join(second)}->{''.join(output)}", a, b)


def kron(a, b):
    a, b = array_of(a), array_of(b)
    rank = max(a.ndim, b.ndim)
    left, right = [1] * (rank - a.ndim) + list(a.shape), [1] * (rank - b.ndim) + list(b.shape)
    spread = a.reshape([size for pair in zip(left, [1] * rank) for size in pair]) * b.reshape(
        [size for pair in zip([1] * rank, right) for size in pair])
    return spread.reshape([x * y for x, y in zip(left, right)])


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    from ._diagonals import diagonal
    return diagonal(a, offset, axis1, axis2).sum(-1)


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    a, b = array_of(a), array_of(b)
    if a.shape[-1] == 2 and b.shape[-1] == 2:
        return a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    if a.shape[-1] != 3 or b.shape[-1] != 3:
        raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    from ._joining import stack
    parts = [a[..., i] * b[..., j] - a[..., j] * b[..., i] for i, j in ((1, 2), (2, 0), (0, 1))]
    return stack([array_of(part) for part in parts], axis=-1)


def einsum(*operands, out=None, optimize=False, **options):
    """Sums of products by index letters, contracted pair by pair, each pair as one batched matrix product."""
    equation, *arrays = operands
    if not isinstance(equation, str):
        raise door.UnsupportedError("numpy.einsum takes its subscripts as a string here")
    arrays = [array_of(array) for array in arrays]
    terms, output = _subscripts(equation, arrays)
    sizes = {}
    for position, (term, array) in enumerate(zip(terms, arrays)):
        for letter, size in zip(term, array.shape):
            if sizes.get(letter, 1) not in (1, size) and size != 1:
                raise ValueError(f"operands could not be broadcast together with remapped shapes [original->remapped]: dimension "
                                 f"'{letter}' has size {size} in operand {position}, {sizes[letter]} before")
            sizes[letter] = max(size, sizes.get(letter, 1))
    pairs = [_diagonals(array, term) for array, term in zip(arrays, terms)]
    array, term = pairs[0]
    for position, (other, other_term) in enumerate(pairs[1:], 1):
        later = set(output).union(*(set(one) for _, one in pairs[position + 1:]))
        array, term = _contract(array, term, other, other_term, later)
    array, term = _summed(array, term, output)
    if term != output:
        array = array._view(("permute", {"dims": [term.index(letter) for letter in output]}))
    if out is not None:
        return write(out, array.value, "einsum")
    return array if array.ndim else array[()]


def _subscripts(equation, arrays):
    """The letters of each operand and of the output; an ellipsis becomes letters of its own."""
    left, arrow, output = equation.replace(" ", "").partition("->")
    terms = left.split(",")
    if len(terms) != len(arrays):
        raise ValueError("more operands provided to einstein sum function than specified in the subscripts string"
                         if len(arrays) > len(terms) else
                         "fewer operands provided to einstein sum function than specified in the subscripts string")
    free = [letter for letter in string.ascii_letters if letter not in equation]
    longest, full = "", []
    for position, (term, array) in enumerate(zip(terms, arrays)):
        named = len(term.replace("...", ""))
        if "..." not in term and named != array.ndim:
            more = "fewer" if named > array.ndim else "more"
            raise ValueError(f"einstein sum subscripts string contains too many subscripts for operand {position}" if more == "fewer" else
                             f"operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to "
                             f"broadcast the extra dimensions.")
        extra = "".join(free[:array.ndim - named]) if "..." in term else ""
        longest = max(longest, extra, key=len)
        full.append((term, len(extra)))
    terms = [term.replace("...", longest[len(longest) - extra:]) for term, extra in full]
    if not arrow:
        letters = "".join(terms)
        output = longest + "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1 and letter not in longest))
    return terms, output.replace("...", longest)


def _diagonals(array, term):
    """A letter that stands twice takes the diagonal."""
    from ._diagonals import diagonal
    while len(set(term)) != len(term):
        letter = next(letter for letter in term if term.count(letter) > 1)
        first, second = term.index(letter), term.rindex(letter)
        array = diagonal(array, 0, first, second)
        term = "".join(one for place, one in enumerate(term) if place not in (first, second)) + letter
    return array, term


def _summed(array, term, kept):
    axes = tuple(axis for axis, letter in enumerate(term) if letter not in kept)
    if axes:
        array = array_of(array.sum(axes))
        term = "".join(letter for letter in term if letter in kept)
    return array, term


def _contract(a, left, b, right, later):
    """Two operands into one over the letters that are still wanted."""
    a, left = _summed(a, left, later | set(right))
    b, right = _summed(b, right, later | set(left))
    batch = [letter for letter in left if letter in right and letter in later]
    inner_letters = [letter for letter in left if letter in right and letter not in later]
    rows = [letter for letter in left if letter not in right]
    columns = [letter for letter in right if letter not in left]
    if not inner_letters:
        letters = batch + rows + columns
        x = _aligned(a, left, batch + rows).reshape([a.shape[left.index(one)] for one in batch + rows] + [1] * len(columns))
        y = _aligned(b, right, batch + columns)
        y = y.reshape([b.shape[right.index(one)] for one in batch] + [1] * len(rows) + [b.shape[right.index(one)] for one in columns])
        return x * y, "".join(letters)
    sizes = {letter: max(a.shape[left.index(letter)] if letter in left else 1, b.shape[right.index(letter)] if letter in right else 1)
             for letter in {*left, *right}}
    a, b = _spread(a, left, sizes), _spread(b, right, sizes)

    def count(letters):
        total = 1
        for letter in letters:
            total *= sizes[letter]
        return total
    outer_sizes = [sizes[letter] for letter in batch]
    x = _aligned(a, left, batch + rows + inner_letters).reshape([*outer_sizes, count(rows), count(inner_letters)])
    y = _aligned(b, right, batch + inner_letters + columns).reshape([*outer_sizes, count(inner_letters), count(columns)])
    product = from_value(_product(x, y))
    return product.reshape([sizes[letter] for letter in batch + rows + columns]), "".join(batch + rows + columns)


def _aligned(array, term, wanted):
    return array._view(("permute", {"dims": [term.index(letter) for letter in wanted]}))


def _spread(array, term, sizes):
    shape = [sizes[letter] for letter in term]
    return array if list(array.shape) == shape else array._view(("expand", {"shape": shape}))


ndarray.dot = dot
ndarray.trace = trace
