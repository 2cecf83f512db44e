"""Functional models: a graph of symbolic calls, run on real inputs."""
from _lens.recording.array import values_in

from .._backend import symbolic
from .._backend.dtypes import is_float
from .._backend.symbolic import KerasTensor, flatten_symbolic, map_structure
from .._backend.tensor import Tensor, value_of
from ..layers.core import InputLayer
from ..layers.layer import Layer
from .graph import NodeOrder
from .model import Model


class Functional(Model):
    _not_tracked = Layer._not_tracked | {"_inputs", "_outputs", "_order", "_operations"}

    def __init__(self, inputs, outputs, name=None, trainable=True, **kwargs):
        Layer.__init__(self, name=name, trainable=trainable)
        self._inputs, self._outputs = inputs, outputs
        flat = flatten_symbolic(inputs)
        if not flat:
            raise ValueError(f"All `inputs` values must be KerasTensors. Received: inputs={inputs}")
        self._order = NodeOrder(flat, outputs)
        self._operations = self._order.operations
        self.built = True

    def build(self, input_shape=None):
        self.built = True

    def _ensure_built(self, args, kwargs):
        self.built = True

    def _sublayers(self):
        layers = [o for o in self._operations if isinstance(o, Layer) and not isinstance(o, InputLayer)]
        return layers + [layer for layer in super()._sublayers() if all(layer is not known for known in layers)]

    @property
    def layers(self):
        return [o for o in self._operations if isinstance(o, Layer)]

    @property
    def inputs(self):
        return flatten_symbolic(self._inputs)

    @property
    def outputs(self):
        return flatten_symbolic(self._outputs)

    @property
    def input(self):
        return self._inputs

    @property
    def output(self):
        return self._outputs

    @property
    def input_shape(self):
        return map_structure(lambda t: t.shape, self._inputs)

    @property
    def output_shape(self):
        return map_structure(lambda t: t.shape, self._outputs)

    @property
    def input_names(self):
        return [t._keras_history.operation.name if t._keras_history.operation else t.name for t in self.inputs]

    def _flat_arguments(self, inputs):
        """The real tensors for `self.inputs`, in order: a dict goes by name."""
        if isinstance(inputs, dict):
            if isinstance(self._inputs, dict):
                return [inputs[key] for key in self._inputs]
            return [inputs[name] for name in self.input_names]
        if isinstance(inputs, (list, tuple)):
            return [t for item in inputs for t in (item if isinstance(item, (list, tuple)) else [item])]
        return [inputs]

    def _check_input(self, inputs):
        tensors = self._flat_arguments(inputs)
        expected = self.inputs
        if len(tensors) != len(expected):
            raise ValueError(f'Layer "{self.name}" expects {len(expected)} input(s), but it received {len(tensors)} input tensors. '
                                    f"Inputs received: {inputs}")
        for index, (tensor, reference) in enumerate(zip(tensors, expected)):
            shape = tuple(tensor.shape)
            if len(shape) != len(reference.shape) or any(
                    a is not None and b is not None and a != b for a, b in zip(reference.shape, shape)):
                # Keras lets a last axis of size 1 be left off, or be given
                if _squeezed(shape) == _squeezed(reference.shape) or _fits(_squeezed(reference.shape), _squeezed(shape)):
                    continue
                raise ValueError(f'Input {index} of layer "{self.name}" is incompatible with the layer: '
                                        f"expected shape={reference.shape}, found shape={shape}")

    def _converted_input(self, tensor, reference):
        if isinstance(tensor, KerasTensor):
            return tensor
        value = value_of(tensor)
        if is_float(reference.dtype) and value.dtype != reference.dtype:
            value = value_of(value, reference.dtype)
        shape = list(value.shape)
        if len(shape) == len(reference.shape) + 1 and shape[-1] == 1:
            value = Tensor(value)[..., 0].value
        elif len(shape) == len(reference.shape) - 1 and reference.shape[-1] == 1:
            value = Tensor(value)[..., None].value
        converted = Tensor(value)
        converted._keras_mask = getattr(tensor, "_keras_mask", None)
        return converted

    def call(self, inputs, training=None, mask=None):
        known = {id(t): self._converted_input(given, t) for t, given in zip(self.inputs, self._flat_arguments(inputs))}

        def filled(leaf):
            return known[id(leaf)] if isinstance(leaf, KerasTensor) else leaf

        for node in self._order.nodes:
            if node.is_input or any(id(t) not in known for t in node.input_tensors):
                continue
            args, kwargs = map_structure(filled, node.args), map_structure(filled, node.kwargs)
            outputs = _run_node(node, args, kwargs, training)
            for tensor, output in zip(node.outputs, _tensors(outputs)):
                known[id(tensor)] = output
        return map_structure(filled, self._outputs)

    def compute_output_shape(self, input_shape):
        return symbolic.map_structure(lambda t: t.shape, self._symbolic_probe([_symbolic_shape(input_shape)]))

    def _has_shape_rule(self):
        return False


def _run_node(node, args, kwargs, training):
    operation = node.operation
    if isinstance(operation, Layer):
        if training is not None and "training" in operation._call_names and kwargs.get("training") is None:
            kwargs["training"] = training
        args = tuple(operation._converted(a) for a in args)
        operation._check_input(args[0] if args else next(iter(kwargs.values()), None))
        operation._ensure_built(args, kwargs)
        return operation._run(args, kwargs, node.site)
    return symbolic.run_function(operation, node, args, kwargs, values_in)


def _tensors(structure):
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, (list, tuple)):
        return [t for item in structure for t in _tensors(item)]
    return [structure]


def _squeezed(shape):
    return shape[:-1] if shape and shape[-1] == 1 else tuple(shape)


def _fits(reference, shape):
    return len(reference) == len(shape) and all(a is None or b is None or a == b for a, b in zip(reference, shape))


def _symbolic_shape(shape):
    if isinstance(shape, list) and shape and isinstance(shape[0], (list, tuple)):
        return [KerasTensor(s) for s in shape]
    return KerasTensor(shape)
