"""One neuron written with operators. Its bias lies so far below zero that no sample makes it fire."""
import torch

weights = torch.randn(20)
bias = torch.tensor(-60.0)

samples = torch.randn(200, 20)
linear = samples @ weights + bias
fired = torch.relu(linear)

print("largest input of the function:", linear.max())
print("samples for which it fires:", int((fired > 0).sum()))
