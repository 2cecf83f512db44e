"""Two recurrent models over sequences of 10 steps with 8 features, with ReLU in place of tanh."""
from tensorflow import keras
from tensorflow.keras import layers

simple = keras.Sequential([
    layers.SimpleRNN(32, activation="relu", input_shape=(10, 8)),
    layers.Dense(4, activation="softmax"),
])

gated = keras.Sequential([
    layers.LSTM(32, activation="relu", input_shape=(10, 8)),
    layers.Dense(1),
])
