"""Stand-ins for what is not here: whatever is done with them gives another ghost, and nothing happens.

So that a file which plots, logs or loads data runs on to its model. `finder` makes them of imports.
"""
import abc
import dis
import functools
import re
import sys

from .. import diagnostics, framework
from ..meanings import names
from ..recording import site
from ..recording.array import Array
from . import absent, ghostcalls, settings

# What a model is made as large as, though it lies in data that is not here.
_TABLES = re.compile(r"(vocab\w*|itos|stoi|tokenizer|word2id\w*)|(classes|class_names|label_names)", re.IGNORECASE)
# What gives the classes that labels are of: the largest of them, which is one less than there are, or how many different ones there are.
_OF_LABELS = r"(^|[._])(labels?|targets?|classes|y)(_\w+)?(\.\w+(\(…\))?|\[…\])*"
_LARGEST_LABEL = re.compile(_OF_LABELS + r"\.a?max\(…\)(\.\w+\(…\))*$", re.IGNORECASE)
_DIFFERENT_LABELS = re.compile(_OF_LABELS + r"\.n?unique\(…\)(\.size\(…\)|\.shape\[…\]|\.\w+\(…\))*$", re.IGNORECASE)


class Ghost(absent.Missing):
    """Anything of a missing package. Python's own messages name a thing by its class, so each is of a class that has its name."""

    def __new__(cls, name, call=None):
        return object.__new__(_class_of(re.split(r"[(\[]", name, maxsplit=1)[0]))

    def __init__(self, name, call=None):
        object.__setattr__(self, "_ghost_name", name)
        object.__setattr__(self, "_ghost_call", call)  # (name, args, kwargs) it is the result of

    def __getnewargs__(self):
        return (object.__getattribute__(self, "_ghost_name"),)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        dotted = f"{object.__getattribute__(self, '_ghost_name')}.{name}"
        return settings.STAND_INS[dotted] if dotted in settings.STAND_INS else Ghost(dotted)

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __call__(self, *args, **kwargs):
        return called(object.__getattribute__(self, "_ghost_name"), args, kwargs, object.__getattribute__(self, "_ghost_call"))

    def __mro_entries__(self, bases):
        return _bases_for(self, self._ghost_name.rpartition(".")[2], bases)

    def __iter__(self):
        count = _unpacked_names(sys._getframe(1))
        if not count:
            absent.data.add(absent.package_of(self._ghost_name))
        return iter([Ghost(f"{self._ghost_name}[{position}]") for position in range(count)])

    def __instancecheck__(self, instance):
        return False

    def __subclasscheck__(self, cls):
        return False

    def __next__(self):
        raise StopIteration

    def __aiter__(self):
        return self

    async def __anext__(self):
        raise StopAsyncIteration

    def __len__(self):
        words = _TABLES.match(re.split(r"[.\[(]", self._ghost_name.rstrip("…)([]"))[-1])
        if words or _DIFFERENT_LABELS.search(self._ghost_name):
            size = names.by_name("vocab_size" if words and words[1] else "num_classes")
            diagnostics.report("skipped", "information", f"the length of `{self._ghost_name}` is assumed: {size}", site.here())
            return size
        absent.data.add(absent.package_of(self._ghost_name))
        return 0

    def __bool__(self):
        return True

    def __contains__(self, item):
        return False

    def __getitem__(self, key):
        return Ghost(f"{self._ghost_name}[…]")

    def __setitem__(self, key, value):
        pass

    def __delitem__(self, key):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __eq__(self, other):
        return other == int(self) if isinstance(other, Array) else self is other

    def __ne__(self, other):  # a mask of what is not the padding, whose number is not known
        return other != int(self) if isinstance(other, Array) else self is not other

    def __hash__(self):
        return id(self)

    def __lt__(self, other):
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __repr__(self):
        return f"<{self._ghost_name}>"

    __str__ = __repr__

    def __format__(self, specification):
        return repr(self)

    def __int__(self):
        if _LARGEST_LABEL.search(self._ghost_name):
            largest = names.by_name("num_classes") - 1
            diagnostics.report("skipped", "information", f"the number `{self._ghost_name}` is assumed: {largest}", site.here())
            return largest
        absent.numbers.add(absent.package_of(self._ghost_name))
        return 0

    def __index__(self):
        size = None if site.is_user_file(sys._getframe(1).f_code.co_filename) else _size_named(self._ghost_name)
        if size is None:
            return int(self)
        diagnostics.report("skipped", "information", f"the number `{self._ghost_name}` is assumed: {size}", site.here())
        return size

    def __float__(self):
        return float(int(self))

    def __fspath__(self):
        return str(self)

    def __buffer__(self, flags):
        return memoryview(b"")


