"""`keras.Sequential`: a stack of layers, built when its input is known."""
from _lens import door

from .._backend.symbolic import KerasTensor
from ..layers.core import InputLayer
from ..layers.layer import Layer
from .functional import Functional
from .model import Model


class Sequential(Model):
    _not_tracked = Layer._not_tracked | {"_functional"}

    def __init__(self, layers=None, trainable=True, name=None):
        Layer.__init__(self, trainable=trainable, name=name)
        self._functional = None
        self._layers = []
        for layer in layers or []:
            self.add(layer, rebuild=False)
        if layers:
            self._maybe_rebuild()

    def add(self, layer, rebuild=True):
        if isinstance(layer, KerasTensor):
            layer = layer._keras_history.operation
        if not isinstance(layer, Layer):
            raise ValueError("Only instances of `keras.Layer` can be added to a Sequential model. "
                             f"Received: {layer} (of type {type(layer)})")
        if not self._layers and not isinstance(layer, InputLayer):
            if getattr(layer, "_input_shape_arg", None) is not None:
                self.add(InputLayer(shape=layer._input_shape_arg), rebuild=False)
            elif getattr(layer, "_batch_shape_arg", None) is not None:
                self.add(InputLayer(batch_shape=layer._batch_shape_arg), rebuild=False)
        for known in self._layers:
            if known.name == layer.name and known is not layer:
                raise ValueError(f"All layers added to a Sequential model should have unique names. Name '{layer.name}' is already the "
                                 f"name of a layer in this model. Update the `name` argument to pass a unique name.")
        if isinstance(layer, InputLayer) and self._layers and isinstance(self._layers[0], InputLayer):
            raise ValueError(f"Sequential model '{self.name}' has already been configured to use input shape "
                             f"{self._layers[0].batch_shape}. You cannot add a different Input layer to it.")
        self._layers.append(layer)
        self.built, self._functional = False, None
        if rebuild:
            self._maybe_rebuild()

    def pop(self, rebuild=True):
        layer = self._layers.pop()
        self.built, self._functional = False, None
        if rebuild and self._layers:
            self._maybe_rebuild()
        return layer

    def _maybe_rebuild(self):
        self.built, self._functional = False, None
        first = self._layers[0]
        if len(self._layers) > 1:
            if isinstance(first, InputLayer):
                self.build(first.batch_shape)
            elif isinstance(first, Functional) or isinstance(first, Sequential) and first._functional is not None:
                self.build(first.input_shape)

    def build(self, input_shape=None):
        if not isinstance(input_shape, (tuple, list)) or not all(n is None or isinstance(n, int) for n in input_shape):
            return
        if not self._layers:
            raise ValueError(f"Sequential model {self.name} cannot be built because it has no layers. Call `model.add(layer)`.")
        if not isinstance(self._layers[0], InputLayer):
            self._layers = [InputLayer(batch_shape=tuple(input_shape), dtype=self._layers[0]._dtype)] + self._layers
        x = inputs = self._layers[0]._inbound_nodes[0].outputs[0]
        for layer in self._layers[1:]:
            x = layer(x)
        self._functional = Functional(inputs, x)
        self.built = True

    def _ensure_built(self, args, kwargs):
        if self._functional is None and args and hasattr(args[0], "shape"):
            # as Keras: the batch size of the first call is left open
            self.build((None, *tuple(args[0].shape)[1:]))
        self.built = True

    def _check_input(self, inputs):
        if self._functional is not None:
            self._functional.name = self.name
            self._functional._check_input(inputs)

    def call(self, inputs, training=None, mask=None):
        if self._functional is not None:
            return self._functional.call(inputs, training=training, mask=mask)
        for layer in self.layers:
            inputs = layer(inputs, training=training) if "training" in layer._call_names else layer(inputs)
        return inputs

    @property
    def layers(self):
        return self._layers[1:] if self._layers and isinstance(self._layers[0], InputLayer) else self._layers[:]

    def _sublayers(self):
        return [layer for layer in super()._sublayers() if not isinstance(layer, InputLayer)]

    def compute_output_shape(self, input_shape):
        for layer in self.layers:
            input_shape = layer.compute_output_shape(input_shape)
        return input_shape

    def _has_shape_rule(self):
        return False

    def _defined(self, what):
        if self._functional is None:
            raise AttributeError(f"Sequential model '{self.name}' has no defined {what} yet.")
        return self._functional

    @property
    def inputs(self):
        return self._defined("inputs").inputs

    @property
    def outputs(self):
        return self._defined("outputs").outputs

    @property
    def input(self):
        return self._defined("input").input

    @property
    def output(self):
        return self._defined("output").output

    @property
    def input_shape(self):
        return self._defined("input shape").input_shape

    @property
    def output_shape(self):
        return self._defined("output shape").output_shape

    @classmethod
    def from_config(cls, config, custom_objects=None):
        raise door.UnsupportedError("models are not made from a config here")


