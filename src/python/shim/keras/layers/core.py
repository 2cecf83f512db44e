"""Dense, EinsumDense, Embedding, Activation, Lambda, Input and other layers without a family."""
from _lens import door
from _lens.recording import calls

from .. import activations, constraints, initializers, regularizers
from .._backend import linear, neural, shaping
from .._backend.dtypes import is_float, standard
from .._backend.operations import operators
from .._backend.symbolic import KerasTensor, Node
from .._backend.tensor import value_of, wrap
from .input_spec import InputSpec
from .layer import Layer


def activate(activation, x):
    """What `activation=` makes of a layer's linear output. A layer given there is a part of this layer, not a row of its own."""
    if isinstance(activation, Layer):
        with calls.muted():
            return activation(x)
    return activation(x)


def activation_name(activation):
    return "" if activation is activations.linear or activation is None else f", activation={activations.serialize(activation)}"


class InputLayer(Layer):
    """Holds a symbolic input; never a row."""

    def __init__(self, shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, input_tensor=None, optional=False,
                 name=None, input_shape=None, **kwargs):
        super().__init__(name=name or auto_input_name())
        shape = input_shape if shape is None else shape
        if batch_shape is None:
            if shape is None:
                raise ValueError("You must pass a `shape` argument.")
            shape = (shape,) if isinstance(shape, int) else tuple(shape)
            batch_shape = (batch_size, *shape)
        self._dtype = standard(dtype)
        self.batch_shape = tuple(batch_shape)
        self.built = True
        output = input_tensor if input_tensor is not None else KerasTensor(self.batch_shape, self._dtype, name=name)
        Node(self, (), {}, output)

    def call(self):
        return None


def auto_input_name():
    from .._backend.names import auto_name
    return auto_name("input_layer")


def Input(shape=None, batch_size=None, dtype=None, sparse=None, batch_shape=None, name=None, tensor=None, optional=False, ragged=None):
    """A symbolic tensor to begin a functional model with."""
    layer = InputLayer(shape=shape, batch_size=batch_size, dtype=dtype, batch_shape=batch_shape, name=name, input_tensor=tensor)
    return layer._inbound_nodes[0].outputs[0]


