"""Cases of Keras layers and models, run by real Keras (make_keras_goldens.py) and by the shim (test/python/keras).

Weights and inputs are numbers of a formula, so that a case is one line: how the layer is made, its input shapes, call arguments.
"""
import json
import math

import keras
from keras import layers, ops

# (expression, input shapes, call arguments)
LAYERS = [
    ("layers.Dense(3)", [(2, 5)], {}),
    ("layers.Dense(4, activation='relu', use_bias=False)", [(2, 3, 5)], {}),
    ("layers.Dense(4, activation='softmax')", [(3, 5)], {}),
    ("layers.Dense(4, activation=layers.LeakyReLU(negative_slope=0.1))", [(3, 5)], {}),
    ("layers.Dense(4, activation='gelu')", [(3, 5)], {}),
    ("layers.Dense(4, activation='elu')", [(3, 5)], {}),
    ("layers.Dense(4, activation='selu')", [(3, 5)], {}),
    ("layers.Dense(4, activation='softplus')", [(3, 5)], {}),
    ("layers.Dense(4, activation='swish')", [(3, 5)], {}),
    ("layers.Dense(4, activation='hard_sigmoid')", [(3, 5)], {}),
    ("layers.EinsumDense('abc,cd->abd', output_shape=(None, 6), bias_axes='d')", [(2, 3, 5)], {}),
    ("layers.Conv1D(4, 3, activation='relu')", [(2, 9, 3)], {}),
    ("layers.Conv1D(4, 3, padding='causal', dilation_rate=2)", [(2, 9, 3)], {}),
    ("layers.Conv2D(4, 3)", [(2, 7, 6, 3)], {}),
    ("layers.Conv2D(4, (3, 2), strides=2, padding='same', activation='relu')", [(2, 7, 6, 3)], {}),
    ("layers.Conv2D(4, 3, dilation_rate=2, padding='same')", [(1, 7, 6, 2)], {}),
    ("layers.Conv2D(4, 3, groups=2)", [(1, 6, 6, 4)], {}),
    ("layers.Conv3D(2, 2)", [(1, 4, 4, 4, 2)], {}),
    ("layers.Conv2DTranspose(3, 3)", [(1, 4, 5, 2)], {}),
    ("layers.Conv2DTranspose(3, 3, strides=2, padding='same')", [(1, 4, 5, 2)], {}),
    ("layers.Conv2DTranspose(3, 2, strides=2, padding='valid')", [(1, 4, 5, 2)], {}),
    ("layers.Conv2DTranspose(3, 4, strides=2, padding='same')", [(1, 4, 5, 2)], {}),
    ("layers.Conv1DTranspose(3, 3, strides=2, padding='same')", [(1, 5, 2)], {}),
    ("layers.DepthwiseConv2D(3, depth_multiplier=2)", [(1, 5, 5, 3)], {}),
    ("layers.SeparableConv2D(4, 3, padding='same', activation='relu')", [(1, 5, 5, 3)], {}),
    ("layers.SeparableConv1D(4, 3)", [(1, 7, 3)], {}),
    ("layers.MaxPooling1D(2)", [(1, 7, 3)], {}),
    ("layers.MaxPooling2D()", [(1, 6, 7, 2)], {}),
    ("layers.MaxPooling2D(3, strides=2, padding='same')", [(1, 6, 7, 2)], {}),
    ("layers.AveragePooling2D(2)", [(1, 6, 7, 2)], {}),
    ("layers.AveragePooling2D(3, strides=2, padding='same')", [(1, 6, 7, 2)], {}),
    ("layers.AveragePooling1D(2)", [(1, 6, 3)], {}),
    ("layers.GlobalAveragePooling2D()", [(2, 4, 4, 3)], {}),
    ("layers.GlobalMaxPooling2D()", [(2, 4, 4, 3)], {}),
    ("layers.GlobalAveragePooling1D()", [(2, 4, 3)], {}),
    ("layers.Flatten()", [(2, 3, 4)], {}),
    ("layers.Reshape((4, -1))", [(2, 3, 8)], {}),
    ("layers.Permute((2, 1))", [(2, 3, 4)], {}),
    ("layers.RepeatVector(3)", [(2, 4)], {}),
    ("layers.ZeroPadding2D(((1, 2), (0, 1)))", [(1, 3, 3, 2)], {}),
    ("layers.Cropping2D(1)", [(1, 5, 5, 2)], {}),
    ("layers.UpSampling2D(2)", [(1, 3, 3, 2)], {}),
    ("layers.UpSampling2D(2, interpolation='bilinear')", [(1, 3, 4, 2)], {}),
    ("layers.UpSampling1D(2)", [(1, 3, 2)], {}),
    ("layers.BatchNormalization()", [(6, 4)], {}),
    ("layers.BatchNormalization()", [(6, 4)], {"training": True}),
    ("layers.BatchNormalization(momentum=0.9, epsilon=1e-5)", [(2, 3, 3, 4)], {"training": True}),
    ("layers.BatchNormalization(scale=False, axis=1)", [(2, 4, 3, 3)], {"training": True}),
    ("layers.LayerNormalization()", [(2, 3, 5)], {}),
    ("layers.LayerNormalization(axis=[1, 2], epsilon=1e-6)", [(2, 3, 5)], {}),
    ("layers.LayerNormalization(center=False, scale=False)", [(2, 5)], {}),
    ("layers.GroupNormalization(groups=2)", [(2, 3, 3, 4)], {}),
    ("layers.UnitNormalization()", [(2, 5)], {}),
    ("layers.Activation('tanh')", [(2, 5)], {}),
    ("layers.ReLU()", [(2, 5)], {}),
    ("layers.ReLU(max_value=0.3, negative_slope=0.1)", [(2, 5)], {}),
    ("layers.LeakyReLU()", [(2, 5)], {}),
    ("layers.PReLU()", [(2, 5)], {}),
    ("layers.PReLU(shared_axes=[1, 2])", [(2, 3, 3, 4)], {}),
    ("layers.ELU(alpha=0.5)", [(2, 5)], {}),
    ("layers.Softmax()", [(2, 5)], {}),
    ("layers.Rescaling(1.0 / 255, offset=-0.5)", [(2, 5)], {}),
    ("layers.Lambda(lambda x: x * 2 + 1)", [(2, 5)], {}),
    ("layers.Dropout(0.5)", [(2, 5)], {}),
    ("layers.Add()", [(2, 5), (2, 5)], {}),
    ("layers.Subtract()", [(2, 5), (2, 5)], {}),
    ("layers.Multiply()", [(2, 5), (2, 5), (2, 5)], {}),
    ("layers.Average()", [(2, 5), (2, 5)], {}),
    ("layers.Maximum()", [(2, 5), (2, 5)], {}),
    ("layers.Concatenate(axis=1)", [(2, 3, 5), (2, 2, 5)], {}),
    ("layers.Dot(axes=1)", [(2, 5), (2, 5)], {}),
    ("layers.SimpleRNN(4)", [(2, 5, 3)], {}),
    ("layers.SimpleRNN(4, activation='relu', return_sequences=True)", [(2, 5, 3)], {}),
    ("layers.LSTM(4)", [(2, 5, 3)], {}),
    ("layers.LSTM(4, return_sequences=True, go_backwards=True)", [(2, 5, 3)], {}),
    ("layers.LSTM(4, activation='relu', recurrent_activation='hard_sigmoid')", [(2, 5, 3)], {}),
    ("layers.GRU(4)", [(2, 5, 3)], {}),
    ("layers.GRU(4, reset_after=False, return_sequences=True)", [(2, 5, 3)], {}),
    ("layers.Bidirectional(layers.LSTM(3))", [(2, 5, 3)], {}),
    ("layers.Bidirectional(layers.GRU(3, return_sequences=True), merge_mode='sum')", [(2, 5, 3)], {}),
    ("layers.TimeDistributed(layers.Dense(4, activation='relu'))", [(2, 5, 3)], {}),
    ("layers.RNN([layers.LSTMCell(3), layers.GRUCell(4)])", [(2, 5, 3)], {}),
]

