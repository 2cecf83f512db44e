"""Whether arrays are alike, and how numbers of arrays are told from each other."""
from ._dtypes import DTYPES, dtype_of, kind_of, result_name
from ._ndarray import ndarray
from ._operands import array_of, is_number
from ._scalars import generic
from ._ufuncs import FUNCTIONS


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = (one if is_number(one) else array_of(one) for one in (a, b))
    finite = FUNCTIONS["isfinite"](b)
    close = FUNCTIONS["logical_and"](FUNCTIONS["less_equal"](abs(FUNCTIONS["subtract"](a, b)), atol + rtol * abs(b)), finite)
    close = FUNCTIONS["logical_or"](close, FUNCTIONS["equal"](a, b))
    if equal_nan:
        close = FUNCTIONS["logical_or"](close, FUNCTIONS["logical_and"](FUNCTIONS["isnan"](a), FUNCTIONS["isnan"](b)))
    return close


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(array_of(isclose(a, b, rtol, atol, equal_nan)).all())


def array_equal(a1, a2, equal_nan=False):
    a, b = array_of(a1), array_of(a2)
    if a.shape != b.shape:
        return False
    same = a == b
    if equal_nan and kind_of(a._name) == "f":
        same = same | (FUNCTIONS["isnan"](a) & FUNCTIONS["isnan"](b))
    return bool(array_of(same).all())


def array_equiv(a1, a2):
    try:
        return bool((array_of(a1) == array_of(a2)).all())
    except ValueError:
        return False


def result_type(*arrays_and_dtypes):
    """The dtype that a computation over these has."""
    strong, weak = [], []
    for thing in arrays_and_dtypes:
        if isinstance(thing, (ndarray, generic)):
            strong.append(thing._name)
        elif isinstance(thing, (bool, int, float)):
            weak.append(type(thing))
        else:
            strong.append(dtype_of(thing).name)
    return DTYPES[result_name(strong, weak)]


def min_scalar_type(a):
    for name in ("uint8", "uint16", "uint32", "uint64") if a >= 0 else ("int8", "int16", "int32", "int64"):
        from ._dtypes import iinfo
        if iinfo(name).min <= a <= iinfo(name).max:
            return DTYPES[name]
    return DTYPES["object"]


def common_type(*arrays):
    names = [array._name if kind_of(array._name) == "f" else "float64" for array in arrays]
    return DTYPES[result_name(names, [])].type


def iterable(y):
    try:
        iter(y)
    except TypeError:
        return False
    return True


def isreal(x):
    return array_of(x) == array_of(x)


def isrealobj(x):
    return not iscomplexobj(x)


def iscomplexobj(x):
    return isinstance(x, complex) or getattr(getattr(x, "dtype", None), "kind", "") == "c"


def isposinf(x, out=None):
    return FUNCTIONS["logical_and"](FUNCTIONS["isinf"](x), FUNCTIONS["greater"](x, 0))


def isneginf(x, out=None):
    return FUNCTIONS["logical_and"](FUNCTIONS["isinf"](x), FUNCTIONS["less"](x, 0))


def shares_memory(a, b, max_work=None):
    return a._storage is b._storage


def may_share_memory(a, b, max_work=None):
    return a._storage is b._storage
