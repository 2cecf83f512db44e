"""Weight normalization (Salimans and Kingma 2016): a weight as its length times its direction."""
from ..._registry import public
from ..parameter import Parameter
from ._norm_hooks import refuse_second, taken


@public(function_only=True)
def norm_except_dim(v, pow=2, dim=0):
    """Norms over all axes but one, which are kept; −1: over all."""
    if dim == -1:
        return v.norm(pow)
    return v.norm(pow, tuple(axis for axis in range(v.dim()) if axis != dim % v.dim()), keepdim=True)


@public(function_only=True)
def _weight_norm(v, g, dim=0):
    return v * (g / norm_except_dim(v, 2, dim))


class WeightNorm:
    """Before each call makes the weight of `…_g` and `…_v`."""

    def __init__(self, name, dim):
        self.name = name
        self.dim = -1 if dim is None else dim

    def compute_weight(self, module):
        return _weight_norm(getattr(module, self.name + "_v"), getattr(module, self.name + "_g"), self.dim)

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module))


def weight_norm(module, name="weight", dim=0):
    refuse_second(module, WeightNorm, name, "weight_norm")
    hook = WeightNorm(name, dim)
    weight = getattr(module, name)
    delattr(module, name)
    module.register_parameter(name + "_g", Parameter(norm_except_dim(weight, 2, hook.dim).detach()))
    module.register_parameter(name + "_v", Parameter(weight.detach()))
    hook(module, ())
    module.register_forward_pre_hook(hook)
    return module


def remove_weight_norm(module, name="weight"):
    weight = taken(module, WeightNorm, name, "weight_norm").compute_weight(module)
    for member in (name, name + "_g", name + "_v"):
        delattr(module, member)
    setattr(module, name, Parameter(weight.detach()))
    return module
