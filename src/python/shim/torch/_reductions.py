"""Reductions over axes, in all the forms their arguments take: whole tensor, one axis, several, keepdim."""
import math
from collections import namedtuple

from ._apply import apply, apply_all, check_implemented, check_tensor, filled, named, result_of, type_name
from ._dtype import FLOAT, INTEGER, SCALAR_TYPES, bool_, dtype_of, int64
from ._registry import public
from ._size import axes, axis
from ._tensor import Tensor


def _return_type(name, fields="values indices"):
    cls = namedtuple(name, fields)
    cls.__module__ = "torch.return_types"
    lines = fields.split()
    cls.__repr__ = lambda self: f"torch.return_types.{name}(\n" + ",\n".join(
        f"{field}={getattr(self, field)!r}" for field in lines) + ")"
    return cls


def _reduce(op, input, dim, keepdim, operation, **attributes):
    return apply(op, input, operation=operation, dim=axes(dim, input.dim()), keepdim=bool(keepdim), **attributes)


def _cast(input, dtype):
    return input if dtype is None else input.to(dtype_of(dtype))


def _named(function, name):
    function.__name__ = function.__qualname__ = name
    return public(function)


def _plain(name, default_dim=None):
    def function(input, dim=default_dim, keepdim=False, *, dtype=None):
        check_tensor(input, name)
        operation = name if dim is None else name + "_dim"
        return _cast(_reduce(name, _cast(input, dtype), dim, keepdim, operation), dtype)
    return _named(function, name)


sum = _plain("sum")


@public
def mean(input, dim=None, keepdim=False, *, dtype=None):
    check_tensor(input, "mean")
    input = _cast(input, dtype)
    if input.dtype.category != FLOAT:
        raise RuntimeError(f"mean(): could not infer output dtype. {'Input' if dtype is None else 'Optional'} dtype must be either a floating point or complex dtype. "
                           f"Got: {SCALAR_TYPES[input.value.dtype]}")
    return _reduce("mean", input, dim, keepdim, "mean" if dim is None else "mean_dim")


@public
def prod(input, dim=None, keepdim=False, *, dtype=None):
    return _cast(_reduce("prod", _cast(input, dtype), dim, keepdim, "prod" if dim is None else "prod_dim"), dtype)


def _truth(name):
    def function(input, dim=None, keepdim=False):
        return _reduce(name, input, dim, keepdim, name)
    return _named(function, name)


all, any = _truth("all"), _truth("any")


def _extreme(name):
    def function(input, dim=(), keepdim=False):
        return _reduce(name, input, dim, keepdim, name)
    return _named(function, name)


amax, amin = _extreme("amax"), _extreme("amin")


def _arg_extreme(name):
    def function(input, dim=None, keepdim=False):
        if input.numel() == 0 and dim is None:
            raise IndexError(f"{name}(): Expected reduction dim to be specified for input.numel() == 0.")
        if dim is None:
            shape = [1] * input.dim() if keepdim else []
            return apply(name, input.reshape(-1), dim=0, keepdim=False).reshape(shape)
        if input.dim() == 0:
            axis(dim, 0)
            return filled((), 0, int64)
        return apply(name, input, dim=axis(dim, input.dim()), keepdim=bool(keepdim))
    return _named(function, name)


argmax, argmin = _arg_extreme("argmax"), _arg_extreme("argmin")


def _max_or_min(name):
    result_type = _return_type(name)

    def function(input, dim=None, keepdim=False, other=None):
        if isinstance(dim, Tensor):
            other, dim = dim, None
        if other is not None:
            return apply(name + "imum", input, other)
        if not isinstance(input, Tensor):
            raise TypeError(f"{name}(): argument 'input' (position 1) must be Tensor, not {type_name(input)}")
        if input.numel() == 0 and dim is None:
            raise RuntimeError(f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim "
                               "with the 'dim' argument.")
        if dim is None:
            return apply("a" + name, input, operation=name, dim=list(range(input.dim())), keepdim=False)
        if input.dim() == 0:
            axis(dim, 0)
            return result_type(input.clone(), filled((), 0, int64))
        position = axis(dim, input.dim())
        if input.value.shape[position] == 0:
            raise IndexError(f"{name}(): Expected reduction dim {position} to have non-zero size.")
        # of bools, which have no argmax of their own
        numbers = input.to(int64) if input.dtype is bool_ else input
        indices = apply("arg" + name, numbers, dim=position, keepdim=True)
        chosen = apply("gather", input, indices, operation=name + "_dim", dim=position)
        if not keepdim:
            chosen = dropped(chosen, position, name + "_dim")
            indices = dropped(indices, position, None)
        return result_type(chosen, indices)
    return _named(function, name)


