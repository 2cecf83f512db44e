# Snippets whose output real Keras (make_keras_transcripts.py) and the shim must agree on, each under a line with its name.
### names are counted per class, and can be given
import keras
from keras import layers
print([layers.Dense(1).name, layers.Dense(1).name, layers.Conv2D(1, 1).name, layers.ReLU().name, layers.LSTM(2).name])
print(layers.Dense(1, name="head").name, layers.BatchNormalization().name, layers.MaxPooling2D().name, layers.PReLU().name)
print(keras.Sequential().name, keras.Sequential(name="net").name, keras.Input((3,)).name, layers.SeparableConv2D(1, 1).name)
class MyReLU(layers.Layer):
    def call(self, x):
        return keras.ops.maximum(x, 0.0)
print(MyReLU().name, MyReLU().name)
### a Sequential is built when its input is known
import keras
from keras import layers
model = keras.Sequential([layers.Dense(4, activation="relu"), layers.Dense(2)])
print(model.built, len(model.weights), len(model.layers))
y = model(keras.ops.ones((3, 5)))
print(model.built, [tuple(w.shape) for w in model.weights], tuple(y.shape), model.count_params())
model = keras.Sequential()
model.add(keras.Input(shape=(6,)))
model.add(layers.Dense(3))
print([tuple(w.shape) for w in model.weights], model.input_shape, model.output_shape)
model.pop()
print(len(model.layers))
### shapes are inferred with open axes
import keras
from keras import layers
print(layers.Conv2D(8, 3, padding="same", strides=2)(keras.Input((None, None, 3))).shape)
print(layers.LSTM(5, return_sequences=True)(keras.Input((None, 4))).shape, layers.Embedding(10, 6)(keras.Input((None,))).shape)
print(layers.Flatten()(keras.Input((3, 4))).shape, layers.Reshape((2, -1))(keras.Input((3, 4))).shape)
x = keras.Input((7,))
print((x * 2 + 1).shape, keras.ops.mean(x, axis=-1).shape, keras.ops.relu(x).shape, x[:, :3].shape)
print(layers.Bidirectional(layers.GRU(3))(keras.Input((4, 2))).shape, layers.Concatenate()([x, x]).shape)
print(layers.Lambda(lambda t: t[:, ::2])(x).shape, layers.MultiHeadAttention(2, 3)(keras.Input((5, 8)), keras.Input((5, 8))).shape)
print(layers.Dense(3).compute_output_shape((None, 4)), layers.Conv2D(2, 3).compute_output_shape((None, 8, 8, 1)))
### a functional model lists its layers by depth
import keras
from keras import layers
a = keras.Input((4,), name="a")
b = keras.Input((4,), name="b")
deep = layers.Dense(4, name="deep_2")(layers.Dense(4, name="deep_1")(a))
short = layers.Dense(4, name="short")(b)
out = layers.Add(name="joined")([deep, short])
model = keras.Model([a, b], out, name="two_towers")
print([layer.name for layer in model.layers], model.name, model.input_shape, model.output_shape, len(model.inputs))
print(tuple(model([keras.ops.ones((2, 4)), keras.ops.ones((2, 4))]).shape))
print(tuple(model({"a": keras.ops.ones((2, 4)), "b": keras.ops.ones((2, 4))}).shape))
inner = keras.Model(a, deep)
print(tuple(inner(keras.ops.ones((5, 4))).shape), [w.path for w in inner.weights], model.get_layer("short").units)
### layers can be shared, and nested
import keras
from keras import layers
inner = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="relu"), layers.Dense(4)], name="inner")
x = keras.Input((4,))
shared = layers.Dense(4)
model = keras.Model(x, inner(shared(shared(x))))
print(model.count_params(), [layer.name for layer in model.layers], len(model.trainable_weights))
model = keras.Sequential([inner, layers.Dense(1)])
print(model.input_shape, model.count_params())
### a subclassed model tracks what it holds
import keras
from keras import layers
class Net(keras.Model):
    def __init__(self, depth=2):
        super().__init__()
        self.stem = layers.Dense(3)
        self.stack = [layers.Dense(3) for _ in range(depth)]
        self.heads = {"a": layers.Dense(1), "b": layers.Dense(2)}
        self.norm = layers.BatchNormalization()
        self.scale = self.add_weight(shape=(1,), initializer="ones", name="scale")
    def call(self, x, training=False):
        x = self.stem(x)
        for layer in self.stack:
            x = keras.activations.relu(layer(x))
        x = self.norm(x, training=training) * self.scale
        return {name: head(x) for name, head in self.heads.items()}
