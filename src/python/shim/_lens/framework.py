"""What the runner must know of a framework, as one interface. Each shim package registers its own when it is imported."""

import random
from typing import Any, NamedTuple

from . import door

_registered = []


class InputSpec:
    """An input to draw: `shape` (batch included), `dtype` "float32", "int64" or "bool" (a mask, all False), and for integers the excluded upper bound.
    `is_adjacency`: who is beside whom in a graph, see `adjacency`.

    What a model is called with is a list of these, one for each leaf of its arguments (`structure`); in place of one, None or a `Plain` value.
    """

    def __init__(self, shape, dtype="float32", low=0, high=None, name="", origin="inferred", is_adjacency=False):
        self.shape = tuple(shape)
        self.dtype = dtype
        self.low, self.high = low, high
        self.is_adjacency = is_adjacency
        self.name = name
        self.origin = origin  # InputOrigin of src/protocol/report.ts

    def changed(self, **changes):
        """One like it but for what is given by name."""
        return InputSpec(**{**vars(self), **changes})

    @property
    def range(self):
        """[least, one above the largest] of integers, else None."""
        return [self.low, self.high] if self.dtype.startswith("int") else None


class Plain:
    """An argument that is no tensor: a number, a flag, a word."""

    def __init__(self, value, name="", origin="inferred"):
        self.value = value
        self.name = name
        self.origin = origin  # of PlainInputReport in src/protocol/report.ts


class Parameter(NamedTuple):
    """What a model learns, and of Keras what it keeps beside: `path` is that of `module`, whose attribute `name` it is; `site` is where the module was made."""
    path: str
    module: Any
    name: str
    array: Any
    trainable: bool
    site: Any


class Buffer(NamedTuple):
    """State that a call may replace (running statistics), by the path of its module."""
    path: str
    name: str
    array: Any


class Framework:
    """One framework's answers. `model` is always an instance that `is_model` accepted."""

    name = ""               # "torch" | "keras" | "tensorflow" | "numpy"
    channel_axis = "first"  # or "last"
    model_base = None       # the class that a model's class is derived from
    separator = "/"         # between the names of a path
    told_by_mode = ()       # arguments of a call that say only whether the model trains
    built_by_call = False   # a model has its weights, and calls of its parts, only once it was called

    def layer_class(self, name):
        """The framework's own layer class of a name of PyTorch's, "BatchNorm2d"."""
        raise NotImplementedError

    def passing_on(self):
        """The class of a layer that gives back the first of what it is called with: stands for a part that is not known."""
        raise NotImplementedError

    def is_model(self, thing):
        """An instance that can be called on data: a module or layer, containers included."""
        raise NotImplementedError

    def is_model_class(self, thing):
        """A class whose instances are models."""
        raise NotImplementedError

    def is_container_class(self, cls):
        """The framework's own generic containers and layers: never offered as a model of the file by class."""
        raise NotImplementedError

    def name_of(self, model, variable):
        """What the model's paths begin with where the whole file is shown: `variable` is its name in the file, or None."""
        return variable or type(model).__name__.lower()

    def definition(self, model):
        """Site where the instance was constructed, or None."""
        raise NotImplementedError

    def summary(self, module):
        """What it was made with that is worth reading, as its own description has it."""
        return ""

    def modules(self, model):
        """[(path, module)] of the model and everything below it, root first with path "" (Keras: names joined by "/")."""
        raise NotImplementedError

    def parameters(self, model):
        """[Parameter], each array once, in the framework's order."""
        raise NotImplementedError

    def buffers(self, model):
        """[Buffer]"""
        raise NotImplementedError

    def declared_inputs(self, model):
        """[InputSpec] where the model itself says what it takes (Keras `Input`, `input_shape=`), else None."""
        return None

    def input_hints(self, model):
        """[(module, {"kind": "linear"|"conv"|"embedding"|"recurrent"|"norm"|"attention", "features": int, "rank": int (spatial
        axes of a convolution), "vocabulary": int, "batch_first": bool, ...})] for layers that say what they take, in
        construction order: what inputs are solved from."""
        return []

    def saved_state(self, model, layout):
        """[(names, array)]: everything that a file of weights may hold, in the framework's order, each with the names it may have
        there, the one to show first. `layout`: "names", or "keras" for the paths of Keras's saving_lib."""
        parameters = self.parameters(model)
        known = {id(entry.array) for entry in parameters}
        entries = [*parameters, *(entry for entry in self.buffers(model) if id(entry.array) not in known)]
        return [([separator.join(part for part in (entry.path, entry.name) if part) for separator in "/."], entry.array) for entry in entries]

    # Name of a loss, as a file writes it (`CrossEntropyLoss`, `cross_entropy`) → its function.
    losses = {}

    def drawn_loss(self, function, output, settings):
        """The loss of an array against targets that are drawn for it, an array of one number; None where it takes more than these."""
        return None

    def make_up_for(self, error):
        """Makes what a launcher would have made before the file ran, where an error asks for it; a sentence on what is assumed, or None where it asks for nothing of the kind."""
        return None

    def default_dtype(self):
        """What a model's numbers are of where nobody says it."""
        raise NotImplementedError

    def set_mode(self, model, training):
        """train() or eval()."""

    def call(self, model, arguments, training):
        """Calls the model as a user would."""
        return model(*arguments)

    def is_variable(self, array):
        """An array of the file's own that is trained: a leaf that requires a gradient, a `tf.Variable`."""
        return bool(getattr(array, "requires_grad", False) and getattr(array, "is_leaf", False))

    def takes_gradients(self):
        """False inside of `torch.no_grad()`."""
        return True

    def begin_run(self):
        """Forgets the run before: name counters and the like."""

    def seed(self, seed):
        """The framework's own way to seed everything."""

    def wrap(self, value):
        """An array of this framework for a recorded `door.Value`."""
        raise NotImplementedError

    def draw(self, spec):
        """An array of this framework drawn for an InputSpec: standard normal, or uniform integers."""
        if spec.dtype.startswith("int"):
            return self.wrap(door.record("randint", generator=0, shape=list(spec.shape), low=spec.low, high=2 if spec.high is None else spec.high, dtype=spec.dtype))
        return self.wrap(door.record("normal", generator=0, shape=list(spec.shape), mean=0.0, std=1.0, dtype="float32"))

    def over_elements(self, function, count):
        """A function of `count` plain numbers that takes no arrays (`if x <= 0: …`) as a function of arrays, else None."""
        return None


def register(framework):
    if all(known.name != framework.name for known in _registered):
        _registered.append(framework)


def registered():
    return list(_registered)


def named(name):
    """The framework of that name; its package is there, since all are imported before the first run."""
    return next(known for known in _registered if known.name == name)


def of(thing):
    """The framework of a model instance or class, or None; also where the thing raises when it is asked for its class."""
    try:
        return next((framework for framework in _registered if framework.is_model(thing) or framework.is_model_class(thing)), None)
    except Exception:
        return None


def of_users_class(thing):
    """The framework of a model's class that is the user's; None: it is no such class, or the framework's own."""
    owner = of(thing) if isinstance(thing, type) else None
    return None if owner is None or owner.is_container_class(thing) else owner



def seed_everything(seed):
    """The seed of the request, for every generator that the file may draw from."""
    random.seed(seed)
    door.manual_seed(seed)
    for known in _registered:
        known.seed(seed)
