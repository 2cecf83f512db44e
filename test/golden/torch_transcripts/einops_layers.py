"""einops's layers in PyTorch: reprs, state dicts, drawn weights, gradients, errors."""
import copy
import pickle

import torch
from einops import EinopsError
from einops.layers.torch import EinMix, Rearrange, Reduce

torch.manual_seed(0)


def refused(name, call):
    try:
        call()
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
    else:
        print(name, "is not refused")


net = torch.nn.Sequential(
    torch.nn.Conv2d(3, 4, 3), Reduce("b c (h 2) (w 2) -> b c h w", "max"), torch.nn.ReLU(), Rearrange("b c h w -> b (c h w)"),
    torch.nn.Linear(16, 6), Rearrange("b (n d) -> b n d", n=2), EinMix("b n d -> b n e", "n d e", "n e", n=2, d=3, e=5), Reduce("b n e -> b e", "mean"))
print(net)
print({name: list(tensor.shape) for name, tensor in net.state_dict().items()})
print(sum(p.numel() for p in net.parameters()))
x = torch.randn(2, 3, 6, 6)
y = net(x)
print(y)
y.square().mean().backward()
for name, parameter in net.named_parameters():
    print(name, parameter.norm(), parameter.grad.norm())
print("layers", isinstance(Rearrange("a b -> b a"), torch.nn.Module))
for layer, shape in [
    (EinMix("b c h w -> b d h w", weight_shape="c d", bias_shape="d", c=4, d=5), (2, 4, 3, 3)),
    (EinMix("b (h p) (w q) c -> b h w (g d)", weight_shape="p q c g d", p=2, q=2, c=3, g=2, d=4), (1, 4, 6, 3)),
    (EinMix("t b c -> t b c", weight_shape="c", c=4), (2, 3, 4)),
    (EinMix("... c -> ... (h d)", weight_shape="c h d", bias_shape="h d", c=4, h=2, d=3), (2, 5, 4)),
    (EinMix("... (h d) -> (...) h", weight_shape="h d", bias_shape="h", h=2, d=3), (2, 5, 6)),
    (Reduce("b ... -> b", "sum"), (2, 3, 4)),
    (Reduce("b c h w -> b c", "prod"), (2, 3, 2, 2)),
    (Rearrange("... h d -> ... (h d)"), (2, 2, 3, 4)),
]:
    print(layer, {name: list(tensor.shape) for name, tensor in layer.state_dict().items()}, [name for name, _ in layer.named_modules()])
    out = layer(torch.linspace(-1, 1, torch.Size(shape).numel()).reshape(shape))
    print("  ", list(out.shape), out.sum(), out.reshape(-1)[:4])
    for name, parameter in layer.named_parameters():
        print("  ", name, parameter.reshape(-1)[:3].tolist(), parameter.sum())
again = copy.deepcopy(net)
print(torch.equal(again(x), y), pickle.loads(pickle.dumps(Rearrange("a b -> b a", a=2))))
print("errors")
refused("shape", lambda: Rearrange("b (h w) -> b h w", h=4)(torch.zeros(2, 6)))
refused("pattern", lambda: Rearrange("b c -> b d"))
refused("reduction", lambda: Reduce("b c -> b", "middle"))
refused("names", lambda: Reduce("b c -> b", "max", d=3))
refused("any", lambda: Reduce("b c -> b", "any")(torch.zeros(2, 2)))
refused("of integers", lambda: Reduce("b c -> b", "mean")(torch.zeros(2, 2).long()))
refused("EinMix without size", lambda: EinMix("b c -> b d", "c d", c=3))
refused("EinMix with unknown axis", lambda: EinMix("b c -> b e", "c d", c=3, d=3))
refused("EinMix of one ellipsis", lambda: EinMix("... c -> d", "c d", c=3, d=3))
refused("EinMix of numbers", lambda: EinMix("b 3 -> b d", "d", d=3))
refused("EinMix in parentheses", lambda: EinMix("b c -> b d", "(c d)", c=3, d=3))
refused("EinMix with unused axis", lambda: EinMix("b c -> b d", "c d", c=3, d=3, e=3))
refused("EinMix with redundant axis", lambda: EinMix("b c -> b d", "c d e", c=3, d=3, e=3))
refused("EinMix with bias of other axis", lambda: EinMix("b c -> b d", "c d", "c", c=3, d=3))
refused("EinMix with bias of no size", lambda: EinMix("b c -> b d", "c d", "b", c=3, d=3))
refused("EinMix with bias before ellipsis", lambda: EinMix("... c -> d ...", "c d", "d", c=3, d=3))
refused("EinMix on another size", lambda: EinMix("b c -> b d", "c d", c=3, d=3)(torch.zeros(2, 4)))
