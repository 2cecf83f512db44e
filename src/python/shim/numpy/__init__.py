"""NumPy over the recorder: arrays whose elements are computed when they are read. Names and words are NumPy's."""
import builtins as _builtins
import math as _math

from _lens import diagnostics as _diagnostics
from _lens.recording import site as _site

from . import _dtypes, _scalars
from ._ndarray import flatiter, from_value, ndarray
from . import (
    _comparing, _creation, _diagonals, _errors, _files, _functional, _grids, _indexing, _joining, _linear, _operators, _printing,
    _ranges, _reductions, _shaping, _sorting, _statistics)
from ._dtypes import can_cast, dtype, finfo, iinfo
from ._operands import broadcast_shapes
from ._ufuncs import FUNCTIONS as _UFUNCS, ufunc

__version__ = "2.3.0"


def _export(module):
    """The public functions of a part."""
    for name, thing in vars(module).items():
        if not name.startswith("_") and callable(thing) and getattr(thing, "__module__", None) == module.__name__:
            globals()[name] = thing


for _module in (_shaping, _creation, _ranges, _diagonals, _indexing, _joining, _reductions, _linear, _sorting, _statistics,
                _comparing, _grids, _files, _errors, _functional, _printing):
    _export(_module)
globals().update(_UFUNCS)
globals().update(_scalars.CLASSES)

from ._creation import array, asanyarray, ascontiguousarray, asarray, asfortranarray, empty, empty_like
from ._grids import c_, index_exp, mgrid, ogrid, r_, s_
from ._joining import concat
from ._reductions import amax, amin, cumulative_sum
from ._scalars import (
    True_, bool_, False_, character, complexfloating, flexible, floating, generic, inexact, integer, issubdtype, isscalar, number,
    object_, promote_types, signedinteger, str_, unsignedinteger)
from ._shaping import around, conj, permute_dims, round_
from ._statistics import trapz

bool = bool_
int_ = intp = long = longlong = _scalars.int64
intc, short, byte, ubyte = _scalars.int32, _scalars.int16, _scalars.int8, _scalars.uint8
uint, uintp, ushort, uintc = _scalars.uint64, _scalars.uint64, _scalars.uint16, _scalars.uint32
half, single, double, longdouble = _scalars.float16, _scalars.float32, _scalars.float64, _scalars.float64

pi, e, euler_gamma = _math.pi, _math.e, 0.5772156649015329
inf, nan = _math.inf, _math.nan
newaxis = None
little_endian = True
del _module

from . import exceptions, linalg, random, testing, typing
from ._adapter import NumPy as _NumPy
from _lens import framework as _framework
from _lens.door import UnsupportedError as _UnsupportedError

_framework.register(_NumPy())


_REMOVED = {"float": "float", "int": "int", "object": "object", "str": "str", "complex": "complex", "float_": "np.float64"}

_REMOVED_IN_2 = {"Inf": "inf", "Infinity": "inf", "infty": "inf", "PINF": "inf", "NINF": "-inf", "NaN": "nan"}


class _NotHere(_UnsupportedError, AttributeError):
    """A name of NumPy that is not here: `hasattr` says so too."""


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(f"module 'numpy' has no attribute {name!r}")
    if name in _REMOVED:
        instead = _REMOVED[name]
        _diagnostics.report("python", "warning", f"module 'numpy' has no attribute {name!r}: NumPy 1.24 removed it; it is taken as {instead}", _site.here())
        return getattr(_builtins, instead) if hasattr(_builtins, instead) else float64
    if name in _REMOVED_IN_2:
        instead = _REMOVED_IN_2[name]
        _diagnostics.report("python", "warning", f"`np.{name}` was removed in the NumPy 2.0 release: it is taken as `{instead.replace('inf', 'np.inf').replace('nan', 'np.nan')}`", _site.here())
        return float(instead)
    raise _NotHere(f"numpy.{name} is not supported yet")
