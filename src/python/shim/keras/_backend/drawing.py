"""Random numbers, drawn as Keras 3 draws them on its torch backend: each call from a generator of its own seed."""
import random

from _lens import door

from . import symbolic
from .dtypes import floatx, standard
from .names import auto_name
from .shaping import sizes
from .tensor import scalar, value_of, wrap

# Generator 0 is torch's default one; this one is started anew with the seed of each draw
_GENERATOR = 1_000_001


def default_seed():
    return random.randint(1, int(1e9))


class SeedGenerator:
    """keras.random.SeedGenerator: gives a new seed for each draw."""

    def __init__(self, seed=None, name=None, **kwargs):
        self.name = name or auto_name(type(self).__name__)
        if seed is not None and not isinstance(seed, int):
            raise ValueError(f"Argument `seed` must be an integer. Received: seed={seed}")
        self._initial_seed = seed
        self._first, self._second = default_seed() if seed is None else seed, 0

    def next(self, ordered=True):
        """The sum of the two numbers that are its state, which then moves on."""
        drawn = self._first + self._second
        if symbolic.is_probing():
            return drawn
        if ordered:
            self._second += 1
        else:
            self._first, self._second = (_int32((n + 1) * 5387) % 933199 for n in (self._first, self._second))
        return drawn

    @property
    def is_seeded(self):
        return self._initial_seed is not None

    def get_config(self):
        return {"seed": self._initial_seed, "name": self.name}


def _int32(n):
    """n as 32 bits keep it: torch's seed state is int32."""
    return (n + 2 ** 31) % 2 ** 32 - 2 ** 31


_global = None


def set_random_seed(seed):
    """keras.utils.set_random_seed: Python, NumPy, torch's default generator, and Keras's own."""
    global _global
    if not isinstance(seed, int):
        raise ValueError(f"Expected `seed` argument to be an integer. Received: seed={seed} (of type {type(seed)})")
    _global = None
    import numpy
    random.seed(seed)
    numpy.random.seed(seed % 2 ** 32)
    door.manual_seed(seed)


def _seed(seed):
    global _global
    if isinstance(seed, SeedGenerator):
        return seed.next()
    if seed is None:
        if _global is None:
            _global = SeedGenerator()
        return _global.next(ordered=False)
    return int(seed)


def _draw(op, shape, seed, dtype, **attributes):
    shape = sizes(shape)
    if symbolic.is_probing():
        return door.record("full", shape=shape, value=0, dtype=dtype)
    door.manual_seed(_seed(seed) & 0xFFFFFFFF, generator=_GENERATOR)
    return door.record(op, generator=_GENERATOR, shape=shape, dtype=dtype, **attributes)


def _float(dtype):
    return floatx() if dtype is None else standard(dtype)


def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return wrap(_draw("normal", shape, seed, _float(dtype), mean=float(mean), std=float(stddev)))


def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    if dtype is not None and standard(dtype).startswith("int"):
        return randint(shape, minval, maxval, dtype, seed)
    value = _draw("uniform", shape, seed, _float(dtype), **{"from": 0.0, "to": 1.0})
    value = door.record("mul", [value, scalar(float(maxval) - float(minval), value.dtype)])
    return wrap(door.record("add", [value, scalar(float(minval), value.dtype)]))


def randint(shape, minval, maxval, dtype="int32", seed=None):
    return wrap(_draw("randint", shape, seed, standard(dtype), low=int(minval), high=int(maxval)))


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    """Of four draws for each element the first that lies within two standard deviations."""
    dtype = _float(dtype)
    shape = sizes(shape)
    four = _draw("normal", [*shape, 4], seed, dtype, mean=0.0, std=1.0)
    within = door.record("lt", [door.record("abs", [four]), scalar(2.0, dtype)])
    chosen = door.record("argmax", [value_of(within, "float32")], dim=len(shape), keepdim=True)
    value = door.record("reshape", [door.record("gather", [four, chosen], dim=len(shape))], shape=shape)
    value = door.record("mul", [value, scalar(float(stddev), dtype)])
    return wrap(door.record("add", [value, scalar(float(mean), dtype)]))


def dropout(x, rate, noise_shape=None, seed=None):
    value = value_of(x)
    if symbolic.is_probing() or rate == 0.0:
        return wrap(value)
    if rate == 1.0:
        return wrap(door.record("full", shape=list(value.shape), value=0, dtype=value.dtype))
    keep = 1.0 - rate
    if seed is not None and not (isinstance(seed, SeedGenerator) and not seed.is_seeded) or noise_shape is not None:
        shape = list(value.shape) if noise_shape is None else [n if m is None else m for n, m in zip(value.shape, sizes_or_none(noise_shape))]
        drawn = _draw("uniform", shape, seed, "float32", **{"from": 0.0, "to": 1.0})
        mask = door.record("lt", [drawn, scalar(keep, "float32")])
        kept = door.record("div", [value, scalar(keep, value.dtype)])
        return wrap(door.record("where", [mask, kept, scalar(0, value.dtype)]))
    mask = door.record("bernoulli", generator=0, shape=list(value.shape), p=keep, dtype=value.dtype)
    scaled = door.record("div", [mask, scalar(keep, value.dtype)])
    return wrap(door.record("mul", [value, scaled]))


def sizes_or_none(shape):
    return [None if n is None else int(n) for n in shape]


def shuffle(x, axis=0, seed=None):
    """Rows in the order of uniform draws. The order is read, since sorting is by value."""
    value = value_of(x)
    draws = _draw("uniform", [value.shape[axis]], seed, "float32", **{"from": 0.0, "to": 1.0})
    order = door.record_all("sort", [draws], dim=0, descending=False)[1]
    return wrap(door.record("index_select", [value, order], dim=axis))
