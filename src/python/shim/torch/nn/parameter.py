"""nn.Parameter and nn.Buffer: tensors that a module registers when they are assigned to it."""
from _lens.door import UnsupportedError

from .._apply import constant
from .._complex import ComplexTensor, of_pairs
from .._dtype import get_default_dtype
from .._tensor import Tensor, watch


class Parameter(Tensor):
    """A tensor over `data`'s storage that requires a gradient."""

    def __new__(cls, data=None, requires_grad=True):
        if data is None:
            data = constant([], get_default_dtype(), (0,))
        if data.is_complex():
            return of_pairs(Parameter(data._pairs, requires_grad), cls=ComplexParameter)
        result = object.__new__(cls)
        steps = data._steps + ((("detach", {}),) if data.requires_grad else ())
        result._init(data._storage, steps)
        if requires_grad:
            if not data.is_floating_point():
                raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
            result._requires = True
            watch(result)
        return result

    def __init__(self, data=None, requires_grad=True):
        pass

    def __repr__(self):
        return "Parameter containing:\n" + Tensor.__repr__(self)


class ComplexParameter(ComplexTensor, Parameter):
    """A parameter of complex numbers."""

    def __repr__(self):
        return "Parameter containing:\n" + ComplexTensor.__repr__(self)


ComplexParameter.__name__ = ComplexParameter.__qualname__ = "Parameter"


class Buffer(Tensor):
    """A tensor that a module registers as a buffer."""

    def __new__(cls, data=None, *, persistent=True):
        if data is None:
            data = constant([], get_default_dtype(), (0,))
        result = object.__new__(cls)
        result._init(data._storage, data._steps)
        result.persistent = persistent
        return result

    def __init__(self, data=None, *, persistent=True):
        pass


def _lazy(name):
    def make(*args, **kwargs):
        raise UnsupportedError(f"nn.parameter.{name} is not supported yet: give the layer its input size")
    return make


UninitializedParameter, UninitializedBuffer = _lazy("UninitializedParameter"), _lazy("UninitializedBuffer")
