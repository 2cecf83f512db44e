import keras
from keras import layers

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(4, activation="relu"),
    layers.BatchNormalization(),
    layers.Dropout(0.2),
    layers.Dense(3),
])
