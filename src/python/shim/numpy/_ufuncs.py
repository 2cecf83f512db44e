"""Element-wise functions: one table, one class. Over arrays they are recorded; over numbers alone they are computed at once."""
import math
import operator

from _lens import door
from _lens.recording import array as arrays, calls

from . import _numbers as real
from . import _scalars
from ._dtypes import dtype_of, float_name, kind_of
from ._ndarray import from_value, ndarray, wrap
from ._operands import (array_of, common_shape, is_number, number_value, operand, result_type_of, shape_of, value_of, write)
from ._scalars import plain

record = door.record


# Operations that the recorder has under another name, or that are made of several; each takes Values of one type.

def _op(name, **attributes):
    return lambda *values: record(name, values, **attributes)


def _like(number, value):
    return number_value(number, value.dtype)


def _power(x, y):
    return record("pow", [x, y])


def _isfinite(x):
    return record("logical_not", [record("logical_or", [record("isnan", [x]), record("isinf", [x])])])


def _signbit(x):
    return record("lt", [x, _like(0, x)])


def _cbrt(x):
    return record("mul", [record("sign", [x]), record("pow", [record("abs", [x]), _like(1 / 3, x)])])


def _exp2(x):
    return record("exp", [record("mul", [x, _like(math.log(2), x)])])


def _hypot(x, y):
    return record("sqrt", [record("add", [record("square", [x]), record("square", [y])])])


def _scaled(factor):
    return lambda x: record("mul", [x, _like(factor, x)])


def _logaddexp(x, y):
    larger = record("maximum", [x, y])
    distance = record("abs", [record("sub", [x, y])])
    return record("add", [larger, record("log1p", [record("exp", [record("neg", [distance])])])])


def _copysign(x, y):
    size = record("abs", [x])
    return record("where", [_signbit(y), record("neg", [size]), size])


def _arcsinh(x):
    root = record("sqrt", [record("add", [record("square", [x]), _like(1, x)])])
    return record("mul", [record("sign", [x]), record("log", [record("add", [record("abs", [x]), root])])])


def _arccosh(x):
    root = record("sqrt", [record("sub", [record("square", [x]), _like(1, x)])])
    return record("log", [record("add", [x, root])])


def _arctanh(x):
    return record("mul", [record("sub", [record("log1p", [x]), record("log1p", [record("neg", [x])])]), _like(0.5, x)])


def _heaviside(x, y):
    step = record("cast", [record("gt", [x, _like(0, x)])], dtype=x.dtype)
    return record("where", [record("eq", [x, _like(0, x)]), y, step])


def _sinc(x):
    scaled = record("mul", [x, _like(math.pi, x)])
    return record("where", [record("eq", [x, _like(0, x)]), _like(1, x), record("div", [record("sin", [scaled]), scaled])])


def _ignoring_nan(op):
    def function(x, y):
        y = record("where", [record("isnan", [y]), x, y]) if kind_of(y.dtype) == "f" else y
        x = record("where", [record("isnan", [x]), y, x]) if kind_of(x.dtype) == "f" else x
        return record(op, [x, y])
    return function


def _of_integers(function):
    """For what the recorder does not have: computed element by element."""
    def compute(*values):
        shape = common_shape([value.shape for value in values])
        columns = [door.read(record("expand", [value], shape=list(shape))) for value in values]
        numbers = [_scalars.wrapped(values[0].dtype, function(*row)) for row in zip(*columns)]
        return door.constant(numbers, values[0].dtype, shape)
    return compute


def _bitwise(logical, function):
    of_integers = _of_integers(function)
    return lambda *values: record(logical, values) if values[0].dtype == "bool" else of_integers(*values)


def _or_of_bool(logical, op):
    """Arithmetic of booleans is logic."""
    return lambda x, y: record(logical if x.dtype == "bool" else op, [x, y])


def _subtract(x, y):
    if x.dtype == "bool":
        raise TypeError("numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the "
                        "logical_xor function instead.")
    return record("sub", [x, y])


def _negative(x):
    if x.dtype == "bool":
        raise TypeError("The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not "
                        "function instead.")
    return record("neg", [x])


def _floats_only(op):
    return lambda x: record(op, [x]) if kind_of(x.dtype) == "f" else x


def _by_zero(op):
    """Integer division: 0 where the divisor is 0."""
    def function(x, y):
        if kind_of(x.dtype) == "f":
            return record(op, [x, y])
        zero = record("eq", [y, _like(0, y)])
        quotient = record(op, [x, record("where", [zero, _like(1, y), y])])
        return record("where", [zero, _like(0, y), quotient])
    return function



