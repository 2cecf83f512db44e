"""A layer and a function, called one after the other by hand: the linear map first, what ReLU makes of it second."""
import torch
import torch.nn as nn

project = nn.Linear(12, 6)
rectify = nn.ReLU()

batch = torch.randn(8, 12)
linear = project(batch)
active = rectify(linear)

print("linear:", linear.shape, "active:", active.shape)
print("below zero:", (linear < 0).float().mean().item(), "at zero:", (active == 0).float().mean().item())

for negative_half in (nn.ReLU(), nn.LeakyReLU(negative_slope=0.2), nn.ELU()):
    print(negative_half, "makes of -2:", negative_half(torch.tensor(-2.0)).item())
