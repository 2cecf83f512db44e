"""Stand-ins for packages that are not here: whatever is done with them gives another ghost, and nothing happens.

So that a file which plots, logs or loads data runs on to its model. Each missing package is said once, on its import line.
"""
import abc
import dis
import functools
import importlib.machinery
import math
import re
import sys
import types

from .. import diagnostics, framework
from ..construction import names
from ..recording import site
from ..running import imports
from . import absent, pretrained, settings

# Packages people import beside a model, and what is to be said where more than "not here" helps.
_SENTENCES = {
    "jax": "JAX is not read by Activation Lens (PyTorch, Keras and TensorFlow are)",
    "flax": "Flax runs on JAX, which Activation Lens does not read (PyTorch, Keras and TensorFlow are)",
    "haiku": "Haiku runs on JAX, which Activation Lens does not read (PyTorch, Keras and TensorFlow are)",
    "paddle": "Paddle is not read by Activation Lens (PyTorch, Keras and TensorFlow are)",
    "mxnet": "MXNet is not read by Activation Lens (PyTorch, Keras and TensorFlow are)",
    "transformers": "`transformers` is not here: the models that it makes from a configuration or from a server are out of reach",
    "diffusers": "`diffusers` is not here: the models that it makes from a configuration or from a server are out of reach",
    "peft": "`peft` is not here: models are shown without what it adds to them",
    "torch_geometric": "`torch_geometric` is not here: its layers are out of reach, those that the file writes itself are shown",
    "dgl": "`dgl` is not here: its layers are out of reach, those that the file writes itself are shown",
    "datasets": "`datasets` is not here: its data lies on a server, so loops over it are empty",
    "pdb": "`pdb` is not here: nothing stops for it",
}
# Of the standard library, what waits for a person at a terminal.
OF_A_TERMINAL = ("pdb",)

# Packages whose models are made elsewhere, and how.
_MAKE_MODELS = {
    "transformers": "a model that `transformers` makes from a configuration or from a server is out of reach",
    "diffusers": "a model that `diffusers` makes from a configuration or from a server is out of reach",
    "torch_geometric": "a layer of `torch_geometric` is out of reach", "dgl": "a layer of `dgl` is out of reach",
}
_WITHOUT = {
    "transformers": "it is not among the layers, and random numbers stand in for its outputs", "diffusers": "it is not among the layers",
    "torch_geometric": "it is not among the layers", "dgl": "it is not among the layers",
}
_MAKES_MODEL = re.compile(r"(Model(For\w+|With\w+)?|LMHeadModel|UNet\w+|Autoencoder\w*|Transformer\w+|Pipeline)(\.from_(pretrained|config))?$|nn\.(\w+\.)*[A-Z]\w*(Conv|Layer|Norm)\w*$")

# What passes its first argument through when it is iterated, so that loops over it run.
_PASS_THROUGH = frozenset({"tqdm", "trange", "track", "progress_bar"})

# What a model is made as large as, though it lies in data that is not here.
_TABLES = re.compile(r"(vocab\w*|itos|stoi|tokenizer|word2id\w*)|(classes|class_names|label_names)", re.IGNORECASE)

def _divisible(size, divisor=8, *more):
    return math.ceil(size / int(divisor)) * int(divisor)


# Small functions of sizes by the names that every package has them under: what they give is calculated with.
_OF_SIZES = {"make_divisible": _divisible, "_make_divisible": _divisible}

_WORK_AS_GHOSTS = frozenset({"tqdm", "rich", "alive_progress", "pytorch_lightning", "lightning", "torchmetrics"})


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
        return Ghost(f"{object.__getattribute__(self, '_ghost_name')}.{name}")

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __call__(self, *args, **kwargs):
        return _called(object.__getattribute__(self, "_ghost_name"), args, kwargs)

    def __mro_entries__(self, bases):
        return _bases_for(self, self._ghost_name.rpartition(".")[2], bases)

    def __iter__(self):
        count = _unpacked_names(sys._getframe(1))
        if not count:
            absent.data.add(self._ghost_name.partition(".")[0])
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
        if words:
            size = names.by_name("vocab_size" if words[1] else "num_classes")
            diagnostics.report("skipped", "information", f"the length of `{self._ghost_name}` is assumed: {size}", site.here())
            return size
        absent.data.add(self._ghost_name.partition(".")[0])
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
        return self is other

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
        absent.numbers.add(self._ghost_name.partition(".")[0])
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


