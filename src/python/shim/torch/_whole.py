"""The error of a number that must be a whole one and is not, in PyTorch's words, which name the function and the argument: `max_pool2d(x, 4 / 2)`."""
import sys

from _lens.recording import site

# Arguments that PyTorch declares as `IntArrayRef`; all others that are numbers are one int.
_OF_AXES = frozenset({"kernel_size", "stride", "padding", "dilation", "output_padding", "output_size", "pad", "size", "split_size_or_sections", "split_sizes", "dims", "shifts"})
# Methods of modules hand on what a function then refuses.
_OF_MODULES = frozenset({"forward", "__call__", "__init__"})


def not_whole(value):
    """The TypeError for a value: of the outermost of our functions between the user's code and here that was given it."""
    kind = type(value).__name__
    for frame in _frames():
        names = frame.f_code.co_varnames[:frame.f_code.co_argcount + frame.f_code.co_kwonlyargcount]
        for place, name in enumerate(names):
            given = frame.f_locals.get(name)
            position = place + (not names[0] == "self")
            said = f"{frame.f_code.co_name.lstrip('_')}(): argument '{name}' (position {position}) must be"
            if given is value:
                return TypeError(f"{said} {'tuple of ints' if name in _OF_AXES else 'int'}, not {kind}")
            if isinstance(given, (tuple, list)) and any(one is value for one in given):
                return TypeError(f"{said} tuple of ints, but found element of type {kind} at pos {[one is value for one in given].index(True)}")
    return TypeError(f"'{kind}' object cannot be interpreted as an integer")


def _frames():
    """Of our functions, the outermost first."""
    found, frame = [], sys._getframe(2)
    while frame is not None and not site.is_user_file(frame.f_code.co_filename):
        name = frame.f_code.co_name
        if name not in _OF_MODULES and not name.startswith("<"):
            found.insert(0, frame)
        frame = frame.f_back
    return found
