"""Operations on each element: functions of torch and methods of Tensor, from tables of names."""
import builtins
import math

from ._apply import apply, check_implemented, filled, is_number, named, number_of, operand, type_name, with_zero_gradient
from ._dtype import BOOL, C_TYPES, FLOAT, INTEGER, get_default_dtype, number_dtype
from ._registry import public
from ._tensor import Tensor

# Name of torch and op -> layer name under which the user's own call is a row. All have in-place forms.
_UNARY = {
    "abs": None, "neg": None, "sign": None, "exp": None, "expm1": None, "log": None, "log1p": None, "log2": None, "log10": None,
    "sqrt": None, "rsqrt": None, "reciprocal": None, "sin": None, "cos": None, "tan": None,
    "asin": None, "acos": None, "atan": None, "sinh": None, "cosh": None, "asinh": None, "acosh": None, "atanh": None, "erf": None,
    "erfc": None, "erfinv": None, "lgamma": None, "digamma": None, "i0": None, "floor": None, "ceil": None,
    "trunc": None, "logical_not": None, "square": None, "relu": "relu", "sigmoid": "sigmoid", "tanh": "tanh", "selu": "selu",
}
_TESTS = ("isnan", "isinf")  # without in-place forms
_ALIASES = {"abs": ("absolute",), "neg": ("negative",), "asin": ("arcsin",), "acos": ("arccos",), "atan": ("arctan",),
            "asinh": ("arcsinh",), "acosh": ("arccosh",), "atanh": ("arctanh",),
            "trunc": ("fix",)}

# Name of torch and op -> other names.
_BINARY = {
    "atan2": ("arctan2",), "logical_and": (), "logical_or": (), "logical_xor": (),
    "eq": (), "ne": ("not_equal",), "lt": ("less",), "le": ("less_equal",), "gt": ("greater",), "ge": ("greater_equal",),
    "remainder": (), "fmod": (), "floor_divide": (), "mul": ("multiply",),
}


def _unary(name):
    def function(input):
        return apply(name, input)
    return function


def _binary(name):
    def function(input, other):
        return binary(name, input, other)
    return function


def binary(op, input, other, operation=None):
    """Records a broadcasting op; either side may be a Python number, which takes the other side's type."""
    if not isinstance(input, Tensor):
        given = input
        input = operand(given, other if isinstance(other, Tensor) else None)
        if input is None:
            raise TypeError(f"{op}(): argument 'input' (position 1) must be Tensor, not {type_name(given)}")
    if not isinstance(other, Tensor):
        given = other
        other = operand(given, input)
        if other is None:
            raise TypeError(f"{op}(): argument 'other' (position 2) must be Tensor, not {type_name(given)}")
    return apply(op, input, other, operation=operation)


def _publish(make, name, **how):
    function = make(name)
    function.__name__ = function.__qualname__ = name
    return public(function, **how)


for _name, _layer in _UNARY.items():
    globals()[_name] = _publish(_unary, _name, inplace=True, layer=_layer, aliases=_ALIASES.get(_name, ()))
for _name in _TESTS:
    globals()[_name] = _publish(_unary, _name)
for _name, _aliases in _BINARY.items():
    globals()[_name] = _publish(_binary, _name, inplace=True, aliases=_aliases)


@public(layer="maximum")
def maximum(input, other):
    return apply("maximum", input, other)


@public(layer="minimum")
def minimum(input, other):
    return apply("minimum", input, other)


def _scaled(other, alpha, input):
    """`alpha * other`, as add and sub take it."""
    if alpha == 1:
        return other
    if isinstance(alpha, float) and not any(isinstance(each, float) or isinstance(each, Tensor) and each.dtype.category > INTEGER for each in (input, other)):
        raise RuntimeError("For integral input tensors, argument alpha must not be a floating point number.")
    return number_of(other) * alpha if is_number(other) else binary("mul", other, alpha)


