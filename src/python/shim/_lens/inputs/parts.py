"""How a method takes an argument apart: a name, a tuple of the names it is unpacked to, a dict from key to name, or a Record."""
import ast
import inspect
import re

from .. import sourcetree
from ..signature import signature_of
from . import methods

# What a recurrent layer carries, `(h, c)`: an argument of this name that is indexed is a pair, where others that are may be one tensor.
_STATE = re.compile(r"((lstm|rnn|gru|hidden|recurrent)_?)?(states?|hiddens?)|hx|h_?c|h_?0|hidden\w*")
_FOLLOWED = 2  # calls that a batch is followed through: `training_step` → `self._step(batch)`


class Record:
    """An argument that is annotated with a class of the file's which holds tensors, `NestedTensor(tensors, mask)`."""

    def __init__(self, name, cls, fields):
        self.cls = cls
        self.fields = {field: f"{name}.{field}" for field in fields}

    def made(self, values):
        return self.cls(**dict(zip(self.fields, values)))


def leaves_of(part):
    if isinstance(part, Record):
        return list(part.fields.values())
    return [part] if isinstance(part, str) else list(part) if isinstance(part, tuple) else list(part.values())


def record_of(function, parameter):
    """The Record of a parameter whose class keeps what it is made of under the same names, of which the function reads some; None."""
    cls = parameter.annotation
    initialize = getattr(cls, "__init__", None)
    if not isinstance(cls, type) or cls.__bases__ != (object,) or not inspect.isfunction(initialize) or not hasattr(function, "__code__"):
        return None
    fields = [field.name for field in methods.positional_of(initialize)[1:] if field.default is field.empty]
    kept = set(initialize.__code__.co_names)
    return Record(parameter.name, cls, fields) if fields and kept.issuperset(fields) and not set(fields).isdisjoint(function.__code__.co_names) else None


def part_of(function, name, follow=_FOLLOWED):
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
    if not places or not sourcetree.is_of_self(call.func):
        return name
    owner = function.__globals__.get(function.__qualname__.rpartition(".")[0])
    called = getattr(owner, call.func.attr, None)
    if not inspect.isfunction(called):
        return name
    parameters = list(signature_of(called).parameters)
    if places[0] + 1 >= len(parameters):
        return name
    inner = parameters[places[0] + 1]
    part = part_of(called, inner, follow - 1)
    return name if part == inner else part
