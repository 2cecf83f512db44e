"""Activation functions as layers."""
from _lens import door

from .. import constraints, initializers, regularizers
from .._backend import neural
from .._backend.tensor import scalar, value_of, wrap
from .input_spec import InputSpec
from .layer import Layer


class _ActivationLayer(Layer):
    supports_masking = True

    def compute_output_shape(self, input_shape):
        return input_shape


class ReLU(_ActivationLayer):
    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)
        if max_value is not None and max_value < 0.0:
            raise ValueError(f"max_value of a ReLU layer cannot be a negative value. Received: max_value={max_value}")
        if negative_slope is None or negative_slope < 0.0:
            raise ValueError(f"negative_slope of a ReLU layer cannot be a negative value. Received: negative_slope={negative_slope}")
        self.max_value, self.negative_slope, self.threshold = max_value, negative_slope, threshold

    def call(self, inputs):
        return neural.relu(inputs, self.negative_slope, self.max_value, self.threshold)


class LeakyReLU(_ActivationLayer):
    def __init__(self, negative_slope=0.3, **kwargs):
        # Keras 2's name of the slope
        negative_slope = kwargs.pop("alpha", negative_slope)
        super().__init__(**kwargs)
        if negative_slope is None or negative_slope < 0:
            raise ValueError("The negative_slope value of a Leaky ReLU layer cannot be None or negative value. "
                             f"Expected a float. Received: negative_slope={negative_slope}")
        self.negative_slope = negative_slope

    def call(self, inputs):
        return neural.leaky_relu(inputs, self.negative_slope)

    def _summary(self):
        return f"negative_slope={self.negative_slope}"


class PReLU(_ActivationLayer):
    def __init__(self, alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs):
        super().__init__(**kwargs)
        self.alpha_initializer = initializers.get(alpha_initializer)
        self.alpha_regularizer, self.alpha_constraint = regularizers.get(alpha_regularizer), constraints.get(alpha_constraint)
        self.shared_axes = None if shared_axes is None else [shared_axes] if isinstance(shared_axes, int) else list(shared_axes)

    def build(self, input_shape):
        shape = list(input_shape[1:])
        for axis in self.shared_axes or ():
            shape[axis - 1] = 1
        self.alpha = self.add_weight(name="alpha", shape=tuple(shape), initializer=self.alpha_initializer,
                                     regularizer=self.alpha_regularizer, constraint=self.alpha_constraint)
        self.input_spec = InputSpec(ndim=len(input_shape), axes={
            i: input_shape[i] for i in range(1, len(input_shape)) if i not in (self.shared_axes or ())})

    def call(self, inputs):
        value, alpha = value_of(inputs), value_of(self.alpha)
        if len(value.shape) == 2:
            return wrap(door.record("prelu", [value, alpha]))
        # the slope has an axis per axis of the input: the op's one slope per channel does not do
        below = door.record("mul", [door.record("relu", [door.record("neg", [value])]), alpha])
        return wrap(door.record("sub", [door.record("relu", [value]), below]))


class ELU(_ActivationLayer):
    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha

    def call(self, inputs):
        return neural.elu(inputs, self.alpha)


class Softmax(_ActivationLayer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, inputs, mask=None):
        if mask is None:
            return neural.softmax(inputs, self.axis)
        value, kept = value_of(inputs), value_of(mask, "bool")
        weights = neural.softmax(wrap(door.record("where", [kept, value, scalar(-3.4e38, value.dtype)])), self.axis).value
        # a row that is masked as a whole has no weights
        return wrap(door.record("where", [kept, weights, scalar(0, value.dtype)]))


class ThresholdedReLU(_ActivationLayer):
    def __init__(self, theta=1.0, **kwargs):
        super().__init__(**kwargs)
        self.theta = theta

    def call(self, inputs):
        return neural.relu(inputs, threshold=self.theta)
