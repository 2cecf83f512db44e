"""Where operations are put: functions of the module torch, methods of Tensor, in-place methods.

Files that define operations mark them; `torch/__init__.py` takes over `FUNCTIONS`.
"""
import functools

from _lens.recording import calls
from _lens.recording.array import values_in

from ._apply import write
from ._history import count
from ._keywords import with_other_keywords
from ._public_names import is_public
from ._tensor import Tensor

FUNCTIONS = {}  # names of the module torch


def public(function=None, *, inplace=False, function_only=False, method_only=False, layer=None, aliases=()):
    """Publishes `function` under its own name (and `aliases`) as torch.name and as Tensor.name.

    inplace: also as Tensor.name_, which writes the result into the tensor. layer: the name under which a call by the
    user's code is a row of the report.
    """
    if function is None:
        return lambda f: public(f, inplace=inplace, function_only=function_only, method_only=method_only, layer=layer,
                                aliases=aliases)
    if function.__code__.co_name != function.__name__:  # one of several that are made alike
        function.__code__ = function.__code__.replace(co_name=function.__name__)
    function = with_other_keywords(function)
    if layer:
        function = calls.function(layer, values_in)(function)
    for name in (function.__name__, *aliases):
        if not method_only:
            FUNCTIONS[name] = function
        if not function_only:
            setattr(Tensor, name, function)
        if inplace:
            in_place = _inplace(function, name + "_")
            setattr(Tensor, name + "_", in_place)
            if is_public("torch", name + "_"):
                FUNCTIONS[name + "_"] = in_place
    return function


def _inplace(function, name):
    @functools.wraps(function)
    def method(self, *args, **kwargs):
        since = count()
        return write(self, function(self, *args, **kwargs), in_place=True, since=since)
    method.__name__ = name
    return method


def method(function):
    """A method of Tensor only."""
    return public(function, method_only=True)
