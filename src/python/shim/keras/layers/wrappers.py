"""Layers around a layer: TimeDistributed and Bidirectional."""
from _lens.recording import calls

from .._backend import shaping
from .._backend.operations import operators
from .layer import Layer


class Wrapper(Layer):
    def __init__(self, layer, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(layer, Layer):
            raise ValueError(f"Layer {layer} supplied to wrapper is not a supported layer type. Please ensure wrapped layer is a valid "
                             "Keras layer.")
        self.layer = layer


class TimeDistributed(Wrapper):
    """The layer on every time step. It is a row of its own; the steps' calls are none."""

    supports_masking = True

    def build(self, input_shape):
        child = (input_shape[0], *input_shape[2:])
        if not self.layer.built:
            self.layer._ensure_built((_Shaped(child),), {})

    def call(self, inputs, training=None, mask=None):
        length = inputs.shape[1]
        with calls.muted():
            more = {"training": training} if "training" in self.layer._call_names else {}
            steps = [self.layer(shaping.getitem(inputs, (slice(None), t)), **more) for t in range(length)]
        return shaping.stack(steps, 1)

    def _summary(self):
        return type(self.layer).__name__


class _Shaped:
    def __init__(self, shape):
        self.shape = shape


class Bidirectional(Layer):
    """A recurrent layer forwards and another backwards, both made anew from the one given."""

    supports_masking = True
    _not_tracked = Layer._not_tracked | {"_given"}

    def __init__(self, layer, merge_mode="concat", weights=None, backward_layer=None, **kwargs):
        if not isinstance(layer, Layer):
            raise ValueError(f"Please initialize `Bidirectional` layer with a `keras.layers.Layer` instance. Received: {layer}")
        if merge_mode not in ("sum", "mul", "ave", "concat", None):
            raise ValueError(f'Invalid merge mode. Received: {merge_mode}. Merge mode should be one of '
                             '{"sum", "mul", "ave", "concat", None}')
        super().__init__(**kwargs)
        self.forward_layer = layer._anew(name=f"forward_{layer.name.removeprefix('forward_')}")
        self.backward_layer = backward_layer or layer._anew(
            go_backwards=True, name=f"backward_{layer.name.removeprefix('backward_')}")
        self.merge_mode = merge_mode
        self.return_sequences, self.return_state = layer.return_sequences, layer.return_state
        if getattr(layer, "_input_shape_arg", None) is not None and not hasattr(self, "_input_shape_arg"):
            self._input_shape_arg = layer._input_shape_arg

    def build(self, sequences_shape, initial_state_shape=None):
        for layer in (self.forward_layer, self.backward_layer):
            if not layer.built:
                layer.build(sequences_shape)

    def call(self, sequences, initial_state=None, mask=None, training=None):
        half = len(initial_state) // 2 if initial_state is not None else 0
        states = (initial_state[:half], initial_state[half:]) if half else (None, None)
        more = {"training": training}
        if mask is not None:
            more["mask"] = mask
        forward = self.forward_layer(sequences, initial_state=states[0], **more)
        backward = self.backward_layer(sequences, initial_state=states[1], **more)
        last_states = ()
        if self.return_state:
            last_states = (*forward[1:], *backward[1:])
            forward, backward = forward[0], backward[0]
        if self.return_sequences:
            backward = shaping.flip(backward, 1)
        merged = self._merged(forward, backward)
        if not self.return_state:
            return merged
        return (*merged, *last_states) if self.merge_mode is None else (merged, *last_states)

    def _merged(self, y, y_rev):
        functions = operators.functions
        if self.merge_mode == "concat":
            return shaping.concatenate([y, y_rev], -1)
        if self.merge_mode == "sum":
            return functions["add"](y, y_rev)
        if self.merge_mode == "ave":
            return functions["divide"](functions["add"](y, y_rev), 2)
        if self.merge_mode == "mul":
            return functions["multiply"](y, y_rev)
        return (y, y_rev)

    def compute_mask(self, inputs, mask=None):
        return mask if self.return_sequences else None

    def compute_output_shape(self, sequences_shape, initial_state_shape=None):
        shapes = self.forward_layer.compute_output_shape(sequences_shape)
        output, states = (shapes[0], shapes[1:]) if self.return_state else (shapes, ())
        if self.merge_mode == "concat":
            output = (*output[:-1], None if output[-1] is None else output[-1] * 2)
        if self.merge_mode is None:
            return (output, output, *states, *states)
        return (output, *states, *states) if self.return_state else output

    def _has_shape_rule(self):
        return self.forward_layer._has_shape_rule()

    def _ensure_built(self, args, kwargs):
        super()._ensure_built(args[:1], {})

    def _summary(self):
        return f"{type(self.forward_layer).__name__}, merge_mode={self.merge_mode}"
