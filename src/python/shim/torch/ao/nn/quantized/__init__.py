"""torch.ao.nn.quantized: the operations that a model to be quantized writes as modules; the quantized layers are not there."""
from _lens.door import UnsupportedError

from ...._joining import cat
from ....nn.functional import relu
from ....nn.modules.module import Module

__all__ = ["FXFloatFunctional", "FloatFunctional", "QFunctional"]


class FloatFunctional(Module):
    """Sums, products and concatenations; its forward is never called."""

    def forward(self, x):
        raise RuntimeError("FloatFunctional is not intended to use the 'forward'. Please use the underlying operation")

    def add(self, x, y):
        return x + y

    def add_scalar(self, x, y):
        return x + y

    def mul(self, x, y):
        return x * y

    def mul_scalar(self, x, y):
        return x * y

    def matmul(self, x, y):
        return x @ y

    def cat(self, x, dim=0):
        return cat(x, dim)

    def add_relu(self, x, y):
        return relu(x + y)


class FXFloatFunctional(FloatFunctional):
    pass


class QFunctional(FloatFunctional):
    pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.ao.nn.quantized' has no attribute '{name}'")
    raise UnsupportedError(f"torch.ao.nn.quantized.{name} is not supported: everything is computed in float here")
