import torch.nn as nn

# Tells two kinds of points in the plane apart.
model = nn.Sequential(
    nn.Linear(2, 16),
    nn.ReLU(),
    nn.Linear(16, 2),
)
