"""Element-wise functions of one and two arrays: tables from names to ops, and the rules for mixed dtypes."""
from _lens import door
from _lens.recording.array import Array

from .dtypes import floatx, is_float, promoted, standard
from .errors import InvalidArgumentError
from .tensor import Tensor, as_tensor, scalar, value_of, wrap

# public name (NumPy's, as in keras.ops) -> op; integers become floats first
FLOAT_UNARY = {
    "exp": "exp", "expm1": "expm1", "log": "log", "log1p": "log1p", "log2": "log2", "log10": "log10", "sqrt": "sqrt",
    "rsqrt": "rsqrt", "sin": "sin", "cos": "cos", "tan": "tan", "arcsin": "asin", "arccos": "acos", "arctan": "atan",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "erf": "erf", "arcsinh": "asinh",
    "arccosh": "acosh", "arctanh": "atanh", "erfinv": "erfinv", "reciprocal": "reciprocal",
}
# kept in their own dtype
UNARY = {"negative": "neg", "absolute": "abs", "sign": "sign", "square": "square", "floor": "floor", "ceil": "ceil",
         "round": "round", "trunc": "trunc"}
PREDICATES = {"isnan": "isnan", "isinf": "isinf", "logical_not": "logical_not"}
BINARY = {"add": "add", "subtract": "sub", "multiply": "mul", "divide": "div", "power": "pow", "maximum": "maximum",
          "minimum": "minimum", "mod": "remainder", "floor_divide": "floor_divide", "arctan2": "atan2",
          "hypot": "hypot", "logaddexp": "logaddexp", "bitwise_and": "bitwise_and", "bitwise_or": "bitwise_or", "bitwise_xor": "bitwise_xor",
          "left_shift": "bitwise_left_shift", "right_shift": "bitwise_right_shift", "bitwise_left_shift": "bitwise_left_shift",
          "bitwise_right_shift": "bitwise_right_shift"}
COMPARISONS = {"equal": "eq", "not_equal": "ne", "less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge"}
LOGICAL = {"logical_and": "logical_and", "logical_or": "logical_or", "logical_xor": "logical_xor"}


def _float_value(x):
    value = value_of(x)
    return value if is_float(value.dtype) else door.record("cast", [value], dtype=floatx())


def float_unary(op):
    return lambda x: wrap(door.record(op, [_float_value(x)]))


def unary(op):
    return lambda x: wrap(door.record(op, [value_of(x)]))


def _weak(x):
    """Python numbers (and lists of them) take the other operand's dtype."""
    return not isinstance(x, (Array, door.Value))


def pair(x, y, strict, name):
    """The two operands in one dtype."""
    if _weak(x) and not _weak(y):
        return _adapted(x, y), y.value
    if _weak(y) and not _weak(x):
        return x.value, _adapted(y, x)
    a, b = value_of(x), value_of(y)
    if a.dtype != b.dtype:
        if strict and isinstance(x, Tensor) and isinstance(y, Tensor):
            raise InvalidArgumentError(
                f"cannot compute {name} as input #1(zero-based) was expected to be a {_cpp(a.dtype)} tensor "
                f"but is a {_cpp(b.dtype)} tensor [Op:{name}]")
        if isinstance(x, Tensor) and not isinstance(y, Tensor) and is_float(a.dtype) and is_float(b.dtype):
            dtype = a.dtype
        elif isinstance(y, Tensor) and not isinstance(x, Tensor) and is_float(a.dtype) and is_float(b.dtype):
            dtype = b.dtype
        else:
            dtype = promoted((a.dtype, b.dtype))
        a, b = value_of(a, dtype), value_of(b, dtype)
    return a, b


def _adapted(number, array):
    dtype = array.value.dtype
    if isinstance(number, bool):
        return scalar(int(number), dtype)
    if isinstance(number, float) and not is_float(dtype):
        raise TypeError(f"Cannot convert {number!r} to EagerTensor of dtype {dtype}")
    return value_of(number, dtype)


def _cpp(dtype):
    return {"float32": "float", "float64": "double", "float16": "half"}.get(dtype, dtype)


# op -> the kernel's name in TensorFlow's errors
_KERNELS = {"add": "AddV2", "sub": "Sub", "mul": "Mul", "div": "RealDiv", "pow": "Pow", "maximum": "Maximum", "minimum": "Minimum",
            "remainder": "FloorMod", "floor_divide": "FloorDiv", "eq": "Equal", "ne": "NotEqual", "lt": "Less", "le": "LessEqual",
            "gt": "Greater", "ge": "GreaterEqual"}


def _together(op, a, b):
    try:
        return wrap(door.record(op, [a, b]))
    except RuntimeError as error:
        if "must match" not in str(error):
            raise
        raise InvalidArgumentError(f"Incompatible shapes: [{_sizes(a)}] vs. [{_sizes(b)}] [Op:{_KERNELS.get(op, op)}]") from None


def _sizes(value):
    return ",".join(map(str, value.shape))


def binary(op, strict=False):
    def implementation(x, y):
        a, b = pair(x, y, strict, _KERNELS.get(op, op))
        if op == "div" and not is_float(a.dtype):
            dtype = "float64" if strict else floatx()
            a, b = value_of(a, dtype), value_of(b, dtype)
        return _together(op, a, b)
    return implementation


def logical(op):
    return lambda x, y: wrap(door.record(op, [value_of(x, "bool"), value_of(y, "bool")]))


def cast(x, dtype):
    return as_tensor(x, standard(dtype))


def where(condition, x=None, y=None):
    condition = value_of(condition, "bool")
    if x is None:
        raise door.UnsupportedError("where(condition) without x and y is not supported: its shape depends on the data")
    a, b = pair(x, y, False, "Select")
    return wrap(door.record("where", [condition, a, b]))


def clip(x, low, high):
    x = value_of(x)
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        result = wrap(x)
        if low is not None:
            result = binary("maximum")(result, low)
        return result if high is None else binary("minimum")(result, high)
    return wrap(door.record("clamp", [x], min=low, max=high))


def isfinite(x):
    x = _float_value(x)
    bad = door.record("logical_or", [door.record("isnan", [x]), door.record("isinf", [x])])
    return wrap(door.record("logical_not", [bad]))


def stop_gradient(x):
    return wrap(door.record("detach", [value_of(x)]))


def add_n(inputs):
    total = inputs[0]
    for item in inputs[1:]:
        total = binary("add")(total, item)
    return as_tensor(total)


def divide_no_nan(x, y):
    a, b = pair(x, y, False, "DivNoNan")
    zero = door.record("eq", [b, scalar(0, b.dtype)])
    safe = door.record("where", [zero, scalar(1, b.dtype), b])
    return wrap(door.record("where", [zero, scalar(0, a.dtype), door.record("div", [a, safe])]))
