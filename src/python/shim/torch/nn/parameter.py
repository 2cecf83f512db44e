"""nn.Parameter and nn.Buffer: tensors that a module registers when they are assigned to it."""
from .._apply import constant
from .._complex import ComplexTensor, of_pairs
from .._creation import empty
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
            if type(data) is Tensor and not data.requires_grad:
                data._steps, data._version = (*data._steps, ("detach", {})), -1  # no gradient comes by what is computed of it
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


class UninitializedTensorMixin:
    """A tensor whose shape is not known yet: `materialize` gives it one, and makes it a usual parameter or buffer."""

    def materialize(self, shape, device=None, dtype=None):
        fresh = empty(shape, dtype=dtype or self._wanted_dtype)
        self._init(fresh._storage, ())
        self.__class__ = self.cls_to_become

    @property
    def value(self):
        raise ValueError(f"Attempted to use an uninitialized parameter. This error happens when you are using a `LazyModule` or explicitly manipulating "
                         f"`torch.nn.parameter.{type(self).__name__}` objects. When using LazyModules Call `forward` with a dummy batch to initialize the "
                         "parameters before calling torch functions")

    @property
    def shape(self):
        raise RuntimeError("Can't access the shape of an uninitialized parameter or buffer. This error usually happens in `load_state_dict` when trying "
                           "to load an uninitialized parameter into an initialized one. Call `forward` to initialize the parameters before accessing "
                           "their attributes.")

    dtype = property(lambda self: self._wanted_dtype)
    data = property(lambda self: self)

    def detach(self):
        return self

    def to(self, *args, **kwargs):
        return self

    def __repr__(self):
        return f"<{type(self).__name__}>"

    def __deepcopy__(self, memo):
        memo[id(self)] = result = type(self)(dtype=self._wanted_dtype)
        return result


def _uninitialized(cls, dtype):
    result = object.__new__(cls)
    result._init(None, ())
    result._wanted_dtype = get_default_dtype() if dtype is None else dtype
    return result


class UninitializedParameter(UninitializedTensorMixin, Parameter):
    cls_to_become = Parameter

    def __new__(cls, requires_grad=True, device=None, dtype=None):
        result = _uninitialized(cls, dtype)
        result._requires = requires_grad
        if requires_grad:
            watch(result)
        return result

    def __init__(self, requires_grad=True, device=None, dtype=None):
        pass


class UninitializedBuffer(UninitializedTensorMixin, Tensor):
    cls_to_become = Tensor

    def __new__(cls, requires_grad=False, device=None, dtype=None, persistent=True, **ignored):
        return _uninitialized(cls, dtype)

    def __init__(self, requires_grad=False, device=None, dtype=None, persistent=True, **ignored):
        pass


def is_lazy(param):
    return isinstance(param, UninitializedTensorMixin)
