"""torch.nn.utils.parametrize: a parameter that is computed of others whenever it is read."""
import contextlib

from _lens.recording import calls

from ..._grad_mode import no_grad
from ..._tensor import Tensor
from ..modules.container import ModuleDict, ModuleList
from ..parameter import Parameter


class ParametrizationList(ModuleList):
    """The parametrizations of one tensor, applied in order to `original`, or to `original0`, `original1`, …"""

    def __init__(self, modules, original, unsafe=False):
        if len(modules) == 0:
            raise ValueError("ParametrizationList requires one or more modules.")
        super().__init__(modules)
        self.unsafe = unsafe
        with no_grad():
            new = _inverted(modules, original)
        if not isinstance(new, (Tensor, tuple, list)):
            raise ValueError("'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...). " f"Got {type(new).__name__}")
        self.is_tensor = isinstance(new, Tensor)
        self.ntensors = 1 if self.is_tensor else len(new)
        if self.is_tensor:
            if new is not original:
                original.data = new
            _register(self, "original", original)
        else:
            for position, tensor in enumerate(new):
                if isinstance(original, Parameter):
                    tensor = Parameter(tensor, original.requires_grad)
                _register(self, f"original{position}", tensor)
        if not unsafe:
            _check("Registering a parametrization may not change", self(), original)

    def right_inverse(self, value):
        """Sets the originals so that the parametrization gives `value`."""
        with no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, "right_inverse"):
                    raise RuntimeError(f"parametrization {type(module).__name__} does not implement right_inverse.")
                value = module.right_inverse(value)
            for original, tensor in zip(self._originals(), [value] if self.is_tensor else value):
                original.data = tensor

    def forward(self):
        first, *others = self
        result = first(*self._originals())
        for module in others:
            result = module(result)
        return result

    def _originals(self):
        return [self.original] if self.is_tensor else [getattr(self, f"original{position}") for position in range(self.ntensors)]


def _inverted(modules, value):
    """What gives `value`; a parametrization without an inverse counts as the identity."""
    for module in reversed(list(modules)):
        if hasattr(module, "right_inverse"):
            with contextlib.suppress(NotImplementedError):
                value = module.right_inverse(value)
    return value


def _check(what, made, original):
    if not isinstance(made, Tensor):
        raise ValueError(f"A parametrization must return a tensor. Got {type(made).__name__}.")
    for property_ in ("dtype", "shape"):
        before, after = getattr(original, property_), getattr(made, property_)
        if before != after:
            raise ValueError(f"{what} the {property_} of the tensor, unless `unsafe` flag is enabled.\n"
                             f"unparametrized {property_}: {before}\nparametrized {property_}: {after}")


def _register(module, name, tensor):
    if isinstance(tensor, Parameter):
        module.register_parameter(name, tensor)
    else:
        module.register_buffer(name, tensor)


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        if not unsafe:
            with calls.muted():
                now = getattr(module, tensor_name)
                _check("Registering a parametrization may not change", parametrization(now), now)
        module.parametrizations[tensor_name].append(parametrization)
    elif tensor_name in module._buffers or tensor_name in module._parameters:
        with calls.muted():
            parametrizations = ParametrizationList([parametrization], getattr(module, tensor_name), unsafe)
        delattr(module, tensor_name)
        if not is_parametrized(module):
            cls = type(module)
            module.__class__ = type(f"Parametrized{cls.__name__}", (cls,), {"__module__": cls.__module__})
            module.parametrizations = ModuleDict()
        setattr(type(module), tensor_name, _property_of(tensor_name))
        module.parametrizations[tensor_name] = parametrizations
    else:
        raise ValueError(f"Module '{module}' does not have a parameter, a buffer, or a parametrized element with name '{tensor_name}'")
    return module


def _property_of(name):
    def get(module):
        with calls.muted():  # a part of the layer, not one of its own
            return module.parametrizations[name]()

    def assign(module, value):
        module.parametrizations[name].right_inverse(value)
    return property(get, assign)


def is_parametrized(module, tensor_name=None):
    parametrizations = module.__dict__["_modules"].get("parametrizations")
    if not isinstance(parametrizations, ModuleDict):
        return False
    return len(parametrizations) > 0 if tensor_name is None else tensor_name in parametrizations


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    if not is_parametrized(module, tensor_name):
        raise ValueError(f"Module {module} does not have a parametrization on {tensor_name}")
    parametrizations = module.parametrizations[tensor_name]
    if not leave_parametrized and not parametrizations.is_tensor:
        raise ValueError("Cannot leave unparametrized (`leave_parametrized=False`) a tensor "
                         "that is parametrized in terms of a sequence of tensors.")
    with no_grad():
        made = getattr(module, tensor_name).detach()
    if parametrizations.is_tensor:
        original = parametrizations.original
        if leave_parametrized:
            original.data = made
    else:
        original = Parameter(made) if any(True for _ in parametrizations.parameters()) else made
    delattr(type(module), tensor_name)
    del module.parametrizations[tensor_name]
    _register(module, tensor_name, original)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = type(module).__bases__[0]
    return module


def cached():
    """A parametrization gives the same within, however often it is read: it is recorded anew each time here."""
    return contextlib.nullcontext()