net = Net()
y = net(keras.ops.ones((2, 5)))
print({k: tuple(v.shape) for k, v in y.items()}, len(net.weights), len(net.trainable_weights), len(net.layers), net.count_params())
net.trainable = False
print(len(net.trainable_weights), len(net.non_trainable_weights))
net.stem.trainable = True
print(net.stem.trainable, net.norm.trainable)
### what does not fit is refused
import keras
from keras import layers
def words(function):
    try:
        function()
        print("nothing was refused")
    except Exception as e:
        print(type(e).__name__)
words(lambda: layers.Dense(-1))
words(lambda: layers.Dense(3, foo=1))
words(lambda: layers.Dense(3, activation="nonsense"))
words(lambda: layers.Dense(3, kernel_initializer="nonsense"))
words(lambda: keras.Sequential([layers.Dense(3)])(5))
words(lambda: layers.Conv2D(3, 3)(keras.ops.ones((2, 5))))
words(lambda: layers.Reshape((5,))(keras.ops.ones((2, 4))))
words(lambda: layers.Add()([keras.ops.ones((2, 4)), keras.ops.ones((2, 3))]))
words(lambda: keras.Sequential([layers.Dense(2, name="x"), layers.Dense(2, name="x")]))
words(lambda: keras.Sequential([layers.Dense(2)]).add("dense"))
words(lambda: keras.Sequential([layers.Dense(2)]).fit([1]))
built = layers.Dense(2)
built(keras.ops.ones((1, 4)))
words(lambda: built(keras.ops.ones((1, 5))))
class Forgot(layers.Layer):
    def __init__(self):
        self.rate = 1
    def call(self, x):
        return x
words(lambda: Forgot()(keras.ops.ones((1, 2))))
### training is passed down
import keras
from keras import layers
class Tell(layers.Layer):
    def call(self, x, training=None):
        print("training", training)
        return x
class Outer(keras.Model):
    def __init__(self):
        super().__init__()
        self.tell = Tell()
    def call(self, x):
        return self.tell(x)
x = keras.ops.ones((1, 2))
outer = Outer()
outer.tell.built = True
outer(x, training=True)
outer(x)
drop = layers.Dropout(0.99)
print(float(keras.ops.sum(drop(keras.ops.ones((1, 8))))))
bn = layers.BatchNormalization()
bn(keras.ops.ones((4, 2)) * 3.0, training=True)
print([round(float(v), 5) for v in bn.moving_mean], [round(float(v), 5) for v in bn.moving_variance])
bn.trainable = False
bn(keras.ops.ones((4, 2)) * 3.0, training=True)
print([round(float(v), 5) for v in bn.moving_mean])
### masks stop recurrent layers and means
import keras
from keras import layers, ops
x = ops.convert_to_tensor([[1, 2, 0, 0], [3, 0, 0, 0]], dtype="int32")
embed = layers.Embedding(5, 2, mask_zero=True)
embed.build(None)
embed.embeddings.assign(ops.reshape(ops.arange(10, dtype="float32"), (5, 2)) / 10)
lstm = layers.SimpleRNN(2)
lstm.build((None, None, 2))
for weight in lstm.weights:
    weight.assign(ops.ones(weight.shape) * 0.3)
y = lstm(embed(x))
print([[round(float(v), 5) for v in row] for row in y])
print([[round(float(v), 5) for v in row] for row in layers.GlobalAveragePooling1D()(embed(x))])
### regularizers and losses are added
import keras
from keras import layers, ops
layer = layers.Dense(2, kernel_regularizer=keras.regularizers.L2(0.5), kernel_initializer="ones")
layer(ops.ones((1, 3)))
print([float(v) for v in layer.losses])
layer = layers.Dense(2, kernel_regularizer="l1", bias_regularizer=keras.regularizers.L1L2(0.1, 0.2), kernel_initializer="ones")
layer(ops.ones((1, 3)))
print([round(float(v), 6) for v in layer.losses])
### losses have Keras's values
import keras
from keras import ops
t = ops.convert_to_tensor([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
p = ops.convert_to_tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]])
for loss in (keras.losses.MeanSquaredError(), keras.losses.MeanAbsoluteError(), keras.losses.CategoricalCrossentropy(),
             keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), keras.losses.BinaryCrossentropy(),
             keras.losses.BinaryCrossentropy(from_logits=True), keras.losses.KLDivergence(), keras.losses.Huber(), keras.losses.LogCosh(),
             keras.losses.Hinge(), keras.losses.CosineSimilarity(), keras.losses.Poisson(), keras.losses.MeanSquaredError(reduction="sum")):
    print(loss.name, f"{float(loss(t, p)):.5f}")
