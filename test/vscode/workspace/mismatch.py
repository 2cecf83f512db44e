import torch
import torch.nn as nn


class Mismatch(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(20, 16)
        self.second = nn.Linear(12, 4)

    def forward(self, x):
        x = torch.relu(self.first(x))
        return self.second(x)


model = Mismatch()
scores = model(torch.randn(8, 20))
