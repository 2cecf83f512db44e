"""BatchNormalization, LayerNormalization and their kin."""
from _lens import door

from .. import constraints, initializers, regularizers
from .._backend import neural
from .._backend.reductions import moments, normalize
from .._backend.tensor import scalar, value_of, wrap
from .input_spec import InputSpec
from .layer import Layer


class BatchNormalization(Layer):
    supports_masking = True

    def __init__(self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
                 moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None, gamma_regularizer=None,
                 beta_constraint=None, gamma_constraint=None, synchronized=False, **kwargs):
        super().__init__(**kwargs)
        self.axis, self.momentum, self.epsilon = int(axis), momentum, epsilon
        self.center, self.scale = center, scale
        self.beta_initializer, self.gamma_initializer = initializers.get(beta_initializer), initializers.get(gamma_initializer)
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(moving_variance_initializer)
        self.beta_regularizer, self.gamma_regularizer = regularizers.get(beta_regularizer), regularizers.get(gamma_regularizer)
        self.beta_constraint, self.gamma_constraint = constraints.get(beta_constraint), constraints.get(gamma_constraint)
        self.gamma = self.beta = None

    def build(self, input_shape):
        shape = (input_shape[self.axis],)
        if self.scale:
            self.gamma = self.add_weight(name="gamma", shape=shape, initializer=self.gamma_initializer, regularizer=self.gamma_regularizer)
        if self.center:
            self.beta = self.add_weight(name="beta", shape=shape, initializer=self.beta_initializer, regularizer=self.beta_regularizer)
        self.moving_mean = self.add_weight(name="moving_mean", shape=shape, initializer=self.moving_mean_initializer, trainable=False)
        self.moving_variance = self.add_weight(name="moving_variance", shape=shape, initializer=self.moving_variance_initializer,
                                               trainable=False)
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: input_shape[self.axis]})

    def call(self, inputs, training=None, mask=None):
        value = value_of(inputs)
        channels = value.shape[self.axis]
        rank = len(value.shape)
        axis = self.axis % rank
        # rows of channels, whatever the rank
        rows = value
        order = [a for a in range(rank) if a != axis] + [axis]
        if axis != rank - 1:
            rows = door.record("permute", [rows], dims=order)
        moved = list(rows.shape)
        if rank != 2:
            rows = door.record("reshape", [rows], shape=[_count(moved[:-1]), channels])
        if training and self.trainable:
            gamma = value_of(self.gamma) if self.gamma is not None else door.record("full", shape=[channels], value=1, dtype=value.dtype)
            beta = value_of(self.beta) if self.beta is not None else door.record("full", shape=[channels], value=0, dtype=value.dtype)
            y, mean, _ = door.record_all("native_batch_norm", [rows, gamma, beta], eps=self.epsilon)
            variance = door.record("var", [rows], dim=[0], keepdim=False, correction=0)
            self._moved(self.moving_mean, mean)
            self._moved(self.moving_variance, variance)
        else:
            y = neural.batch_normalize(rows, self.moving_mean, self.moving_variance, self.beta, self.gamma, self.epsilon).value
        if rank != 2:
            y = door.record("reshape", [y], shape=moved)
        if axis != rank - 1:
            y = door.record("permute", [y], dims=[order.index(a) for a in range(rank)])
        return wrap(y)

    def _moved(self, moving, statistic):
        """moving * momentum + statistic * (1 - momentum)"""
        statistic = door.record("detach", [statistic])
        kept = door.record("mul", [moving.value, scalar(self.momentum, moving.value.dtype)])
        added = door.record("mul", [statistic, scalar(1.0 - self.momentum, moving.value.dtype)])
        moving.assign(door.record("add", [kept, added]))

    def compute_output_shape(self, input_shape):
        return input_shape

    def _summary(self):
        return f"axis={self.axis}, momentum={self.momentum}, epsilon={self.epsilon}"


def _count(sizes):
    total = 1
    for n in sizes:
        total *= n
    return total