print(f"{float(keras.losses.SparseCategoricalCrossentropy()(ops.convert_to_tensor([1, 0]), p)):.5f}")
print([f"{float(v):.5f}" for v in keras.losses.mean_squared_error(t, p)], keras.losses.get("mse") is keras.losses.mean_squared_error)
### gradients at corners are Keras's
import keras
from keras import losses, ops
inf, nan = float("inf"), float("nan")
def corner(name, function, *inputs):
    found = [[float(v) for v in ops.reshape(part, (-1,))] for part in gradients(function, *inputs)]
    print(name, " | ".join(" ".join("zero" if abs(v) < 1e-6 else f"{v:.4g}" for v in part) for part in found))
p, t = [[0.0, 1.0, 0.0, 1.0, 0.5, 1e-8]], [[0.0, 1.0, 1.0, 0.0, 1.0, 0.5]]
for name in ("binary_crossentropy", "categorical_crossentropy", "kl_divergence", "poisson", "mean_squared_logarithmic_error", "mean_absolute_percentage_error",
             "mean_absolute_error", "mean_squared_error", "huber", "log_cosh", "hinge", "squared_hinge"):
    corner(name, lambda x: losses.get(name)(ops.convert_to_tensor(t), x), p)
corner("binary_crossentropy of saturated sigmoids", lambda x: losses.binary_crossentropy(ops.convert_to_tensor([[1.0, 0.0, 1.0, 0.0]]), keras.activations.sigmoid(x)), [[200.0, 200.0, -200.0, -200.0]])
corner("binary_crossentropy of logits", lambda x: losses.binary_crossentropy(ops.convert_to_tensor([[1.0, 0.0, 1.0, 0.0, 0.5]]), x, from_logits=True), [[200.0, 200.0, -200.0, -200.0, 0.0]])
corner("categorical_crossentropy of logits", lambda x: losses.categorical_crossentropy(ops.convert_to_tensor([[1.0, 0.0], [0.0, 1.0]]), x, from_logits=True), [[200.0, 0.0], [200.0, 0.0]])
corner("categorical_crossentropy of saturated softmax", lambda x: losses.categorical_crossentropy(ops.convert_to_tensor([[1.0, 0.0], [0.0, 1.0]]), ops.softmax(x)), [[200.0, 0.0], [200.0, 0.0]])
corner("sparse_categorical_crossentropy", lambda x: losses.sparse_categorical_crossentropy(ops.convert_to_tensor([0, 1]), x), [[1.0, 0.0], [1.0, 0.0]])
corner("sparse_categorical_crossentropy of logits", lambda x: losses.sparse_categorical_crossentropy(ops.convert_to_tensor([0, 1]), x, from_logits=True), [[200.0, 0.0], [200.0, 0.0]])
corner("sparse_categorical_crossentropy, a class ignored", lambda x: losses.sparse_categorical_crossentropy(ops.convert_to_tensor([0, -1]), x, ignore_class=-1), [[0.5, 0.5], [0.7, 0.3]])
for labels in ([0, -1], [-1, -1]):
    corner(f"SparseCategoricalCrossentropy, -1 ignored of {labels}", lambda x: losses.SparseCategoricalCrossentropy(True, ignore_class=-1)(ops.convert_to_tensor(labels), x), [[0.5, 0.5], [0.7, 0.3]])
