"""A layer without a layer: matrix product, bias and maximum, written with TensorFlow's operations."""
import numpy as np
import tensorflow as tf

W = tf.Variable(tf.random.normal([100, 40], stddev=0.1))
b = tf.Variable(tf.zeros([40]))


def rectify(values):
    return tf.maximum(0.0, values)


batch = tf.constant(np.random.randn(16, 100), dtype=tf.float32)
linear = tf.matmul(batch, W) + b
active = rectify(linear)
print("before:", linear.shape, "after:", active.shape)

same = tf.nn.relu(linear)
