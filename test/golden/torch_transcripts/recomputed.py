# What is computed a second time when a gradient comes back: checkpoints of torch.utils and of the user's own, and what they write to.
import torch
import torch.nn as nn
from torch.utils.checkpoint import checkpoint, checkpoint_sequential


class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, function, x):
        ctx.function = function
        ctx.save_for_backward(x)
        with torch.no_grad():
            return function(x)

    @staticmethod
    def backward(ctx, gradient):
        x = ctx.saved_tensors[0].detach().requires_grad_()
        with torch.enable_grad():
            y = ctx.function(x)
        torch.autograd.backward(y, gradient)
        return None, x.grad


def state(norm):
    return norm.running_mean.tolist(), norm.running_var.tolist(), norm.num_batches_tracked.item()


x = torch.tensor([[1.0, 2.0], [3.0, 5.0]], requires_grad=True)
norm = nn.BatchNorm1d(2)
y = Own.apply(norm, x)
print("own", state(norm))
(y * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum().backward()
print("own", state(norm), norm.weight.grad.tolist())
Own.apply(norm, x).sum().backward()
print("own", state(norm))

for reentrant in (True, False):
    norm = nn.BatchNorm1d(2)
    y = checkpoint(norm, x, use_reentrant=reentrant)
    print("checkpoint", state(norm))
    (y * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum().backward()
    print("checkpoint", state(norm), norm.weight.grad.tolist())
    checkpoint(norm, x, use_reentrant=reentrant).sum().backward()
    print("checkpoint", state(norm))
with torch.no_grad():
    checkpoint(norm, x, use_reentrant=False)
print("no gradient", state(norm))

# What it draws, it draws once more, and the generator goes on where it was
torch.manual_seed(3)
block = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5), nn.BatchNorm1d(2))
y = checkpoint(block, x, use_reentrant=False)
before = torch.rand(1).item()
y.square().sum().backward()
print(f"{before:.5f} {torch.rand(1).item():.5f}", state(block[2]))
block = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), nn.Linear(2, 2), nn.BatchNorm1d(2))
checkpoint_sequential(block, 2, x, use_reentrant=False).square().sum().backward()
print(block[1].num_batches_tracked.item(), block[3].num_batches_tracked.item())

# A hook belongs to the graph, whether the tensor is still there or not
seen = []


def hooked(x):
    y = x * 2
    y.register_hook(lambda gradient: seen.append(gradient.tolist()) or gradient * 10)
    return y.sum()


x.grad = None
hooked(x).backward()
print(seen, x.grad.tolist())
