# What nn.Module does: printing, walking, state, hooks, modes, containers.
import copy
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor, optim
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split


class Block(nn.Module):
    def __init__(self, width: int = 4, activation=nn.ReLU):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(width, width), activation(), nn.Dropout(0.1))
        self.scale = nn.Parameter(torch.ones(1))
        self.register_buffer("mask", torch.tril(torch.ones(width, width)))
        self.register_buffer("cache", torch.zeros(1), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.scale * self.body(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block() for _ in range(3)])
        self.heads = nn.ModuleDict({"a": nn.Linear(4, 2), "b": nn.Linear(4, 1, bias=False)})
        self.norm = nn.LayerNorm(4)
        self.unused = None
        self.table = nn.ParameterList([nn.Parameter(torch.zeros(2)), nn.Parameter(torch.ones(3))])

    def extra_repr(self):
        return "three blocks"

    def forward(self, x, head="a"):
        for block in self.blocks:
            x = block(x)
        return self.heads[head](self.norm(x))


torch.manual_seed(11)
net = Net()
print(net)
print([name for name, _ in net.named_modules()], [name for name, _ in net.named_parameters()], [name for name, _ in net.named_buffers()], [name for name, _ in net.named_children()])
print(sum(p.numel() for p in net.parameters()), sum(p.numel() for p in net.parameters() if p.requires_grad), len(list(net.modules())), list(net.state_dict()))
print(net.training, net.eval().training, net.blocks[0].body[2].training, net.train().training, net.get_submodule("blocks.1.body.0"), net.get_parameter("norm.weight").shape)
net.eval()
x = torch.randn(2, 4)
print(net(x), net(x, head="b"))
seen = []
handle = net.norm.register_forward_hook(lambda module, inputs, output: seen.append((type(module).__name__, len(inputs), tuple(output.shape))))
early = net.blocks[0].register_forward_pre_hook(lambda module, inputs: (inputs[0] * 2,))
net(x); handle.remove(); early.remove(); net(x)
print(seen)
twin = copy.deepcopy(net)
print(torch.equal(net(x), twin(x)), twin.blocks[0].scale is net.blocks[0].scale)
other = Net().eval(); print(torch.allclose(other(x), net(x)), other.load_state_dict(net.state_dict()), torch.allclose(other(x), net(x)))
for bad in ({"norm.weight": torch.ones(3)}, OrderedDict(foo=torch.ones(1))):
    try:
        nn.LayerNorm(4).load_state_dict(bad) if "foo" in bad else nn.Sequential(OrderedDict(norm=nn.LayerNorm(4))).load_state_dict(bad)
    except RuntimeError as error:
        print(error)
for p in net.blocks.parameters():
    p.requires_grad = False
print(sum(p.requires_grad for p in net.parameters())); net.requires_grad_(True)
net(x).sum().backward(); print(net.heads["a"].weight.grad, net.heads["b"].weight.grad, net.norm.bias.grad); net.zero_grad(); print(net.norm.bias.grad)
net.apply(lambda m: nn.init.constant_(m.weight, 0.5) if isinstance(m, nn.Linear) else None); print(net.heads["a"].weight)
sequence = nn.Sequential(OrderedDict([("fc", nn.Linear(2, 3)), ("act", nn.ReLU())])); sequence.append(nn.Linear(3, 1)); sequence.add_module("last", nn.Sigmoid())
print(sequence, len(sequence), sequence[0], sequence.fc is sequence[0], sequence[-1], sequence[:2], [type(m).__name__ for m in sequence])
print(nn.ModuleList([nn.Linear(1, 1), nn.Linear(1, 1), nn.ReLU()]), nn.ParameterDict({"w": nn.Parameter(torch.ones(2))}), nn.Sequential(), nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten()))
print(net.double().norm.weight.dtype, net.float().to("cpu").norm.weight.dtype, net.to(torch.float64)(x.double()).dtype, isinstance(net.norm.weight, nn.Parameter), net.norm.weight.is_leaf)
bn = nn.BatchNorm1d(2)
for _ in range(3):
    bn(torch.tensor([[1.0, 2.0], [3.0, 6.0]]))
print(bn.running_mean, bn.running_var, bn.num_batches_tracked, bn.eval()(torch.ones(1, 2)))
for name, init in (("xavier_uniform_", {}), ("xavier_normal_", {"gain": 2.0}), ("kaiming_uniform_", {"nonlinearity": "relu"}), ("kaiming_normal_", {"mode": "fan_out"}), ("trunc_normal_", {"std": 0.02}), ("trunc_normal_", {"a": -1.0, "b": 1.5}), ("trunc_normal_", {"a": 1.0, "b": 1.5}), ("uniform_", {}), ("normal_", {"std": 3}), ("zeros_", {}), ("eye_", {})):
    w = torch.empty(3, 5); getattr(nn.init, name)(w, **init); print(name, w)
print(nn.init.calculate_gain("leaky_relu", 0.2), nn.init.calculate_gain("tanh"))


class Squares(Dataset):
    def __len__(self):
        return 7

    def __getitem__(self, index):
        return torch.tensor([float(index)]), index * index


torch.manual_seed(2)
for batch in DataLoader(Squares(), batch_size=3, shuffle=True):
    print(batch)
data = TensorDataset(torch.arange(10.0).reshape(5, 2), torch.arange(5))
print(len(data), data[1], len(DataLoader(data, 2)), len(DataLoader(data, 2, drop_last=True)), [y.tolist() for _, y in DataLoader(data, batch_size=2)], [list(part.indices) for part in random_split(data, [3, 2])])
print([y.tolist() for _ in range(2) for _, y in DataLoader(data, batch_size=2, shuffle=True)], torch.rand(1))
a = torch.tensor(2.0, requires_grad=True); b = a ** 3
first, = torch.autograd.grad(b, a, create_graph=True); second, = torch.autograd.grad(first, a); print(first, second)
with torch.no_grad():
    c = a * 2
print(c.requires_grad, (a * 2).detach().requires_grad, a.is_leaf, b.is_leaf, b.grad_fn is None, torch.is_grad_enabled())
d = a * 3; d.retain_grad(); (d * d).backward(); print(d.grad, a.grad); a.grad.zero_(); (a * 2).backward(torch.tensor(3.0)); print(a.grad)
e = torch.ones(2, requires_grad=True); e.register_hook(lambda g: g * 10); (e * 2).sum().backward(); print(e.grad)


class Clip(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * (x > 0) * 0.5


f = torch.tensor([-1.0, 2.0], requires_grad=True); Clip.apply(f).sum().backward(); print(f.grad)
w = torch.randn(3, requires_grad=True)
with torch.no_grad():
    w -= 0.1; w[0] = 5; w.grad = None
print(w, torch.autograd.functional.jacobian(lambda v: v * v, torch.tensor([1.0, 2.0])))
print(torch.cuda.is_available(), torch.device("cuda:1"), torch.ones(1).to(torch.device("cpu")).device, torch.compile(sequence) is not None, torch.get_default_dtype())


class OlderSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, gradient):
        return 2 * ctx.saved_variables[0] * gradient


squared = torch.tensor([1.0, 3.0], requires_grad=True)
OlderSquare.apply(squared).sum().backward()
print(squared.grad, torch.utils.checkpoint.get_device_states(squared))
