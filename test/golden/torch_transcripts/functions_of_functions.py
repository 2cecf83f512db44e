"""torch.func: derivatives of functions whose arguments and results are trees of tensors, forwards and backwards."""
import torch
from torch import nn
import torch.nn.utils.prune
from torch.func import functional_call, grad, hessian, jacfwd, jacrev, jvp, vmap


def predict(weight, bias, x):
    return nn.functional.linear(x, weight, bias).tanh()


weight, bias, x = torch.arange(6.0).reshape(2, 3) / 10, torch.tensor([0.1, -0.2]), torch.tensor([0.3, -0.5, 0.7])
of_weight, of_bias = jacrev(predict, argnums=(0, 1))(weight, bias, x)
print(of_weight, of_bias, of_weight.requires_grad)
print(hessian(predict, argnums=2)(weight, bias, x) + 0.0)
print(jacfwd(jacfwd(predict, argnums=2), argnums=2)(weight, bias, x).shape)

net = nn.Linear(3, 2)
nn.init.constant_(net.weight, 0.5)
nn.init.zeros_(net.bias)
parameters = {name: parameter.detach() for name, parameter in net.named_parameters()}
found = jacrev(lambda given, x: {"sine": functional_call(net, given, (x,)).sin(), "sum": x.sum()})(parameters, x)
print({name: {inner: tuple(tensor.shape) for inner, tensor in of.items()} for name, of in found.items()}, found["sine"]["bias"])
of_samples = vmap(jacrev(lambda given, x: functional_call(net, given, (x.unsqueeze(0),)).squeeze(0)), (None, 0))(parameters, torch.ones(4, 3))
print([tuple(tensor.shape) for tensor in of_samples.values()])
of_squares, total = jacrev(lambda x: (x ** 2, x.sum()), has_aux=True)(x)
print(of_squares + 0.0, total)

value, pushed = jvp(lambda a, b: (a * b).sin(), (x, x + 1), (torch.ones(3), torch.zeros(3)))
print(value, pushed, pushed.requires_grad)
value, pushed, rest = jvp(lambda a: ({"sum": a.sum(), "square": a ** 2}, a + 1), (x,), (x,), has_aux=True)
print(value, pushed, rest)
print(jvp(grad(lambda a: (a ** 3).sum()), (x,), (torch.ones(3),))[1])
print(jvp(lambda a: torch.ones(2), (x,), (x,)))
print(grad(lambda a: jvp(torch.sin, (a,), (torch.ones(3),))[1].sum())(x))

# what a module keeps of its hooks
handle = net.register_forward_pre_hook(lambda module, args: (args[0] * 2,))
net.register_forward_hook(lambda module, args, kwargs, result: result + 1, with_kwargs=True)
print(net(x), [callable(hook) for hook in [*net._forward_pre_hooks.values(), *net._forward_hooks.values()]])
handle.remove()
print(net(x), len(net._forward_pre_hooks))
nn.utils.prune.l1_unstructured(net, "weight", amount=2)
nn.utils.prune.ln_structured(net, "weight", amount=0.5, n=2, dim=0)
for hook in net._forward_pre_hooks.values():
    if hook._tensor_name == "weight":
        print(type(hook).__name__, [type(each).__name__ for each in hook])
