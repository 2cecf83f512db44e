"""One function, six spellings. Is ReLU a layer? It is a function; `nn.ReLU` only gives it a place in a `Sequential`."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def positive_part(x):
    return torch.maximum(torch.tensor(0.0), x)


class SixSpellings(nn.Module):
    def __init__(self, width=32):
        super().__init__()
        self.first = nn.Linear(16, width)
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(5))
        self.head = nn.Linear(width, 4)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = F.relu(self.first(x))                   # a function of torch.nn.functional
        x = torch.relu(self.layers[0](x))           # a function of torch
        x = self.relu(self.layers[1](x))            # a module
        x = positive_part(self.layers[2](x))        # written as a maximum
        z = self.layers[3](x)
        x = z * (z > 0)                             # written as a mask
        x = self.layers[4](x).clamp(min=0)          # written as a bound
        return self.head(x)


model = SixSpellings()
output = model(torch.randn(64, 16))
print(output.shape)
