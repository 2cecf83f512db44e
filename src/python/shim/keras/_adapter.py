"""What the runner must know of Keras."""

from _lens import framework
from _lens.inputs import structure
from _lens.framework import InputSpec
from _lens.signature import signature_of

from . import _saved, backend
from ._backend import drawing, dtypes, names
from ._backend.tensor import wrap
from ._backend.variable import BaseVariable
from .layers import convolutional, core, normalization, recurrent, wrappers
from .layers.attention import MultiHeadAttention
from .layers.layer import Layer, is_builtin
from .layers.recurrent import RNN
from .layers.wrappers import TimeDistributed
from .models import Functional, Sequential

_BATCH = 32
_OPEN_STEPS = 16   # an open axis of a sequence
_OPEN_PIXELS = 64  # an open axis of an image


class Keras(framework.Framework):
    name = "keras"
    told_by_mode = ("training", "mask")
    built_by_call = True
    channel_axis = "last"

    def is_model(self, thing):
        return isinstance(thing, Layer) and _can_be_called(type(thing))

    def is_model_class(self, thing):
        return isinstance(thing, type) and issubclass(thing, Layer) and _can_be_called(thing)

    def is_container_class(self, cls):
        return is_builtin(cls)

    def name_of(self, model, variable):
        """Its own name, which the path of a single layer has already."""
        return model.name if _below(model) else ""

    def definition(self, model):
        return model._definition

    def summary(self, module):
        return module._summary()

    def modules(self, model):
        below = _below(model)
        return [("" if below else model.name, model), *below]

    def parameters(self, model):
        found, known = [], set()
        for path, layer in self.modules(model):
            for variable in _variables_shown_at(layer):
                if id(variable) not in known:
                    known.add(id(variable))
                    found.append(framework.Parameter(path, layer, _short_name(variable), variable, _is_trained(variable, layer, model), variable.definition))
        return found

    def buffers(self, model):
        return [framework.Buffer(entry.path, entry.name, entry.array) for entry in self.parameters(model) if not entry.array.trainable]

    def saved_state(self, model, layout):
        places = _saved.paths(model)
        if layout == "keras":
            return [([places[id(v)]], v) for v in model.variables if id(v) in places]
        return [([v.path, places.get(id(v)), v.path.partition("/")[2]], v) for v in model.variables]

    def declared_inputs(self, model):
        tensors = _symbolic_inputs(model)
        if tensors is not None:
            return [_spec_of(tensor) for tensor in tensors]
        shape = getattr(model, "_batch_shape_arg", None)
        if shape is None and getattr(model, "_input_shape_arg", None) is not None:
            shape = (None, *_tuple(model._input_shape_arg))
        if shape is None:
            return None
        return [_drawn_spec(shape, "float32", model, model.name)]

    def input_hints(self, model):
        hints = []
        for layer in [model, *(layer for _, layer in _below(model))]:
            hint = _hint(layer)
            if hint is not None:
                hints.append((layer, hint))
        return hints

    def call(self, model, arguments, training):
        """Several inputs of a functional model go in one list; `training` where the class's own `call` takes it."""
        if isinstance(model, (Functional, Sequential)) and len(arguments) > 1:
            arguments = [list(arguments)]
        if isinstance(model, (Functional, Sequential)) or "training" in _own_call_names(model):
            return structure.call(model, arguments, training=training)
        return structure.call(model, arguments)

    def is_variable(self, array):
        return isinstance(array, BaseVariable) and array.trainable

    def begin_run(self):
        """Names count from the beginning, and settings are the default ones."""
        names.reset()
        dtypes.set_floatx("float32")
        backend.set_image_data_format("channels_last")

    def seed(self, seed):
        drawing.set_random_seed(seed)

    def wrap(self, value):
        return wrap(value)


def _can_be_called(cls):
    """Not a class that only trains others (a GAN of two models with a `train_step`)."""
    return cls.call is not Layer.call


def _tuple(shape):
    return (shape,) if isinstance(shape, int) else tuple(shape)


def _own_call_names(model):
    return signature_of(model.call).parameters


def _holds_no_rows(layer):
    """Layers whose parts are not rows of their own: what these parts own is shown as theirs."""
    return isinstance(layer, (RNN, TimeDistributed))


def _parts(layer):
    """Layers given as `activation=`: parts of their layer too."""
    activation = layer.__dict__.get("activation")
    return [activation] if isinstance(activation, Layer) else []


