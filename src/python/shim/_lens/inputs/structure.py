"""How a model takes its arguments apart: `x, y = batch`, `batch["image"]`. What is solved, named and drawn are the leaves of that."""
import ast
import inspect
import re

from .. import sourcetree
from ..package import package_of
from ..signature import signature_of

# What a recurrent layer carries, `(h, c)`: an argument of this name that is indexed is a pair, where others that are may be one tensor.
_STATE = re.compile(r"((lstm|rnn|gru|hidden|recurrent)_?)?(states?|hiddens?)|hx|h_?c|h_?0|hidden\w*")
_FOLLOWED = 2  # calls that a batch is followed through: `training_step` → `self._step(batch)`


class Keyword:
    """An argument that is taken by its name only: `forward(self, *, query, key)`."""

    def __init__(self, name, value):
        self.name, self.value = name, value


def call(callable_, arguments, **more):
    """Calls with arguments of which some are Keywords."""
    named = {argument.name: argument.value for argument in arguments if isinstance(argument, Keyword)}
    return callable_(*[argument for argument in arguments if not isinstance(argument, Keyword)], **named, **more)


class Record:
    """An argument that is annotated with a class of the file's which holds tensors, `NestedTensor(tensors, mask)`."""

    def __init__(self, name, cls, fields):
        self.cls = cls
        self.fields = {field: f"{name}.{field}" for field in fields}

    def made(self, values):
        return self.cls(**dict(zip(self.fields, values)))


class Structure:
    """`parts`: for each argument its name, a tuple of the names it is unpacked to, a dict from key to name, or a Record. `required`: how many leaves must be given.

    `keywords`: names of the arguments that are taken by name only.
    """

    def __init__(self, parts, required, keywords=()):
        self.parts = parts
        self.keywords = frozenset(keywords)
        self.names = [name for part in parts for name in _leaves(part)]
        self.required = required

    def assembled(self, leaves):
        """The arguments made of values for the first leaves."""
        waiting, arguments = list(leaves), []
        for part in self.parts:
            if not waiting:
                break
            taken, waiting = waiting[:len(_leaves(part))], waiting[len(_leaves(part)):]
            if isinstance(part, Record):
                arguments.append(part.made(taken))
            elif isinstance(part, str):
                arguments.extend([Keyword(part, value) for value in taken] if part in self.keywords else taken)
            else:
                arguments.append(tuple(taken) if isinstance(part, tuple) else dict(zip(part, taken)))
        return arguments + waiting

    def described(self, count):
        """Names of the first `count` leaves."""
        return self.names[:count] + [f"input_{position}" for position in range(len(self.names), count)]

    def named(self, args, kwargs):
        """[(name, value)] of the arguments that a call was given; what a part takes apart is one for each of its leaves."""
        found = []
        for position, given in enumerate(args):
            part = self.parts[position] if position < len(self.parts) else f"input_{position}"
            if isinstance(part, tuple) and isinstance(given, (tuple, list)) and len(given) == len(part):
                found.extend(zip(part, given))
            elif isinstance(part, Record) and isinstance(given, part.cls):
                found.extend((name, getattr(given, field, None)) for field, name in part.fields.items())
            elif isinstance(part, dict) and isinstance(given, dict):
                found.extend((part.get(key, key), value) for key, value in given.items())
            else:
                found.append((part if isinstance(part, str) else f"input_{position}", given))
        return [*found, *kwargs.items()]


def _leaves(part):
    if isinstance(part, Record):
        return list(part.fields.values())
    return [part] if isinstance(part, str) else list(part) if isinstance(part, tuple) else list(part.values())


def method_of(model):
    """What runs when a model is called: `forward`, `call`, or the training step of a Lightning module without a forward."""
    cls = type(model)
    if inspect.isfunction(model):
        return model
    if has_only_training_step(model):
        return cls.training_step
    own = method_instead(model)
    if own is not None:
        return own
    return next((getattr(cls, name) for name in ("forward", "call") if callable(getattr(cls, name, None))), cls.__call__)


def has_only_training_step(model):
    forward = getattr(type(model), "forward", None)
    return callable(getattr(type(model), "training_step", None)) and not (inspect.isfunction(forward) and package_of(forward) != "torch")


def method_instead(model):
    """The method that is shown of a module without a forward of its own, `get_action_and_value` of an agent: the one that calls most of its layers. None where there is a forward, or no such method."""
    cls = type(model)
    forward = getattr(cls, "forward", None)
    if getattr(forward, "__module__", "").partition(".")[0] != "torch" and not _only_refuses(forward) or getattr(model, "_modules", None) is None or cls.__module__.partition(".")[0] == "torch":
        return None
    own = getattr(cls, "__call__", None)
    if inspect.isfunction(own) and own.__module__.partition(".")[0] != "torch":
        return own
    layers, best, most = set(model._modules), None, 0
    for name, method in ((name, method) for one in cls.__mro__ for name, method in vars(one).items()):
        if not inspect.isfunction(method) or name.startswith("_") or method.__module__.partition(".")[0] == "torch" or getattr(cls, name) is not method:
            continue
        reached = layers & _names_reached(cls, method)
        if len(reached) > most and method.__code__.co_argcount > 1:
            best, most = method, len(reached)
    return best


