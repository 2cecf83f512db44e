"""keras.initializers. One without a seed takes its seed when it is made; called twice, it gives the same values twice."""
import copy as _copy
import math as _math

from _lens import door as _door
from _lens.recording.array import Array as _Array

from ._backend import drawing as _drawing
from ._backend import operations as _operations
from ._backend.dtypes import floatx as _floatx
from ._backend.dtypes import standard as _standard
from ._backend.linear import orthonormal_rows as _orthonormal_rows
from ._backend.linear import swap_last as _swap_last
from ._backend.names import snake_case as _snake_case
from ._backend.shapes import product as _product
from ._backend.tensor import value_of as _value_of
from ._backend.tensor import wrap as _wrap


class Initializer:
    """Base class. What it was made with is kept, so that it can be made anew (`clone`)."""

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self._made_with = (args, kwargs)
        return self

    def __call__(self, shape, dtype=None):
        raise NotImplementedError("Initializer subclasses must implement the `__call__()` method.")

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def clone(self):
        args, kwargs = self._made_with
        return type(self)(*args, **kwargs)


class Zeros(Initializer):
    def __call__(self, shape, dtype=None):
        return _operations.zeros(shape, dtype)


class Ones(Initializer):
    def __call__(self, shape, dtype=None):
        return _operations.ones(shape, dtype)


class Constant(Initializer):
    def __init__(self, value=0.0):
        self.value = value

    def __call__(self, shape, dtype=None):
        return _operations.full(shape, self.value, dtype or _floatx())


class Identity(Initializer):
    def __init__(self, gain=1.0):
        self.gain = gain

    def __call__(self, shape, dtype=None):
        if len(shape) != 2:
            raise ValueError(f"Identity matrix initializer can only be used for 2D matrices. Received: shape={shape} of rank {len(shape)}.")
        return _operations.eye(*shape, dtype=dtype) * self.gain


class RandomInitializer(Initializer):
    def __init__(self, seed=None):
        self.seed = _drawing.default_seed() if seed is None else seed


class RandomNormal(RandomInitializer):
    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean, self.stddev = mean, stddev
        super().__init__(seed)

    def __call__(self, shape, dtype=None):
        return _drawing.normal(shape, self.mean, self.stddev, dtype, self.seed)


class TruncatedNormal(RandomNormal):
    def __call__(self, shape, dtype=None):
        return _drawing.truncated_normal(shape, self.mean, self.stddev, dtype, self.seed)


class RandomUniform(RandomInitializer):
    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        self.minval, self.maxval = minval, maxval
        super().__init__(seed)

    def __call__(self, shape, dtype=None):
        return _drawing.uniform(shape, self.minval, self.maxval, dtype, self.seed)


def compute_fans(shape, input_axes=None, output_axes=None):
    """Input and output units of a weight: of the axes given, else the last two, times the receptive field of a convolution."""
    shape = tuple(shape)
    if input_axes is not None:
        return _product(shape[a] for a in input_axes), _product(shape[a] for a in output_axes)
    if len(shape) < 1:
        return 1, 1
    if len(shape) == 1:
        return shape[0], shape[0]
    field = _product(shape[:-2])
    return shape[-2] * field, shape[-1] * field


class VarianceScaling(RandomInitializer):
    input_axes = output_axes = None

    def of_axes(self, input_axes, output_axes):
        """The same initializer, seed included, for a weight whose input and output axes are these."""
        copy = _copy.copy(self)
        copy.input_axes, copy.output_axes = input_axes, output_axes
        return copy

    def __init__(self, scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None):
        if scale <= 0.0:
            raise ValueError(f"Argument `scale` must be positive float. Received: scale={scale}")
        if mode not in ("fan_in", "fan_out", "fan_avg"):
            raise ValueError(f"Invalid `mode` argument: {mode}. Please use one of fan_in, fan_out, fan_avg")
        distribution = {"normal": "truncated_normal"}.get(distribution.lower(), distribution.lower())
        if distribution not in ("uniform", "truncated_normal", "untruncated_normal"):
            raise ValueError(f"Invalid `distribution` argument: {distribution}.")
        self.scale, self.mode, self.distribution = scale, mode, distribution
        super().__init__(seed)

    def __call__(self, shape, dtype=None):
        fan_in, fan_out = compute_fans(shape, self.input_axes, self.output_axes)
        units = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2.0}[self.mode]
        variance = self.scale / max(1.0, units)
        if self.distribution == "truncated_normal":
            # the standard deviation of a normal distribution cut at two standard deviations
            return _drawing.truncated_normal(shape, 0.0, _math.sqrt(variance) / 0.87962566103423978, dtype, self.seed)
        if self.distribution == "untruncated_normal":
            return _drawing.normal(shape, 0.0, _math.sqrt(variance), dtype, self.seed)
        limit = _math.sqrt(3.0 * variance)
        return _drawing.uniform(shape, -limit, limit, dtype, self.seed)


