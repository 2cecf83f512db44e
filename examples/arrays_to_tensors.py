"""The same numbers as a NumPy array, a PyTorch tensor and a TensorFlow tensor, through each library's ReLU."""
import numpy as np
from torch import from_numpy, nn
from tensorflow import convert_to_tensor
from tensorflow.nn import relu

table = np.array([[1.5, -2.0, 0.0], [-0.5, 3.0, -4.25]])

print("NumPy:", np.maximum(table, 0))
print("PyTorch:", nn.ReLU()(from_numpy(table)))
print("TensorFlow:", relu(convert_to_tensor(table)))