def _size_named(name):
    """What a layer is made as large as by the last of a ghost's names, `envs.action_space.n`; None where they mean no size."""
    if _LARGEST_LABEL.search(name) or _DIFFERENT_LABELS.search(name):  # to which the one was added that makes it a number of classes
        return names.by_name("num_classes")
    *_, owner, last = ["", *re.sub(r"\(…\)|\[…\]", "", name).split(".")]
    for word in (last, f"{owner}_{last}"):
        size = names.by_name(word) if names.is_known(word) else None
        if type(size) is int and size > 0:
            return size
    return None


@functools.cache
def _class_of(name):
    """`name`: dotted, as the file's imports have it."""
    return type(name, (Ghost,), {"__module__": "builtins", "__new__": Ghost.__new__})


def _operator(self, *others):
    return self


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift"):
    setattr(Ghost, f"__{_name}__", _operator)
    setattr(Ghost, f"__r{_name}__", _operator)
for _name in ("neg", "pos", "abs", "invert", "round"):
    setattr(Ghost, f"__{_name}__", _operator)


def _bases_for(ghost, name, bases):
    """What a subclass of a missing class is: a module where that class is one, else a class that takes whatever it is made with."""
    if name not in _MODULE_BASES:
        is_first_of_ghosts = bases[0] is ghost and all(isinstance(base, Ghost) for base in bases)
        return (_Base,) if is_first_of_ghosts else ()
    return (type(name, (framework.named("torch").model_base,), {"__module__": "torch.nn", **_MODULE_BASES[name]}),)


class _BaseClass(abc.ABCMeta):
    """Classes below a missing one: what they declare and do not set (`dataset: Dataset`), and what they would inherit, is a ghost."""

    def __getattr__(cls, name):
        if name.startswith("_"):
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")
        return Ghost(f"{cls.__name__}.{name}")


class _Base(metaclass=_BaseClass):
    """In the place of a missing class: what its subclasses do not define themselves has no effect."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        return Ghost(f"{type(self).__name__}.{name}")


def _nothing(self, *args, **kwargs):
    return None


# Classes of missing packages whose subclasses are PyTorch modules, with the methods that these call on themselves.
_MODULE_BASES = {
    "PreTrainedModel": {"post_init": _nothing},
}


def _unpacked_names(frame):
    """How many values the running instruction wants (`fig, axes = plt.subplots()`); 0 for a loop."""
    code, offset = frame.f_code.co_code, frame.f_lasti
    if code[offset] == _UNPACK_SEQUENCE:
        return code[offset + 1]
    return 0


_UNPACK_SEQUENCE = dis.opmap["UNPACK_SEQUENCE"]


def called(name, args, kwargs, made_by=None):
    """What a call of a dotted name gives. `made_by`: (name, args, kwargs) of the call that gave what is called."""
    found = ghostcalls.result_of(name, args, kwargs, made_by)
    return Ghost(f"{name}(…)", (name, args, kwargs)) if found is ghostcalls.UNKNOWN else found


def clear():
    """Forgets the classes of an earlier run's ghosts."""
    _class_of.cache_clear()
