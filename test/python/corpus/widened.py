"""A second run in float64, of the same weights, inputs and random draws: the distance to it is what float32's rounding costs."""
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map

_DRAWS = ("aten::randn", "aten::rand.", "aten::rand_like", "aten::randn_like", "aten::normal_", "aten::uniform_", "aten::exponential_",
          "aten::bernoulli", "aten::multinomial", "aten::native_dropout", "aten::rand")


class Widened(TorchDispatchMode):
    """Makes float64 of the float32 tensors that a forward pass makes itself, and draws its random numbers in float32."""

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        if kwargs.get("dtype") is torch.float32:
            kwargs["dtype"] = torch.float64
        if func.name().startswith(_DRAWS):
            return self._drawn(func, args, kwargs)
        return tree_map(_doubled, func(*args, **kwargs)) if not _has_floats((args, kwargs)) else func(*args, **kwargs)

    @staticmethod
    def _drawn(func, args, kwargs):
        if func.name().endswith("_") or func.name().split(".")[0].endswith("_"):
            target = args[0]
            if target.dtype is not torch.float64:
                return func(*args, **kwargs)
            return target.copy_(func(target.float(), *tree_map(_single, args[1:]), **kwargs).double())
        if kwargs.get("dtype") is torch.float64:
            kwargs["dtype"] = torch.float32
        return tree_map(_doubled, func(*tree_map(_single, args), **kwargs))


def _doubled(value):
    return value.double() if isinstance(value, torch.Tensor) and value.dtype is torch.float32 else value


def _single(value):
    return value.float() if isinstance(value, torch.Tensor) and value.dtype is torch.float64 else value


def _has_floats(values):
    return any(isinstance(value, torch.Tensor) and value.is_floating_point() for value in tree_flatten(values)[0])
