"""The functions of real numbers as IEEE arithmetic has them: nan and inf where Python would raise. For NumPy's scalars."""
import math
import operator

_INF, _NAN = math.inf, math.nan


def _total(function):
    """`function` with nan outside of its domain and inf beyond its range."""
    def total(*numbers):
        try:
            return function(*numbers)
        except ValueError:
            return _NAN
        except OverflowError:
            return _INF
    return total


def divide(x, y):
    if y:
        return x / y
    if x == 0 or x != x or y != y:
        return _NAN
    return math.copysign(_INF, x) * math.copysign(1.0, y)


def floor_divide(x, y):
    if y:
        return x // y
    return 0 if isinstance(x, int) and isinstance(y, int) else divide(x, y)


def remainder(x, y):
    if y:
        return x % y
    return 0 if isinstance(x, int) and isinstance(y, int) else _NAN


def fmod(x, y):
    if isinstance(x, int) and isinstance(y, int):
        return int(math.fmod(x, y)) if y else 0
    return _total(math.fmod)(x, y)


def power(x, y):
    if isinstance(x, int) and isinstance(y, int):
        if y < 0:
            raise ValueError("Integers to negative integer powers are not allowed.")
        return x ** y
    if x == 0 and y < 0:
        return _INF
    try:
        return math.pow(x, y)
    except ValueError:
        return _NAN
    except OverflowError:
        return -_INF if x < 0 and y % 2 == 1 else _INF


def _log_of(function):
    def log(x):
        return function(x) if x > 0 else -_INF if x == 0 else _NAN
    return log


def log1p(x):
    return math.log1p(x) if x > -1 else -_INF if x == -1 else _NAN


def _extreme(better):
    def choose(x, y):
        if x != x or y != y:
            return _NAN
        return x if better(x, y) else y
    return choose


def sign(x):
    return x if x != x else (x > 0) - (x < 0)


def rint(x):
    return float(round(x)) if math.isfinite(x) else x


def _whole(function):
    def whole(x):
        return x if isinstance(x, int) else math.copysign(function(x), x) if math.isfinite(x) else x
    return whole


def logaddexp(x, y):
    if x == y:
        return x + math.log(2)
    return max(x, y) + math.log1p(math.exp(-abs(x - y)))


maximum, minimum = _extreme(operator.ge), _extreme(operator.le)
floor, ceil, trunc = _whole(math.floor), _whole(math.ceil), _whole(math.trunc)
exp, expm1, exp2 = _total(math.exp), _total(math.expm1), _total(math.exp2)
log, log2, log10 = _log_of(math.log), _log_of(math.log2), _log_of(math.log10)
sqrt, cbrt = _total(math.sqrt), math.cbrt
sin, cos, tan = _total(math.sin), _total(math.cos), _total(math.tan)
arcsin, arccos, arctan = _total(math.asin), _total(math.acos), math.atan
sinh, cosh, tanh = _total(math.sinh), _total(math.cosh), math.tanh
arcsinh, arccosh, arctanh = math.asinh, _total(math.acosh), _total(math.atanh)
arctan2, hypot, copysign = math.atan2, math.hypot, math.copysign


def reciprocal(x):
    return int(divide(1, x)) if isinstance(x, int) and x else divide(1.0, x)


def heaviside(x, y):
    return y if x == 0 else 1.0 if x > 0 else 0.0 if x < 0 else _NAN


def isfinite(x):
    return math.isfinite(x)