@public(inplace=True)
def add(input, other, *, alpha=1):
    return binary("add", input, _scaled(other, alpha, input), "add")


@public(inplace=True, aliases=("subtract",))
def sub(input, other, *, alpha=1):
    if _is_bool(input) and _is_bool(other):
        raise RuntimeError("Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
                           "`logical_xor()` operator instead.")
    _refuse_bool(input, other)
    return binary("sub", input, _scaled(other, alpha, input), "sub")


def _is_bool(thing):
    return isinstance(thing, bool) or isinstance(thing, Tensor) and thing.value.dtype == "bool"


def _refuse_bool(*operands):
    if any(isinstance(each, bool) for each in operands):
        raise RuntimeError("Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or "
                           "`logical_not()` operator instead.")


@public(function_only=True)
def rsub(input, other, *, alpha=1):
    return sub(other, input, alpha=alpha) if isinstance(other, bool) else binary("sub", other, _scaled(input, alpha, other), "rsub")


@public(inplace=True, aliases=("divide", "true_divide"))
def div(input, other, *, rounding_mode=None):
    if rounding_mode is None:
        if isinstance(other, int) and isinstance(input, Tensor) and not input.is_floating_point():
            other = float(other)  # which the type of the integers need not hold
        return binary("div", input, other)
    if rounding_mode == "floor":
        quotient = binary("floor_divide", input, other)
        return with_zero_gradient(quotient.detach(), input, other, operation="div_mode") if quotient.requires_grad else quotient
    if rounding_mode == "trunc":
        return _truncated_quotient(input, other)
    raise RuntimeError(f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{rounding_mode}'")


def _truncated_quotient(input, other):
    dtype = binary("add", input, other).dtype
    if dtype.category == FLOAT:
        return apply("trunc", binary("div", input, other), operation="div_mode").to(dtype)
    check_implemented("div_trunc_cpu", dtype, INTEGER)
    # exact, as no float would hold the quotient
    input, other = (each.to(dtype) if isinstance(each, Tensor) else filled((), each, dtype) for each in (input, other))
    return binary("floor_divide", input - apply("fmod", input, other), other, "div")


# Exponents that PyTorch computes otherwise, with other values for −∞ and −0; and faster.
_POWERS = {0.5: "sqrt", 2: "square", -1: "reciprocal"}


@public(inplace=True)
def pow(input, exponent):
    if isinstance(exponent, int) and isinstance(input, Tensor) and input.dtype.category != FLOAT:
        if exponent < 0:
            raise RuntimeError("Integers to negative integer powers are not allowed.")
        if isinstance(exponent, bool) and input.dtype.category == BOOL:
            return input.clone() if exponent else filled(input.value.shape, True, input.dtype)
        if input.dtype.category == INTEGER:
            check_held(exponent, input.dtype)
    if type(exponent) in (int, float) and exponent in _POWERS and isinstance(input, Tensor) and input.is_floating_point():
        return apply(_POWERS[exponent], input, operation="pow")
    return binary("pow", input, exponent, "pow" if is_number(exponent) else "pow_tensor" if isinstance(input, Tensor) else "rpow")


@public(inplace=True)
def float_power(input, exponent):
    return binary("pow", input.double() if isinstance(input, Tensor) else float(input), exponent)


@public(inplace=True, aliases=("clip",))
def clamp(input, min=None, max=None):
    if min is None and max is None:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    if isinstance(min, Tensor) or isinstance(max, Tensor):
        if any(is_number(bound) for bound in (min, max)):
            raise TypeError(f"clamp() received an invalid combination of arguments - got (max={type_name(max)}, min={type_name(min)}, ), but expected one of:\n"
                            " * (Tensor min, Tensor max)\n * (Number min, Number max)\n")
        result = input
        for bound, holds, otherwise in ((min, "ge", "maximum"), (max, "le", "minimum")):
            if bound is not None:  # on the bound the gradient is the input's
                result = apply("where", binary(holds, result, bound), result, binary(otherwise, result, bound), operation="clamp")
        return result
    bounds = [bound for bound in (min, max) if bound is not None]
    if any(number_of(bound) != number_of(bound) for bound in bounds):  # by a NaN everything becomes one
        return apply("add", input, filled((), math.nan, input.dtype if input.is_floating_point() else get_default_dtype()), operation="clamp_number")
    if builtins.all(isinstance(bound, bool) for bound in bounds):
        check_implemented("clamp_scalar_cpu" if len(bounds) == 2 else "clamp_max_scalar_cpu" if min is None else "clamp_min_scalar_cpu", input.dtype, INTEGER, FLOAT)
    if input.dtype.category == INTEGER and any(isinstance(bound, float) for bound in bounds):
        input = input.to(get_default_dtype())
    min, max = map(_number, (min, max))
    if input.dtype.category == INTEGER:
        min, max = (bound if bound is None else _held(bound, input.dtype) for bound in (min, max))
    finite = [None if bound is None or math.isinf(bound) else bound for bound in (min, max)]
    return apply("clamp", input, operation="clamp_number", min=finite[0], max=finite[1])


def _held(bound, dtype):
    check_held(bound, dtype)
    return bound % 256 if dtype.name == "uint8" else bound


def _number(bound):
    """Of a bool, the integer."""
    return None if bound is None else number_of(bound) + 0


@public(inplace=True)
def clamp_min(input, min):
    return clamp(input, min=min)


@public(inplace=True)
def clamp_max(input, max):
    return clamp(input, max=max)


def raised(input, least):
    """At least `least`, with the gradient of the input itself everywhere: what PyTorch clamps without recording it."""
    return where(input < least, least + (input - input.detach()), input)


@public(inplace=True)
def round(input, *, decimals=0):
    if decimals == 0:
        return apply("round", input)
    check_implemented("round_cpu", input.dtype, FLOAT)
    scale = 10.0 ** _magnitude(decimals)
    if decimals > 0:
        return apply("round", input * scale) / scale
    return apply("round", input / scale) * scale


def _magnitude(number):
    return number if number >= 0 else -number


@public(inplace=True)
def frac(input):
    check_implemented("frac_cpu", input.dtype, FLOAT)
    return input - apply("trunc", input)


@public(inplace=True)
def nan_to_num(input, nan=0.0, posinf=None, neginf=None):
    if not input.dtype.is_floating_point:
        return input.clone()
    nan = 0.0 if nan is None else nan
    from ._dtype import finfo
    limits = finfo(input.dtype)
    result = where(apply("isnan", input), nan, input)
    result = where(result == math.inf, limits.max if posinf is None else posinf, result)
    return where(result == -math.inf, limits.min if neginf is None else neginf, result)


@public(inplace=True)
def lerp(input, end, weight):
    for name, other in (("end", end), ("weight", weight)):
        if isinstance(other, Tensor) and other.dtype is not input.dtype and other.dim():
            raise RuntimeError(f"expected dtype {C_TYPES[input.value.dtype]} for `{name}` but got dtype {C_TYPES[other.value.dtype]}")
    is_number_ = not isinstance(weight, Tensor)
    check_implemented("lerp_kernel_scalar" if is_number_ else "lerp_kernel_tensor", input.dtype, FLOAT)
    # from the nearer end, so that a weight of 1 gives the other one itself
    if is_number_:
        nearer, part = (input, weight) if builtins.abs(weight) < 0.5 else (end, weight - 1)
    else:
        is_near = weight.abs() < 0.5
        nearer, part = where(is_near, input, end), where(is_near, weight, weight - 1)
    return named(nearer + part * (end - input), "lerp")


@public(inplace=True)
def addcmul(input, tensor1, tensor2, *, value=1):
    check_implemented("addcmul_cpu_out", input.dtype, INTEGER, FLOAT)
    product = tensor1 * tensor2
    return input + (product if value == 1 else product * value)


@public(inplace=True)
def addcdiv(input, tensor1, tensor2, *, value=1):
    if tensor1.dtype.category != FLOAT and tensor2.dtype.category != FLOAT:
        raise RuntimeError("Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. "
                           "The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as "
                           "(input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: "
                           "(input + value * tensor1 / tensor2), for all dtypes.")
    quotient = tensor1 / tensor2
    return input + (quotient if value == 1 else quotient * value)


# What messages call the types that a number is to be converted to, where it is not C_TYPES'
_NUMBER_TYPES = {"int64": "int64_t", "int16": "int16_t", "int8": "int8_t", "uint8": "uint8_t"}


def check_held(number, dtype):
    """A number that a tensor is to be filled with must lie in the range of its type, of which floats have infinity as well."""
    from ._dtype import finfo, iinfo
    if dtype.is_complex or dtype is number_dtype(True):
        return
    limits = finfo(dtype) if dtype.is_floating_point else iinfo(dtype)
    # PyTorch lets negative integers wrap
    low = -limits.max if dtype.name == "uint8" and isinstance(number, int) else limits.min
    if not low <= number <= limits.max and not (dtype.is_floating_point and not math.isfinite(number)):
        raise RuntimeError(f"value cannot be converted to type {_NUMBER_TYPES.get(dtype.name, C_TYPES[dtype.name])} without overflow")


@public(inplace=True)
def masked_fill(input, mask, value):
    if mask.value.dtype != "bool":
        raise RuntimeError(f"masked_fill_ only supports boolean masks, but got mask with dtype {C_TYPES[mask.value.dtype]}")
    if isinstance(value, Tensor):
        if value.dim():
            raise RuntimeError(f"masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {value.dim()} dimension(s).")
        filler = value.to(input.dtype)
    else:
        number = number_of(value)
        check_held(number, input.dtype)
        filler = filled((), bool(number) if input.value.dtype == "bool" else number, input.dtype)
    return apply("where", mask, filler, input, operation="masked_fill")


@public
def where(condition, input=None, other=None):
    """Elements of `input` where `condition` holds, else of `other`. With one argument: the indices of what holds."""
    if input is None:
        return nonzero_indices(condition)
    if not isinstance(condition, Tensor):
        raise TypeError(f"where(): argument 'condition' (position 1) must be Tensor, not {type_name(condition)}")
    if condition.value.dtype != "bool":
        if condition.value.dtype != "uint8":
            raise RuntimeError("where expected condition to be a boolean tensor, but got a tensor with dtype "
                               + condition._scalar_type())
        condition = condition.to(number_dtype(True))
    input = operand(input, other if isinstance(other, Tensor) else None)
    return apply("where", condition, input, operand(other, input))


Tensor.where = lambda self, condition, other: where(condition, self, other)


def nonzero_indices(condition):
    from ._indexing import nonzero
    return nonzero(condition, as_tuple=True)


@public
def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    if input.dtype is not other.dtype:
        raise RuntimeError(f"{input._scalar_type()} did not match {other._scalar_type()}")
    if input.dtype is number_dtype(True):
        return input == other
    if not input.is_floating_point():
        input, other = (each.to(get_default_dtype()) for each in (input, other))
    close = (input - other).abs() <= atol + rtol * other.abs()
    close = apply("logical_or", close, input == other)
    if equal_nan:
        close = apply("logical_or", close, apply("logical_and", apply("isnan", input), apply("isnan", other)))
    return close


@public
def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(isclose(input, other, rtol, atol, equal_nan).all())


@public
def equal(input, other):
    """True if both have the same shape and elements."""
    if not isinstance(other, Tensor):
        raise TypeError(f"equal(): argument 'other' (position 2) must be Tensor, not {type_name(other)}")
    return input.value.shape == other.value.shape and bool((input == other).all())


del _name, _layer, _aliases
