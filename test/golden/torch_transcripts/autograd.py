# What a gradient passes and what it does not: writes in place, detached storage, hooks, functions of one's own, gradients of gradients, errors.
import torch
import torch.nn.functional as F
from torch import nn
from torch.autograd import Function, Variable
from torch.autograd.function import once_differentiable
from torch.utils.checkpoint import checkpoint, checkpoint_sequential


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, str(error)[:150])


def leaf(*numbers):
    return torch.tensor(numbers or (1., 2., 3.), requires_grad=True)


# Leaves
x = torch.ones(3)
y = x * 2
x.requires_grad_()
(x * y).sum().backward()
print(x.grad)
w = torch.tensor([1., 2.])
p = nn.Parameter(w)
(p * w).sum().backward()
print(p.grad, p.data_ptr() == p.data_ptr())
w[0] = 5
print(p)

# Writes in place that gradients pass
a = leaf()
b = a * 2
b.mul_(3)
b[1] = 7
b[2:] += a[0]
b.sum().backward()
print(a.grad, type(b.grad_fn).__name__)
a = leaf()
b = a.clone()
view = b.view(3, 1)
view[0, 0] *= a[1]
view.add_(1)
print(b.requires_grad, b)
(b ** 2).sum().backward()
print(a.grad)
target = torch.zeros(3)
target[1:] = leaf()[1:] * 2
print(target.requires_grad, target)

# Writes that gradients do not see: under no_grad, through .data, through detach()
a = leaf()
b = a * 2
with torch.no_grad():
    b.add_(100)
print(b, b.requires_grad)
(b * 3).sum().backward()
print(a.grad)
a = leaf()
b = a * 2
b.data.mul_(10)
print(b)
(b * b).sum().backward()
print(a.grad)
a = leaf()
b = a * 2
b.detach().zero_()
print(b, b.grad_fn is not None)
b.sum().backward()
print(a.grad)
a = leaf()
a.data.add_(1)
a.data[0] = 9
a.data = a.data * 2
print(a, a.requires_grad, a.is_leaf)
a.detach().mul_(0.5)
with torch.no_grad():
    a[1] = 0
    a -= 1
(a ** 2).sum().backward()
print(a, a.grad)
a = leaf()
b = (a * 2)[1:]
with torch.no_grad():
    b.fill_(5)
print(b.tolist(), b.requires_grad)
b.sum().backward()
print(a.grad)
d = leaf().detach()
d[0] = 4
print(d, d.requires_grad)

# Errors of use
attempt(lambda: leaf().add_(1))
attempt(lambda: leaf()[0].zero_())
attempt(lambda: leaf().view(3, 1).mul_(2))
attempt(lambda: torch.ones(3).sum().backward())
attempt(lambda: (leaf() > 1).float().sum().backward())
attempt(lambda: leaf().argmax().backward())
attempt(lambda: (leaf() * 2).backward())
attempt(lambda: (leaf() * 2).backward(torch.ones(2)))
attempt(lambda: torch.autograd.grad(leaf().sum(), torch.ones(3)))
attempt(lambda: torch.autograd.grad(leaf().sum(), leaf()))
attempt(lambda: torch.autograd.grad(leaf().sum(), leaf(), allow_unused=True))
attempt(lambda: torch.ones(3).register_hook(print))
attempt(lambda: torch.ones(3).retain_grad())
attempt(lambda: torch.arange(3).requires_grad_())
attempt(lambda: (leaf() * 2).requires_grad_(False))
attempt(lambda: leaf().numpy())
attempt(lambda: setattr(leaf(), "grad", torch.ones(2)))
attempt(lambda: setattr(leaf(), "grad", 5))
attempt(lambda: torch.tensor([1], requires_grad=True))
attempt(lambda: (leaf() * 2).__deepcopy__({}))


# Hooks
a = leaf()
b = a * 2
seen = []
handle = b.register_hook(lambda gradient: seen.append(gradient.tolist()))
c = a * 3
c.register_hook(lambda gradient: gradient * 10)
b.retain_grad()
(b * c).sum().backward()
print(seen, a.grad, b.grad, b.retains_grad, c.retains_grad)
handle.remove()
a = leaf()
a.register_hook(lambda gradient: gradient + 1)
a.register_post_accumulate_grad_hook(lambda tensor: seen.append(("accumulated", tensor.grad.tolist())))
(a * 2).sum().backward()
print(a.grad, seen[-1], torch.autograd.grad((a * 2).sum(), a))
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
rows = []
net[0].register_full_backward_hook(lambda module, inputs, outputs: rows.append(("0", inputs, [o.shape for o in outputs])))
net[1].register_full_backward_hook(lambda module, inputs, outputs: tuple(i * 2 for i in inputs))
net[2].register_full_backward_hook(lambda module, inputs, outputs: rows.append(("2", [i.shape for i in inputs], outputs)))
net[2].register_full_backward_pre_hook(lambda module, outputs: rows.append(("before 2", outputs)))
net(torch.tensor([[1., -2.]])).sum().backward()
print(rows)
print(net[0].weight.grad + 0.0, net[0].bias.grad + 0.0)


# Functions of one's own
class Cube(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, gradient):
        x, = ctx.saved_tensors
        return gradient * 3 * x ** 2


class Multiply(Function):
    @staticmethod
    def forward(ctx, x, weight, scale):
        ctx.save_for_backward(x, weight)
        ctx.scale = scale
        return x @ weight * scale

    @staticmethod
    @once_differentiable
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        return gradient @ weight.t() * ctx.scale, x.t() @ gradient * ctx.scale if ctx.needs_input_grad[1] else None, None


