"""What other functions do with the negative half: leaky, learned, exponential."""
import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(20, 64),
    nn.LeakyReLU(0.1),
    nn.Linear(64, 64),
    nn.PReLU(num_parameters=1, init=0.25),
    nn.Linear(64, 64),
    nn.ELU(alpha=1.0),
    nn.Linear(64, 1),
)

y = model(torch.randn(128, 20))
loss = nn.MSELoss()(y, torch.zeros(128, 1))
