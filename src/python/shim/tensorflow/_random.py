"""tf.random: TensorFlow's functions over one generator. Its numbers are not TensorFlow's, whose generator is another kind."""
from _lens import door
from keras._backend import shaping, symbolic
from keras._backend.dtypes import standard
from keras._backend.tensor import scalar, value_of, wrap

_GENERATOR = 1_000_003
_started = False


def set_seed(seed):
    """Starts the generator anew. Keras's initializers have seeds of their own, as in Keras 3."""
    global _started
    door.manual_seed(int(seed) % 2 ** 32, generator=_GENERATOR)
    _started = True


def begin_run():
    global _started
    _started = False


def _draw(op, shape, seed, dtype, **attributes):
    shape = shaping.sizes(shape)
    if symbolic.is_probing():
        return door.record("full", shape=shape, value=0, dtype=dtype)
    if not _started:
        set_seed(0)
    return door.record(op, generator=_GENERATOR, shape=shape, dtype=dtype, **attributes)


def normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    return wrap(_draw("normal", shape, seed, standard(dtype), mean=float(mean), std=float(stddev)))


def uniform(shape, minval=0, maxval=None, dtype="float32", seed=None, name=None):
    dtype = standard(dtype)
    if "int" in dtype:
        return wrap(_draw("randint", shape, seed, dtype, low=int(minval), high=int(maxval)))
    high = 1.0 if maxval is None else float(maxval)
    return wrap(_draw("uniform", shape, seed, dtype, **{"from": float(minval), "to": high}))


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    dtype = standard(dtype)
    sizes = shaping.sizes(shape)
    four = _draw("normal", [*sizes, 4], seed, dtype, mean=0.0, std=1.0)
    within = door.record("lt", [door.record("abs", [four]), scalar(2.0, dtype)])
    chosen = door.record("argmax", [value_of(within, "float32")], dim=len(sizes), keepdim=True)
    drawn = door.record("reshape", [door.record("gather", [four, chosen], dim=len(sizes))], shape=sizes)
    return wrap(door.record("add", [door.record("mul", [drawn, scalar(float(stddev), dtype)]), scalar(float(mean), dtype)]))


def shuffle(value, seed=None, name=None):
    data = value_of(value)
    if not _started:
        set_seed(0)
    order = door.record("randperm", generator=_GENERATOR, n=data.shape[0], dtype="int64")
    return wrap(door.record("index_select", [data, order], dim=0))


class Generator:
    """tf.random.Generator, over the same one."""

    @classmethod
    def from_seed(cls, seed, alg=None):
        set_seed(seed)
        return cls()

    normal = staticmethod(normal)
    uniform = staticmethod(uniform)
    truncated_normal = staticmethod(truncated_normal)


