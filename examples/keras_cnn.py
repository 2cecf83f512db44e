"""A small convolutional network in Keras's functional style; images are channels-last."""
from tensorflow.keras import Input, Model, layers

inputs = Input(shape=(28, 28, 1))
x = layers.Conv2D(16, (3, 3), activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(32, (3, 3))(x)
x = layers.ReLU()(x)
x = layers.Flatten()(x)
outputs = layers.Dense(10, activation="softmax")(x)

model = Model(inputs, outputs)
model.compile(optimizer="adam", loss="categorical_crossentropy")