def _below(model):
    """[(path, layer)] of everything that a model calls as a layer, names joined by "/"."""
    found, known = [], {id(model)}

    def visit(layer, path):
        if _holds_no_rows(layer):
            return
        hidden = {id(part) for part in _parts(layer)}
        for below in layer._sublayers():
            if id(below) not in known and id(below) not in hidden and not isinstance(below, core.InputLayer):
                known.add(id(below))
                below_path = f"{path}/{below.name}" if path else below.name
                found.append((below_path, below))
                visit(below, below_path)
    visit(model, "")
    return found


def _variables_shown_at(layer):
    own = layer._own_variables()
    inner = layer._sublayers() if _holds_no_rows(layer) else _parts(layer)
    for part in inner:
        own = own + [v for v in part.variables]
    return own


def _short_name(variable):
    return variable.name.rpartition(":")[0] if variable.name.endswith(":0") else variable.name.rpartition("/")[2]


def _is_trained(variable, layer, model):
    return bool(variable.trainable and layer.trainable and model.trainable)


def _symbolic_inputs(model):
    if isinstance(model, Sequential):
        first = model._layers[0] if model._layers else None
        if isinstance(first, core.InputLayer):
            return [first._inbound_nodes[0].outputs[0]]
        if first is not None and not isinstance(first, (Functional, Sequential)):
            return None
        return None if first is None else _symbolic_inputs(first)
    return model.inputs if isinstance(model, Functional) else None


def _spec_of(tensor):
    return _drawn_spec(tensor.shape, tensor.dtype, _first_consumer(tensor), _input_name(tensor))


def _input_name(tensor):
    operation = tensor._keras_history.operation
    return tensor.name if operation is None else operation.name


def _first_consumer(tensor):
    return next(iter(tensor.__dict__.get("_consumers", ())), None)


def _drawn_spec(shape, dtype, layer, name):
    """The InputSpec for a declared shape: open sizes chosen, whole numbers where an embedding takes them."""
    rest = list(shape[1:])
    opening = _OPEN_PIXELS if len(rest) >= 3 else _OPEN_STEPS
    sizes = [opening if n is None else n for n in rest]
    batch = _BATCH if shape[0] is None else shape[0]
    embedding = _first_embedding(layer)
    if embedding is not None or "int" in dtype:
        return InputSpec((batch, *sizes), "int64", 0, embedding.input_dim if embedding is not None else 2, name=name, origin="declared")
    return InputSpec((batch, *sizes), "float32", name=name, origin="declared")


def _first_embedding(layer):
    """The embedding that a layer's input goes into, if it is one or begins with one."""
    while layer is not None:
        if isinstance(layer, core.Embedding):
            return layer
        if isinstance(layer, Sequential):
            layer = layer.layers[0] if layer.layers else None
        elif isinstance(layer, Functional) and len(layer.inputs) == 1:
            layer = _first_consumer(layer.inputs[0])
        elif isinstance(layer, Layer) and not is_builtin(type(layer)):
            embeddings = [below for below in layer._flatten_layers(include_self=False) if isinstance(below, core.Embedding)]
            return max(embeddings, key=lambda e: e.input_dim) if embeddings else None
        else:
            return None
    return None


def _hint(layer):
    if isinstance(layer, convolutional.BaseConv):
        return {"kind": "conv", "features": _built_features(layer), "rank": layer.rank}
    if isinstance(layer, core.Embedding):
        return {"kind": "embedding", "vocabulary": layer.input_dim, "features": layer.output_dim}
    if isinstance(layer, recurrent.RNN):
        return {"kind": "recurrent", "features": _built_features(layer), "batch_first": True,
                "hidden": getattr(layer.cell, "units", None)}
    if isinstance(layer, wrappers.Bidirectional):
        return {"kind": "recurrent", "features": _built_features(layer.forward_layer), "batch_first": True}
    if isinstance(layer, MultiHeadAttention):
        return {"kind": "attention", "features": layer.query_dense.kernel.shape[0] if layer.built else None, "batch_first": True}
    if isinstance(layer, (core.Dense, core.EinsumDense)):
        return {"kind": "linear", "features": _built_features(layer)}
    if isinstance(layer, (normalization.BatchNormalization, normalization.LayerNormalization)):
        return {"kind": "norm", "features": _built_features(layer)}
    return None


def _built_features(layer):
    """Size of the last axis that a built layer takes; None before it is built."""
    spec = layer.input_spec
    return spec.axes.get(-1) if spec is not None and not isinstance(spec, (list, tuple)) else None


framework.register(Keras())
