"""Dropout and its kin, and what adds to the loss. Each is active only with training=True."""
from _lens import door

from .. import regularizers
from .._backend import drawing, symbolic
from .._backend.drawing import SeedGenerator
from .._backend.tensor import as_tensor
from .layer import Layer


class Dropout(Layer):
    supports_masking = True

    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(rate, (int, float)) or not 0 <= rate <= 1:
            raise ValueError(f"Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate={rate}")
        self.rate, self.seed, self.noise_shape = rate, seed, noise_shape
        if rate > 0:
            self.seed_generator = SeedGenerator(seed)

    def _noise_shape(self, inputs):
        return self.noise_shape

    def call(self, inputs, training=False):
        if training and self.rate > 0:
            return drawing.dropout(inputs, self.rate, self._noise_shape(inputs), self.seed_generator)
        return inputs

    def compute_output_shape(self, input_shape):
        return input_shape

    def _summary(self):
        return str(self.rate)


class _SpatialDropout(Dropout):
    def __init__(self, rate, seed=None, name=None, dtype=None, data_format=None):
        super().__init__(rate, seed=seed, name=name, dtype=dtype)
        self.data_format = data_format or "channels_last"

    def _noise_shape(self, inputs):
        shape = tuple(inputs.shape)
        ones = (1,) * (len(shape) - 2)
        return (shape[0], *ones, shape[-1]) if self.data_format == "channels_last" else (shape[0], shape[1], *ones)


globals().update({f"SpatialDropout{_rank}D": type(f"SpatialDropout{_rank}D", (_SpatialDropout,), {"__module__": __name__})
                  for _rank in (1, 2, 3)})


class GaussianNoise(Layer):
    supports_masking = True

    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.stddev, self.seed = stddev, seed
        if stddev > 0:
            self.seed_generator = SeedGenerator(seed)

    def call(self, inputs, training=False):
        if training and self.stddev > 0 and not symbolic.is_probing():
            return inputs + drawing.normal(inputs.shape, 0.0, self.stddev, seed=self.seed_generator)
        return inputs


class GaussianDropout(Layer):
    supports_masking = True

    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate, self.seed = rate, seed
        if rate > 0:
            self.seed_generator = SeedGenerator(seed)

    def call(self, inputs, training=False):
        if training and self.rate > 0 and not symbolic.is_probing():
            return inputs * drawing.normal(inputs.shape, 1.0, (self.rate / (1.0 - self.rate)) ** 0.5, seed=self.seed_generator)
        return inputs


class AlphaDropout(Layer):
    """Dropout that keeps mean and variance of self-normalizing networks."""

    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate, self.seed, self.noise_shape = rate, seed, noise_shape
        if rate > 0:
            self.seed_generator = SeedGenerator(seed)

    def call(self, inputs, training=False):
        if not training or self.rate <= 0 or symbolic.is_probing():
            return inputs
        floor = -1.6732632423543772 * 1.0507009873554805
        shape = inputs.shape if self.noise_shape is None else self.noise_shape
        kept = drawing.uniform(shape, seed=self.seed_generator).value
        kept = door.record("cast", [door.record("ge", [kept, door.record("full", shape=[], value=self.rate, dtype=kept.dtype)])],
                           dtype=inputs.value.dtype)
        kept = as_tensor(kept)
        a = ((1 - self.rate) * (1 + self.rate * floor ** 2)) ** -0.5
        return a * (inputs * kept + floor * (1.0 - kept)) - a * floor * self.rate


class ActivityRegularization(Layer):
    supports_masking = True

    def __init__(self, l1=0.0, l2=0.0, **kwargs):
        super().__init__(activity_regularizer=regularizers.L1L2(l1=l1, l2=l2), **kwargs)

    def call(self, inputs):
        return inputs
