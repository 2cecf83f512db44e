# What PyTorch says when something is wrong.
import torch
import torch.nn as nn
import torch.nn.functional as F

t = torch.arange(6.0).reshape(2, 3)
attempts = [
    lambda: nn.Linear(784, 10)(torch.zeros(32, 780)), lambda: t @ t, lambda: t + torch.ones(4), lambda: t.view(4), lambda: t.view(-1, 4), lambda: t.reshape(7),
    lambda: t.t().view(-1), lambda: t[2], lambda: t[0, 0, 0], lambda: t[:, 5], lambda: t.sum(2), lambda: t.item(), lambda: bool(t), lambda: nn.Conv2d(3, 8, 3)(torch.zeros(1, 1, 8, 8)),
    lambda: nn.Conv2d(1, 8, 5)(torch.zeros(1, 1, 3, 3)), lambda: torch.cat([t, torch.ones(2, 2)]), lambda: torch.stack([t, torch.ones(2)]), lambda: t.expand(3, 3), lambda: t.squeeze(5), lambda: torch.tensor([[1], [2, 3]]),
    lambda: torch.tensor("a"), lambda: nn.Linear(3), lambda: nn.Linear(3, 2, bias=True, foo=1), lambda: F.relu(3), lambda: torch.relu([1.0]), lambda: nn.Conv2d(1, 2), lambda: t.backward(), lambda: (t * 1).backward(),
    lambda: torch.ones(3, requires_grad=True).backward(), lambda: torch.ones(2, dtype=torch.int64, requires_grad=True), lambda: torch.ones(2, requires_grad=True).add_(1), lambda: torch.ones(2, requires_grad=True).numpy(),
    lambda: nn.BatchNorm2d(3)(torch.zeros(2, 3)), lambda: nn.BatchNorm1d(3)(torch.zeros(1, 3)), lambda: nn.BatchNorm1d(4)(torch.zeros(2, 3)), lambda: nn.LayerNorm(4)(torch.zeros(2, 3)), lambda: F.cross_entropy(torch.zeros(2, 3), torch.zeros(3, dtype=torch.int64)),
    lambda: nn.Embedding(3, 2)(torch.zeros(2)), lambda: nn.Module()(1), lambda: nn.Sequential()[0], lambda: nn.Linear(2, 2).foo, lambda: torch.zeros(2, 3).permute(0, 0), lambda: t.transpose(0, 3), lambda: torch.arange(3).mean(),
    lambda: t.masked_fill(torch.zeros(2, 3), 0), lambda: torch.zeros(3)[torch.tensor([0.5])], lambda: t.chunk(0), lambda: t.split([1, 2]), lambda: torch.zeros(-1), lambda: nn.Dropout(1.5), lambda: nn.LSTM(4, 3)(torch.zeros(2, 2, 5)),
    lambda: len(torch.tensor(1)), lambda: list(torch.tensor(1)), lambda: torch.tensor(1)[0], lambda: t.flatten(1, 0), lambda: torch.device("foo"), lambda: nn.Linear(2, 2).load_state_dict({}), lambda: torch.topk(t, 5), lambda: t.foo,
    lambda: torch.no_such_name, lambda: nn.NoSuchLayer, lambda: F.max_pool2d(torch.zeros(3), 2), lambda: nn.MultiheadAttention(5, 2), lambda: torch.dot(t, t), lambda: torch.optim.SGD([], lr=0.1), lambda: nn.Conv2d(3, 4, 3, groups=2), lambda: nn.ReLU(1, 2),
    lambda: torch.arange(3).requires_grad_(), lambda: nn.BCELoss()(torch.zeros(2), torch.zeros(3)), lambda: nn.BCEWithLogitsLoss()(torch.zeros(2), torch.zeros(3)), lambda: torch.bmm(t, t), lambda: torch.mm(t, t[0]), lambda: torch.ones(2, 3).add_(torch.ones(4, 2, 3)),
]
for attempt in attempts:
    try:
        print("no error:", attempt())
    except Exception as error:
        print(type(error).__name__, "|", str(error).replace("\n", " / "))
