"""Spaces: what observations and actions are."""
import numpy


class Space:
    def __init__(self, shape=None, dtype=None, seed=None):
        self.shape = None if shape is None else tuple(shape)
        self.dtype = dtype

    def seed(self, seed=None):
        return []

    def contains(self, value):
        return True


class Box(Space):
    def __init__(self, low, high, shape=None, dtype=numpy.float32, seed=None):
        shape = numpy.shape(low) if shape is None else shape
        super().__init__(shape, dtype)
        self._bounds = low, high

    def __repr__(self):
        return f"Box({self._bounds[0]}, {self._bounds[1]}, {self.shape}, {numpy.dtype(self.dtype).name})"

    @property
    def low(self):
        return numpy.full(self.shape, self._bounds[0], dtype=self.dtype)

    @property
    def high(self):
        return numpy.full(self.shape, self._bounds[1], dtype=self.dtype)

    def sample(self):
        return numpy.clip(numpy.random.standard_normal(self.shape), self.low, self.high).astype(self.dtype)


class Discrete(Space):
    def __init__(self, n, seed=None, start=0):
        super().__init__((), numpy.int64)
        self.n, self.start = int(n), int(start)

    def __repr__(self):
        return f"Discrete({self.n}, start={self.start})" if self.start else f"Discrete({self.n})"

    def sample(self, mask=None):
        return int(numpy.random.randint(self.start, self.start + self.n))


class MultiDiscrete(Space):
    def __init__(self, nvec, dtype=numpy.int64, seed=None):
        self.nvec = numpy.array(nvec)
        super().__init__(self.nvec.shape, dtype)

    def sample(self):
        return numpy.array([numpy.random.randint(0, n) for n in self.nvec])


class Dict(Space):
    def __init__(self, spaces=None, seed=None, **more):
        super().__init__()
        self.spaces = {**(spaces or {}), **more}

    def __getitem__(self, key):
        return self.spaces[key]

    def sample(self):
        return {key: space.sample() for key, space in self.spaces.items()}


class Tuple(Space):
    def __init__(self, spaces, seed=None):
        super().__init__()
        self.spaces = tuple(spaces)

    def sample(self):
        return tuple(space.sample() for space in self.spaces)