corner("cosine_similarity", lambda x: losses.cosine_similarity(ops.convert_to_tensor([[1.0, 2.0], [0.0, 0.0]]), x), [[1.0, 2.0], [1.0, 2.0]])
corner("huber at delta", lambda x: losses.huber(ops.convert_to_tensor([[0.0, 0.0, 0.0]]), x), [[1.0, -1.0, 0.0]])
corner("hinge at its margin", lambda x: losses.hinge(ops.convert_to_tensor([[1.0, -1.0]]), x), [[1.0, -1.0]])
corner("normalize", lambda x: ops.normalize(x), [[3.0, 4.0], [3e-7, 4e-7], [3e-8, 4e-8]])
corner("normalize zeros", lambda x: ops.normalize(x), [[0.0, 0.0]])
corner("normalize by sums", lambda x: ops.normalize(x, order=1), [[3.0, -4.0], [0.0, 0.0]])
corner("UnitNormalization", keras.layers.UnitNormalization(), [[3e-7, 4e-7], [3e-8, 4e-8]])
corner("std", lambda x: ops.std(x, axis=1), [[2.0, 2.0, 2.0], [1.0, 2.0, 4.0]])
corner("std of all", lambda x: ops.std(x), [2.0, 2.0])
corner("var", lambda x: ops.var(x, axis=1), [[2.0, 2.0, 2.0]])
for order in (None, 1, inf):
    corner(f"norm {order}", lambda x: ops.norm(x, ord=order, axis=1), [[0.0, 0.0, 0.0], [3.0, 0.0, -4.0], [2.0, -2.0, 2.0]])
corner("norm of all", lambda x: ops.norm(x), [0.0, 0.0])
ties = [[1.0, 2.0, 2.0], [3.0, 3.0, 3.0]]
for name in ("max", "min"):
    corner(name, lambda x: getattr(ops, name)(x, axis=1), ties)
    corner(name + " of all", getattr(ops, name), ties)
corner("maximum", ops.maximum, [1.0, 2.0], [1.0, 1.0])
corner("minimum", ops.minimum, [1.0, 2.0], [1.0, 1.0])
corner("clip", lambda x: ops.clip(x, 0.0, 1.0), [0.0, 1.0, 2.0])
corner("abs", ops.abs, [0.0, -1.0])
corner("sqrt", ops.sqrt, [0.0, 4.0])
corner("power", lambda x: ops.power(x, 0.5), [0.0, 4.0])
corner("prod", lambda x: ops.prod(x, axis=1), [[0.0, 2.0, 3.0], [0.0, 0.0, 3.0]])
corner("cumprod", lambda x: ops.cumprod(x, axis=1), [[0.0, 2.0, 3.0], [2.0, 0.0, 4.0]])
corner("logsumexp", lambda x: ops.logsumexp(x, axis=1), [[-inf, 0.0], [1.0, 1.0]])
for name in ("relu", "relu6", "elu", "selu", "leaky_relu", "hard_sigmoid", "hard_tanh", "hard_shrink", "soft_shrink", "softsign", "softplus", "log_sigmoid"):
    corner(name, keras.activations.get(name), [0.0, 1.0, -1.0, 3.0, -3.0, 6.0, 0.5, -0.5])
for given in ({"negative_slope": 0.1}, {"max_value": 1.0}, {"max_value": 6.0}, {"threshold": 0.5}, {"negative_slope": 0.1, "max_value": 1.0, "threshold": 0.5}):
    corner(f"relu {given}", lambda x: keras.activations.relu(x, **given), [0.0, 0.5, 1.0, 2.0, -1.0])
corner("PReLU", keras.layers.PReLU(alpha_initializer="ones"), [[[0.0, 0.5, 1.0, 2.0, -1.0]]])
for layer in (keras.layers.ELU(), keras.layers.LeakyReLU(), keras.layers.ReLU(max_value=1.0, threshold=0.5)):
    corner(type(layer).__name__, layer, [[0.0, 0.5, 1.0, 2.0, -1.0]])
corner("Softmax, masked", lambda x: keras.layers.Softmax()(x, mask=ops.convert_to_tensor([[True, False], [False, False]])), [[1.0, 2.0], [1.0, 2.0]])
corner("divide_no_nan", ops.divide_no_nan, [0.0, 1.0, 2.0], [0.0, 0.0, 2.0])
corner("arctan2", ops.arctan2, [0.0, 1.0], [0.0, 0.0])
corner("logaddexp", ops.logaddexp, [-inf, inf], [-inf, 1.0])
### activation functions have Keras's values
import keras
from keras import ops
x = ops.convert_to_tensor([-2.0, -0.5, 0.0, 0.7, 3.0])
for name in ("relu", "sigmoid", "tanh", "softmax", "softplus", "softsign", "elu", "selu", "gelu", "swish", "silu", "relu6", "leaky_relu",
             "exponential", "hard_sigmoid", "hard_silu", "linear", "mish", "log_softmax", "celu", "hard_tanh", "hard_shrink",
             "soft_shrink", "tanh_shrink", "log_sigmoid"):
    f = keras.activations.get(name)
    y = f(ops.reshape(x, (1, 5))) if "softmax" in name else f(x)
    print(name, [f"{float(v):.5f}" for v in ops.reshape(y, (-1,))])