class Orthogonal(RandomInitializer):
    def __init__(self, gain=1.0, seed=None):
        self.gain = gain
        super().__init__(seed)

    def __call__(self, shape, dtype=None):
        if len(shape) < 2:
            raise ValueError(f"The tensor to initialize must be at least two-dimensional. Received: shape={shape} of rank {len(shape)}.")
        dtype = _standard(dtype)
        rows, columns = _product(shape[:-1]), shape[-1]
        tall = _drawing.normal((max(rows, columns), min(rows, columns)), dtype=dtype, seed=self.seed).value
        # Q of the QR factorization whose R has a positive diagonal: its rows come from Gram-Schmidt, in float64
        wide = _orthonormal_rows(_swap_last(_value_of(tall, "float64")))
        q = wide if rows < columns else _swap_last(wide)
        q = _door.record("reshape", [_value_of(q, dtype)], shape=list(shape))
        return _wrap(q) * float(self.gain)


# name -> arguments of VarianceScaling
_SCALINGS = {
    "GlorotUniform": dict(scale=1.0, mode="fan_avg", distribution="uniform"),
    "GlorotNormal": dict(scale=1.0, mode="fan_avg", distribution="truncated_normal"),
    "HeUniform": dict(scale=2.0, mode="fan_in", distribution="uniform"),
    "HeNormal": dict(scale=2.0, mode="fan_in", distribution="truncated_normal"),
    "LecunUniform": dict(scale=1.0, mode="fan_in", distribution="uniform"),
    "LecunNormal": dict(scale=1.0, mode="fan_in", distribution="truncated_normal"),
}


def _scaling(name, settings):
    def __init__(self, seed=None):
        VarianceScaling.__init__(self, **settings, seed=seed)
    return type(name, (VarianceScaling,), {"__init__": __init__, "__module__": __name__})


globals().update({_name: _scaling(_name, _settings) for _name, _settings in _SCALINGS.items()})

_CLASSES = [Zeros, Ones, Constant, Identity, RandomNormal, TruncatedNormal, RandomUniform, VarianceScaling, Orthogonal,
            *(globals()[_name] for _name in _SCALINGS)]
_BY_NAME = {**{c.__name__: c for c in _CLASSES}, **{_snake_case(c.__name__): c for c in _CLASSES},
            "uniform": RandomUniform, "normal": RandomNormal, "one": Ones, "zero": Zeros, "IdentityInitializer": Identity,
            "OrthogonalInitializer": Orthogonal}
globals().update({_name: _class for _name, _class in _BY_NAME.items() if _name.islower()})


def get(identifier):
    """An initializer by name, class, function, or array; None stays None."""
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        return _BY_NAME[identifier["class_name"]](**identifier.get("config", {}))
    if isinstance(identifier, str):
        if identifier not in _BY_NAME:
            raise ValueError(f"Could not interpret initializer identifier: {identifier}")
        return _BY_NAME[identifier]()
    if isinstance(identifier, _Array):
        return lambda shape, dtype=None: _operations.convert_to_tensor(identifier, dtype)
    if isinstance(identifier, type):
        return identifier()
    if callable(identifier):
        return identifier
    raise ValueError(f"Could not interpret initializer identifier: {identifier}")


def serialize(initializer):
    return {"class_name": type(initializer).__name__, "config": initializer.get_config()}


deserialize = get
