"""`Rearrange`, `Reduce` and `EinMix` as Keras layers."""
import keras

from ._mixing import Mixing
from ._transforming import Transforming


class Rearrange(Transforming, keras.Layer):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self._prepare(pattern, axes_lengths)

    def build(self, input_shape):
        pass

    def call(self, inputs):
        return self._transformed(inputs)

    def get_config(self):
        return {"pattern": self.pattern, **self.axes_lengths}


class Reduce(Transforming, keras.Layer):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.reduction = reduction
        self._prepare(pattern, axes_lengths)

    def build(self, input_shape):
        pass

    def call(self, inputs):
        return self._transformed(inputs)

    def get_config(self):
        return {"pattern": self.pattern, "reduction": self.reduction, **self.axes_lengths}


class EinMix(Mixing, keras.Layer):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self._parameters = self._prepare(pattern, weight_shape, bias_shape, axes_lengths)

    @staticmethod
    def _rearrange(pattern, axes_lengths):
        return Rearrange(pattern, **axes_lengths)

    def build(self, input_shape):
        self.weight, self.bias = (None if parameter is None else self._add(*parameter) for parameter in self._parameters)

    def _add(self, shape, bound):
        return self.add_weight(shape=shape, initializer=keras.initializers.RandomUniform(-bound, bound), trainable=True)

    def call(self, inputs):
        if self.pre_rearrange is not None:
            inputs = self.pre_rearrange(inputs)
        result = keras.ops.einsum(self.einsum_pattern, inputs, self.weight)
        if self.bias is not None:
            result = result + self.bias
        if self.post_rearrange is not None:
            result = self.post_rearrange(result)
        return result

    def get_config(self):
        return {"pattern": self.pattern, "weight_shape": self.weight_shape, "bias_shape": self.bias_shape, **self.axes_lengths}