# name -> (rule, recorded as, of Python numbers, more). Rules: "same": the inputs' common type; "float": that as a real type;
# "divide": real, integers as float64; "compare": bool of the common type; "logical": bool of bool; "test": bool of a real type.
_TABLE = {
    "add": ("same", _or_of_bool("logical_or", "add"), operator.add, {"reduce": "sum", "identity": 0}),
    "subtract": ("same", _subtract, operator.sub, {}),
    "multiply": ("same", _or_of_bool("logical_and", "mul"), operator.mul, {"reduce": "prod", "identity": 1}),
    "divide": ("divide", _op("div"), real.divide, {"aliases": ("true_divide",)}),
    "floor_divide": ("same", _by_zero("floor_divide"), real.floor_divide, {}),
    "remainder": ("same", _by_zero("remainder"), real.remainder, {"aliases": ("mod",)}),
    "fmod": ("same", _by_zero("fmod"), real.fmod, {}),
    "power": ("same", _power, real.power, {"aliases": ("pow",)}),
    "float_power": ("divide", _power, lambda x, y: real.power(float(x), float(y)), {}),
    "maximum": ("same", _or_of_bool("logical_or", "maximum"), real.maximum, {"reduce": "amax", "layer": "maximum"}),
    "minimum": ("same", _or_of_bool("logical_and", "minimum"), real.minimum, {"reduce": "amin", "layer": "minimum"}),
    "fmax": ("same", _ignoring_nan("maximum"), lambda x, y: y if x != x else x if y != y else max(x, y), {"reduce": "amax"}),
    "fmin": ("same", _ignoring_nan("minimum"), lambda x, y: y if x != x else x if y != y else min(x, y), {"reduce": "amin"}),
    "negative": ("same", _negative, operator.neg, {}),
    "positive": ("same", lambda x: x, operator.pos, {}),
    "absolute": ("same", _op("abs"), abs, {"aliases": ("abs",)}),
    "fabs": ("float", _op("abs"), abs, {}),
    "sign": ("same", _op("sign"), real.sign, {}),
    "square": ("same", _op("square"), lambda x: x * x, {}),
    "reciprocal": ("same", _op("reciprocal"), real.reciprocal, {}),
    "sqrt": ("float", _op("sqrt"), real.sqrt, {}),
    "cbrt": ("float", _cbrt, real.cbrt, {}),
    "exp": ("float", _op("exp"), real.exp, {}),
    "exp2": ("float", _exp2, real.exp2, {}),
    "expm1": ("float", _op("expm1"), real.expm1, {}),
    "log": ("float", _op("log"), real.log, {}),
    "log2": ("float", _op("log2"), real.log2, {}),
    "log10": ("float", _op("log10"), real.log10, {}),
    "log1p": ("float", _op("log1p"), real.log1p, {}),
    "logaddexp": ("float", _logaddexp, real.logaddexp, {}),
    "sin": ("float", _op("sin"), real.sin, {}), "cos": ("float", _op("cos"), real.cos, {}),
    "tan": ("float", _op("tan"), real.tan, {}),
    "arcsin": ("float", _op("asin"), real.arcsin, {"aliases": ("asin",)}),
    "arccos": ("float", _op("acos"), real.arccos, {"aliases": ("acos",)}),
    "arctan": ("float", _op("atan"), real.arctan, {"aliases": ("atan",)}),
    "arctan2": ("float", _op("atan2"), real.arctan2, {"aliases": ("atan2",)}),
    "sinh": ("float", _op("sinh"), real.sinh, {}), "cosh": ("float", _op("cosh"), real.cosh, {}),
    "tanh": ("float", _op("tanh"), real.tanh, {"layer": "tanh"}),
    "arcsinh": ("float", _arcsinh, real.arcsinh, {"aliases": ("asinh",)}),
    "arccosh": ("float", _arccosh, real.arccosh, {"aliases": ("acosh",)}),
    "arctanh": ("float", _arctanh, real.arctanh, {"aliases": ("atanh",)}),
    "hypot": ("float", _hypot, real.hypot, {}),
    "copysign": ("float", _copysign, real.copysign, {}),
    "heaviside": ("float", _heaviside, real.heaviside, {}),
    "sinc": ("float", _sinc, lambda x: math.sin(math.pi * x) / (math.pi * x) if x else 1.0, {}),
    "deg2rad": ("float", _scaled(math.pi / 180), math.radians, {"aliases": ("radians",)}),
    "rad2deg": ("float", _scaled(180 / math.pi), math.degrees, {"aliases": ("degrees",)}),
    "floor": ("same", _floats_only("floor"), real.floor, {}), "ceil": ("same", _floats_only("ceil"), real.ceil, {}),
    "trunc": ("same", _floats_only("trunc"), real.trunc, {"aliases": ("fix",)}),
    "rint": ("float", _op("round"), real.rint, {}),
    "equal": ("compare", _op("eq"), operator.eq, {}), "not_equal": ("compare", _op("ne"), operator.ne, {}),
    "less": ("compare", _op("lt"), operator.lt, {}), "less_equal": ("compare", _op("le"), operator.le, {}),
    "greater": ("compare", _op("gt"), operator.gt, {}), "greater_equal": ("compare", _op("ge"), operator.ge, {}),
    "logical_and": ("logical", _op("logical_and"), lambda x, y: x and y, {"reduce": "all", "identity": True}),
    "logical_or": ("logical", _op("logical_or"), lambda x, y: x or y, {"reduce": "any", "identity": False}),
    "logical_xor": ("logical", _op("logical_xor"), operator.ne, {}),
    "logical_not": ("logical", _op("logical_not"), operator.not_, {}),
    "isnan": ("test", _op("isnan"), math.isnan, {}), "isinf": ("test", _op("isinf"), math.isinf, {}),
    "isfinite": ("test", _isfinite, math.isfinite, {}),
    "signbit": ("test", _signbit, lambda x: math.copysign(1, x) < 0, {}),
    "bitwise_and": ("integer", _bitwise("logical_and", operator.and_), operator.and_, {}),
    "bitwise_or": ("integer", _bitwise("logical_or", operator.or_), operator.or_, {}),
    "bitwise_xor": ("integer", _bitwise("logical_xor", operator.xor), operator.xor, {}),
    "invert": ("integer", _bitwise("logical_not", operator.invert), lambda x: not x if isinstance(x, bool) else ~x,
               {"aliases": ("bitwise_not", "bitwise_invert")}),
    "left_shift": ("integer", _of_integers(operator.lshift), operator.lshift, {"aliases": ("bitwise_left_shift",)}),
    "right_shift": ("integer", _of_integers(operator.rshift), operator.rshift, {"aliases": ("bitwise_right_shift",)}),
    "gcd": ("integer", _of_integers(math.gcd), math.gcd, {}), "lcm": ("integer", _of_integers(math.lcm), math.lcm, {}),
}
_UNARY = frozenset((
    "negative positive absolute fabs sign square reciprocal sqrt cbrt exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos "
    "arctan sinh cosh tanh arcsinh arccosh arctanh sinc deg2rad rad2deg floor ceil trunc rint logical_not isnan isinf isfinite signbit "
    "invert").split())
