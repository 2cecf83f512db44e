"""torch.autograd.Variable: what tensors with gradients were before they were tensors."""
from .._tensor import Tensor


class _VariableMeta(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, Tensor)

    def __subclasscheck__(cls, subclass):
        return issubclass(subclass, Tensor)

    def __call__(cls, data=None, requires_grad=False, volatile=None):
        """The same storage, as a leaf that may require a gradient."""
        if data is None:
            return Tensor().requires_grad_(requires_grad)
        if not isinstance(data, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type(data).__name__}")
        return data.requires_grad_() if requires_grad and not data.requires_grad and data.is_leaf else data


class Variable(metaclass=_VariableMeta):
    pass
