# Functions with a backward of the user's own that is not element-wise: several inputs and outputs, softmax, products, writes in place, gradients of a module's
# parameters on the way, and what PyTorch refuses.
import torch
from torch import nn
from torch.autograd import Function

class MyMatmul(Function):
    @staticmethod
    def forward(ctx, x, w, b=None):
        ctx.save_for_backward(x, w, b)
        return x @ w.t() + b
    @staticmethod
    def backward(ctx, g):
        x, w, b = ctx.saved_tensors
        return g @ w, g.t() @ x, g.sum(0)

class Reverse(Function):
    @staticmethod
    def forward(ctx, x, alpha):
        ctx.alpha = alpha
        return x.view_as(x)
    @staticmethod
    def backward(ctx, g):
        return g.neg() * ctx.alpha, None

class Softmax(Function):
    @staticmethod
    def forward(ctx, x):
        y = x.softmax(-1)
        ctx.save_for_backward(y)
        return y
    @staticmethod
    def backward(ctx, g):
        y, = ctx.saved_tensors
        return y * (g - (g * y).sum(-1, keepdim=True))

class Two(Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y, x + y
    @staticmethod
    def backward(ctx, g, h):
        x, y = ctx.saved_tensors
        print("two")
        return g * y + h, g * x + h * 2

class Dirty(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        return x.mul_(2)
    @staticmethod
    def backward(ctx, g):
        return g * 3

class Clip(Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()
    @staticmethod
    def backward(ctx, g):
        return g / (g.norm() + 1)

class Inner(Function):
    @staticmethod
    def forward(ctx, x, f):
        ctx.f = f
        ctx.save_for_backward(x)
        with torch.no_grad():
            return f(x)
    @staticmethod
    def backward(ctx, g):
        x = ctx.saved_tensors[0].detach().requires_grad_()
        with torch.enable_grad():
            y = ctx.f(x)
        torch.autograd.backward(y, g)
        return x.grad, None

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 6)
        self.w = nn.Parameter(torch.randn(5, 6))
        self.b = nn.Parameter(torch.zeros(5))
        self.c = nn.Linear(5, 5)
        self.d = nn.Linear(5, 3)
    def forward(self, x):
        x = self.a(x)
        x = Reverse.apply(x, 0.5)
        x = MyMatmul.apply(x, self.w, self.b)
        x = Softmax.apply(x)
        u, v = Two.apply(x, x * 2)
        x = u * v
        x = Dirty.apply(x + 1)
        x = Clip.apply(x)
        x = Inner.apply(x, self.c)
        return self.d(x)

torch.manual_seed(0)
net = Net()
out = net(torch.randn(8, 4))
loss = (out * torch.arange(24.).view(8, 3)).sum()
loss.backward()
for n, p in net.named_parameters(): print(n, p.grad.flatten()[:6])


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, str(error)[:200])


def leaf(*numbers):
    return torch.tensor(numbers or (1., 2., 3.), requires_grad=True)


class Sign(Function):
    @staticmethod
    def forward(x):
        return x.sign(), (x > 0)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.mark_non_differentiable(output[1])
        ctx.save_for_backward(*inputs)
        ctx.set_materialize_grads(False)

    @staticmethod
    def backward(ctx, g, none):
        x, = ctx.saved_tensors
        print(ctx.needs_input_grad, none)
        return g * (x.abs() <= 2)


x = leaf()
y, positive = Sign.apply(x)
print(y.requires_grad, positive.requires_grad, y.grad_fn.name())
(y * 3).sum().backward()
print(x.grad)


class Scale(Function):
    @staticmethod
    def forward(ctx, x, scale, names, *rest):
        ctx.save_for_backward(x, scale)
        ctx.names = names
        return x * scale

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx, g):
        x, scale = ctx.saved_tensors
        gx = g * scale if ctx.needs_input_grad[0] else None
        gs = (g * x).sum() if ctx.needs_input_grad[1] else None
        print(ctx.needs_input_grad, ctx.names, g.requires_grad)
        return gx, gs, None, None, None


x, s = leaf(), torch.tensor(2.)
Scale.apply(x, s, ["a"], 1, None).sum().backward()
print(x.grad, s.grad)
s.requires_grad_()
g, = torch.autograd.grad(Scale.apply(x, s, "b", 1, 2).sum(), s)
print(g)
first, = torch.autograd.grad(Scale.apply(x, s, "c", 1, 2).square().sum(), x, create_graph=True)
attempt(lambda: first.sum().backward())


class Cube(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * 3 * x ** 2


x = leaf()
first, = torch.autograd.grad(Cube.apply(x).sum(), x, create_graph=True)
second, = torch.autograd.grad(first.sum(), x)
print(first, second)

# What is refused
class Wrong(Cube):
    @staticmethod
    def backward(ctx, g):
        return g, g


class Shape(Cube):
    @staticmethod
    def backward(ctx, g):
        return torch.ones(7)


class NotSaved(Cube):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x, 3)
        return x


class NoBackward(Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2


class NotATensor(Cube):
    @staticmethod
    def backward(ctx, g):
        return 1.0


attempt(lambda: Wrong.apply(leaf()).sum().backward())
attempt(lambda: Shape.apply(leaf()).sum().backward())
attempt(lambda: NotSaved.apply(leaf()))
attempt(lambda: NoBackward.apply(leaf()).sum().backward())
attempt(lambda: NotATensor.apply(leaf()).sum().backward())
attempt(lambda: Dirty.apply(leaf()))
attempt(lambda: Cube.apply(leaf()).grad_fn.saved_tensors)
attempt(lambda: NoBackward.apply(torch.ones(2)).grad_fn)
x = leaf()
y = Cube.apply(x)
y.sum().backward()
attempt(lambda: y.sum().backward())
with torch.no_grad():
    print(Cube.apply(x).requires_grad)
a = x * 1
b = Dirty.apply(a)
print(b is a, a, a.grad_fn.name())
b.sum().backward()
print(x.grad)
