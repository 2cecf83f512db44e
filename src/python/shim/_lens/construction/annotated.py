"""A value that a name means, as an annotation or a place in a network has it: several of it, a flag, a width that can be divided."""
import re

from ..meanings.names import otherwise

BY_TYPE = {int: 16, float: 0.1, bool: False, str: "relu", list: [16, 16], tuple: (16, 16), dict: {}}
# Widths that can be divided into the usual groups and heads, for a class that does not take the smaller ones.
WIDE = 64
WIDTHS = re.compile(r"ch|dim|width|plane|feature|size|^in_|^out_|_in$|_out$", re.IGNORECASE)
# Where several are meant, words.
_NAMES = re.compile(r"(class_?)?(classes|names|labels|categories)")


def as_annotated(value, kind, name):
    """A value that a name means, as its annotation has it."""
    if kind in (list, tuple) and isinstance(value, int) and _NAMES.fullmatch(name):
        return kind(f"class_{number}" for number in range(value))
    if kind in (list, tuple) and not isinstance(value, (list, tuple)):
        several = otherwise(name)
        return kind(several[:2]) if isinstance(several, (list, tuple)) else kind([value, value])  # of one length: they are often gone through together
    return _as_type(value, kind) if kind in BY_TYPE else value


def _as_type(value, kind):
    if kind is bool and type(value) is not bool:  # a flag that has a size's name
        return False
    try:
        return kind(value) if kind in (int, float, bool, str) else BY_TYPE[kind]
    except (TypeError, ValueError):
        return BY_TYPE[kind]


def widened(name, value):
    """A value for a part of a network."""
    return WIDE if type(value) is int and value < WIDE and WIDTHS.search(name) and "kernel" not in name else value