### random draws have Keras's values
import keras
keras.utils.set_random_seed(3)
print([f"{float(v):.6f}" for v in keras.random.normal((4,))], [f"{float(v):.6f}" for v in keras.random.uniform((3,), -1, 1)])
print([f"{float(v):.6f}" for v in keras.random.normal((3,), seed=7)], [int(v) for v in keras.random.randint((5,), 0, 10, seed=1)])
print([f"{float(v):.6f}" for v in keras.random.truncated_normal((4,), seed=2)])
g = keras.random.SeedGenerator(5)
print(f"{float(keras.random.normal((1,), seed=g)[0]):.6f}", f"{float(keras.random.normal((1,), seed=g)[0]):.6f}")
i = keras.initializers.GlorotUniform(seed=4)
print([f"{float(v):.6f}" for v in i((2, 2))[0]], bool(keras.ops.all(i((3, 3)) == i((3, 3)))))
print([f"{float(v):.6f}" for v in keras.initializers.get("he_normal")((4, 2))[0]])
print([f"{float(v):.5f}" for v in keras.initializers.Orthogonal(seed=1)((3, 4))[1]])
### dropout draws from torch's generator
import keras
from keras import layers
keras.utils.set_random_seed(1)
y = layers.Dropout(0.5)(keras.ops.ones((4, 6)), training=True)
print([[float(v) for v in row] for row in y])
y = layers.Dropout(0.25, seed=3)(keras.ops.ones((2, 6)), training=True)
print([[round(float(v), 4) for v in row] for row in y])
### utilities
import keras
print(keras.utils.to_categorical([0, 2, 1]).tolist(), keras.utils.pad_sequences([[1, 2, 3], [4]], maxlen=2).tolist())
print(keras.utils.pad_sequences([[1], [2, 3]], padding="post").tolist(), keras.backend.floatx(), keras.backend.image_data_format())
### weights are read and written
import keras
from keras import layers, ops
layer = layers.Dense(2)
layer.build((None, 3))
layer.set_weights([ops.convert_to_numpy(ops.ones((3, 2))), ops.convert_to_numpy(ops.zeros((2,)) + 0.5)])
print([w.tolist() for w in layer.get_weights()], layer.kernel.name, layer.kernel.path, layer.built)
print(layer(ops.ones((1, 3))).shape[1], float(layer.bias[0]), layer.kernel.shape, layer.kernel.dtype)
### summaries are drawn
import keras
from keras import layers
a = keras.Input((8, 8, 3), name="picture")
x = layers.Conv2D(4, 3, activation="relu")(a)
x = layers.BatchNormalization()(x)
y = layers.Add()([layers.Conv2D(4, 3, padding="same")(x), x])
keras.Model(a, layers.Dense(2)(layers.GlobalAveragePooling2D()(y)), name="residual").summary()
keras.Sequential([layers.Dense(3)]).summary()
keras.Sequential([keras.Input((5,)), layers.Dense(3), layers.Dropout(0.2)]).summary()
### layers that are built inside of another layer's call draw their weights
import keras
from keras import layers, ops
keras.utils.set_random_seed(3)
class Block(layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.embed = layers.Embedding(50, width)
        self.attend = layers.MultiHeadAttention(num_heads=2, key_dim=width)
        self.feed = keras.Sequential([layers.Dense(4, activation="relu"), layers.Dense(width)])
    def call(self, x):
        x = self.embed(x)
        return self.feed(x + self.attend(x, x))
inputs = keras.Input((5,), dtype="int32")
model = keras.Model(inputs, layers.Dense(2)(Block(8)(inputs)))
for w in model.weights:
    print(w.name, tuple(w.shape), ["%.5f" % float(v) for v in ops.convert_to_numpy(w).reshape(-1)[:3]])
### images are resized, and cut into patches
import keras
from keras import layers, ops
x = ops.reshape(ops.cast(ops.arange(60), "float32"), (1, 5, 4, 3)) / 10
def show(t):
    print(tuple(t.shape), [round(float(v), 4) for v in ops.convert_to_numpy(t).flatten()[:7]], round(float(ops.sum(t)), 3))
for way in ("nearest", "bilinear", "bicubic"):
    show(ops.image.resize(x, (3, 6), interpolation=way))
    show(layers.UpSampling2D((2, 3), interpolation=way)(x))
show(ops.image.resize(x, (2, 2), antialias=True))
show(ops.image.resize(x, (4, 2), crop_to_aspect_ratio=True))
show(ops.image.resize(x, (4, 2), pad_to_aspect_ratio=True, fill_value=1.0))
show(ops.image.resize(x[0], (3, 3)))
show(layers.Resizing(6, 6)(x))
for size, options in (((2, 2), {}), ((3, 2), {"strides": 1}), ((2, 2), {"padding": "same", "strides": (2, 2)}), (2, {"dilation_rate": 2, "strides": 1})):
    show(ops.image.extract_patches(x, size, **options))
print(ops.image.resize(keras.Input((8, 8, 3)), (4, 4)).shape, ops.image.extract_patches(keras.Input((8, 8, 3)), 4).shape)
### matrices are decomposed, signals transformed, values found
import keras
from keras import ops
a = ops.convert_to_tensor([[4.0, 1.0, 0.5], [1.0, 3.0, 0.25], [0.5, 0.25, 2.0]])
b = ops.convert_to_tensor([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]])
def show(t):
    print(tuple(t.shape), [round(float(v), 4) for v in ops.convert_to_numpy(t).flatten()])
