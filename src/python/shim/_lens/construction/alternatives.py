"""Other values for the arguments of a model that are assumed, where it takes none of the usual, or cannot be called with them."""
import re

from ..meanings.names import otherwise
from . import usage
from .annotated import WIDE, WIDTHS, as_annotated
from .lengths import as_long_as_asked

# Heights and widths of images that have what most patches, windows and halvings divide.
_IMAGE_SIZES = (64, 240, 224, 256)
_IMAGE_SIZE = re.compile(r"(img|image|input)_?(size|resolution|height|width|h|w)|resolution")
# Widths that need not be like those of the layers within.
_OF_ENDS = re.compile(r"kernel|patch|im(age|g)|vocab|batch|class|label|window|^out(put)?_|resolution")


def alternatives(callable_, chosen):
    """Arguments with assumed values as what else their names may mean, for a class that takes none of the usual: those that it goes through as lists, widths that
    groups and heads divide, all of one width, images of other sizes, then one at a time."""
    several = _changed(chosen, lambda argument: as_annotated(argument.value, list, argument.name)
                       if isinstance(argument.value, (int, float)) and usage.is_gone_through(callable_, argument.name) else argument.value)
    several = _changed(several, lambda argument: as_long_as_asked(callable_, argument.name, argument.value))
    wider = _changed(chosen, lambda argument: WIDE if type(argument.value) is int and argument.value < WIDE and _is_width(argument.name) else argument.value)
    sized = [_changed(several, lambda argument: _of_size(argument, size)) for size in _IMAGE_SIZES]
    seen = [chosen]
    for other in (several, wider, _evened(several), *sized):
        if not any(other is one for one in seen):
            seen.append(other)
            yield other
    single = []
    for argument in chosen.listed:
        value = otherwise(argument.name) if argument.origin == "assumed" else None
        if value is not None and type(value) is not type(argument.value):
            single.append(chosen.with_value(argument, as_long_as_asked(callable_, argument.name, value)))
    yield from single
    yield from (_evened(other) for other in single)


def _changed(chosen, value_of):
    """Arguments with other values for those that are assumed; the same where none is another."""
    changed = chosen
    for position, argument in enumerate(chosen.listed):
        if argument.origin == "assumed":
            value = value_of(argument)
            if value is not argument.value and value != argument.value:
                changed = changed.with_value(changed.listed[position], value)
    return changed


def _is_width(name):
    return WIDTHS.search(name) and not _OF_ENDS.search(name)


def _evened(chosen):
    return _changed(chosen, lambda argument: _even(argument.value) if _is_width(argument.name) else argument.value)


def _even(value):
    """Widths all alike."""
    if type(value) is int:
        return WIDE
    return type(value)([WIDE]) * len(value) if isinstance(value, (list, tuple)) and all(type(one) is int for one in value) else value


def _of_size(argument, size):
    if not _IMAGE_SIZE.fullmatch(argument.name):
        return argument.value
    return size if type(argument.value) is int else (size, size) if isinstance(argument.value, tuple) and len(argument.value) == 2 else argument.value