class Round(Function):
    @staticmethod
    def forward(ctx, x):
        return x.round()

    @staticmethod
    def backward(ctx, gradient):
        return gradient


class Reverse(Function):
    @staticmethod
    def forward(ctx, x, strength):
        ctx.strength = strength
        return x.view_as(x)

    @staticmethod
    def backward(ctx, gradient):
        return gradient.neg() * ctx.strength, None


class Two(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.sin(), x.cumsum(0)

    @staticmethod
    def backward(ctx, first, second):
        x, = ctx.saved_tensors
        return first * x.cos() + second.flip(0).cumsum(0).flip(0)


class Softmax(Function):
    @staticmethod
    def forward(x):
        return x.softmax(-1)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)

    @staticmethod
    def backward(ctx, gradient):
        y, = ctx.saved_tensors
        return y * (gradient - (gradient * y).sum(-1, keepdim=True))


a = leaf()
(Cube.apply(a) * torch.tensor([1., 2., 3.])).sum().backward()
print(a.grad, Cube.apply(a).grad_fn is not None)
x, weight = torch.tensor([[1., 2.], [3., 4.]], requires_grad=True), torch.tensor([[1.], [0.5]], requires_grad=True)
(Multiply.apply(x, weight, 2.0) ** 2).sum().backward()
print(x.grad, weight.grad)
a = leaf(0.4, 1.7)
(Round.apply(a) * a).sum().backward()
print(a.grad)
a = leaf()
(Reverse.apply(a * 2, 0.5) ** 2).sum().backward()
print(a.grad)
a = leaf()
first, second = Two.apply(a)
(first * second).sum().backward()
print(a.grad)
a = leaf()
(Softmax.apply(a) * torch.tensor([1., 2., 4.])).sum().backward()
print(a.grad)
a = leaf()
gradient, = torch.autograd.grad(Cube.apply(a).sum(), a, create_graph=True)
print(gradient, torch.autograd.grad(gradient.sum(), a))
with torch.no_grad():
    print(Cube.apply(leaf()).requires_grad)

# Gradients of gradients
a = leaf()
gradient, = torch.autograd.grad((a ** 3).sum(), a, create_graph=True)
print(gradient.requires_grad, torch.autograd.grad(gradient.sum(), a)[0])
torch.manual_seed(1)
critic = nn.Sequential(nn.Linear(2, 4), nn.LeakyReLU(0.2), nn.Linear(4, 1))
real, fake = torch.randn(3, 2), torch.randn(3, 2)
alpha = torch.rand(3, 1)
mixed = (alpha * real + (1 - alpha) * fake).requires_grad_(True)
scores = critic(mixed)
gradients = torch.autograd.grad(outputs=scores, inputs=mixed, grad_outputs=torch.ones(scores.size()), create_graph=True, retain_graph=True, only_inputs=True)[0]
penalty = ((gradients.norm(2, dim=1) - 1) ** 2).mean() * 10
penalty.backward()
print(penalty, critic[0].weight.grad, critic[2].weight.grad, critic[2].bias.grad)
a = leaf()
(a.exp()).backward(torch.ones(3), create_graph=True)
print(a.grad.requires_grad, torch.autograd.grad(a.grad.sum(), a)[0])
print(torch.autograd.functional.jacobian(lambda x: x ** 2, torch.tensor([1., 2.])), torch.autograd.functional.hessian(lambda x: (x ** 3).sum(), torch.tensor([1., 2.])))
print(torch.autograd.functional.vjp(lambda x: x ** 2, torch.ones(2), torch.ones(2)), torch.autograd.functional.jvp(lambda x: x ** 2, torch.tensor([1., 3.]), torch.ones(2)), torch.autograd.functional.hvp(lambda x: (x ** 3).sum(), torch.tensor([1., 3.]), torch.ones(2)))
print(torch.autograd.gradcheck(lambda x: x ** 2, torch.tensor([1., 3.], dtype=torch.float64, requires_grad=True)))

# Checkpoints
a = leaf()
checkpoint(lambda x, y: (x * y).sin(), a, 2.0, use_reentrant=False).sum().backward()
print(a.grad)
layers = nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 1))
print(checkpoint_sequential(layers, 2, a[None], use_reentrant=False).shape)

# Accumulation, detach_, modes
a = leaf()
for _ in range(2):
    (a * 2).sum().backward()
print(a.grad)
a.grad.zero_()
a.grad = None
b = a * 2
b.detach_()
print(b.requires_grad, b.is_leaf, b.grad_fn)
with torch.no_grad():
    c = a * 2
    with torch.enable_grad():
        d = a * 2
    print(c.requires_grad, d.requires_grad, a.requires_grad, torch.is_grad_enabled())
with torch.set_grad_enabled(False):
    print((a * 2).requires_grad)
with torch.inference_mode():
    print((a * 2).requires_grad, torch.is_inference_mode_enabled())


@torch.no_grad()
def scaled(x):
    return x * 2


print(scaled(a).requires_grad, Variable(torch.ones(1), requires_grad=True).requires_grad)
c = (a * 2).sum()
c.backward(inputs=[a])
print(a.grad)
nan = leaf(0.0)
(nan.sqrt() * 0).sum().backward()
print(nan.grad)
frozen = nn.Linear(2, 1)
frozen.requires_grad_(False)
attempt(lambda: frozen(torch.ones(1, 2)).sum().backward())
split = leaf(1., 2., 3., 4.)
first, second = split.chunk(2)
(first * second.detach()).sum().backward()
print(split.grad)
