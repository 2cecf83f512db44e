"""Which part of a model its first argument goes into, by the text of its methods: `features = self.backbone(samples)`, though the backbone was made last."""
import ast
import inspect

from .. import framework, sourcetree
from . import methods

_DEEPEST = 4  # methods and parts that are followed


def first(hints, model, method, name):
    """`hints` with those of the layers of the part that the argument `name` goes into before the others; as they are where the text does not say."""
    for _ in range(_DEEPEST):
        found = _called_on(method, name)
        called = None if found is None else getattr(model, found[0], None)
        if inspect.ismethod(called):
            method, taken = called.__func__, methods.positional_of(called.__func__)[1:]
        else:
            owner = framework.of(called)
            if owner is None or not owner.is_model(called):
                break
            inside = {id(module) for _, module in owner.modules(called)}
            hints = [hint for hint in hints if id(hint[0]) in inside] + [hint for hint in hints if id(hint[0]) not in inside]
            if owner.is_container_class(type(called)):
                break
            model, method = called, methods.of(called)
            taken = methods.positional_of(method)[1:]
        if found[1] >= len(taken):
            break
        name = taken[found[1]].name
    return hints


def _called_on(method, name):
    """(attribute of `self`, place) of the first that a method calls on an argument; None where there is none before something else has its name."""
    for definition in sourcetree.of(method).body:
        for statement in getattr(definition, "body", ()):
            found = [(node.func.attr, place) for node in ast.walk(statement) if isinstance(node, ast.Call) and sourcetree.is_of_self(node.func)
                     for place, argument in enumerate(node.args) if isinstance(argument, ast.Name) and argument.id == name]
            if found:
                return found[-1]  # of calls within one another the innermost
            if not isinstance(statement, ast.If) and any(isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store) for node in ast.walk(statement)):
                return None
    return None
