"""Generator: what `numpy.random.default_rng` gives, with NumPy's numbers."""
import math

from _lens.door import UnsupportedError

from .. import _scalars
from .._creation import _of_numbers, array
from .._dtypes import dtype_of
from .._indexing import integers, take
from .._ndarray import ndarray
from .._operands import array_of, broadcast_shapes, size_of
from ._pcg64 import PCG64
from ._sampling import choice_weights, in_place_shuffle, many, mask_of, multivariate, weighted_without_replacement
from ._ziggurat import normals


class Generator:
    """Distributions over a bit generator."""

    def __init__(self, bit_generator):
        self.bit_generator = self._bits = bit_generator

    def __repr__(self):
        return f"Generator(PCG64) at 0x{id(self):X}"

    def spawn(self, n_children):
        return [Generator(PCG64(seed)) for seed in self._bits.seed_seq.spawn(n_children)]

    def _bounded(self, largest):
        """A whole number of 0..largest by Lemire's method."""
        if largest == 0:
            return 0
        bits, draw = (32, self._bits.uint32) if largest <= 0xFFFFFFFF else (64, self._bits.uint64)
        mask = (1 << bits) - 1
        if largest == mask:
            return draw()
        count = largest + 1
        product = draw() * count
        if product & mask < count:
            threshold = (mask - largest) % count
            while product & mask < threshold:
                product = draw() * count
        return product >> bits

    def _interval(self, largest):
        """A whole number of 0..largest by masking, as orders are drawn."""
        if largest == 0:
            return 0
        mask = mask_of(largest)
        draw = self._bits.uint32 if largest <= 0xFFFFFFFF else self._bits.uint64
        while True:
            number = draw() & mask
            if number <= largest:
                return number

    def random(self, size=None, dtype=float, out=None):
        if dtype_of(dtype).name == "float32":
            shape = () if size is None else size_of(size)
            numbers = [(self._bits.uint32() >> 8) * 2.0 ** -24 for _ in range(math.prod(shape))]
            return _scalars.float32(numbers[0]) if size is None else _of_numbers(numbers, "float32", shape)
        if out is not None:
            out[...] = self.random(out.shape)
            return out
        return self._bits.double() if size is None else many("uniform", size, self._bits.doubles)

    def uniform(self, low=0.0, high=1.0, size=None):
        return self._of((low, high), size, self._bits.double, lambda x, low, high: low + (high - low) * x)

    def standard_normal(self, size=None, dtype=float, out=None):
        if dtype_of(dtype).name != "float64":
            raise UnsupportedError("Generator.standard_normal draws float64 only; add .astype(...)")
        return self._normal() if size is None else many("normal", size, lambda count: normals(self._bits, count))

    def _normal(self):
        return normals(self._bits, 1)[0]

    def normal(self, loc=0.0, scale=1.0, size=None):
        if isinstance(scale, (int, float)) and scale < 0:
            raise ValueError("scale < 0")
        if size is not None and isinstance(loc, (int, float)) and isinstance(scale, (int, float)):
            loc, scale = float(loc), float(scale)
            return many("normal", size, lambda count: [loc + scale * x for x in normals(self._bits, count)], loc, scale)
        return self._of((loc, scale), size, self._normal, lambda x, loc, scale: loc + scale * x)

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8, *, method="svd"):
        return multivariate(mean, cov, size, lambda count: normals(self._bits, count))

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        return self._of((mean, sigma), size, self._normal, lambda x, mean, sigma: math.exp(mean + sigma * x))

    def _of(self, parameters, size, draw, finish):
        """Draws of a distribution whose parameters may be arrays."""
        if all(isinstance(one, (int, float)) for one in parameters):
            numbers = [float(one) for one in parameters]
            if size is None:
                return finish(draw(), *numbers)
            shape = size_of(size)
            return _of_numbers([finish(draw(), *numbers) for _ in range(math.prod(shape))], "float64", shape)
        arrays = [array_of(one) for one in parameters]
        shape = broadcast_shapes(*(one.shape for one in arrays)) if size is None else size_of(size)
        from .._shaping import broadcast_to
        rows = zip(*(broadcast_to(one, shape)._numbers() for one in arrays))
        return array([finish(draw(), *row) for row in rows], dtype=float).reshape(shape)

    def integers(self, low, high=None, size=None, dtype="int64", endpoint=False):
        if high is None:
            low, high = 0, low
        name = dtype_of(dtype).name
        if name not in ("int64", "int32", "uint32", "uint64"):
            raise UnsupportedError(f"Generator.integers draws int64 and int32 only; add .astype({name!r})")
        if isinstance(low, (list, tuple, ndarray)) or isinstance(high, (list, tuple, ndarray)):
            lows, highs = array_of(low), array_of(high)
            shape = broadcast_shapes(lows.shape, highs.shape) if size is None else size_of(size)
            from .._shaping import broadcast_to
            rows = zip(broadcast_to(lows, shape)._numbers(), broadcast_to(highs, shape)._numbers())
            return integers([int(a) + self._bounded(int(b) - (not endpoint) - int(a)) for a, b in rows], shape)
        low, largest = int(low), int(high) - (not endpoint)
        if largest < low:
            raise ValueError("low > high" if endpoint else "low >= high" if high else "high <= 0")
        span = largest - low
        if size is None:
            number = low + self._bounded(span)
            return number if dtype is int else _scalars.make(name, number)
        shape = size_of(size)
        return _of_numbers([low + self._bounded(span) for _ in range(math.prod(shape))], name, shape)

    def _order(self, count):
        order = list(range(count))
        for place in range(count - 1, 0, -1):
            other = self._interval(place)
            order[place], order[other] = order[other], order[place]
        return order

    def shuffle(self, x, axis=0):
        if axis:
            from .._shaping import swapaxes
            x = swapaxes(x, 0, axis)
        in_place_shuffle(x, self._order)

    def permutation(self, x, axis=0):
        if isinstance(x, int):
            return integers(self._order(x))
        given = array_of(x)
        return take(given, integers(self._order(given.shape[axis])), axis)

    def permuted(self, x, axis=None, out=None):
        if axis is not None:
            raise UnsupportedError("Generator.permuted with an axis is not supported")
        given = array_of(x)
        return given.ravel()[integers(self._order(given.size))].reshape(given.shape)

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        population = a if isinstance(a, int) else array_of(a)
        count = population if isinstance(a, int) else population.shape[axis]
        if count <= 0 and size not in (0, (0,)):
            raise ValueError("a must be a positive integer unless no samples are taken" if isinstance(a, int) else
                             "a cannot be empty unless no samples are taken")
        weights = None if p is None else choice_weights(p, count)
        shape = () if size is None else size_of(size)
        wanted = math.prod(shape)
        if replace:
            numbers = weights.find(self._bits.doubles(wanted)) if weights else [self._bounded(count - 1) for _ in range(wanted)]
        elif wanted > count:
            raise ValueError("Cannot take a larger sample than population when replace is False")
        elif weights:
            numbers = weighted_without_replacement(weights, wanted, self._bits.doubles)
        else:
            numbers = self._sample(count, wanted, shuffle)
        if size is None:
            return numbers[0] if isinstance(a, int) else population[numbers[0]]
        found = integers(numbers, shape)
        return found if isinstance(a, int) else take(population, found, axis)

    def _shuffled(self, numbers, first):
        """Fisher and Yates from the end down to `first`."""
        for place in range(len(numbers) - 1, first - 1, -1):
            other = self._bounded(place)
            numbers[place], numbers[other] = numbers[other], numbers[place]
        return numbers

    def _sample(self, count, wanted, shuffle):
        """Different numbers below `count`: a partial shuffle where many are wanted of many, else Floyd's method."""
        if count > 10000 and wanted > count // (50 if shuffle else 20):
            return self._shuffled(list(range(count)), max(count - wanted, 1))[count - wanted:]
        seen, found = set(), []
        for place in range(count - wanted, count):
            number = self._bounded(place)
            if number in seen:
                number = place
            seen.add(number)
            found.append(number)
        return self._shuffled(found, 1) if shuffle else found

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        raise UnsupportedError(f"numpy.random.Generator.{name} is not supported yet")


Generator.__module__ = "numpy.random._generator"


def default_rng(seed=None):
    """A Generator of PCG64 for a seed; a generator is returned as it is."""
    if isinstance(seed, Generator):
        return seed
    return Generator(seed if isinstance(seed, PCG64) else PCG64(seed))