_OF_BOOL = frozenset(("compare", "logical", "test"))
_INTEGERS_ONLY = "ufunc '{}' not supported for the input types, and the inputs could not be safely coerced to any supported types " \
                 "according to the casting rule ''safe''"


class ufunc:
    """A function applied element by element, with broadcasting, `out=` and `where=`."""

    def __init__(self, name, rule, recorded, of_numbers, reduce=None, identity=None, layer=None, aliases=()):
        self.__name__ = self.__qualname__ = name
        self.rule, self._recorded, self._of_numbers = rule, recorded, of_numbers
        self._reduction, self.identity, self._layer = reduce, identity, layer
        self.nin, self.nout = 1 if name in _UNARY else 2, 1
        self.nargs = self.nin + 1
        self.aliases = aliases
        self._scalar_types = {}  # (dtype asked for, class of each operand) → how a number is taken, and the type of what is given

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __call__(self, *inputs, out=None, where=True, dtype=None, casting="same_kind", order="K", subok=True):
        if len(inputs) != self.nin:
            if len(inputs) != self.nin + 1:
                raise TypeError(f"{self.__name__}() takes from {self.nin} to {self.nargs} positional arguments but {len(inputs)} "
                                "were given")
            *inputs, out = inputs
        operands = [operand(thing) for thing in inputs]
        if isinstance(out, tuple):
            out = out[0]
        if out is None and where is True and all(map(is_number, operands)):
            return self._of_scalars(operands, dtype)
        if any(not getattr(thing, "is_recorded", True) for thing in operands):
            return _of_plain(self, operands)
        layer = self._layer
        if layer and not calls.is_inside_builtin():
            return calls.run(lambda: self._of_arrays(operands, out, where, dtype, casting), "function", layer,
                             inputs=arrays.values_in(operands), values_of=arrays.values_in)
        return self._of_arrays(operands, out, where, dtype, casting)

    def _input_name(self, operands, dtype):
        """The type in which the inputs are taken."""
        rule = self.rule
        if rule == "logical":
            return "bool"
        name = dtype_of(dtype).name if dtype is not None and rule not in _OF_BOOL else result_type_of(operands)
        if rule in ("same", "compare"):
            return name
        if rule == "integer":
            if kind_of(name) == "f":
                raise TypeError(_INTEGERS_ONLY.format(self.__name__))
            return name
        if rule == "divide" or rule == "test":
            return name if kind_of(name) == "f" else "float64"
        return float_name(name)

    def _of_scalars(self, operands, dtype):
        kinds = (dtype, *map(type, operands))
        known = self._scalar_types.get(kinds)
        if known is None:
            name = self._input_name(operands, dtype)
            take = float if kind_of(name) == "f" else bool if kind_of(name) == "b" and self.rule == "logical" else plain
            known = self._scalar_types[kinds] = take, "bool" if self.rule in _OF_BOOL else name
        take, name = known
        return _scalars.make(name, self._of_numbers(*map(take, operands)))

    def _of_arrays(self, operands, out, where, dtype, casting):
        common_shape([shape_of(thing) for thing in operands] + ([] if out is None else [out.shape]))
        name = self._input_name(operands, dtype)
        result = self._special(operands, name)
        if result is None:
            result = self._recorded(*[value_of(thing, name) for thing in operands])
        if where is not True:
            result = _masked(result, array_of(where), out)
        if out is not None:
            return write(out, result, self.__name__, casting)
        return wrap(result)

    def _special(self, operands, name):
        """Powers that NumPy computes in another way."""
        if self.__name__ != "power":
            return None
        x, exponent = operands
        if kind_of(name) in "iu":
            if is_number(exponent) and exponent < 0 or isinstance(exponent, ndarray) and exponent.size and min(exponent._flat()) < 0:
                raise ValueError("Integers to negative integer powers are not allowed.")
        if is_number(exponent) and isinstance(x, ndarray):
            op = {2: "square", 0.5: "sqrt", -1: "reciprocal"}.get(plain(exponent))
            if op == "square" or op is not None and kind_of(name) == "f":
                return record(op, [value_of(x, name)])
        return None

    # Over pairs and along axes

    def reduce(self, array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True):
        from . import _reductions
        array = array_of(array)
        if where is not True:
            fill = self.identity if initial is None else initial
            array = from_value(record("where", [value_of(array_of(where), "bool"), array.value, number_value(fill, array._name)]))
        if self._reduction is None:
            return self._fold(array, axis, keepdims)
        result = _reductions.reduce(self._reduction, array, axis, dtype, keepdims)
        if initial is not None:
            result = self(result, initial)
        return result if out is None else write(out, array_of(result).value)

    def _fold(self, array, axis, keepdims):
        if axis is None:
            array, axis = array.ravel(), 0
        rows = list(_moved_first(array, axis))
        result = rows[0]
        for row in rows[1:]:
            result = self(result, row)
        return array_of(result)[(slice(None),) * axis + (None,)] if keepdims else result

    def accumulate(self, array, axis=0, dtype=None, out=None):
        from . import _reductions
        if self.__name__ == "add":
            return _reductions.cumsum(array, axis, dtype, out)
        if self.__name__ == "multiply":
            return _reductions.cumprod(array, axis, dtype, out)
        from ._joining import stack
        rows, results = _moved_first(array_of(array), axis), []
        for row in rows:
            results.append(self(results[-1], row) if results else row)
        return stack(results, axis=axis)

    def outer(self, A, B, **options):
        A, B = array_of(A), array_of(B)
        return self(A.reshape(A.shape + (1,) * B.ndim), B, **options)

    def at(self, a, indices, b=None):
        """Applies the function in place at indices that may repeat."""
        places = array_of(indices)._numbers() if not isinstance(indices, tuple) else list(zip(*(array_of(i)._numbers() for i in indices)))
        others = None if b is None else array_of(b)
        for position, place in enumerate(places):
            if b is None:
                a[place] = self(a[place])
            else:
                a[place] = self(a[place], others[position] if others.ndim else others[()])


def _moved_first(array, axis):
    from ._shaping import moveaxis
    return moveaxis(array, axis, 0)


def _masked(result, mask, out):
    """`result` where the mask holds; elsewhere what `out` had."""
    if out is not None:
        kept = out.value if out._name == result.dtype else record("cast", [out.value], dtype=result.dtype)
    else:
        kept = number_value(0, result.dtype)
    return record("where", [value_of(mask, "bool"), result, kept])


def _of_plain(function, operands):
    from ._plain import map_elements
    return map_elements(function._of_numbers, operands, "bool" if function.rule in _OF_BOOL else None)


def modf(x):
    whole = FUNCTIONS["trunc"](x)
    return FUNCTIONS["subtract"](x, whole), whole


def divmod_(x, y):
    return FUNCTIONS["floor_divide"](x, y), FUNCTIONS["remainder"](x, y)


FUNCTIONS = {}
for _name, (_rule, _recorded, _number, _more) in _TABLE.items():
    _made = ufunc(_name, _rule, _recorded, _number, **_more)
    FUNCTIONS.update(dict.fromkeys((_name, *_made.aliases), _made))
FUNCTIONS.update(modf=modf, divmod=divmod_)
