"""Activation functions as plain Python, applied to arrays and lists with np.vectorize."""
import numpy as np


def rectifier(value):
    return value if value > 0 else 0.0


def exponential(value, alpha=1.0):
    return value if value > 0 else alpha * (np.exp(value) - 1)


points = np.array([[-2.0, -1.0, 0.5], [0.0, 3.0, -0.25]])
relu = np.vectorize(rectifier)
elu = np.vectorize(exponential)

print("relu:", relu(points))
print("relu of a list:", relu([4, -4, 1.5]))
print("elu:", elu(points))
print("at once:", np.maximum(0, points))
