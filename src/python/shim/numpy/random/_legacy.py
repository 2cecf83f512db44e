"""RandomState: the draws of `numpy.random.seed`, number for number."""
import array as _array
import math

from .. import _scalars
from .._creation import array
from .._dtypes import dtype_of
from .._indexing import integers
from .._ndarray import from_buffer, ndarray
from .._operands import array_of, broadcast_shapes, size_of
from ._mt19937 import MT19937
from ._sampling import choice_weights, in_place_shuffle, many, mask_of, multivariate, weighted_without_replacement


# How many bits of a 32-bit draw one small integer takes.
_WIDTHS = {"bool": 1, "int8": 8, "uint8": 8, "int16": 16, "uint16": 16}


class RandomState:
    """A container of the Mersenne Twister and the distributions over it."""

    def __init__(self, seed=None):
        self._bits = seed if isinstance(seed, MT19937) else MT19937(seed)
        self._spare = None  # second of a pair of normal numbers

    def seed(self, seed=None):
        self._bits.seed(seed)
        self._spare = None

    def get_state(self, legacy=True):
        key, position = self._bits.key()
        return ("MT19937", key, position, int(self._spare is not None), self._spare or 0.0)

    def set_state(self, state):
        _, key, position, has_spare, spare = state
        self._bits.set_key([int(word) for word in key], int(position))
        self._spare = float(spare) if has_spare else None

    # One number at a time

    def _gauss(self):
        """A normal number by the polar method, which makes two."""
        if self._spare is not None:
            number, self._spare = self._spare, None
            return number
        draw = self._bits._random.random
        while True:
            x = 2.0 * draw() - 1.0
            y = 2.0 * draw() - 1.0
            square = x * x + y * y
            if 0.0 < square < 1.0:
                break
        factor = math.sqrt(-2.0 * math.log(square) / square)
        self._spare = factor * x
        return factor * y

    def _gausses(self, count):
        found = []
        if count and self._spare is not None:
            found.append(self._gauss())
        draw, log, sqrt = self._bits._random.random, math.log, math.sqrt
        while len(found) < count:
            x = 2.0 * draw() - 1.0
            y = 2.0 * draw() - 1.0
            square = x * x + y * y
            if 0.0 < square < 1.0:
                factor = sqrt(-2.0 * log(square) / square)
                found.append(factor * y)
                self._spare = factor * x
                if len(found) < count:
                    found.append(self._spare)
                    self._spare = None
        return found

    def _interval(self, largest):
        """A whole number of 0..largest by masking and rejecting."""
        if largest == 0:
            return 0
        mask = mask_of(largest)
        draw = self._bits.uint32 if largest <= 0xFFFFFFFF else self._bits.uint64
        while True:
            number = draw() & mask
            if number <= largest:
                return number

    # Uniform numbers

    def random_sample(self, size=None):
        if size is None:
            return self._bits.double()
        return many("uniform", size, self._bits.doubles)

    random = sample = ranf = random_sample

    def rand(self, *size):
        return self.random_sample(size if size else None)

    def uniform(self, low=0.0, high=1.0, size=None):
        return self._of((low, high), size, lambda: self._bits.double(), lambda x, low, high: low + (high - low) * x)

    def randint(self, low, high=None, size=None, dtype=int):
        if high is None:
            low, high = 0, low
        name = dtype_of(dtype).name
        if isinstance(low, (list, tuple, ndarray)) or isinstance(high, (list, tuple, ndarray)):
            lows, highs = array_of(low), array_of(high)
            shape = broadcast_shapes(lows.shape, highs.shape) if size is None else size_of(size)
            from .._shaping import broadcast_to
            rows = zip(broadcast_to(lows, shape)._numbers(), broadcast_to(highs, shape)._numbers())
            return array([int(a) + self._interval(int(b) - 1 - int(a)) for a, b in rows], dtype=name).reshape(shape)
        low, high = int(low), int(high)
        if low >= high:
            raise ValueError("low >= high" if high != 0 or low != 0 else "high <= 0")
        span = high - 1 - low
        if name in _WIDTHS:
            draw = self._narrow(span, _WIDTHS[name])
        else:
            def draw():
                return self._interval(span)
        if size is None:
            number = low + draw()
            return number if dtype is int else bool(number) if dtype is bool else _scalars.make(name, number)
        shape = size_of(size)
        numbers = [low + draw() for _ in range(math.prod(shape))]
        from .._creation import _of_numbers
        return _of_numbers(numbers, name, shape)

    def _narrow(self, span, bits):
        """Small integers share one 32-bit draw."""
        mask, waiting = mask_of(span), []

        def draw():
            if span == 0:
                return 0
            while True:
                if not waiting:
                    word = self._bits.uint32()
                    waiting.extend(word >> shift & (1 << bits) - 1 for shift in range(32 - bits, -1, -bits))
                number = waiting.pop() & mask
                if number <= span:
                    return number
        return draw

    def random_integers(self, low, high=None, size=None):
        return self.randint(1 if high is None else low, (low if high is None else high) + 1, size)

    def bytes(self, length):
        words = [self._bits.uint32() for _ in range(-(-length // 4))]
        return b"".join(word.to_bytes(4, "little") for word in words)[:length]

    # Distributions

    def _of(self, parameters, size, draw, finish):
        """Draws of a distribution whose parameters may be arrays."""
        if all(isinstance(one, (int, float)) for one in parameters):
            numbers = [float(one) for one in parameters]
            if size is None:
                return finish(draw(), *numbers)
            shape = size_of(size)
            return from_buffer(_array.array("d", [finish(draw(), *numbers) for _ in range(math.prod(shape))]), "float64", shape)
        arrays = [array_of(one) for one in parameters]
        shape = broadcast_shapes(*(one.shape for one in arrays)) if size is None else size_of(size)
        from .._shaping import broadcast_to
        rows = zip(*(broadcast_to(one, shape)._numbers() for one in arrays))
        return array([finish(draw(), *row) for row in rows], dtype=float).reshape(shape)

    def standard_normal(self, size=None):
        return self._gauss() if size is None else many("normal", size, self._gausses)

    def randn(self, *size):
        return self.standard_normal(size if size else None)

    def normal(self, loc=0.0, scale=1.0, size=None):
        if isinstance(scale, (int, float)) and scale < 0:
            raise ValueError("scale < 0")
        if size is not None and isinstance(loc, (int, float)) and isinstance(scale, (int, float)):
            loc, scale = float(loc), float(scale)
            return many("normal", size, lambda count: [loc + scale * number for number in self._gausses(count)], loc, scale)
        return self._of((loc, scale), size, self._gauss, lambda x, loc, scale: loc + scale * x)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        return self._of((mean, sigma), size, self._gauss, lambda x, mean, sigma: math.exp(mean + sigma * x))

    def standard_exponential(self, size=None):
        return self.exponential(1.0, size)

    def exponential(self, scale=1.0, size=None):
        return self._of((scale,), size, self._bits.double, lambda x, scale: scale * -math.log(1.0 - x))

    def laplace(self, loc=0.0, scale=1.0, size=None):
        def finish(x, loc, scale):
            while x == 0.0:
                x = self._bits.double()
            return loc - scale * math.log(2.0 - x - x) if x >= 0.5 else loc + scale * math.log(x + x)
        return self._of((loc, scale), size, self._bits.double, finish)

    def logistic(self, loc=0.0, scale=1.0, size=None):
        return self._of((loc, scale), size, self._bits.double, lambda x, loc, scale: loc + scale * math.log(x / (1.0 - x)))

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        return self._of((loc, scale), size, self._bits.double, lambda x, loc, scale: loc - scale * math.log(-math.log(1.0 - x)))

    def rayleigh(self, scale=1.0, size=None):
        return self._of((scale,), size, self._bits.double, lambda x, scale: scale * math.sqrt(-2.0 * math.log(1.0 - x)))

    def standard_cauchy(self, size=None):
        def draw():
            first = self._gauss()
            return first / self._gauss()
        return self._of((0.0,), size, draw, lambda x, _: x)

    def binomial(self, n, p, size=None):
        """Counts by inversion, as NumPy draws them while n·p is at most 30."""
        def one(n, p):
            if p > 0.5:
                return n - one(n, 1.0 - p)
            if n == 0 or p == 0.0:
                return 0
            if p * n > 30.0:
                from _lens.door import UnsupportedError
                raise UnsupportedError("numpy.random.binomial with n * p above 30 is not supported")
            start = math.exp(n * math.log(1.0 - p))
            mean = n * p
            bound = int(min(n, mean + 10.0 * math.sqrt(mean * (1.0 - p) + 1)))
            count, probability, x = 0, start, self._bits.double()
            while x > probability:
                count += 1
                if count > bound:
                    count, probability, x = 0, start, self._bits.double()
                else:
                    x -= probability
                    probability = (n - count + 1) * p * probability / (count * (1.0 - p))
            return count
        return self._counts((n, p), size, lambda n, p: one(int(n), float(p)))

    def poisson(self, lam=1.0, size=None):
        """Counts by multiplication, as NumPy draws them while lam is below 10."""
        def one(lam):
            if lam >= 10:
                from _lens.door import UnsupportedError
                raise UnsupportedError("numpy.random.poisson with lam of 10 and more is not supported")
            limit, count, product = math.exp(-lam), 0, 1.0
            while lam > 0:
                product *= self._bits.double()
                if product <= limit:
                    break
                count += 1
            return count
        return self._counts((lam,), size, one)

    def _counts(self, parameters, size, draw):
        if all(isinstance(one, (int, float)) for one in parameters):
            if size is None:
                return draw(*parameters)
            shape = size_of(size)
            return integers([draw(*parameters) for _ in range(math.prod(shape))], shape)
        arrays = [array_of(one) for one in parameters]
        shape = broadcast_shapes(*(one.shape for one in arrays)) if size is None else size_of(size)
        from .._shaping import broadcast_to
        return integers([draw(*row) for row in zip(*(broadcast_to(one, shape)._numbers() for one in arrays))], shape)

    # Orders

    def shuffle(self, x):
        in_place_shuffle(x, self._order)

    def _order(self, count):
        """Where each place of a shuffled sequence takes its item from."""
        order = list(range(count))
        for place in range(count - 1, 0, -1):
            other = self._interval(place)
            order[place], order[other] = order[other], order[place]
        return order

    def permutation(self, x):
        if isinstance(x, int):
            return integers(self._order(x))
        given = array_of(x)
        return given[integers(self._order(given.shape[0]))]

    def choice(self, a, size=None, replace=True, p=None):
        population = a if isinstance(a, int) else array_of(a)
        count = population if isinstance(a, int) else population.shape[0]
        if not isinstance(a, int) and population.ndim != 1:
            raise ValueError("a must be 1-dimensional")
        if count <= 0 and size not in (0, (0,)):
            raise ValueError("a must be greater than 0 unless no samples are taken" if isinstance(a, int) else
                             "'a' cannot be empty unless no samples are taken")
        weights = None if p is None else choice_weights(p, count)
        shape = () if size is None else size_of(size)
        wanted = math.prod(shape)
        if replace:
            if weights is None:
                numbers = [self._interval(count - 1) for _ in range(wanted)]
            else:
                numbers = weights.find(self._bits.doubles(wanted))
        else:
            if wanted > count:
                raise ValueError("Cannot take a larger sample than population when 'replace=False'")
            numbers = self._order(count)[:wanted] if weights is None else weighted_without_replacement(weights, wanted, self._bits.doubles)
        if size is None:
            return numbers[0] if isinstance(a, int) else population[numbers[0]]
        found = integers(numbers, shape)
        return found if isinstance(a, int) else population[found]

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8):
        return multivariate(mean, cov, size, self._gausses)


RandomState.__module__ = "numpy.random.mtrand"
