"""Convolution layers, made from tables: one class per number of spatial axes."""
from .. import activations, constraints, initializers, regularizers
from .._backend import convolution, neural
from .._backend.convolution import per_axis
from .core import activate, activation_name
from .input_spec import InputSpec
from .layer import Layer


class BaseConv(Layer):
    rank = 2

    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.kernel_size, self.strides, self.dilation_rate = (
            tuple(per_axis(n, self.rank)) for n in (kernel_size, strides, dilation_rate))
        self.padding = padding.lower()
        if self.padding not in ("valid", "same", "causal"):
            raise ValueError(f"The `padding` argument must be a list/tuple or one of {{'valid', 'same', 'causal'}}. Received: {padding}")
        self.data_format = data_format or "channels_last"
        self.groups = groups
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer, self.bias_initializer = initializers.get(kernel_initializer), initializers.get(bias_initializer)
        self.kernel_regularizer, self.bias_regularizer = regularizers.get(kernel_regularizer), regularizers.get(bias_regularizer)
        self.kernel_constraint, self.bias_constraint = constraints.get(kernel_constraint), constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=self.rank + 2, max_ndim=self.rank + 2, ndim=self.rank + 2)

    @property
    def channel_axis(self):
        return -1 if self.data_format == "channels_last" else 1

    def _add_weights(self, channels, kernel_shape, bias_size):
        if channels is None:
            raise ValueError("The channel dimension of the inputs should be defined.")
        self.kernel = self.add_weight(name="kernel", shape=kernel_shape, initializer=self.kernel_initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self._add_bias(bias_size)
        self.input_spec = InputSpec(ndim=self.rank + 2, axes={self.channel_axis: channels})

    def _add_bias(self, size):
        self.bias = self.add_weight(name="bias", shape=(size,), initializer=self.bias_initializer, regularizer=self.bias_regularizer,
                                    constraint=self.bias_constraint) if self.use_bias else None

    def build(self, input_shape):
        channels = input_shape[self.channel_axis]
        if channels is not None and channels % self.groups:
            raise ValueError(f"The number of input channels must be evenly divisible by the number of groups. Received groups={self.groups}, "
                             f"but the input has {channels} channels (full input shape is {input_shape}).")
        self._add_weights(channels, (*self.kernel_size, (channels or 0) // self.groups, self.filters), self.filters)

    def _convolved(self, x):
        return convolution.conv(x, self.kernel, self.strides, self.padding, self.dilation_rate, self.data_format)

    def call(self, inputs):
        x = self._convolved(inputs)
        if self.bias is not None:
            x = neural.bias_add(x, self.bias, self.data_format)
        return activate(self.activation, x)

    def _summary(self):
        return f"{self.filters}, {self.kernel_size}{activation_name(self.activation)}"


class BaseConvTranspose(BaseConv):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1,
                 activation=None, **kwargs):
        super().__init__(filters, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, **kwargs)
        self.output_padding = output_padding

    def build(self, input_shape):
        channels = input_shape[self.channel_axis]
        self._add_weights(channels, (*self.kernel_size, self.filters, channels), self.filters)

    def _convolved(self, x):
        return convolution.conv_transpose(x, self.kernel, self.strides, self.padding, self.output_padding, self.dilation_rate,
                                          self.data_format)


class BaseDepthwiseConv(BaseConv):
    def __init__(self, kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None,
                 use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(None, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias, depthwise_initializer,
                         bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer, depthwise_constraint,
                         bias_constraint, **kwargs)
        self.depth_multiplier = depth_multiplier

    def build(self, input_shape):
        channels = input_shape[self.channel_axis]
        self._add_weights(channels, (*self.kernel_size, channels, self.depth_multiplier), channels * self.depth_multiplier)

    def _convolved(self, x):
        return convolution.depthwise_conv(x, self.kernel, self.strides, self.padding, self.dilation_rate, self.data_format)

    def _summary(self):
        return f"{self.kernel_size}{activation_name(self.activation)}"


class BaseSeparableConv(BaseConv):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1,
                 activation=None, use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform",
                 bias_initializer="zeros", depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(filters, kernel_size, strides, padding, data_format, dilation_rate, 1, activation, use_bias,
                         depthwise_initializer, bias_initializer, depthwise_regularizer, bias_regularizer, activity_regularizer,
                         depthwise_constraint, bias_constraint, **kwargs)
        self.depth_multiplier = depth_multiplier
        self.pointwise_initializer = initializers.get(pointwise_initializer)
        self.pointwise_regularizer = regularizers.get(pointwise_regularizer)

    def build(self, input_shape):
        channels = input_shape[self.channel_axis]
        self.depthwise_kernel = self.add_weight(
            name="depthwise_kernel", shape=(*self.kernel_size, channels, self.depth_multiplier), initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer)
        self.pointwise_kernel = self.add_weight(
            name="pointwise_kernel", shape=(*[1] * self.rank, self.depth_multiplier * channels, self.filters),
            initializer=self.pointwise_initializer, regularizer=self.pointwise_regularizer)
        self._add_bias(self.filters)
        self.input_spec = InputSpec(ndim=self.rank + 2, axes={self.channel_axis: channels})

    def _convolved(self, x):
        x = convolution.depthwise_conv(x, self.depthwise_kernel, self.strides, self.padding, self.dilation_rate, self.data_format)
        return convolution.conv(x, self.pointwise_kernel, 1, "valid", 1, self.data_format)


# class -> (base, spatial axes)
_TABLE = {
    "Conv1D": (BaseConv, 1), "Conv2D": (BaseConv, 2), "Conv3D": (BaseConv, 3),
    "Conv1DTranspose": (BaseConvTranspose, 1), "Conv2DTranspose": (BaseConvTranspose, 2), "Conv3DTranspose": (BaseConvTranspose, 3),
    "DepthwiseConv1D": (BaseDepthwiseConv, 1), "DepthwiseConv2D": (BaseDepthwiseConv, 2),
    "SeparableConv1D": (BaseSeparableConv, 1), "SeparableConv2D": (BaseSeparableConv, 2),
}
globals().update({_name: type(_name, (_base,), {"rank": _rank, "__module__": __name__}) for _name, (_base, _rank) in _TABLE.items()})
