"""Calls of a model by its `forward`, `model.forward(x)`, and of one that has none by the method that stands for it, `agent.act(x)`: outside of any call they are calls of the model.

`X.forward(…)` becomes `__lens_forward__(X)(…)`, and `X.act(…)` becomes `__lens_method__(X, "act")(…)`, all positions kept. Within a model's own code it stays what it says.
"""
import ast
import functools
import re

from .. import framework, sourcetree
from ..inputs import methods
from ..recording import calls
from ..recording.array import values_in
from . import doors, placing


def taken_for_calls(tree, text):
    """The tree of a text, or of a part of it, with such calls replaced, in place. Few texts have any."""
    instead = methods_of_agents(text)
    if ".forward(" not in text and not instead:
        return tree
    for node in ast.walk(tree):
        function = node.func if isinstance(node, ast.Call) else None
        if not isinstance(function, ast.Attribute) or _is_of_model(function.value):
            continue
        if function.attr == "forward":
            node.func = placing.at(placing.call("forward", function.value), function, [function.value])
        elif function.attr in instead:
            node.func = placing.at(placing.call("method", function.value, ast.Constant(function.attr)), function, [function.value])
    return tree


_CLASS = re.compile(r"^class \w+\([^)]*\bModule\):.*\n((?:[ \t].*\n|[ \t]*\n|#.*\n)*)", re.MULTILINE)
_REFUSING_FORWARD = re.compile(r"def forward\(self[^)]*\)[^:]*:\s*raise NotImplementedError")
_METHOD = re.compile(r"^[ \t]+def ([^\W_]\w*)\(\s*self\s*,", re.MULTILINE)


@functools.lru_cache(maxsize=8)
def methods_of_agents(text):
    """Names of the methods of a text's classes of models that have no forward, or one that only refuses: some stand for it."""
    bodies = [_REFUSING_FORWARD.sub("", found[1]) for found in _CLASS.finditer(f"{text}\n")] if "Module)" in text else []
    return frozenset(name for body in bodies if not re.search(r"def (forward|__call__|training_step)\(", body) for name in _METHOD.findall(body))


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


def _method(thing, name):
    """What a call of a thing's method calls: where no other call is open and that method stands for its forward, the model."""
    owner = framework.of(thing) if calls.current() is None else None
    if owner is None or not owner.is_model(thing) or name not in methods.stand_for_forward(thing):
        return getattr(thing, name)

    def called(*args, **kwargs):
        method, cls = getattr(thing, name), type(thing)
        return calls.run(lambda: method(*args, **kwargs), "module", cls.__name__, module=thing, builtin=False, definition=owner.definition(thing),
                         inputs=values_in((args, kwargs)), values_of=values_in, given=(args, kwargs))
    return called


doors.open_for_all(forward=_forward, method=_method)
