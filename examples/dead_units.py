"""A layer whose biases were pushed far below zero: none of its units fires, and nothing behind it learns."""
import torch
import torch.nn as nn


class Stuck(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(10, 32)
        self.fc2 = nn.Linear(32, 32)
        self.out = nn.Linear(32, 2)
        nn.init.constant_(self.fc2.bias, -100.0)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.out(x)


model = Stuck()
scores = model(torch.randn(512, 10))
