"""Ten sigmoid layers in a row. The sigmoid's slope is at most 0.25, and ten of them multiply."""
import torch
import torch.nn as nn

layers = []
for _ in range(10):
    layers += [nn.Linear(32, 32), nn.Sigmoid()]
model = nn.Sequential(*layers, nn.Linear(32, 1))

prediction = model(torch.randn(256, 32))
