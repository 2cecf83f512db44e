"""A value for what a command asks of whoever starts it and nobody gives: an option, an argument of the command line."""
from . import names
from .comparisons import by_text_or_name

_NUMBERS = (int, float)
# A data set of which nothing must lie anywhere.
_WITHOUT_DATA = "fake"


def of(name, kind=None, choices=()):
    """`kind`: the class that it is to be of, where the command says so; `choices`: the values that it may have."""
    if choices:
        return _WITHOUT_DATA if _WITHOUT_DATA in choices else next(iter(choices))
    try:
        value = by_text_or_name(name)
        if isinstance(value, bool) and kind is not bool:  # the file only asks whether it is there
            value = names.by_name(name)
    except names.CannotAssume:
        value = 1 if kind in _NUMBERS else name
    try:
        return kind(value) if kind in (*_NUMBERS, str) else value
    except (TypeError, ValueError):
        return kind(1)