# Models with weights as Keras draws them after set_random_seed(0): statements that end with `model` and `x`
MODELS = {
    "dense": "model = keras.Sequential([layers.Dense(64, activation='relu', input_shape=(784,)), layers.Dense(10)])\nx = given(3, 784)",
    "convolution": """model = keras.Sequential([keras.Input((12, 12, 1)), layers.Conv2D(8, 3, activation='relu'), layers.MaxPooling2D(),
    layers.Flatten(), layers.Dense(5, activation='softmax')])
x = given(2, 12, 12, 1)""",
    "embedding": """model = keras.Sequential([keras.Input((6,), dtype='int32'), layers.Embedding(30, 8), layers.LSTM(7, return_sequences=True),
    layers.SimpleRNN(5), layers.Dense(1, activation='sigmoid')])
x = ops.convert_to_tensor([[1, 2, 3, 4, 5, 6], [29, 0, 7, 7, 1, 12]], dtype='int32')""",
    "recurrent": """model = keras.Sequential([keras.Input((4, 3)), layers.Bidirectional(layers.LSTM(5, return_sequences=True)),
    layers.GRU(6), layers.Dropout(0.3), layers.Dense(2)])
x = given(2, 4, 3)""",
    "initializers": """model = keras.Sequential([keras.Input((40,))] + [layers.Dense(30, kernel_initializer=name) for name in (
    'he_normal', 'he_uniform', 'lecun_normal', 'glorot_normal', 'random_normal', 'random_uniform', 'truncated_normal', 'orthogonal',
    'ones')])
x = given(2, 40) * 0.01""",
    "attention": """inputs = keras.Input((5, 8))
y = layers.MultiHeadAttention(num_heads=2, key_dim=4)(inputs, inputs)
y = layers.LayerNormalization()(y + inputs)
model = keras.Model(inputs, layers.Dense(3)(layers.GlobalAveragePooling1D()(y)))
x = given(2, 5, 8)""",
    "functional": """a, b = keras.Input((4,), name='a'), keras.Input((6,), name='b')
shared = layers.Dense(5, activation='relu')
left = shared(layers.Dense(6)(a))
right = shared(b)
joined = layers.Concatenate()([left, right])
outputs = [layers.Dense(1, name='score')(joined), layers.Dense(2, activation='softmax')(layers.Add()([left, right]))]
model = keras.Model([a, b], outputs)
x = [given(3, 4), given(3, 6)]""",
    "subclassed": """class Block(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.first = layers.Dense(units, activation='relu')
        self.second = layers.Dense(units)
        self.norm = layers.BatchNormalization()
    def call(self, x, training=None):
        return x + self.norm(self.second(self.first(x)), training=training)
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer='random_normal', name='scale')
    def call(self, x):
        return x * self.scale
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(6), Block(6)]
        self.scale = Scale()
        self.head = layers.Dense(3)
    def call(self, x, training=None):
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(self.scale(x))
model = Net()
x = given(4, 6)""",
}


