"""A method without its class: `def forward(self, x): …` pasted alone. A class is made around it, its layers assumed by their names."""
import ast
import inspect
import re

from .. import framework, sourcetree
from ..session import session
from ..signature import signature_of

_WIDTH = 64

# Attribute that the method calls → the layer it is taken for. The first that matches counts.
_TORCH_LAYERS = (
    (r"conv|cnn", "Conv2d", (_WIDTH, _WIDTH, 3, 1, 1)),
    (r"relu|act|non_?lin", "ReLU", ()), (r"sigmoid", "Sigmoid", ()), (r"tanh", "Tanh", ()), (r"gelu", "GELU", ()),
    (r"softmax", "Softmax", (-1,)),
    (r"drop", "Dropout", (0.1,)), (r"flat", "Flatten", ()), (r"pool", "MaxPool2d", (2,)), (r"emb", "Embedding", (1000, _WIDTH)),
    (r"ln|layer_?norm|norm", "LayerNorm", (_WIDTH,)), (r"bn|batch", "BatchNorm1d", (_WIDTH,)),
    (r"lin|fc|dense|layer|proj|head|out|hidden|input|in|mlp|ffn?", "Linear", (_WIDTH, _WIDTH)),
)
_METHODS = {"forward": ("torch.nn", "Module", _TORCH_LAYERS)}


def methods():
    """{name: function} of the file's functions that are methods of a model by their name and their `self`."""
    return {name: thing for name, thing in session.things()
            if name in _METHODS and inspect.isfunction(thing) and next(iter(signature_of(thing).parameters), "") == "self"}


def instance_around(function, name):
    """(model, assumptions): an instance of a class made around the method; (None, []) if one of its layers is not to be guessed."""
    module_name, base_name, table = _METHODS[name]
    owner = next((known for known in framework.registered() if known.name == module_name.partition(".")[0]), None)
    if owner is None:
        return None, []
    library = __import__(module_name, fromlist=["_"])
    layers, assumptions = {}, []
    for attribute in _called_attributes(name):
        found = next(((layer, args) for pattern, layer, args in table if re.search(pattern, attribute, re.IGNORECASE)), None)
        if found is None:
            return None, []
        layers[attribute] = found
        assumptions.append(f"`self.{attribute}` is not defined in this file: assumed nn.{found[0]}({', '.join(map(str, found[1]))})")
    made = type("Fragment", (getattr(library, base_name),), {name: function})()
    for attribute, (layer, args) in layers.items():
        setattr(made, attribute, getattr(library, layer)(*args))
    return made, assumptions


def _called_attributes(name):
    """Attributes of `self` that the method calls, in the order of its text."""
    found = []
    for function in session.tree.body:
        if isinstance(function, ast.FunctionDef) and function.name == name:
            for node in session.syntax.within(function):
                if isinstance(node, ast.Call) and sourcetree.is_of_self(node.func) and node.func.attr not in found:
                    found.append(node.func.attr)
    return found
