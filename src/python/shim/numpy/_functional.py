"""Python functions over arrays: vectorize and its relatives. They run element by element, and so their results are known."""
from _lens.recording import calls, provenance
from _lens.recording.array import values_in

from . import _scalars
from ._creation import array
from ._dtypes import dtype_of
from ._ndarray import ndarray
from ._operands import array_of, axis_of, common_shape


class vectorize:
    """A function of numbers as a function of arrays, with broadcasting. The first result decides the type of them all."""

    def __init__(self, pyfunc=None, otypes=None, doc=None, excluded=None, cache=False, signature=None):
        self.pyfunc, self.otypes, self.excluded = pyfunc, otypes, set() if excluded is None else set(excluded)
        self.signature, self.cache = signature, cache
        self.__doc__ = doc or getattr(pyfunc, "__doc__", None)
        self.__name__ = getattr(pyfunc, "__name__", "vectorize")
        if isinstance(otypes, str):
            self.otypes = list(otypes)

    def __call__(self, *args, **kwargs):
        if self.pyfunc is None:  # used as a decorator with options
            self.__init__(args[0], self.otypes, None, self.excluded, self.cache, self.signature)
            return self
        if self.signature is not None:
            return self._by_signature(args, kwargs)
        varied = [place for place in range(len(args)) if place not in self.excluded]
        named = [name for name in kwargs if name not in self.excluded]
        arrays = [array_of(args[place]) for place in varied] + [array_of(kwargs[name]) for name in named]
        if not arrays:
            return self.pyfunc(*args, **kwargs)
        if calls.is_inside_builtin():
            return self._spread_over(args, kwargs, varied, named, arrays)
        # The file's own function as a row of the report: what came out was made from what went in, though no op says so.
        values = _values(arrays)
        result = calls.run(lambda: self._spread_over(args, kwargs, varied, named, arrays), "function", self.__name__,
                           builtin=False, inputs=values, values_of=_values)
        provenance.note(_values(result), values)
        return result

    def _spread_over(self, args, kwargs, varied, named, arrays):
        shape = common_shape([one.shape for one in arrays])

        def call(row):
            given = list(args)
            for place, item in zip(varied, row):
                given[place] = item
            return self.pyfunc(*given, **{**kwargs, **dict(zip(named, row[len(varied):]))})
        rows = list(zip(*(_spread(one, shape) for one in arrays)))
        if not rows:
            if self.otypes is None:
                raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
            return _shaped([], self.otypes[0], shape)
        names = None
        if self.otypes is None:
            # NumPy asks once with scalars what comes out, then goes through all elements
            first = call([_scalar(one, item) for one, item in zip(arrays, rows[0])])
            names = [_kind(item) for item in (first if isinstance(first, tuple) else (first,))]
            several = isinstance(first, tuple)
            results = [first, *map(call, rows[1:])] if self.cache else list(map(call, rows))
        else:
            names, several = list(self.otypes), len(self.otypes) > 1
            results = list(map(call, rows))
        if several:
            return tuple(_shaped([result[place] for result in results], name, shape) for place, name in enumerate(names))
        return _shaped(results, names[0], shape)

    def _by_signature(self, args, kwargs):
        """Of `(n),(n)->()`: loops over the leading axes."""
        inputs, _, _ = self.signature.replace(" ", "").partition("->")
        ranks = [len([name for name in part.strip("()").split(",") if name]) for part in inputs.split("),(")]
        arrays = [array_of(one) for one in args]
        outer = common_shape([one.shape[:one.ndim - rank] for one, rank in zip(arrays, ranks)])
        if not outer:
            return self.pyfunc(*arrays, **kwargs)
        from ._shaping import broadcast_to
        spread = [broadcast_to(one, outer + one.shape[one.ndim - rank:]).reshape((-1,) + one.shape[one.ndim - rank:])
                  for one, rank in zip(arrays, ranks)]
        results = array([self.pyfunc(*row, **kwargs) for row in zip(*spread)])
        return results.reshape(outer + results.shape[1:])


def _values(arrays):
    """The Values of arrays of numbers."""
    several = arrays if isinstance(arrays, (list, tuple)) else [arrays]
    return values_in([one for one in several if getattr(one, "is_recorded", True)])


def _spread(one, shape):
    """All elements as Python numbers, spread over a shape."""
    if one.shape == tuple(shape):
        return one._numbers()
    if one.size == 1:
        count = 1
        for size in shape:
            count *= size
        return one._numbers() * count
    from ._shaping import broadcast_to
    return broadcast_to(one, shape)._numbers()


def _scalar(one, item):
    if not getattr(one, "is_recorded", True):
        return _scalars.str_(item) if isinstance(item, str) else item
    return _scalars.make(one._name, item)


def _kind(item):
    if isinstance(item, (_scalars.generic, ndarray)):
        return item.dtype
    return dtype_of(type(item)) if isinstance(item, (bool, int, float, str)) else dtype_of(object)


def _shaped(results, kind, shape):
    found = dtype_of(kind)
    if found.kind in "UO":
        from ._plain import PlainArray
        made = PlainArray(results, shape, found)
        return made
    convert = {"f": float, "i": int, "u": int, "b": bool}[found.kind]
    made = array([convert(result) for result in results], dtype=found)
    return made.reshape(shape)


def frompyfunc(func, /, nin, nout, **options):
    def function(*args):
        return vectorize(func, otypes=[object] * nout)(*args)
    function.__name__ = getattr(func, "__name__", "frompyfunc")
    return function


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    from ._shaping import moveaxis
    arr = array_of(arr)
    axis = axis_of(axis, arr.ndim)
    moved = moveaxis(arr, axis, -1)
    outer = moved.shape[:-1]
    rows = moved.reshape((-1, moved.shape[-1]))
    results = array([func1d(rows[row], *args, **kwargs) for row in range(rows.shape[0])])
    result = results.reshape(outer + results.shape[1:])
    return moveaxis(result, -1, axis) if results.ndim == 2 else result


def apply_over_axes(func, a, axes):
    result = array_of(a)
    for axis in axes if isinstance(axes, (list, tuple)) else [axes]:
        reduced = func(result, axis)
        from ._shaping import expand_dims
        result = reduced if reduced.ndim == result.ndim else expand_dims(reduced, axis)
    return result


def piecewise(x, condlist, funclist, *args, **kwargs):
    x = array_of(x)
    if not isinstance(condlist, (list, tuple)) or condlist and isinstance(condlist[0], bool):
        condlist = [condlist]
    conditions = [array_of(condition) for condition in condlist]
    result = x * 0
    rest = x == x
    for condition in conditions:
        rest = rest & ~condition
    if len(funclist) == len(conditions) + 1:
        conditions.append(rest)
    elif len(funclist) != len(conditions):
        raise ValueError(f"with {len(conditions)} condition(s), either {len(conditions)} or {len(conditions) + 1} functions are expected")
    from ._joining import where
    for condition, function in zip(conditions, funclist):
        if callable(function):
            if condition.any():
                result[condition] = function(x[condition], *args, **kwargs)
        else:
            result = where(condition, function, result)
    return result
