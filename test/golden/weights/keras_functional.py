import keras
from keras import layers

inputs = keras.Input((5, 3))
x = layers.Bidirectional(layers.LSTM(2, return_sequences=True))(inputs)
attended = layers.MultiHeadAttention(2, 2)(x, x)
x = layers.LayerNormalization()(layers.Add()([x, attended]))
left = layers.GRU(3)(x)
right = layers.GlobalAveragePooling1D()(layers.TimeDistributed(layers.Dense(3, activation="tanh"))(x))
x = layers.Concatenate()([right, left])
outputs = keras.Sequential([layers.Dense(4, activation="relu"), layers.Dense(2)])(x)
model = keras.Model(inputs, outputs)
