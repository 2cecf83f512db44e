"""Keras layers bound to names, in no model. One of them is called; the others only say what they would take."""
import tensorflow as tf
from tensorflow.keras import layers

edges = layers.Conv2D(8, (5, 5), activation="relu", input_shape=(32, 32, 3))
pictures = tf.random.normal((2, 32, 32, 3))
print("edges:", edges(pictures).shape)

features = layers.Dense(24, activation="relu")
memory = layers.SimpleRNN(16, activation="relu", input_shape=(12, 5))
gates = layers.LSTM(16, activation="relu", input_shape=(12, 5))