class Dense(Layer):
    def __init__(self, units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
                 kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 bias_constraint=None, lora_rank=None, lora_alpha=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        if not isinstance(units, int) or units <= 0:
            raise ValueError(f"Received an invalid value for `units`, expected a positive integer. Received: units={units}")
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer, self.bias_regularizer = regularizers.get(kernel_regularizer), regularizers.get(bias_regularizer)
        self.kernel_constraint, self.bias_constraint = constraints.get(kernel_constraint), constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=2)
        self.supports_masking = True

    def build(self, input_shape):
        self.kernel = self.add_weight(name="kernel", shape=(input_shape[-1], self.units), initializer=self.kernel_initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = self.add_weight(name="bias", shape=(self.units,), initializer=self.bias_initializer,
                                    regularizer=self.bias_regularizer, constraint=self.bias_constraint) if self.use_bias else None
        self.input_spec = InputSpec(min_ndim=2, axes={-1: input_shape[-1]})

    def call(self, inputs, training=None):
        x = linear.matmul(inputs, self.kernel)
        if self.bias is not None:
            x = neural.bias_add(x, self.bias)
        return activate(self.activation, x)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def _summary(self):
        return f"{self.units}{activation_name(self.activation)}"


class EinsumDense(Layer):
    def __init__(self, equation, output_shape, activation=None, bias_axes=None, kernel_initializer="glorot_uniform",
                 bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None,
                 bias_constraint=None, **kwargs):
        super().__init__(**kwargs)
        self.equation = equation
        self.partial_output_shape = (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self.activation = activations.get(activation)
        self.bias_axes = bias_axes
        self.kernel_initializer, self.bias_initializer = initializers.get(kernel_initializer), initializers.get(bias_initializer)
        self.kernel_regularizer, self.bias_regularizer = regularizers.get(kernel_regularizer), regularizers.get(bias_regularizer)
        self.kernel_constraint, self.bias_constraint = constraints.get(kernel_constraint), constraints.get(bias_constraint)

    def build(self, input_shape):
        sizes, output = self._sizes(input_shape)
        weight = self.equation.replace(" ", "").split("->")[0].split(",")[1]
        initializer = self.kernel_initializer
        if isinstance(initializer, initializers.VarianceScaling):
            made = [position for position, c in enumerate(weight) if c in output]
            initializer = initializer.of_axes([i for i in range(len(weight)) if i not in made], made)
        self.kernel = self.add_weight(name="kernel", shape=tuple(sizes[c] for c in weight), initializer=initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = None
        if self.bias_axes:
            first = min(output.index(c) for c in self.bias_axes)
            shape = tuple(sizes[c] if c in self.bias_axes else 1 for c in output[first:])
            self.bias = self.add_weight(name="bias", shape=shape, initializer=self.bias_initializer,
                                        regularizer=self.bias_regularizer, constraint=self.bias_constraint)

    def _sizes(self, input_shape):
        """Size of each letter, and the output's letters (`...` replaced)."""
        left, output = self.equation.replace(" ", "").split("->")
        given = left.split(",")[0]
        if given.startswith("..."):
            spare = "0123456789"[:len(input_shape) - len(given) + 3]
            given, output = given.replace("...", spare), output.replace("...", spare)
        sizes = dict(zip(given, input_shape))
        wanted = self.partial_output_shape
        sizes.update({c: n for c, n in zip(output[len(output) - len(wanted):], wanted) if n is not None})
        return sizes, output

    def call(self, inputs, training=None):
        x = linear.einsum(self.equation, inputs, self.kernel)
        if self.bias is not None:
            x = operators.functions["add"](x, self.bias)
        return activate(self.activation, x)

    def compute_output_shape(self, input_shape):
        sizes, output = self._sizes(input_shape)
        return tuple(sizes[c] for c in output)

    def _summary(self):
        return f"{self.equation}{activation_name(self.activation)}"


class Embedding(Layer):
    def __init__(self, input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None,
                 mask_zero=False, weights=None, lora_rank=None, **kwargs):
        input_length = kwargs.pop("input_length", None)
        super().__init__(**kwargs)
        self.input_dim, self.output_dim = input_dim, output_dim
        self.embeddings_initializer = initializers.get(embeddings_initializer)
        self.embeddings_regularizer = regularizers.get(embeddings_regularizer)
        self.embeddings_constraint = constraints.get(embeddings_constraint)
        self.mask_zero = mask_zero
        self.supports_masking = mask_zero
        if input_length is not None:
            self._input_shape_arg = (input_length,)
        self._initial = weights[0] if isinstance(weights, (list, tuple)) else weights

    def build(self, input_shape=None):
        self.embeddings = self.add_weight(name="embeddings", shape=(self.input_dim, self.output_dim),
                                          initializer=self.embeddings_initializer, regularizer=self.embeddings_regularizer,
                                          constraint=self.embeddings_constraint)
        if self._initial is not None:
            self.embeddings.assign(self._initial)

    def call(self, inputs):
        return neural.embedding_lookup(self.embeddings, inputs)

    def compute_mask(self, inputs, mask=None):
        return wrap(door.record("ne", [value_of(inputs), value_of(0, value_of(inputs).dtype)])) if self.mask_zero else None

    def compute_output_shape(self, input_shape):
        return (*input_shape, self.output_dim)

    def _has_shape_rule(self):
        return not self.mask_zero

    def _summary(self):
        return f"{self.input_dim}, {self.output_dim}"


class Activation(Layer):
    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.activation = activations.get(activation)
        self.supports_masking = True

    def call(self, inputs):
        return activate(self.activation, inputs)

    def _summary(self):
        return activations.serialize(self.activation)


class Identity(Layer):
    supports_masking = True

    def call(self, inputs):
        return inputs


class Lambda(Layer):
    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}

    def call(self, inputs, mask=None, training=None):
        return self.function(inputs, **self.arguments)


class Masking(Layer):
    def __init__(self, mask_value=0.0, **kwargs):
        super().__init__(**kwargs)
        self.mask_value = mask_value
        self.supports_masking = True

    def compute_mask(self, inputs, mask=None):
        value = value_of(inputs)
        differs = door.record("ne", [value, value_of(self.mask_value, value.dtype)])
        return wrap(door.record("any", [differs], dim=[len(value.shape) - 1], keepdim=False))

    def call(self, inputs):
        value = value_of(inputs)
        kept = self.compute_mask(inputs).value
        kept = door.record("reshape", [kept], shape=[*kept.shape, 1])
        return wrap(door.record("mul", [value, value_of(kept, value.dtype)]))


class Rescaling(Layer):
    def __init__(self, scale, offset=0.0, **kwargs):
        super().__init__(**kwargs)
        self.scale, self.offset = scale, offset

    def call(self, inputs):
        x = inputs if is_float(value_of(inputs).dtype) else wrap(value_of(inputs, self._dtype))
        return x * self.scale + self.offset


class Normalization(Layer):
    """With given statistics, or those that `adapt` takes from data."""

    def __init__(self, axis=-1, mean=None, variance=None, invert=False, **kwargs):
        super().__init__(**kwargs)
        self.axis, self.invert = axis, invert
        self.mean, self.variance = mean, variance

    def adapt(self, data):
        value = value_of(data, self._dtype)
        dims = [a for a in range(len(value.shape)) if self.axis is None or a != self.axis % len(value.shape)]
        self.mean = wrap(door.record("mean", [value], dim=dims, keepdim=False))
        self.variance = wrap(door.record("var", [value], dim=dims, keepdim=False, correction=0))

    def call(self, inputs):
        x = wrap(value_of(inputs, self._dtype))
        if self.mean is None:
            return x
        mean, variance = (wrap(value_of(s, self._dtype)) for s in (self.mean, self.variance))
        deviation = shaping.reshape(wrap(door.record("clamp", [door.record("sqrt", [variance.value])], min=1e-7, max=None)), variance.shape)
        return x * deviation + mean if self.invert else (x - mean) / deviation


