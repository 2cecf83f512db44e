"""Where Keras 3 keeps each variable in a file of weights (keras/src/saving/saving_lib.py): `layers/dense/vars/0`.

Paths follow attributes, not layer names: these are walked in alphabetical order, private ones last, and what was met
before is not met again. Within lists and dicts a layer is named after its class.
"""
from ._backend.names import snake_case
from .layers.layer import Layer
from .models import Functional, Sequential


def paths(model):
    """{id(variable): path}"""
    walk = _Walk()
    walk.layer(model, "")
    return walk.found


class _Walk:
    def __init__(self):
        self.found = {}
        self._known = set()

    def layer(self, layer, path):
        if id(layer) in self._known:
            return
        self._known.add(id(layer))
        for place, variable in enumerate(layer._own_variables()):
            self.found.setdefault(id(variable), _join(path, f"vars/{place}"))
        for name, held in _held_by(layer):
            self._thing(held, _join(path, name))

    def _thing(self, held, path):
        if isinstance(held, Layer):
            self.layer(held, path)
        elif isinstance(held, (list, tuple, dict)):
            self._container(held, path, set())

    def _container(self, container, path, open_containers):
        if id(container) in open_containers:
            return
        open_containers.add(id(container))
        used = {}
        for held in list(container.values()) if isinstance(container, dict) else container:
            if isinstance(held, Layer):
                self._thing(held, _join(path, _numbered(snake_case(type(held).__name__), used)))
            elif isinstance(held, (list, tuple, dict)):
                self._container(held, _join(path, _numbered("container", used)), open_containers)


def _held_by(layer):
    """(attribute, what it holds) in the order in which Keras walks them."""
    if isinstance(layer, (Sequential, Functional)):
        yield "layers", layer.layers
    for name in sorted(set(dir(layer)) - _of_every_layer(), key=lambda name: f"~{name}" if name.startswith("_") else name):
        if name.startswith("__") or name in _INNER:
            continue
        try:
            held = getattr(layer, name)
        except Exception:
            continue  # a property that has no value yet
        yield name, held


# Attributes of ours that Keras does not have or does not walk.
_INNER = frozenset(("_functional", "_operations", "operations", "_order", "_compiled_metrics", "_layers"))
_layer_attributes = None


def _of_every_layer():
    global _layer_attributes
    if _layer_attributes is None:
        _layer_attributes = frozenset(dir(Layer(name="layer")))
    return _layer_attributes


def _numbered(name, used):
    used[name] = used.get(name, -1) + 1
    return f"{name}_{used[name]}" if used[name] else name


def _join(path, name):
    return f"{path}/{name}" if path else name