class LayerNormalization(Layer):
    supports_masking = True

    def __init__(self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
                 beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs):
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else axis
        self.epsilon, self.center, self.scale = epsilon, center, scale
        self.beta_initializer, self.gamma_initializer = initializers.get(beta_initializer), initializers.get(gamma_initializer)
        self.beta_regularizer, self.gamma_regularizer = regularizers.get(beta_regularizer), regularizers.get(gamma_regularizer)
        self.gamma = self.beta = None

    def build(self, input_shape):
        axes = self.axis if isinstance(self.axis, list) else [self.axis]
        shape = tuple(input_shape[a] for a in axes)
        if self.scale:
            self.gamma = self.add_weight(name="gamma", shape=shape, initializer=self.gamma_initializer, regularizer=self.gamma_regularizer)
        if self.center:
            self.beta = self.add_weight(name="beta", shape=shape, initializer=self.beta_initializer, regularizer=self.beta_regularizer)

    def call(self, inputs):
        value = value_of(inputs)
        rank = len(value.shape)
        axes = sorted(a % rank for a in (self.axis if isinstance(self.axis, list) else [self.axis]))
        if axes == list(range(rank - len(axes), rank)):
            shape = [value.shape[a] for a in axes]
            gamma, beta = (value_of(v) if v is not None else door.record("full", shape=shape, value=n, dtype=value.dtype)
                           for v, n in ((self.gamma, 1), (self.beta, 0)))
            return wrap(door.record_all("native_layer_norm", [value, gamma, beta], normalizedRank=len(axes), eps=self.epsilon)[0])
        mean, variance = moments(inputs, axes, True)
        shape = [value.shape[a] if a in axes else 1 for a in range(rank)]
        gamma, beta = (None if v is None else door.record("reshape", [value_of(v)], shape=shape) for v in (self.gamma, self.beta))
        return neural.batch_normalize(inputs, mean, variance, beta, gamma, self.epsilon)

    def compute_output_shape(self, input_shape):
        return input_shape

    def _summary(self):
        return f"axis={self.axis}, epsilon={self.epsilon}"


class RMSNormalization(Layer):
    def __init__(self, axis=-1, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.axis, self.epsilon = axis, epsilon

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(input_shape[self.axis],), initializer="ones")

    def call(self, inputs):
        value = value_of(inputs)
        dim = [self.axis % len(value.shape)]
        squares = door.record("mean", [door.record("square", [value])], dim=dim, keepdim=True)
        factor = door.record("rsqrt", [door.record("add", [squares, scalar(self.epsilon, value.dtype)])])
        return wrap(door.record("mul", [door.record("mul", [value, factor]), value_of(self.scale)]))


class GroupNormalization(Layer):
    def __init__(self, groups=32, axis=-1, epsilon=1e-3, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
                 **kwargs):
        for name in ("beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint"):
            kwargs.pop(name, None)
        super().__init__(**kwargs)
        self.groups, self.axis, self.epsilon, self.center, self.scale = groups, axis, epsilon, center, scale
        self.beta_initializer, self.gamma_initializer = initializers.get(beta_initializer), initializers.get(gamma_initializer)
        self.gamma = self.beta = None

    def build(self, input_shape):
        channels = input_shape[self.axis]
        if self.groups == -1:
            self.groups = channels
        if channels % self.groups:
            raise ValueError(f"Number of groups ({self.groups}) must be a multiple of the number of channels ({channels}).")
        if self.scale:
            self.gamma = self.add_weight(name="gamma", shape=(channels,), initializer=self.gamma_initializer)
        if self.center:
            self.beta = self.add_weight(name="beta", shape=(channels,), initializer=self.beta_initializer)

    def call(self, inputs):
        if self.axis not in (-1, len(inputs.shape) - 1):
            raise door.UnsupportedError("GroupNormalization is supported over the last axis only")
        value = value_of(inputs)
        channels = value.shape[-1]
        grouped = door.record("reshape", [value], shape=[*value.shape[:-1], self.groups, channels // self.groups])
        axes = [*range(1, len(value.shape) - 1), len(value.shape)]
        mean, variance = moments(grouped, axes, True)
        y = neural.batch_normalize(grouped, mean, variance, None, None, self.epsilon).value
        y = door.record("reshape", [y], shape=list(value.shape))
        if self.gamma is not None:
            y = door.record("mul", [y, value_of(self.gamma)])
        return wrap(y if self.beta is None else door.record("add", [y, value_of(self.beta)]))


class UnitNormalization(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, inputs):
        return normalize(inputs, self.axis, epsilon=1e-12)