def numbers(shape, offset):
    count = math.prod(shape)
    return ops.reshape(ops.convert_to_tensor([math.sin(0.7 * i + offset) for i in range(count)], dtype="float32"), shape)


def given(*shape):
    return numbers(shape, 0.3)


def flat(tensor):
    return [float(f"{n:.6g}") for n in ops.convert_to_numpy(ops.reshape(tensor, (-1,))).tolist()]


def structure(outputs):
    return list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]


def digest(tensor):
    values = flat(tensor)
    return {"shape": list(tensor.shape), "first": values[:4], "sum": float(f"{sum(values):.6g}"),
            "magnitude": float(f"{sum(map(abs, values)):.6g}")}


def run_layer(expression, shapes, arguments):
    layer = eval(expression, {"keras": keras, "layers": layers})
    inputs = [numbers(shape, 0.3 + i) for i, shape in enumerate(shapes)]
    inputs = inputs if len(inputs) > 1 else inputs[0]
    layer(inputs)
    for position, weight in enumerate(layer.weights):
        value = numbers(tuple(weight.shape), 1.1 * position) * 0.5
        weight.assign(ops.absolute(value) + 0.5 if "variance" in weight.name else value)
    outputs = structure(layer(inputs, **arguments))
    return {"expression": expression, "outputs": [{"shape": list(o.shape), "values": flat(o)[:48]} for o in outputs],
            "parameters": layer.count_params(), "weights": [[w.name, list(w.shape)] for w in layer.weights],
            "after": [flat(w)[:4] for w in layer.non_trainable_weights]}


def run_model(statements):
    keras.backend.clear_session()
    keras.utils.set_random_seed(0)
    names = {"keras": keras, "layers": layers, "ops": ops, "given": given}
    exec(statements, names)
    model, x = names["model"], names["x"]
    outputs = structure(model(x))
    return {"outputs": [digest(o) for o in outputs], "weights": [[w.name, digest(w)] for w in model.weights],
            "layers": [layer.name for layer in model.layers], "parameters": model.count_params()}


def run_all():
    return {"layers": [run_layer(*case) for case in LAYERS], "models": {name: run_model(text) for name, text in MODELS.items()}}


if __name__ == "__main__":
    print(json.dumps(run_all()))
