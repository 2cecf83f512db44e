"""Calls of a model by its `forward`, `model.forward(x)`: outside of any call they are calls of the model, `model(x)`.

`X.forward(…)` becomes `__lens_forward__(X)(…)`, all positions kept. Within a model's own code it stays what it says.
"""
import ast

from .. import framework, sourcetree
from ..recording import calls
from . import doors, placing


def taken_for_calls(tree, text):
    """The tree of a text, or of a part of it, with such calls replaced, in place. Few texts have the word."""
    if ".forward(" not in text:
        return tree
    for node in ast.walk(tree):
        function = node.func if isinstance(node, ast.Call) else None
        if isinstance(function, ast.Attribute) and function.attr == "forward" and not _is_of_model(function.value):
            node.func = placing.at(placing.call("forward", function.value), function, [function.value])
    return tree


def _is_of_model(node):
    """`self.forward(…)` and `super().forward(…)`: a model's own code, which may only ask for a size."""
    return sourcetree.is_self(node) or isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _forward(thing):
    """What a call of a thing's `forward` calls: a model itself, where no other call is open."""
    if calls.current() is None:
        owner = framework.of(thing)
        if owner is not None and owner.is_model(thing):
            return thing
    return thing.forward


doors.open_for_all(forward=_forward)
