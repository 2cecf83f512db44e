import torch
import torch.nn as nn
import torch.nn.functional as F


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 256)
        self.middle = nn.Linear(256, 128)
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(self.hidden(x))
        x = F.relu(self.middle(x))
        return self.head(x)


model = Classifier()
scores = model(torch.randn(32, 784))