def _called(name, args, kwargs):
    if len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type)):
        return args[0]  # used as a decorator
    last = name.rpartition(".")[2]
    package = name.partition(".")[0]
    if package in _MAKE_MODELS and _MAKES_MODEL.search(name):
        diagnostics.report("skipped", "warning", f"`{name.partition('.')[2]}(…)`: {_MAKE_MODELS[package]}, so " + _WITHOUT[package], site.here())
        if package == "transformers":
            return pretrained.Pretrained(*args[:1])
    if last in _OF_SIZES and args and all(isinstance(one, (int, float)) for one in args):
        return _OF_SIZES[last](*args)
    if last in _PASS_THROUGH:
        if last == "trange":
            return PassThrough(range(*args))
        return PassThrough(args[0] if args else kwargs.get("iterable", kwargs.get("sequence", ())))
    return Ghost(f"{name}(…)", (name, args, kwargs))


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


class GhostModule(types.ModuleType):
    """The module that an import of a missing package gives."""

    __version__ = "999.0.0"  # what asks for it takes the branch for the newest

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        dotted = f"{self.__name__}.{name}"
        return settings.STAND_INS[dotted] if dotted in settings.STAND_INS else Ghost(dotted)

    def __call__(self, *args, **kwargs):
        return _called(self.__name__, args, kwargs)


# As `Ghost`: by the name that messages give it.
PassThrough.__name__, GhostModule.__name__ = "tqdm", "module"


class GhostFinder:
    """The last of the finders: what nobody else has becomes a ghost, if the user's code asks for it. With `names`, the first, for these alone."""

    def __init__(self, names=None):
        self._names = names

    def find_spec(self, name, path=None, target=None):
        if self._names is not None and name not in self._names:
            return None
        frame = _importer()
        if frame is None:
            return None
        place = site.of_frame(frame)
        parent = sys.modules.get(name.rpartition(".")[0])
        if not isinstance(parent, GhostModule):
            if (frame.f_code.co_filename, site.table()[place][1]) in imports.guarded:
                return None
            if name.partition(".")[0] not in _WORK_AS_GHOSTS:
                diagnostics.report("skipped", "information", _sentence(name), place)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return GhostModule(spec.name)

    def exec_module(self, module):
        module.__path__ = []


def part(name):
    """The ghost of a module that a package of ours lacks, said on the line that asks for it."""
    diagnostics.report("skipped", "information", _sentence(name), site.here())
    module = sys.modules[name] = GhostModule(name)
    module.__path__ = []
    return module


def thing(name):
    """The ghost of a class or function that a package of ours lacks, said on the line that asks for it."""
    diagnostics.report("skipped", "information", _sentence(name), site.here())
    return Ghost(name)


def clear():
    """Drops the ghosts of an earlier run."""
    _class_of.cache_clear()
    for name in [name for name, module in sys.modules.items() if isinstance(module, GhostModule)]:
        parent, _, child = name.rpartition(".")
        if parent in sys.modules and not isinstance(sys.modules[parent], GhostModule):
            vars(sys.modules[parent]).pop(child, None)
        del sys.modules[name]


def _importer():
    """The frame that imports, if it is the user's own: the standard library's optional imports are left to fail."""
    frame = sys._getframe(2)
    while frame is not None and (frame.f_code.co_filename.startswith("<frozen importlib") or frame.f_globals.get("__name__") == "importlib"):
        frame = frame.f_back
    return frame if frame is not None and site.is_user_file(frame.f_code.co_filename) else None


def _sentence(name):
    package = name.partition(".")[0]
    if package in _SENTENCES:
        return _SENTENCES[package]
    if package in settings.PACKAGES:
        return f"`{name}` is not here: it keeps the settings that are put into it and that it reads"
    return f"`{name}` is not here: what the file does with it has no effect"
