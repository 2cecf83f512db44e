"""Activation functions of torch.nn.functional. Most are one op with its numbers; the table has those."""
from _lens.recording import calls
from _lens.recording.array import values_in

from .. import _elementwise, _reductions
from .._apply import apply, write
from .._drawing import drawn, exponential
from .._dtype import float64
from .._history import count as nodes
from .._known import known, numbers_of
from .._size import axis

layer = calls.function

# name -> (op, parameters with defaults in PyTorch's order, op's attribute for each), all followed by `inplace=False`.
_TABLE = {
    "relu": (), "relu6": (), "silu": (), "mish": (), "selu": (), "hardswish": (), "hardsigmoid": (),
    "leaky_relu": (("negative_slope", "0.01", "negativeSlope"),),
    "elu": (("alpha", "1.0", "alpha"),),
    "celu": (("alpha", "1.0", "alpha"),),
    "hardtanh": (("min_val", "-1.0", "minVal"), ("max_val", "1.0", "maxVal")),
    "threshold": (("threshold", None, "threshold"), ("value", None, "value")),
}
# As above, without `inplace`.
_PLAIN = {
    "logsigmoid": (), "softsign": (), "tanhshrink": (),
    "gelu": (("approximate", "'none'", "approximate"),),
    "softplus": (("beta", "1", "beta"), ("threshold", "20", "threshold")),
    "hardshrink": (("lambd", "0.5", "lambd"),),
    "softshrink": (("lambd", "0.5", "lambd"),),
}


def _check_gelu(approximate):
    if approximate not in ("none", "tanh"):
        raise RuntimeError("approximate argument must be either none or tanh.")


def _check_celu(alpha):
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")


def _check_hardtanh(min_val, max_val):
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")


def _check_softshrink(lambd):
    if lambd < 0:
        raise RuntimeError(f"lambda must be in range [0, 3.40282e+38] for input dtype Float, but found {lambd:g}")


# name -> what refuses its numbers
_CHECKS = {"gelu": _check_gelu, "celu": _check_celu, "hardtanh": _check_hardtanh, "softshrink": _check_softshrink}


def _finish(result, input, inplace):
    return write(input, result, in_place=True, since=nodes() - 1) if inplace else result


def _make(name, parameters, inplace):
    """A function with exactly PyTorch's parameters, so that Python itself words the errors of a wrong call."""
    arguments = ["input"] + [parameter if default is None else f"{parameter}={default}" for parameter, default, _ in parameters]
    attributes = "".join(f", {attribute}={parameter}" for parameter, _, attribute in parameters)
    check = f"_check({', '.join(parameter for parameter, _, _ in parameters)}); " if name in _CHECKS else ""
    if inplace:
        body = f"return _finish(apply('{name}', input{attributes}), input, inplace)"
        arguments.append("inplace=False")
    else:
        body = f"return apply('{name}', input{attributes})"
    namespace = {"apply": apply, "_finish": _finish, "_check": _CHECKS.get(name)}
    exec(f"def {name}({', '.join(arguments)}): {check}{body}", namespace)
    return layer(name, values_in)(namespace[name])


for _name, _parameters in _TABLE.items():
    globals()[_name] = _make(_name, _parameters, True)
    globals()[_name + "_"] = (lambda function: lambda input, *args: function(input, *args, inplace=True))(globals()[_name])
for _name, _parameters in _PLAIN.items():
    globals()[_name] = _make(_name, _parameters, False)
del _name, _parameters

sigmoid, tanh = _elementwise.sigmoid, _elementwise.tanh


@layer("prelu", values_in)
def prelu(input, weight):
    return apply("prelu", input, weight)


@layer("glu", values_in)
def glu(input, dim=-1):
    if input.dim() == 0:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    position = axis(dim, input.dim())
    size = input.value.shape[position]
    if size % 2:
        raise RuntimeError(f"Halving dimension must be even, but dimension {position} is size {size}")
    first, second = input.narrow(position, 0, size // 2), input.narrow(position, size // 2, size // 2)
    return apply("mul", first, apply("sigmoid", second), operation="glu")


@layer("rrelu", values_in)
def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False):
    if not training:
        return _finish(apply("leaky_relu", input, operation="rrelu", negativeSlope=(lower + upper) / 2), input, inplace)
    return _finish(apply("where", input > 0, input, input * _slopes(input, lower, upper), operation="rrelu"), input, inplace)


def _slopes(input, lower, upper):
    """One for each element: PyTorch draws for those that are not above 0 only, one after the other in memory, in double."""
    takes = (input.detach() <= 0).reshape(-1)
    # where that may be asked, as many as PyTorch takes: what is drawn afterwards is then the same, too
    count = sum(numbers_of(takes)) if known(takes) else input.numel()
    drawn_ = drawn("uniform", (max(int(count), 1 if input.numel() else 0),), float64, **{"from": float(lower), "to": float(upper)})
    place = (takes.cumsum(0) - 1).clamp_min(0)
    return drawn_.index_select(0, place).reshape(input.shape).to(input.dtype)


def rrelu_(input, lower=1.0 / 8, upper=1.0 / 3, training=False):
    return rrelu(input, lower, upper, training, inplace=True)


def _softmax_dim(rank, dim):
    return (0 if rank in (0, 1, 3) else 1) if dim is None else dim


@layer("softmax", values_in)
def softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _reductions.softmax(input, _softmax_dim(input.dim(), dim), dtype)


@layer("log_softmax", values_in)
def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    return _reductions.log_softmax(input, _softmax_dim(input.dim(), dim), dtype)


@layer("softmin", values_in)
def softmin(input, dim=None, _stacklevel=3, dtype=None):
    return _reductions.softmax(-input, _softmax_dim(input.dim(), dim), dtype)


@layer("gumbel_softmax", values_in)
def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    gumbels = -exponential(logits.contiguous()).log()
    soft = _reductions.softmax((logits + gumbels) / tau, dim)
    if not hard:
        return soft
    index = soft.argmax(dim, keepdim=True)
    chosen = (soft * 0).detach().scatter(dim, index, 1.0)
    return chosen - soft.detach() + soft