for t in (ops.cholesky(a), ops.inv(a), ops.det(a), *ops.slogdet(a), ops.solve(a, b), ops.solve(a, b[:, 0]), ops.solve_triangular(a, b), ops.solve_triangular(a, b, lower=True), *ops.qr(b), ops.eigh(a)[0], ops.svd(a, compute_uv=False)):
    show(t)
re, im = ops.fft((b, ops.zeros_like(b)))
for t in (re, im, *ops.rfft(a), ops.irfft(ops.rfft(a), 3), *ops.rfft(a[:, 0], 4), *ops.ifft2(ops.fft2((a, a)))):
    show(t)
edges = ops.convert_to_tensor([0.0, 1.0, 1.0, 2.5])
for t in (ops.searchsorted(edges, b[:, 0]), ops.searchsorted(edges, b[:, 0], side="right"), ops.digitize(a, ops.convert_to_tensor([0.3, 1.0, 3.0])), ops.bincount(ops.convert_to_tensor([1, 3, 1])), ops.median(a), ops.median(b, axis=0), ops.quantile(a, 0.3, axis=1), ops.count_nonzero(b), ops.erfinv(b / 4), ops.arcsinh(b), ops.logaddexp(b, b * 2), ops.nan_to_num(b / ops.convert_to_tensor([[0.0, 1.0]]), posinf=9.0, neginf=-9.0)):
    show(t)
print(ops.convert_to_numpy(ops.bitwise_and(ops.convert_to_tensor([12, 7]), ops.convert_to_tensor([10, 3]))).tolist(), ops.convert_to_numpy(ops.left_shift(ops.convert_to_tensor([1, 3]), ops.convert_to_tensor([2, 1]))).tolist())
show(ops.ctc_loss(ops.convert_to_tensor([[1, 2, 2], [3, 1, 0]]), ops.reshape(ops.sin(ops.cast(ops.arange(48), "float32")), (2, 6, 4)), ops.convert_to_tensor([3, 2]), ops.convert_to_tensor([6, 5])))
q = ops.reshape(ops.cos(ops.cast(ops.arange(24), "float32")), (1, 3, 2, 4))
for options in ({}, {"is_causal": True}, {"mask": ops.convert_to_tensor([[[[True, False, True], [False, True, True], [True, True, True]]]])}, {"scale": 0.1}):
    show(ops.dot_product_attention(q, q * 2, q + 1, **options))
show(ops.dot_product_attention(q, q * 2, q + 1, bias=ops.reshape(ops.sin(ops.cast(ops.arange(18), "float32")), (1, 2, 3, 3))))
