"""What the layers of a model say that they take; of a model or function without such layers, what its matrices and filters say."""
import operator

from ..recording import array


def of(owner, model):
    """[(module, hint)] as of `Framework.input_hints`."""
    if not owner.is_model(model):
        return _hints_of_function(owner, model)
    said = [(module, {key: _as_number(value) for key, value in hint.items()}) for module, hint in owner.input_hints(model)]
    return said or _hints_of_parameters(owner, model)


def _as_number(value):
    """A layer may keep a size that stands in for one of an absent package."""
    return operator.index(value) if not isinstance(value, (int, float, str, tuple, list)) and hasattr(value, "__index__") else value


def _hints_of_function(owner, function):
    """What the matrices and filters that a function reads from its file say of its input."""
    read = [function.__globals__.get(name) for name in getattr(getattr(function, "__code__", None), "co_names", ())]
    return [hint for thing in read if isinstance(thing, array.Array) for hint in _hints_of_array(owner, thing, thing)]


def _hints_of_parameters(owner, model):
    """The same of a model whose layers are all its own: graph convolutions."""
    return [hint for entry in owner.parameters(model) for hint in _hints_of_array(owner, entry.module, entry.array)]


def _hints_of_array(owner, module, weight):
    shape = weight.value.shape
    if len(shape) == 2:
        return [(module, {"kind": "linear", "features": features}) for features in shape]
    if len(shape) == 4:
        return [(module, {"kind": "conv", "features": shape[1] if owner.channel_axis == "first" else shape[2], "rank": 2})]
    return []
