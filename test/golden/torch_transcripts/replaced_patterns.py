import torch
from torch import nn
from torch.fx import replace_pattern, subgraph_rewriter, symbolic_trace


class Sums(nn.Module):
    def forward(self, x, w1, w2):
        m1 = torch.cat([w1, w2]).sum()
        m2 = torch.cat([w1, w2]).sum()
        return x + torch.max(m1) + torch.max(m2)


def told(net, pattern, replacement, *inputs):
    gm = symbolic_trace(net)
    matches = replace_pattern(gm, pattern, replacement)
    print(len(matches), [str(match.anchor) for match in matches])
    print(gm.graph)
    print(gm(*inputs))


pair = torch.arange(3.0), torch.ones(3)
told(Sums(), lambda w1, w2: torch.cat([w1, w2]).sum(), lambda w1, w2: torch.stack([w1, w2]), torch.ones(1), *pair)


class Activated(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        return torch.relu(torch.relu(x) + torch.relu(self.fc(x)).sum())


torch.manual_seed(0)
told(Activated(), lambda x: torch.relu(x), lambda x: torch.clamp(torch.neg(x), 0, 6), torch.randn(2, 3))
told(lambda x: torch.sigmoid(x) * x + torch.sigmoid(x + 1) * x, lambda x: torch.sigmoid(x) * x, lambda x: nn.functional.silu(x), pair[0])
told(lambda x: (x * 2 + 1, x * 3 + 1), lambda x: x * 2 + 1, lambda x: x - 1, pair[0])


def kept(x):
    y = torch.neg(x)
    return torch.exp(y) + y


told(kept, lambda x: torch.exp(torch.neg(x)), lambda x: torch.reciprocal(torch.exp(x)), pair[0])
told(lambda x: torch.neg(torch.neg(torch.neg(x))), lambda x: torch.neg(torch.neg(x)), lambda x: x * 1, pair[0])
