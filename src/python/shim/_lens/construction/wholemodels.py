"""Whole models that a model is made of: `GaussianDiffusion(model)`, `LitModule(net)`, `DETR(backbone, …)`.

One of the file's own classes is given where the use fits: it has the attributes and methods that are read of it, and takes as many inputs as it is called on.
Else a small module stands in that gives ten numbers for each row.
"""
import ast
import importlib
import inspect
import itertools
import re
import sys
import types

from .. import diagnostics, framework
from ..inputs import methods
from ..learning import training
from ..meanings.comparisons import by_text_or_name
from ..meanings.names import CannotAssume
from ..session import session
from ..signature import parameters_of
from ..workspace import imports, modules, neighbours
from . import usage, written
from .annotated import BY_TYPE

_WHOLE = re.compile(r"((base|inner|denois(e|ing)|diffusion|feature|eps|noise|score|pretrained|student|teacher)_?)?(model|net|network|backbone|encoder|decoder|unet|denoiser|module)|denoise_fn", re.IGNORECASE)
_STAND_IN = "a stand-in: ten numbers for each row"


def is_whole(name):
    return _WHOLE.fullmatch(name) is not None


def left_out(model):
    """Whether a module was made without one that it requires: `LitModule(net=None)`, which is a test that it can be made."""
    kept = [*vars(model).items(), *getattr(model, "_modules", {}).items()]
    return any(value is None and name in _required(type(model)) for name, value in kept)


def _required(cls):
    return {one.name for one in parameters_of(cls) if one.default is one.empty and is_whole(one.name)}


_open = []  # classes that a whole model is looked for


def whole(wanted):
    """(model, why) for an argument of a class of the user's whose name says that it is one; None where it is not used as one."""
    if not is_whole(wanted.name) or not isinstance(wanted.callable, type) or wanted.kind in BY_TYPE or wanted.callable in _open:  # two wrappers would be made of each other without end
        return None
    tried = []  # (model, sentences), of which one at most is given

    def construct(cls):
        apart = wanted.apart()
        made = apart.constructed(cls)
        tried.append((made, apart.sentences))
        return made
    _open.append(wanted.callable)
    try:
        model, reason = _for_argument(wanted.name, wanted.callable, construct)
    except CannotAssume:
        return None
    finally:
        _open.pop()
    for made, sentences in tried:
        if made is model:
            wanted.sentences.extend(sentences)
    return model, reason


def _for_argument(name, callable_, construct):
    """(model, why). Raises CannotAssume where the argument is not used as a model."""
    use = _Use(callable_, name)
    if not use.calls and not use.read:
        raise CannotAssume(f"nothing is known of its argument `{name}`, which it does not call")
    for cls in _classes(callable_, use):
        made = use.fitting(cls, construct)
        if made is not None:
            return made, f"a model of the file that has what it reads of `{name}`" if use.read else f"a model of the file that takes what it calls `{name}` on"
    layer = _layer_with(use.read)
    if layer is not None:
        return layer, f"a layer that has what it reads of `{name}`"
    made = _ten_numbers()
    for attribute in sorted(use.read - use.methods):
        try:
            written.change(made, attribute, by_text_or_name(attribute))
        except CannotAssume as error:
            raise CannotAssume(f"nothing is known of `{attribute}`, which it reads of its argument `{name}`") from error
    return made, _STAND_IN


# Layers that an argument may be of which only such things are read as layers have: name → arguments.
_LAYERS = {"Linear": (64, 64), "Conv2d": (3, 16, 3)}


def _layer_with(read):
    """A single layer that has all of some attributes, of which there must be some: `module.bias`, `module.kernel_size`; None."""
    made = (written.make(framework.named("torch").layer_class(name), *sizes) for name, sizes in (_LAYERS.items() if read else ()))
    return next((layer for layer in made if all(hasattr(layer, attribute) for attribute in read)), None)


