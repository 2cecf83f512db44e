# Weights that are computed of other parameters: weight and spectral normalization, in both of PyTorch's forms, and own parametrizations.
import torch
from torch import nn
from torch.nn.utils import parametrizations, parametrize, remove_spectral_norm, remove_weight_norm, spectral_norm, weight_norm


def show(title, module, x):
    print(title)
    print([(name, tuple(parameter.shape)) for name, parameter in module.named_parameters()], [name for name, _ in module.named_buffers()])
    print(list(module.state_dict()))
    for mode in (True, True, False):
        module.train(mode)
        module.zero_grad()
        y = module(x)
        y.square().sum().backward()
        print(y.flatten()[:5], [parameter.grad.flatten()[:5] for parameter in module.parameters()], module.weight.norm())
    print([buffer.flatten()[:4] for buffer in module.buffers()])


torch.manual_seed(0)
x, image = torch.randn(3, 4), torch.randn(2, 3, 5, 5)
show("spectral_norm", spectral_norm(nn.Linear(4, 3)), x)
show("spectral_norm of a convolution", spectral_norm(nn.Conv2d(3, 4, 3), n_power_iterations=2), image)
show("spectral_norm of a transposed one", spectral_norm(nn.ConvTranspose2d(3, 2, 2)), image)
show("weight_norm", weight_norm(nn.Linear(4, 3)), x)
show("weight_norm, one length", weight_norm(nn.Linear(4, 3), dim=None), x)
show("weight_norm of a convolution", weight_norm(nn.Conv2d(3, 4, 3, bias=False), dim=1), image)
show("parametrizations.spectral_norm", parametrizations.spectral_norm(nn.Linear(4, 3)), x)
show("parametrizations.spectral_norm of a convolution", parametrizations.spectral_norm(nn.Conv2d(3, 4, 3), n_power_iterations=3), image)
show("parametrizations.weight_norm", parametrizations.weight_norm(nn.Linear(4, 3)), x)
show("parametrizations.weight_norm of a convolution", parametrizations.weight_norm(nn.Conv2d(3, 4, 3)), image)


class Symmetric(nn.Module):
    def forward(self, w):
        return w.triu() + w.triu(1).transpose(-1, -2)


class Exponential(nn.Module):
    def forward(self, w):
        return w.exp()

    def right_inverse(self, w):
        return w.log()


own = nn.Linear(3, 3)
parametrize.register_parametrization(own, "weight", Symmetric())
show("symmetric", own, torch.randn(2, 3))
print(own, parametrize.is_parametrized(own), parametrize.is_parametrized(own, "bias"), isinstance(own, nn.Linear), type(own).__name__)
print(torch.equal(own.weight, own.weight.T), own.parametrizations.weight.original.shape, [path for path, _ in own.named_modules()])
parametrize.remove_parametrizations(own, "weight")
print(own, torch.equal(own.weight, own.weight.T), [name for name, _ in own.named_parameters()], type(own).__name__)

positive = nn.Linear(2, 2)
with torch.no_grad():
    positive.weight.abs_()
before = positive.weight.detach().clone()
parametrize.register_parametrization(positive, "weight", Exponential())
print(torch.allclose(positive.weight, before), positive.parametrizations.weight.original)
positive.weight = torch.full((2, 2), 2.0)
print(positive.weight, positive.parametrizations.weight.original)
with parametrize.cached():
    print(positive(torch.ones(1, 2)).shape)

for module, remove in ((spectral_norm(nn.Linear(4, 3)), remove_spectral_norm), (weight_norm(nn.Linear(4, 3)), remove_weight_norm)):
    y = module.eval()(x)
    remove(module)
    print(torch.allclose(module(x), y), [name for name, _ in module.named_parameters()], list(module._forward_pre_hooks))
g = parametrizations.weight_norm(nn.Linear(4, 3))
y = g(x)
parametrize.remove_parametrizations(g, "weight")
print(torch.allclose(g(x), y), [name for name, _ in g.named_parameters()])
print(torch.norm_except_dim(torch.arange(6.0).view(2, 3), 2, 1))


def said(act):
    try:
        act()
    except Exception as error:
        print(type(error).__name__, str(error).split("\n")[0])


said(lambda: spectral_norm(spectral_norm(nn.Linear(2, 2))))
said(lambda: spectral_norm(nn.Linear(2, 2), n_power_iterations=0))
said(lambda: remove_weight_norm(nn.Linear(2, 2)))
said(lambda: parametrizations.spectral_norm(nn.Linear(2, 2), "wait"))
said(lambda: parametrize.register_parametrization(nn.Linear(2, 2), "wait", Symmetric()))
said(lambda: parametrize.register_parametrization(nn.Linear(2, 2), "weight", nn.Flatten(0)))
said(lambda: parametrize.remove_parametrizations(nn.Linear(2, 2), "weight"))