def _names_reached(cls, method):
    """Names that a method reads, and that the methods of its class read which it names."""
    found, waiting = set(), [method]
    while waiting:
        new = set(waiting.pop().__code__.co_names) - found
        found |= new
        waiting += [other for other in (getattr(cls, name, None) for name in new) if inspect.isfunction(other) and other.__module__ == method.__module__]
    return found


def _only_refuses(method):
    """Whether a method's whole body is `raise NotImplementedError`: its class is called by other methods."""
    code = getattr(method, "__code__", None)
    return code is not None and code.co_names == ("NotImplementedError",)


def parameters_of(model):
    """The parameters a model can be given in their order. Raises TypeError or ValueError where they are not known."""
    parameters = list(signature_of(method_of(model)).parameters.values())
    parameters = parameters if inspect.isfunction(model) else parameters[1:]
    by_name = [p for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is p.empty]  # one that has a default is left out, as what lies behind it is
    return [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and (p.default is p.empty or not by_name)] + by_name


def _takes_nothing(model):
    """`def forward(self):`, of a model that makes its tensors itself."""
    try:
        return not inspect.isfunction(model) and [parameter.kind for parameter in signature_of(method_of(model)).parameters.values()] == [inspect.Parameter.POSITIONAL_OR_KEYWORD]
    except (TypeError, ValueError):
        return False


def parameters_of_class(cls):
    """The same of the instances of a class with a `forward` or `call`; none of another."""
    method = next((method for method in (getattr(cls, name, None) for name in ("forward", "call")) if inspect.isfunction(method)), None)
    return [] if method is None else _positional(method)[1:]


def _positional(function):
    return [p for p in signature_of(function).parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def annotations_of(model):
    """name → annotation of the parameters that have one."""
    try:
        return {parameter.name: parameter.annotation for parameter in parameters_of(model) if parameter.annotation is not parameter.empty}
    except (TypeError, ValueError):
        return {}


def defaults_of(model):
    """name → default of the parameters that have one."""
    try:
        return {parameter.name: parameter.default for parameter in parameters_of(model) if parameter.default is not parameter.empty}
    except (TypeError, ValueError):
        return {}


def of(model):
    """The Structure of a model's arguments."""
    try:
        parameters = parameters_of(model)
    except (TypeError, ValueError):
        parameters = []
    if has_only_training_step(model):
        parameters = parameters[:1]
    if not parameters:
        return Structure([], 0) if _takes_nothing(model) else Structure(["input"], 1)
    function = method_of(model)
    parts = [_record_of(function, parameter) or _part_of(function, parameter.name) if parameter.default is parameter.empty else parameter.name for parameter in parameters]
    last = max((place for place, parameter in enumerate(parameters) if parameter.default is parameter.empty or _is_asserted(function, parameter)), default=-1)
    required = sum(len(_leaves(part)) for part in parts[:last + 1])
    return Structure(parts, max(1, required), [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY])


def _is_asserted(function, parameter):
    """Whether a parameter that has None for its default may not be None: `assert mask is not None`."""
    return parameter.default is None and any(
        isinstance(node, ast.Assert) and ast.unparse(node.test) == f"{parameter.name} is not None" for node in ast.walk(sourcetree.of(function)))


def of_training_step(model):
    """How the training step takes its batch apart."""
    return _part_of(type(model).training_step, list(signature_of(type(model).training_step).parameters)[1])


def _record_of(function, parameter):
    """The Record of a parameter whose class keeps what it is made of under the same names, of which the function reads some; None."""
    cls = parameter.annotation
    initialize = getattr(cls, "__init__", None)
    if not isinstance(cls, type) or cls.__bases__ != (object,) or not inspect.isfunction(initialize) or not hasattr(function, "__code__"):
        return None
    fields = [field.name for field in _positional(initialize)[1:] if field.default is field.empty]
    kept = set(initialize.__code__.co_names)
    return Record(parameter.name, cls, fields) if fields and kept.issuperset(fields) and not set(fields).isdisjoint(function.__code__.co_names) else None


def _part_of(function, name, follow=_FOLLOWED):
    tree = sourcetree.of(function)
    keys, places = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id == name and isinstance(node.targets[0], (ast.Tuple, ast.List)):
            targets = node.targets[0].elts
            if all(isinstance(target, ast.Name) for target in targets):
                return tuple(target.id for target in targets)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == name and isinstance(node.slice, ast.Constant):
            if isinstance(node.slice.value, str):
                keys[node.slice.value] = f"{name}[{node.slice.value!r}]"
            else:
                places.add(node.slice.value)
    if keys:
        return keys
    if places == {0, 1} and _STATE.fullmatch(name):
        return f"{name}[0]", f"{name}[1]"
    if follow:
        for node in ast.walk(tree):
            part = _part_in_method(function, node, name, follow) if isinstance(node, ast.Call) else name
            if part != name:
                return part
    return name


def _part_in_method(function, call, name, follow):
    """What the method of the same class makes of an argument that is passed on to it: `self._step(batch)`."""
    places = [position for position, argument in enumerate(call.args) if isinstance(argument, ast.Name) and argument.id == name]
    if not places or not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "self"):
        return name
    owner = function.__globals__.get(function.__qualname__.rpartition(".")[0])
    method = getattr(owner, call.func.attr, None)
    if not inspect.isfunction(method):
        return name
    parameters = list(signature_of(method).parameters)
    if places[0] + 1 >= len(parameters):
        return name
    inner = parameters[places[0] + 1]
    part = _part_of(method, inner, follow - 1)
    return name if part == inner else part
