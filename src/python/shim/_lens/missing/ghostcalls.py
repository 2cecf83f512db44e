"""What a call of something that is not here gives, where that is not one more ghost: decorators, progress bars, sizes that are rounded, and what stands in for a model."""
import contextlib
import math
import re
import sys
import types

from .. import diagnostics
from ..recording import site
from ..recording.array import Array
from . import commands, hydra, packages, pretrained, standins

_LAYER = re.compile(r"(^|\.)[A-Z]\w*$")  # the name of a class
UNKNOWN = object()  # given by a call of which nothing is known

# What passes its first argument through when it is iterated, so that loops over it run.
_PASS_THROUGH = frozenset({"tqdm", "trange", "track", "progress_bar"})


def _divisible(size, divisor=8, *more):
    return math.ceil(size / int(divisor)) * int(divisor)


# What launchers would have made: here is one process.
_OF_LAUNCHERS = (re.compile(r"(^|_)world_size$|^Get_size$"), 1), (re.compile(r"(^|_)rank$"), 0)

# What spreads training over devices gives back what it was given, ready for them: here it is ready.
_OF_TRAINERS = (
    (re.compile(r"accelerate\..*\.(prepare(_\w+)?|unwrap_model|gather(_\w+)?|reduce)|apex\.amp\.initialize|(lightning_fabric|lightning\.fabric)\..*\.setup(_\w+)?"),
     lambda *things: things[0] if len(things) == 1 else things),
    (re.compile(r"(accelerate|lightning_fabric|lightning\.fabric)\..*\.backward"), lambda loss: loss.backward()),
    (re.compile(r"apex\.amp\.scale_loss"), lambda loss, *_: contextlib.nullcontext(loss)),
)

# Small functions of sizes by the names that every package has them under: what they give is calculated with.
_OF_SIZES = {"make_divisible": _divisible, "_make_divisible": _divisible}


def _is_users(cls):
    """Whether a class is one that a decorator may stand above, and not what an array's numbers are to become."""
    return site.is_user_file(getattr(sys.modules.get(cls.__module__), "__file__", None) or "<")


def result_of(name, args, kwargs, made_by=None):
    """What a call of a dotted name gives, or UNKNOWN. `made_by`: (name, args, kwargs) of the call that gave what is called."""
    if made_by is not None and len(args) == 1 and not kwargs and isinstance(args[0], Array) and _LAYER.search(made_by[0]):
        diagnostics.report("skipped", "warning", f"`{made_by[0]}` is not here: what this layer is called on is passed on as it is", site.here())
        return args[0]
    command = commands.started(name, args)
    if command is not None:
        return commands.start(command)
    if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):  # used as a decorator
        return commands.decorated(made_by or (name, (), {}), args[0])
    if len(args) == 1 and not kwargs and isinstance(args[0], type) and _is_users(args[0]):
        return args[0]
    if name in hydra.FUNCTIONS:
        return hydra.FUNCTIONS[name](*args, **kwargs)
    said = packages.sentence_of_model(name)
    if said is not None:
        diagnostics.report("skipped", "warning", said, site.here())
        if name.startswith("transformers."):
            return pretrained.Pretrained(*args[:1])
    for pattern, give in _OF_TRAINERS:
        if args and pattern.fullmatch(name):
            return give(*args)
    layer = standins.layer_for(name, args, kwargs)
    if layer is not None:
        return layer
    last = name.rpartition(".")[2]
    if not args and last.lower().startswith("get_"):
        for pattern, number in _OF_LAUNCHERS:
            if pattern.search(last):
                return number
    if last in _OF_SIZES and args and all(isinstance(one, (int, float)) for one in args):
        return _OF_SIZES[last](*args)
    if last in _PASS_THROUGH:
        if last == "trange":
            return PassThrough(range(*args))
        return PassThrough(args[0] if args else kwargs.get("iterable", kwargs.get("sequence", ())))
    return UNKNOWN


class PassThrough:
    """A progress bar: iterates what it was given, and takes any method call."""

    def __init__(self, iterable):
        self._iterable = iterable

    def __iter__(self):
        return iter(self._iterable)

    def __len__(self):
        return len(self._iterable)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: None


# As of ghosts: messages have it under the name that the file knows.
PassThrough.__name__ = "tqdm"
