"""Makes the public functions: name, signature and implementation are data; what all of them share is here.

Called on symbolic tensors, a function becomes a node of a functional model; called by the user's code on real ones, one
that acts as a layer is a row of the report.
"""
from _lens.recording import calls
from _lens.recording.array import values_in

from . import symbolic


def apply(label, layer, implementation, arguments):
    if symbolic.found_in(arguments):
        return symbolic.operate(label, implementation, arguments)
    if layer and not calls.is_inside_builtin():
        return calls.run(lambda: implementation(*arguments), "function", label,
                         inputs=values_in(arguments), values_of=values_in)
    return implementation(*arguments)


def function(name, signature, implementation, layer=None, label=None):
    """A public function. `signature` as Python writes it; a parameter `name` is accepted and ignored, the others are handed
    to `implementation` in order. `layer`: name of the row when it acts as a layer. `label`: name as a node, if another."""
    parameters = [part.split("=")[0].strip() for part in signature.split(",")]
    passed = [p for p in parameters if p not in ("name", "*", "/", "")]
    source = f"lambda {signature}: _apply(({''.join(p + ', ' for p in passed)}))"
    label = layer or label or name
    result = eval(source, {"_apply": lambda arguments: apply(label, layer, implementation, arguments)})
    result.__name__ = result.__qualname__ = name
    result.__doc__ = implementation.__doc__
    return result
