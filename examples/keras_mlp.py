"""A Keras classifier: the activation is an argument of the layer, so each layer shows both sides of it."""
from tensorflow import keras
from tensorflow.keras import layers

model = keras.Sequential([
    layers.Dense(64, activation="relu", input_shape=(784,)),
    layers.Dense(64, activation=layers.LeakyReLU(alpha=0.2)),
    layers.Dense(64),
    layers.LeakyReLU(alpha=0.1),
    layers.Dense(10, activation="softmax"),
])

model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.summary()