def dropped(tensor, position, operation):
    """Without an axis of size 1."""
    shape = list(tensor.value.shape)
    del shape[position]
    return apply("reshape", tensor, operation=operation, shape=shape)


max, min = _max_or_min("max"), _max_or_min("min")


@public
def aminmax(input, *, dim=None, keepdim=False):
    pair = _return_type("aminmax", "min max")
    dims = () if dim is None else dim
    return pair(amin(input, dims, keepdim), amax(input, dims, keepdim))


def _correction(dim, unbiased, correction):
    """Arguments come as (unbiased), (dim, unbiased, keepdim) or with correction=."""
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if correction is None:
        correction = 1 if unbiased is None or unbiased else 0
    return dim, correction


@public
def var(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    dim, correction = _correction(dim, unbiased, correction)
    _check_float(input, "std and var")
    return _reduce("var", input, dim, keepdim, "var", correction=correction)


@public
def std(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    dim, correction = _correction(dim, unbiased, correction)
    _check_float(input, "std and var")
    variance = _reduce("var", input, dim, keepdim, "var", correction=correction)
    return _root(variance, 2, "std")


def _root(total, power, operation):
    """The root of a sum of powers. Where that is 0 its gradient is 0 too, as PyTorch masks it (norm_backward, std_backward)."""
    is_zero, zero, one = total == 0, filled((), 0, total.dtype), filled((), 1, total.dtype)
    positive = apply("where", is_zero, one, total)
    return apply("where", is_zero, zero, apply("sqrt", positive) if power == 2 else positive ** (1.0 / power), operation=operation)


def _check_float(input, name):
    if input.dtype.category != FLOAT:
        raise RuntimeError(f"{name} only support floating point and complex dtypes")


@public(function_only=True)
def var_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    _check_float(input, "var_mean")
    dim, correction = _correction(dim, unbiased, correction)
    return var(input, dim, keepdim=keepdim, correction=correction), mean(input, dim, keepdim)


@public(function_only=True)
def std_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=None):
    _check_float(input, "std_mean")
    dim, correction = _correction(dim, unbiased, correction)
    return std(input, dim, keepdim=keepdim, correction=correction), mean(input, dim, keepdim)


@public
def logsumexp(input, dim, keepdim=False):
    return _reduce("logsumexp", input, dim, keepdim, "logsumexp")


@public
def norm(input, p="fro", dim=None, keepdim=False, dtype=None):
    input = _cast(input, dtype)
    if p == "nuc":
        from ._decompositions import matrix_norm
        return matrix_norm(input, "nuc", (-2, -1) if dim is None else dim, keepdim)
    return vector_norm(input, 2 if p in ("fro", None) else p, dim, keepdim)


def vector_norm(input, ord=2, dim=None, keepdim=False, *, dtype=None):
    """The p-norm over axes."""
    _check_norm(input)
    magnitude = apply("abs", input)
    if ord == math.inf:
        return _reduce("amax", magnitude, dim, keepdim, "norm")
    if ord == -math.inf:
        return _reduce("amin", magnitude, dim, keepdim, "norm")
    if ord == 0:
        return result_of(_reduce("sum", (input != 0).to(input.dtype), dim, keepdim, "norm").value, (input,), "norm")
    if ord == 1:
        return _reduce("sum", magnitude, dim, keepdim, "norm")
    if ord <= 1:
        # the slope of such a power is infinite at 0, where PyTorch has none
        is_zero, one = input == 0, filled((), 1, input.dtype)
        powers = apply("where", is_zero, filled((), 0.0 if ord > 0 else math.inf, input.dtype), apply("where", is_zero, one, magnitude) ** ord)
    else:
        powers = apply("square", input) if ord == 2 else magnitude ** ord
    total = _reduce("sum", powers, dim, keepdim, "norm")
    return _root(total, ord, "norm") if ord > 0 else named(total ** (1.0 / ord), "norm")


def _check_norm(input):
    if input.dtype.category != FLOAT:
        raise RuntimeError(f"linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
                           f"{SCALAR_TYPES[input.value.dtype]}")


@public(inplace=True)
def renorm(input, p, dim, maxnorm):
    """Slices along `dim` whose p-norm is above `maxnorm`, shortened to it."""
    if input.dim() < 2:
        raise RuntimeError(f"renorm: input needs at least 2 dimensions, got {input.dim()} dimensions")
    if p <= 0:
        raise RuntimeError("renorm: non-positive-norm not supported")
    if maxnorm < 0:
        raise RuntimeError(f"renorm: expected maxnorm to be >= 0 but got {maxnorm}")
    kept = input._axis(dim)
    lengths = vector_norm(input, p, tuple(other for other in range(input.dim()) if other != kept), keepdim=True)
    factor = apply("where", lengths > maxnorm, maxnorm / (lengths + 1e-7), filled((), 1, input.dtype))
    return named(input * factor, "renorm")


@public
def dist(input, other, p=2):
    difference = input - other
    if difference.dtype.category != FLOAT:
        raise RuntimeError(f"norm(): input dtype should be either floating point or complex. Got {difference._scalar_type()} instead.")
    return vector_norm(difference, p)


@public
def count_nonzero(input, dim=None):
    return sum((input != 0).to(int64), dim)


@public(inplace=True)
def cumsum(input, dim, *, dtype=None):
    return _running("cumsum", input, dim, dtype)


@public(inplace=True)
def cumprod(input, dim, *, dtype=None):
    return _running("cumprod", input, dim, dtype)


def _running(name, input, dim, dtype):
    if dtype is not None:
        check_implemented(name + "_out_cpu", dtype_of(dtype), INTEGER, FLOAT)
    input = _cast(input, dtype)
    return _cast(apply(name, input, dim=axis(dim, input.dim())), dtype)


def _running_extreme(name):
    result_type = _return_type(name)

    def function(input, dim):
        return result_type(*apply_all(name, input, dim=axis(dim, input.dim())))
    return _named(function, name)


cummax, cummin = _running_extreme("cummax"), _running_extreme("cummin")


@public
def logcumsumexp(input, dim):
    check_implemented("logcumsumexp_out_cpu", input.dtype, FLOAT)
    return apply("logcumsumexp", input, dim=axis(dim, input.dim()))


@public
def diff(input, n=1, dim=-1, prepend=None, append=None):
    if input.dim() == 0:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if prepend is not None or append is not None:
        from ._joining import cat
        input = cat([part for part in (prepend, input, append) if part is not None], dim)
    for _ in range(n):
        size = input.value.shape[axis(dim, input.dim())]
        if size == 0:
            return input
        later, earlier = input.narrow(dim, 1, size - 1), input.narrow(dim, 0, size - 1)
        input = later != earlier if input.dtype is bool_ else later - earlier
    return input


@public(layer="softmax")
def softmax(input, dim, dtype=None):
    input = _floating(_cast(input, dtype), "softmax", dim)
    return apply("softmax", input, dim=axis(dim, input.dim()))


@public(layer="log_softmax")
def log_softmax(input, dim, dtype=None):
    input = _floating(_cast(input, dtype), "log_softmax", dim)
    return apply("log_softmax", input, dim=axis(dim, input.dim()))


def _floating(input, name, dim):
    is_last = axis(dim, input.dim()) >= input.dim() - 1
    check_implemented(f'{name}{"_lastdim" if is_last else ""}_kernel_impl', input.dtype, FLOAT)
    return input


@public
def nansum(input, dim=None, keepdim=False, *, dtype=None):
    clean = apply("where", apply("isnan", input), filled((), 0, input.dtype), input)
    return sum(clean, dim, keepdim, dtype=dtype)


@public
def nanmean(input, dim=None, keepdim=False, *, dtype=None):
    input = _cast(input, dtype)
    if not input.is_floating_point():
        raise RuntimeError(f"nanmean(): expected input to have floating point or complex dtype but got {input._scalar_type()}")
    count = apply("logical_not", apply("isnan", input)).to(input.dtype)
    return nansum(input, dim, keepdim) / sum(count, dim, keepdim)


@public
def trace(input):
    if input.dim() != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input.dim()}")
    check_implemented("trace", input.dtype, INTEGER, FLOAT)
    return input.diagonal().sum()
