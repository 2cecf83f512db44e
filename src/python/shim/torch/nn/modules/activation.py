"""Activation modules. Those that only call a function with their numbers come from one table."""
from ..._creation import full
from .. import functional as F
from ..parameter import Parameter
from .module import Module

_INPLACE = ("inplace", "False")

# class -> (function, parameters with defaults, how it prints)
# A description is a format of the module's attributes; `+inplace` adds "inplace=True" where that is set.
_TABLE = {
    "ReLU": ("relu", [_INPLACE], "+inplace"),
    "SiLU": ("silu", [_INPLACE], "+inplace"),
    "Mish": ("mish", [_INPLACE], "+inplace"),
    "SELU": ("selu", [_INPLACE], "+inplace"),
    "Hardswish": ("hardswish", [_INPLACE], ""),
    "Hardsigmoid": ("hardsigmoid", [_INPLACE], ""),
    "LeakyReLU": ("leaky_relu", [("negative_slope", "1e-2"), _INPLACE], "negative_slope={negative_slope}+inplace"),
    "ELU": ("elu", [("alpha", "1.0"), _INPLACE], "alpha={alpha}+inplace"),
    "CELU": ("celu", [("alpha", "1.0"), _INPLACE], "alpha={alpha}+inplace"),
    "Threshold": ("threshold", [("threshold", None), ("value", None), _INPLACE], "threshold={threshold}, value={value}+inplace"),
    "GELU": ("gelu", [("approximate", "'none'")], "approximate={approximate!r}"),
    "Softplus": ("softplus", [("beta", "1.0"), ("threshold", "20.0")], "beta={beta}, threshold={threshold}"),
    "Hardshrink": ("hardshrink", [("lambd", "0.5")], "{lambd}"),
    "Softshrink": ("softshrink", [("lambd", "0.5")], "{lambd}"),
    "GLU": ("glu", [("dim", "-1")], "dim={dim}"),
    "Softmin": ("softmin", [("dim", "None")], "dim={dim}"),
    "Softmax": ("softmax", [("dim", "None")], "dim={dim}"),
    "LogSoftmax": ("log_softmax", [("dim", "None")], "dim={dim}"),
    "Sigmoid": ("sigmoid", [], ""),
    "Tanh": ("tanh", [], ""),
    "LogSigmoid": ("logsigmoid", [], ""),
    "Softsign": ("softsign", [], ""),
    "Tanhshrink": ("tanhshrink", [], ""),
}


def _make(name, function, parameters, description):
    arguments = ", ".join(parameter if default is None else f"{parameter}={default}" for parameter, default in parameters)
    body = "".join(f"\n    self.{parameter} = {parameter}" for parameter, _ in parameters)
    namespace = {"Module": Module, "__name__": __name__}
    exec(f"def __init__(self{', ' if arguments else ''}{arguments}):\n    Module.__init__(self){body}", namespace)
    names = [parameter for parameter, _ in parameters]
    text, _, shows_inplace = description.partition("+")

    def forward(self, input):
        return getattr(F, function)(input, *(getattr(self, parameter) for parameter in names))

    def extra_repr(self):
        parts = [text.format(**self.__dict__)] if text else []
        return ", ".join(parts + (["inplace=True"] if shows_inplace and self.inplace else []))
    initialize = namespace["__init__"]
    initialize.__qualname__ = f"{name}.__init__"
    return type(name, (Module,), {"__init__": initialize, "forward": forward, "extra_repr": extra_repr, "__module__": __name__})


for _name, _row in _TABLE.items():
    globals()[_name] = _make(_name, *_row)
del _name, _row


class Hardtanh(Module):
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        self.inplace = inplace
        if self.max_val <= self.min_val:
            raise AssertionError("max_val must be greater than min_val")

    def forward(self, input):
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self):
        return f"min_val={self.min_val}, max_val={self.max_val}" + (", inplace=True" if self.inplace else "")


class ReLU6(Hardtanh):
    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)

    def forward(self, input):
        return F.relu6(input, self.inplace)

    def extra_repr(self):
        return "inplace=True" if self.inplace else ""


class PReLU(Module):
    """max(0, x) + weight · min(0, x), the weight learned."""

    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters, self.init = num_parameters, init
        self.weight = Parameter(full((num_parameters,), float(init), dtype=dtype))

    def forward(self, input):
        return F.prelu(input, self.weight)

    def extra_repr(self):
        return f"num_parameters={self.num_parameters}"


class RReLU(Module):
    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__()
        self.lower, self.upper, self.inplace = lower, upper, inplace

    def forward(self, input):
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self):
        return f"lower={self.lower}, upper={self.upper}" + (", inplace=True" if self.inplace else "")


class Softmax2d(Module):
    """Softmax over the channels of (N, C, H, W)."""

    def forward(self, input):
        if input.dim() not in (3, 4):
            raise ValueError(f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead")
        return F.softmax(input, -3)
