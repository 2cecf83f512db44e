# Snippets whose output real TensorFlow (make_tensorflow_transcripts.py) and the shim must agree on, each under a line with its name.
### tensors print as TensorFlow prints them
import tensorflow as tf
print(tf.constant([1.0, 2.5, -3.0]))
print(tf.constant(3))
print(tf.constant([[1, 2], [3, 4]]))
print(tf.constant([True, False]))
print(tf.constant([1.0, 2.0], dtype=tf.float64))
print(repr(tf.constant([1.5, 2.0])))
print(repr(tf.constant(2.0)))
print(repr(tf.constant([[1, 2], [3, 4]])))
print(tf.zeros((2, 3)))
print(tf.ones([2], dtype=tf.int32), tf.fill([2, 2], 7))
### shapes and dtypes print as TensorFlow prints them
import tensorflow as tf
x = tf.zeros((32, 10))
print(x.shape, x.dtype, repr(x.shape), repr(x.dtype))
print(x.shape[0], x.shape[1:], x.shape.as_list(), x.shape.rank, len(x.shape), x.ndim)
print(tf.zeros([4]).shape, tf.constant(1).shape)
print(x.dtype == tf.float32, x.dtype == "float32", tf.float32.is_floating, tf.int32.name)
print(tf.shape(x), tf.size(x).numpy(), tf.rank(x).numpy())
### variables print and are assigned
import tensorflow as tf
v = tf.Variable([1.0, 2.0])
print(v)
print(repr(v))
v.assign([3.0, 4.0])
v.assign_add([1.0, 1.0])
v.assign_sub([0.5, 0.5])
print(v.numpy(), v.shape, v.dtype, v.trainable, v.name)
w = tf.Variable(tf.ones((2, 2)), name="weights", trainable=False)
print(w.name, w.trainable, tf.matmul(w, w))
print(v * 2 + 1)
### arithmetic follows TensorFlow's rules
import tensorflow as tf
a = tf.constant([1.0, 2.0, 3.0])
print(a + 1, 2 * a, a / 2, a ** 2, -a, 1 - a, a % 2)
print(tf.constant([7, 8]) // 2, tf.constant([7, 8]) / 2)
print(a > 2, a == 2.0, tf.logical_and(a > 1, a < 3))
print(tf.maximum(0.0, a - 2), tf.minimum(a, 2.0))
print(tf.abs(tf.constant([-1, 2])), tf.sign(a - 2), tf.square(a), tf.sqrt(a))
print(tf.cast(a, tf.int32), tf.cast(a > 1, tf.float32))
### mixed dtypes are refused
import tensorflow as tf
try:
    tf.constant([1.0]) + tf.constant([1.0], dtype=tf.float64)
except tf.errors.InvalidArgumentError as e:
    print(str(e).split(" [Op")[0].replace("{{function_node __wrapped__AddV2_device_/job:localhost/replica:0/task:0/device:CPU:0}} ", ""))
### shapes that do not fit are refused
import tensorflow as tf
try:
    tf.matmul(tf.ones((2, 3)), tf.ones((4, 2)))
except tf.errors.InvalidArgumentError as e:
    print(str(e).split("}} ")[-1].split(" [Op")[0])
try:
    tf.ones((2, 3)) + tf.ones((2, 4))
except tf.errors.InvalidArgumentError as e:
    print(str(e).split("}} ")[-1].split(" [Op")[0])
try:
    tf.reshape(tf.ones((2, 3)), (4, 2))
except tf.errors.InvalidArgumentError as e:
    print(str(e).split("}} ")[-1].split(" [Op")[0])
### reductions and positions
import tensorflow as tf
x = tf.constant([[1.0, 5.0, 2.0], [4.0, 0.0, 9.0]])
print(tf.reduce_sum(x), tf.reduce_mean(x, axis=0), tf.reduce_max(x, axis=1, keepdims=True), tf.reduce_min(x).numpy())
print(tf.argmax(x, axis=1), tf.argmin(x, axis=0), tf.argmax(tf.constant([3, 9, 1])))
print(tf.reduce_sum(tf.constant([1, 2, 3])), tf.reduce_prod(x, axis=1), tf.math.reduce_std(x).numpy())
print(tf.reduce_any(x > 8), tf.reduce_all(x > 0), tf.cumsum(tf.constant([1, 2, 3])))
print(tf.sort(tf.constant([3, 1, 2]), direction="DESCENDING"), tf.argsort(tf.constant([3, 1, 2])))
print(tf.math.top_k(tf.constant([1.0, 5.0, 3.0]), k=2)[0])
### shapes are changed
import tensorflow as tf
x = tf.reshape(tf.range(12), (3, 4))
print(tf.transpose(x), tf.expand_dims(x, 0).shape, tf.squeeze(tf.ones((1, 3, 1))).shape)
print(tf.concat([x, x], axis=1).shape, tf.stack([x, x]).shape, [t.shape for t in tf.split(x, 2, axis=1)], len(tf.unstack(x)))
print(tf.tile(tf.constant([[1, 2]]), [2, 2]), tf.pad(tf.constant([[1]]), [[1, 0], [0, 2]]))
print(tf.gather(x, [2, 0]), tf.one_hot([0, 2], 3), tf.where(x > 5, x, 0))
print(tf.reverse(tf.constant([1, 2, 3]), axis=[0]), tf.repeat(tf.constant([1, 2]), 2), tf.broadcast_to(tf.constant([1, 2]), (2, 2)))
print(tf.eye(2), tf.range(2, 10, 3), tf.linspace(0.0, 1.0, 5))
### indexing
import tensorflow as tf
x = tf.reshape(tf.range(24), (2, 3, 4))
print(x[0], x[..., 1], x[:, 1:, ::2].shape, x[1, 2, 3].numpy(), x[-1, 0], x[:, tf.newaxis].shape, x[0, ::-1, 0])
for row in x[0]:
    print(row.numpy())
print(len(x))
### activation functions
import tensorflow as tf
x = tf.constant([-3.0, -1.0, 0.0, 2.0, 5.0])
print(tf.nn.relu(x), tf.nn.relu6(x * 2), tf.nn.leaky_relu(x, alpha=0.1), tf.nn.elu(x))
print(tf.nn.sigmoid(x), tf.nn.tanh(x), tf.nn.softmax(x), tf.nn.softplus(x))
print(tf.nn.selu(x), tf.nn.silu(x), tf.nn.gelu(x), tf.nn.softsign(x), tf.nn.log_softmax(x))
### a layer by hand
import tensorflow as tf
W = tf.Variable(tf.reshape(tf.range(6, dtype=tf.float32), (2, 3)) / 10)
b = tf.Variable(tf.zeros(3))
x = tf.constant([[1.0, -2.0], [0.5, 0.25]])
with tf.GradientTape() as tape:
    h = tf.nn.relu(tf.matmul(x, W) + b)
    loss = tf.reduce_mean(tf.square(h - 1.0))
print(loss)
for g in tape.gradient(loss, [W, b]):
    print(g)
### a tape watches tensors, and can be kept
import tensorflow as tf
x = tf.constant(3.0)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = x * x
    z = y * y
print(tape.gradient(z, x), tape.gradient(y, x))
with tf.GradientTape() as tape:
    y = x * x
print(tape.gradient(y, x))
x = tf.Variable(2.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = x ** 3
    first = inner.gradient(y, x)
print(first, outer.gradient(first, x))
### convolution and pooling
import tensorflow as tf
x = tf.reshape(tf.range(32, dtype=tf.float32), (1, 4, 4, 2)) / 10
k = tf.reshape(tf.range(24, dtype=tf.float32), (2, 2, 2, 3)) / 10
print(tf.nn.conv2d(x, k, strides=1, padding="VALID").shape, tf.nn.conv2d(x, k, strides=[1, 2, 2, 1], padding="SAME"))
print(tf.nn.max_pool2d(x, ksize=2, strides=2, padding="VALID"), tf.nn.avg_pool2d(x, ksize=3, strides=2, padding="SAME"))
print(tf.nn.bias_add(x, tf.constant([1.0, 2.0]))[0, 0, 0])
### losses
import tensorflow as tf
logits = tf.constant([[2.0, 1.0, 0.1], [0.5, 2.5, 0.3]])
print(tf.nn.softmax_cross_entropy_with_logits(labels=tf.constant([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), logits=logits))
print(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[0, 1], logits=logits))
print(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant([1.0, 0.0]), logits=tf.constant([0.3, -0.7])))
print(tf.keras.losses.MeanSquaredError()(tf.constant([1.0, 2.0]), tf.constant([1.5, 2.0])))
print(tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(tf.constant([0, 1]), logits))
print(tf.keras.losses.BinaryCrossentropy()(tf.constant([[1.0], [0.0]]), tf.constant([[0.8], [0.3]])))
print(tf.keras.losses.Huber()(tf.constant([0.0, 3.0]), tf.constant([0.5, 0.0])))
### einsum and products
import tensorflow as tf
a = tf.reshape(tf.range(6, dtype=tf.float32), (2, 3))
print(tf.einsum("ij,kj->ik", a, a), tf.tensordot(a, a, axes=[[1], [1]]), a @ tf.transpose(a))
print(tf.matmul(a, a, transpose_b=True), tf.norm(a), tf.linalg.diag(tf.constant([1.0, 2.0])), tf.linalg.trace(tf.eye(3)))
### a data set is iterated
import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((tf.range(5), tf.range(5) * 10)).batch(2)
for x, y in data:
    print(x, y)
print([int(n) for n in tf.data.Dataset.range(5).map(lambda n: n * n).take(3)], len(data))
### functions and modules
import tensorflow as tf
@tf.function
def double(x):
    return x * 2
print(double(tf.constant([1, 2])))
class Affine(tf.Module):
    def __init__(self, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(tf.ones((3, 2)), name="w")
        self.b = tf.Variable(tf.zeros(2), name="b")
    def __call__(self, x):
        return x @ self.w + self.b
m = Affine()
print(m(tf.ones((1, 3))), len(m.trainable_variables), m.name)
### values are asked for
import tensorflow as tf
t = tf.constant([[1.0, 2.0], [3.0, 4.0]])
print(t.numpy(), float(t[0, 1]), int(tf.constant(7)), bool(tf.constant(True)), t.numpy().tolist())
print(f"{tf.reduce_sum(t):.2f}", "{:.3f}".format(tf.constant(0.5).numpy()))
### clipping
import tensorflow as tf
print(tf.clip_by_value(tf.constant([-2.0, 0.5, 3.0]), -1, 1), tf.clip_by_norm(tf.constant([3.0, 4.0]), 1.0))
### a Dense layer refuses what it was not built for
import tensorflow as tf
layer = tf.keras.layers.Dense(3)
print(layer(tf.ones((2, 5))).shape, [tuple(w.shape) for w in layer.weights], layer.count_params(), layer.name)
### sequential models and their parts
import tensorflow as tf
from tensorflow.keras import layers, models
model = models.Sequential()
model.add(layers.Conv2D(4, (3, 3), activation="relu", input_shape=(8, 8, 1)))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Flatten())
model.add(layers.Dense(2))
print([l.name for l in model.layers], model.count_params(), model.input_shape, model.output_shape)
print(model(tf.zeros((5, 8, 8, 1))).shape, model.layers[0].kernel.shape, len(model.trainable_variables))
model.summary()
