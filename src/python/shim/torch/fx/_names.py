"""Names of torch.fx: of a graph's values, and of the functions that its code calls."""
import builtins
import inspect
import keyword
import re

# Functions of torch.nn.functional that PyTorch has in C, by the module that they name as theirs
_OF_TORCH = frozenset("""
    adaptive_avg_pool1d avg_pool1d bilinear celu_ channel_shuffle conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d cosine_similarity hardshrink
    pairwise_distance pdist pixel_shuffle pixel_unshuffle prelu relu_ rrelu_ selu_ threshold_""".split())
_OF_NN = frozenset("avg_pool2d avg_pool3d elu_ gelu hardtanh_ leaky_relu_ linear logsigmoid one_hot scaled_dot_product_attention softplus softshrink".split())
_TAKEN = frozenset((*keyword.kwlist, *dir(builtins), "inf", "nan", "NoneType", "torch", "device", "fx_pytree", "pytree"))


def qualified(function):
    """As code names it: torch.relu, operator.add, torch._C._nn.gelu."""
    from .. import _public_names
    from ..nn import functional
    name, module = function.__name__, getattr(function, "__module__", None) or "builtins"
    if getattr(builtins, name, None) is function:
        return f"builtins.{name}"
    if module.startswith("_operator"):
        return f"operator.{name}"
    if getattr(functional, name, None) is function:
        if name in _OF_TORCH:
            return f"torch.{name}"
        return f"torch._C._nn.{'log_sigmoid' if name == 'logsigmoid' else name}" if name in _OF_NN else f"torch.nn.functional.{name}"
    if _public_names.is_public("torch", name) and _is_of_torch(function):
        return f"torch.{name}"
    return f"{module}.{name}"


def _is_of_torch(function):
    import torch
    return getattr(torch, function.__name__, None) is function


def type_name(annotation):
    """How an annotation is printed; "" of none, and of those that are no class of torch or of Python."""
    module = getattr(annotation, "__module__", "")
    if not isinstance(annotation, type) or module.partition(".")[0] not in ("torch", "builtins"):
        return ""
    return annotation.__qualname__ if module == "builtins" else f"{module}.{annotation.__qualname__}"


def with_defaults(function, args, kwargs):
    """(args, kwargs) of a call as PyTorch has them in a graph: functions of torch.nn.functional that are written in Python give all that they take by name."""
    if not qualified(function).startswith("torch.nn.functional."):
        return args, kwargs
    parameters = inspect.signature(function).parameters
    given = inspect.signature(function).bind(*args, **kwargs)
    given.apply_defaults()
    named = {name: item for name, item in given.arguments.items() if parameters[name].default is not inspect.Parameter.empty}
    return tuple(item for name, item in given.arguments.items() if name not in named), named


class Namespace:
    """Gives each value of a graph a name of its own."""

    def __init__(self):
        self._used, self._counts = set(), {}

    def create_name(self, candidate, obj=None):
        candidate = re.sub("[^0-9a-zA-Z_]+", "_", candidate) or "_unnamed"
        if candidate[0].isdigit():
            candidate = f"_{candidate}"
        base, number = re.match(r"^(.*?)(?:_(\d+))?$", candidate).groups()
        if number is None or candidate in self._used:
            number = self._counts.get(base, 0)
            if candidate in _TAKEN:
                number += 1
                candidate = f"{base}_{number}"
        number = int(number)
        while candidate in self._used:
            number += 1
            candidate = f"{base}_{number}"
        self._used.add(candidate)
        self._counts[base] = number
        return candidate


def snake_case(name):
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()
