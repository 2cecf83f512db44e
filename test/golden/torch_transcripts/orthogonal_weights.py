# Weights are kept orthogonal, by each of the maps, with and without a base.
import torch
from torch import nn
from torch.nn.utils.parametrizations import orthogonal



def shown(tensor):
    return [0.0 if abs(number) < 5e-5 else float(f"{number:.4f}") for number in tensor.detach().flatten().tolist()]


for shape in ((3, 3), (4, 2), (2, 4), (5, 5)):
    for orthogonal_map in (None, "matrix_exp", "cayley", "householder"):
        for use_trivialization in (True, False):
            torch.manual_seed(1)
            layer = nn.Linear(shape[1], shape[0])
            try:
                orthogonal(layer, orthogonal_map=orthogonal_map, use_trivialization=use_trivialization)
            except Exception as error:
                print(shape, orthogonal_map, use_trivialization, type(error).__name__, error)
                continue
            weight = layer.weight
            print(shape, orthogonal_map, use_trivialization, shown(weight))
            print("   ", shown(layer.parametrizations.weight.original)[:6], torch.dist(weight.T @ weight if shape[0] >= shape[1] else weight @ weight.T, torch.eye(min(shape))) < 1e-5)
            layer(torch.linspace(-1, 1, shape[1])).square().sum().backward()
            print("   ", shown(layer.parametrizations.weight.original.grad))
            with torch.no_grad():
                layer.parametrizations.weight.original += 0.1
            print("   ", shown(layer.weight))
            if use_trivialization or orthogonal_map == "householder":
                layer.weight = torch.linspace(-1, 1, shape[0] * shape[1]).reshape(shape) + torch.eye(*shape)
                print("   ", shown(layer.weight))
print(orthogonal(nn.Linear(3, 3)))
for refused in (lambda: orthogonal(nn.Linear(2, 2), "none"), lambda: orthogonal(nn.Linear(2, 2), "bias"), lambda: orthogonal(nn.Linear(2, 2), orthogonal_map="other")):
    try:
        refused()
    except Exception as error:
        print(type(error).__name__, str(error)[:60])
a = torch.tensor([[3.0, 1.0], [4.0, 2.0], [0.0, 5.0]])
print(torch.geqrf(a), torch.geqrf(a.T), shown(torch.linalg.householder_product(*torch.geqrf(a))), shown(torch.orgqr(*torch.geqrf(a[:2]))), torch.geqrf(torch.eye(2)), torch.geqrf(torch.stack([a, a.flip(0)])))
vectors, tau = a.clone().requires_grad_(), torch.tensor([0.5, 0.25], requires_grad=True)
torch.linalg.householder_product(vectors, tau).square().sum().backward()
print(vectors.grad, tau.grad)
conv = orthogonal(nn.Conv2d(2, 3, 2))
print(conv.weight.shape, conv(torch.ones(1, 2, 3, 3)).shape)
