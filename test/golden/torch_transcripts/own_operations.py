# Operations of the user's own, defined with torch.library: called, differentiated, found by name.
import torch
from torch import nn


@torch.library.custom_op("mine::scaled_sine", mutates_args=())
def scaled_sine(x: torch.Tensor, scale: float = 2.0) -> torch.Tensor:
    return x.sin() * scale


@scaled_sine.register_fake
def _(x, scale=2.0):
    return torch.empty_like(x)


def setup_context(ctx, inputs, output):
    ctx.save_for_backward(inputs[0])
    ctx.scale = inputs[1]


def backward(ctx, gradient):
    x, = ctx.saved_tensors
    return gradient * x.cos() * ctx.scale, None


scaled_sine.register_autograd(backward, setup_context=setup_context)


@torch.library.custom_op("mine::doubled", mutates_args=())
def doubled(x: torch.Tensor) -> torch.Tensor:
    return x * 2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        return scaled_sine(self.fc(x), 3.0)


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, str(error)[:300])


torch.manual_seed(0)
net = Net()
out = net(torch.ones(2, 3))
print(out, torch.ops.mine.scaled_sine(torch.ones(2), 1.0), scaled_sine(torch.ones(2)))
out.sum().backward()
print(net.fc.weight.grad)
print(doubled(torch.ones(2)), torch.ops.mine.doubled(torch.ones(1)))
attempt(lambda: doubled(torch.ones(2, requires_grad=True)).sum().backward())