def _ten_numbers():
    """A module that gives ten numbers for each row of its first input, whatever that is."""
    layers = framework.named("torch").layer_class
    return written.make(layers("Sequential"), written.make(layers("Flatten"), 1), written.make(layers("LazyLinear"), 10))


class _Use:
    """What a class does with an argument: `read`: attributes, of which `methods` are called. `calls`: of it as a model."""

    def __init__(self, cls, name):
        uses = usage.uses_below(cls, name)
        read = [use for use in uses if use.kind in ("attribute", "method") and isinstance(use.node, ast.Attribute)]
        self.read = {use.node.attr for use in read}.difference(dir(framework.named("torch").model_base))
        self.methods = {use.node.attr for use in read if use.kind == "method"}
        self.calls = [use.node for use in uses if use.kind == "called"]

    def fitting(self, cls, construct):
        """An instance of a class that has all that is read, or None."""
        try:
            made = construct(cls)
        except (Exception, SystemExit):
            return None
        has_weights = bool(framework.of(made).parameters(made))  # losses and metrics have none
        return made if has_weights and all(hasattr(made, attribute) for attribute in self.read) and self._takes(cls) else None

    def _takes(self, cls):
        parameters = methods.parameters_of_class(cls)
        required = sum(one.default is one.empty for one in parameters)
        counts = {len(call.args) + len(call.keywords) for call in self.calls if not _is_open(call)}
        return bool(parameters) and all(required <= count <= len(parameters) for count in counts)


def _is_open(call):
    """Whether its text does not say how many arguments it has: `model(x, *more)`."""
    return any(isinstance(argument, ast.Starred) for argument in call.args) or any(keyword.arg is None for keyword in call.keywords)


def _classes(callable_, use):
    """Classes of the file and, where attributes tell which is meant, of the user's others; the last ones first, as they are made of those before."""
    spaces = [session.namespace]
    if use.read:
        paths = {file.path for file in imports.files}
        spaces += [vars(module) for module in list(sys.modules.values()) if getattr(getattr(module, "__spec__", None), "origin", None) in paths]
    found = {}
    for space in itertools.chain(spaces, _spaces_around(use)):
        for thing in reversed(list(space.values())):
            if id(thing) not in found and _is_other(thing, callable_) and use.read <= _names_in(thing):
                found[id(thing)] = thing
                yield thing


_MOST_IMPORTED = 3  # files around, for the class that a model is of


def _spaces_around(use):
    """The names of files around that do nothing but define, and whose text has all attributes that are read of a model."""
    asked = [re.compile(rf"\b{name}\b") for name in use.read]
    tried = 0
    for path, text in neighbours.texts() if asked else ():
        if not all(pattern.search(text) for pattern in asked):
            continue
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        if not any(isinstance(node, ast.ClassDef) for node in tree.body) or any(isinstance(node, (ast.For, ast.While, ast.With)) for node in tree.body):
            continue
        tried += 1
        if tried > _MOST_IMPORTED:
            return
        try:
            with training.of_another_file():
                module = importlib.import_module(modules.module_name(path, tree))
            yield vars(module)
        except (Exception, SystemExit) as error:
            diagnostics.log_failure(f"{path.rpartition('/')[2]} is not imported", error)


def _names_in(cls):
    """Names and words that the code of a class and of those below it has: what it may have as an attribute is among them."""
    found = set()
    for one in set(cls.__mro__).difference(framework.named("torch").model_base.__mro__):
        found.update(vars(one))
        waiting = [method.__code__ for method in vars(one).values() if inspect.isfunction(method)]
        while waiting:
            code = waiting.pop()
            found.update(code.co_names, (constant for constant in code.co_consts if isinstance(constant, str)))
            waiting.extend(constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return found


def _is_other(thing, callable_):
    owner = framework.of_users_class(thing)
    return owner is not None and owner.name == "torch" and not (isinstance(callable_, type) and (issubclass(thing, callable_) or issubclass(callable_, thing)))
