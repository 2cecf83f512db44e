"""What the old and the new generator do alike: many numbers at once, weighted choices, shuffling in place."""
import array as _array
import bisect
import math

from _lens import door

from .._creation import array
from .._ndarray import from_buffer, from_value, ndarray
from .._operands import array_of, size_of

# Above this many elements NumPy's numbers would take Python too long: the recorder's own generator draws them.
LARGEST_DRAW = 4_000_000


def many(kind, size, draw, loc=0.0, scale=1.0):
    """An array of `draw(count)`; too large a one is recorded instead, of the same distribution."""
    shape = size_of(size)
    count = math.prod(shape)
    if count <= LARGEST_DRAW:
        return from_buffer(_array.array("d", draw(count)), "float64", shape)
    door.log(f"numpy.random: {count} numbers are drawn from another generator than NumPy's", "warning")
    if kind == "uniform":
        return from_value(door.record("uniform", generator=0, shape=list(shape), dtype="float64", **{"from": 0.0, "to": 1.0}))
    return from_value(door.record("normal", generator=0, shape=list(shape), mean=loc, std=scale, dtype="float64"))


def mask_of(largest):
    """The smallest 2^n - 1 that is no less."""
    return (1 << largest.bit_length()) - 1


class _Weights:
    """Probabilities as the running sum in which a uniform number finds its index."""

    def __init__(self, probabilities):
        self.probabilities = probabilities
        total, sums = 0.0, []
        for probability in probabilities:
            total += probability
            sums.append(total)
        self.sums = [one / total for one in sums]

    def find(self, uniforms):
        return [bisect.bisect_right(self.sums, x) for x in uniforms]


def choice_weights(p, count):
    weights = array_of(p).astype(float)
    if weights.ndim != 1:
        raise ValueError("'p' must be 1-dimensional")
    if weights.size != count:
        raise ValueError("'a' and 'p' must have same size")
    numbers = weights._numbers()
    if any(number < 0 for number in numbers):
        raise ValueError("probabilities are not non-negative")
    if abs(math.fsum(numbers) - 1.0) > math.sqrt(2.0 ** -52):
        raise ValueError("probabilities do not sum to 1")
    return _Weights(numbers)


def weighted_without_replacement(weights, wanted, doubles):
    """Draws until enough different indices were found, what was found being struck out."""
    probabilities, found = list(weights.probabilities), []
    if sum(probability > 0 for probability in probabilities) < wanted:
        raise ValueError("Fewer non-zero entries in p than size")
    while len(found) < wanted:
        uniforms = doubles(wanted - len(found))
        for number in found:
            probabilities[number] = 0.0
        found.extend(dict.fromkeys(_Weights(probabilities).find(uniforms)))
    return found


def in_place_shuffle(x, order_of):
    """Brings the first axis of an array, or a list, into a drawn order."""
    order = order_of(len(x))
    if isinstance(x, ndarray):
        from .._indexing import integers
        if len(order):
            x[...] = x[integers(order)]
    else:
        x[:] = [x[place] for place in order]


def multivariate(mean, cov, size, draw):
    """Normal vectors: independent numbers turned by the singular vectors of the covariance.

    Those vectors are known but for their signs, which are LAPACK's for diagonal covariances and for two variables; else some
    directions of the draws may be mirrored.
    """
    mean, cov = array_of(mean).astype(float), array_of(cov).astype(float)
    count = mean.size
    if mean.ndim != 1:
        raise ValueError("mean must be 1 dimensional")
    if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
        raise ValueError("cov must be 2 dimensional and square")
    if cov.shape[0] != count:
        raise ValueError("mean and cov must have same length")
    from ..linalg import svd
    _, sizes, vectors = svd(cov)
    rows = _signed(vectors.tolist(), cov.tolist())
    factors = array(rows) * (sizes ** 0.5).reshape(-1, 1)
    shape = () if size is None else size_of(size)
    numbers = array(draw(math.prod(shape) * count)).reshape(-1, count)
    return (numbers @ factors + mean).reshape(shape + (count,))


def _signed(rows, cov):
    """Singular vectors of a covariance with LAPACK's signs: axes are positive, of two others the pair is a reflection."""
    if all(sum(number != 0 for number in row) == 1 for row in rows):
        return [[abs(number) for number in row] for row in rows]
    if len(rows) != 2:
        return [[-number for number in row] if row[0] > 0 else row for row in rows]
    (a, b), (_, d) = cov
    first, second = rows
    # the bidiagonal form's second number above its first: the solver then works from the other end
    turned = first[1] < 0 if a * d - b * b > a * a + b * b else first[0] > 0
    first = [-number for number in first] if turned else first
    reflected = first[0] * second[1] - first[1] * second[0] < 0
    return [first, second if reflected else [-number for number in second]]
