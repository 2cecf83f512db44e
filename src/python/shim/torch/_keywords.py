"""Keywords that PyTorch takes beside its own: NumPy's names, and those of sizes that are given one by one."""
import functools
import inspect

# another name → the name that a function has, if it has it
_OTHER_NAMES = {"axis": "dim", "keepdims": "keepdim", "axis0": "dim0", "axis1": "dim1", "x1": "input", "x2": "other", "x": "input", "a": "input"}
_SIZES = frozenset(("dims", "size", "shape", "sizes", "repeats", "repeat"))  # what stands for `*sizes`


def with_other_keywords(function):
    """The function, which takes these too. Unchanged where there are none for it."""
    code = inspect.unwrap(function).__code__
    names = frozenset(code.co_varnames[:code.co_argcount + code.co_kwonlyargcount])
    takes_sizes = bool(code.co_flags & inspect.CO_VARARGS)
    renamed = {other: own for other, own in _OTHER_NAMES.items() if own in names and other not in names}
    if code.co_flags & inspect.CO_VARKEYWORDS or not (renamed or takes_sizes):
        return function
    first = code.co_varnames[0] if code.co_argcount else None

    @functools.wraps(function)
    def named(*args, **kwargs):
        if not kwargs or kwargs.keys() <= names:
            return function(*args, **kwargs)
        given = {renamed.get(key, key): value for key, value in kwargs.items()}
        sizes = [key for key in given if takes_sizes and key in _SIZES and key not in names]
        if sizes:  # a name before them would be taken twice
            args = (*((given.pop(first),) if first in given else ()), *args, given.pop(sizes[0]))
        return function(*args, **given)
    return named
