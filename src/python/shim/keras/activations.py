"""keras.activations: activation functions, and how a layer finds one by name."""
from ._backend import neural as _neural
from ._backend.operations import LAYERS as _LAYERS
from ._backend.public import function as _function

# name -> (signature, implementation, name of its row when the user calls it)
_TABLE = {
    "relu": ("x, negative_slope=0.0, max_value=None, threshold=0.0", _neural.relu),
    "leaky_relu": ("x, negative_slope=0.2", _neural.leaky_relu),
    "elu": ("x, alpha=1.0", _neural.elu),
    "celu": ("x, alpha=1.0", _neural.celu),
    "gelu": ("x, approximate=False", _neural.gelu),
    "softplus": ("x", _neural.softplus),
    "hard_tanh": ("x", _neural.hard_tanh),
    "hard_shrink": ("x, threshold=0.5", _neural.hard_shrink),
    "soft_shrink": ("x, threshold=0.5", _neural.soft_shrink),
    "softmax": ("x, axis=-1", _neural.softmax),
    "log_softmax": ("x, axis=-1", _neural.log_softmax),
    **{name: ("x", implementation) for name, implementation in _neural.plain.items()},
    "swish": ("x", _neural.plain["silu"]),
    "hard_swish": ("x", _neural.plain["hard_silu"]),
}
globals().update({name: _function(name, signature, implementation, _LAYERS.get(name, name))
                  for name, (signature, implementation) in _TABLE.items()})


def linear(x):
    return x


def get(identifier):
    """The function that `activation=` names: by name, a function, a layer, or None."""
    if identifier is None:
        return linear
    if isinstance(identifier, dict):
        identifier = identifier.get("config", {}).get("name") or identifier.get("class_name")
    if isinstance(identifier, str):
        if identifier == "linear":
            return linear
        if identifier in _TABLE:
            return globals()[identifier]
        raise ValueError(f"Could not interpret activation function identifier: {identifier}")
    if isinstance(identifier, type):
        return identifier()
    if callable(identifier):
        return identifier
    raise ValueError(f"Could not interpret activation function identifier: {identifier}")


def serialize(activation):
    return getattr(activation, "__name__", None) or type(activation).__name__


def deserialize(config, custom_objects=None):
    return get(config)


