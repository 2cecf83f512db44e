"""Recurrent layers: SimpleRNN, LSTM, GRU, and RNN over a cell of the user's. Each time step is recorded on its own."""
from _lens import door
from _lens.recording import calls

from .. import activations, constraints, initializers, regularizers
from .._backend import drawing, linear, neural, shaping
from .._backend.dtypes import floatx
from .._backend.operations import operators, zeros
from .._backend.tensor import Tensor, scalar, value_of, wrap
from .core import activate, activation_name
from .input_spec import InputSpec
from .layer import Layer

_add, _multiply = (lambda x, y: operators.functions["add"](x, y)), (lambda x, y: operators.functions["multiply"](x, y))


class _Cell(Layer):
    """What the three cells share: weights for `gates` gates side by side, and dropout masks kept over a sequence."""

    gates = 1
    seeds_first = False
    default_recurrent_activation = None

    def __init__(self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
                 kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None,
                 **kwargs):
        recurrent_activation = kwargs.pop("recurrent_activation", self.default_recurrent_activation)
        kwargs.pop("implementation", None)
        super().__init__(**kwargs)
        if units <= 0:
            raise ValueError(f"Received an invalid value for argument `units`, expected a positive integer, got {units}.")
        self.units, self.use_bias = units, use_bias
        self.activation = activations.get(activation)
        if recurrent_activation is not None:
            self.recurrent_activation = activations.get(recurrent_activation)
        # in the order in which Keras makes them: each takes a seed
        if self.seeds_first:
            self.seed_generator = drawing.SeedGenerator(seed)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.recurrent_initializer = initializers.get(recurrent_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        if not self.seeds_first:
            self.seed_generator = drawing.SeedGenerator(seed)
        self.kernel_regularizer, self.recurrent_regularizer, self.bias_regularizer = map(
            regularizers.get, (kernel_regularizer, recurrent_regularizer, bias_regularizer))
        self.kernel_constraint, self.recurrent_constraint, self.bias_constraint = map(
            constraints.get, (kernel_constraint, recurrent_constraint, bias_constraint))
        self.dropout, self.recurrent_dropout = min(1.0, max(0.0, dropout)), min(1.0, max(0.0, recurrent_dropout))
        self.state_size = self.output_size = units
        self._masks = {}

    def build(self, input_shape):
        self.kernel = self.add_weight(name="kernel", shape=(input_shape[-1], self.units * self.gates),
                                      initializer=self.kernel_initializer, regularizer=self.kernel_regularizer)
        self.recurrent_kernel = self.add_weight(name="recurrent_kernel", shape=(self.units, self.units * self.gates),
                                                initializer=self.recurrent_initializer, regularizer=self.recurrent_regularizer)
        self.bias = self.add_weight(name="bias", shape=self._bias_shape(), initializer=self._bias(),
                                    regularizer=self.bias_regularizer) if self.use_bias else None

    def _bias_shape(self):
        return (self.units * self.gates,)

    def _bias(self):
        return self.bias_initializer

    def get_initial_state(self, batch_size=None):
        sizes = self.state_size if isinstance(self.state_size, list) else [self.state_size]
        return [zeros((batch_size, n)) for n in sizes]

    def reset_masks(self):
        self._masks = {}

    def mask(self, kind, x, rate, training, gate=0):
        """x with the sequence's dropout mask of that kind, drawn on first use."""
        if not training or rate == 0:
            return x
        # Keras draws the masks of all gates at once when dropout works gate by gate
        count = self.gates if self.recurrent_dropout > 0 and self.gates > 1 else 1
        if kind not in self._masks:
            ones = wrap(door.record("full", shape=list(x.shape), value=1, dtype=floatx()))
            self._masks[kind] = [drawing.dropout(ones, rate, seed=self.seed_generator) for _ in range(count)]
        masks = self._masks[kind]
        return _multiply(x, masks[gate if len(masks) > 1 else 0])

    def _gate_by_gate(self, x, kernel, kind, rate, training, bias=None):
        """x · kernel with a mask of its own for each gate, the gates side by side as without masks."""
        parts = [linear.matmul(self.mask(kind, x, rate, training, gate), part)
                 for gate, part in enumerate(shaping.split(kernel, self.gates, 1))]
        total = shaping.concatenate(parts, 1) if len(parts) > 1 else parts[0]
        return total if bias is None else _add(total, bias)

    def _projected(self, x, training):
        """The input's part of all gates."""
        if self.recurrent_dropout > 0 and self.gates > 1:
            return self._gate_by_gate(x, self.kernel, "input", self.dropout, training, self.bias_of_input())
        x = linear.matmul(self.mask("input", x, self.dropout, training), self.kernel)
        bias = self.bias_of_input()
        return x if bias is None else _add(x, bias)

    def bias_of_input(self):
        return self.bias

    def _recurrent(self, h, training):
        if self.recurrent_dropout > 0 and training:
            return self._gate_by_gate(h, self.recurrent_kernel, "state", self.recurrent_dropout, training)
        return linear.matmul(h, self.recurrent_kernel)

    def call(self, inputs, states, training=False):
        states = list(states) if isinstance(states, (list, tuple)) else [states]
        return self.step(self._projected(inputs, training), states, training)

    def project_sequence(self, sequence, training):
        """The input's part for all time steps at once, where that is the same: one matmul in place of one per step."""
        if training and (self.dropout > 0 or self.recurrent_dropout > 0):
            return None
        x = linear.matmul(sequence, self.kernel)
        bias = self.bias_of_input()
        return x if bias is None else neural.bias_add(x, bias)


class SimpleRNNCell(_Cell):
    seeds_first = True

    def step(self, x, states, training):
        h = self._recurrent(states[0], training)
        output = activate(self.activation, _add(x, h))
        return output, [output]


class LSTMCell(_Cell):
    gates = 4
    default_recurrent_activation = "sigmoid"

    def __init__(self, units, *args, unit_forget_bias=True, **kwargs):
        args, kwargs = _with_recurrent_activation(args, kwargs)
        super().__init__(units, *args, **kwargs)
        self.unit_forget_bias = unit_forget_bias
        self.state_size = [units, units]

    def _bias(self):
        if not self.unit_forget_bias:
            return self.bias_initializer
        units, initializer = self.units, self.bias_initializer

        def gates_biases(shape, dtype=None):
            return shaping.concatenate([initializer((units,), dtype=dtype), initializers.get("ones")((units,), dtype=dtype),
                                        initializer((units * 2,), dtype=dtype)])
        return gates_biases

    def step(self, x, states, training):
        h, c = states
        i, f, candidate, o = shaping.split(_add(x, self._recurrent(h, training)), 4, 1)
        i, f, o = (activate(self.recurrent_activation, gate) for gate in (i, f, o))
        c = _add(_multiply(f, c), _multiply(i, activate(self.activation, candidate)))
        h = _multiply(o, activate(self.activation, c))
        return h, [h, c]


class GRUCell(_Cell):
    gates = 3
    default_recurrent_activation = "sigmoid"

    def __init__(self, units, *args, reset_after=True, **kwargs):
        args, kwargs = _with_recurrent_activation(args, kwargs)
        self.reset_after = reset_after
        super().__init__(units, *args, **kwargs)

    def _bias_shape(self):
        return (2, self.units * 3) if self.reset_after else (self.units * 3,)

    def bias_of_input(self):
        if self.bias is None or not self.reset_after:
            return self.bias
        return shaping.getitem(self.bias, 0)

    def step(self, x, states, training):
        h = states[0]
        x_z, x_r, x_h = shaping.split(x, 3, 1)
        if self.reset_after:
            inner = self._recurrent(h, training)
            if self.bias is not None:
                inner = _add(inner, shaping.getitem(self.bias, 1))
            h_z, h_r, h_h = shaping.split(inner, 3, 1)
            r = activate(self.recurrent_activation, _add(x_r, h_r))
            h_h = _multiply(r, h_h)
        else:
            k_z, k_r, k_h = shaping.split(self.recurrent_kernel, 3, 1)
            h_z, h_r = (linear.matmul(self.mask("state", h, self.recurrent_dropout, training, gate), k) for gate, k in ((0, k_z), (1, k_r)))
            r = activate(self.recurrent_activation, _add(x_r, h_r))
            h_h = linear.matmul(_multiply(r, self.mask("state", h, self.recurrent_dropout, training, 2)), k_h)
        z = activate(self.recurrent_activation, _add(x_z, h_z))
        candidate = activate(self.activation, _add(x_h, h_h))
        one = wrap(scalar(1, candidate.value.dtype))
        h = _add(_multiply(z, h), _multiply(operators.functions["subtract"](one, z), candidate))
        return h, [h]


def _with_recurrent_activation(args, kwargs):
    """The third positional argument of LSTM and GRU is the recurrent activation."""
    if len(args) > 1:
        kwargs = {**kwargs, "recurrent_activation": args[1]}
        args = (args[0], *args[2:])
    return args, kwargs


class StackedRNNCells(Layer):
    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        self.cells = list(cells)
        self.state_size = [cell.state_size for cell in self.cells]
        self.output_size = getattr(self.cells[-1], "output_size", None) or self.cells[-1].state_size

    def get_initial_state(self, batch_size=None):
        return [_initial_state(cell, batch_size) for cell in self.cells]

    def call(self, inputs, states, training=False):
        new_states = []
        for cell, state in zip(self.cells, states):
            inputs, state = cell(inputs, list(state), **({"training": training} if "training" in cell._call_names else {}))
            new_states.append(list(state) if isinstance(state, (list, tuple)) else [state])
        return inputs, new_states


def _initial_state(cell, batch_size):
    if hasattr(cell, "get_initial_state"):
        state = cell.get_initial_state(batch_size=batch_size)
        return list(state) if isinstance(state, (list, tuple)) else [state]
    sizes = cell.state_size if isinstance(cell.state_size, (list, tuple)) else [cell.state_size]
    return [zeros((batch_size, n)) for n in sizes]


class RNN(Layer):
    supports_masking = True

    def __init__(self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False,
                 zero_output_for_mask=False, **kwargs):
        super().__init__(**kwargs)
        self.cell = StackedRNNCells(cell) if isinstance(cell, (list, tuple)) else cell
        self.return_sequences, self.return_state, self.go_backwards = return_sequences, return_state, go_backwards
        self.stateful, self.unroll, self.zero_output_for_mask = stateful, unroll, zero_output_for_mask
        self.input_spec = InputSpec(ndim=3) if isinstance(self.cell, _Cell) else None
        self.states = None

    @property
    def units(self):
        return self.cell.units

    def build(self, sequences_shape, initial_state_shape=None):
        if isinstance(self.cell, Layer) and not self.cell.built:
            self.cell.build((sequences_shape[0], *sequences_shape[2:]))
            self.cell.built = True
        if self.input_spec is not None:
            self.input_spec = InputSpec(ndim=3, axes={-1: sequences_shape[-1]})

    def call(self, sequences, initial_state=None, mask=None, training=False):
        # the cell is a part of this layer, not a row of its own
        with calls.muted():
            outputs, last, states = self._unrolled(sequences, initial_state, mask, training)
        if self.stateful:
            self.states = states
        result = shaping.stack(outputs, 1) if self.return_sequences else last
        return (result, *states) if self.return_state else result

    def _unrolled(self, sequences, initial_state, mask, training):
        value = value_of(sequences)
        batch, length = value.shape[:2]
        if initial_state is not None:
            states = list(initial_state) if isinstance(initial_state, (list, tuple)) else [initial_state]
        else:
            states = self.states if self.stateful and self.states is not None else _initial_state(self.cell, batch)
        own = isinstance(self.cell, _Cell)
        if own:
            self.cell.reset_masks()
        projected = self.cell.project_sequence(sequences, training) if own else None
        order = range(length - 1, -1, -1) if self.go_backwards else range(length)
        outputs, last = [], None
        for t in order:
            x = _at_time(projected if projected is not None else sequences, t)
            if projected is not None:
                output, new_states = self.cell.step(x, states, training)
            else:
                more = {"training": training} if "training" in getattr(self.cell, "_call_names", ()) else {}
                output, new_states = self.cell(x, states, **more)
                new_states = list(new_states) if isinstance(new_states, (list, tuple)) else [new_states]
            if mask is not None:
                output, new_states, last = self._masked(_at_time(mask, t), output, new_states, states, last)
            else:
                last = output
            states = new_states
            outputs.append(output)
        return outputs, last, states

    def _masked(self, kept, output, new_states, states, last):
        """Where the mask is False, the step did not happen: states stay, and the output is the one before (or zeros)."""
        condition = door.record("reshape", [value_of(kept, "bool")], shape=[kept.shape[0], 1])

        def choose(new, old):
            return wrap(door.record("where", [condition, value_of(new), value_of(old)]))

        nothing = wrap(scalar(0, output.value.dtype))
        before = last if last is not None else nothing
        shown = choose(output, nothing if self.zero_output_for_mask else before)
        return shown, [choose(new, old) for new, old in zip(new_states, states)], choose(output, before)

    def compute_mask(self, inputs, mask=None):
        mask = mask if self.return_sequences else None
        return [mask] + [None] * len(_states_of(self.cell)) if self.return_state else mask

    def compute_output_shape(self, sequences_shape, initial_state_shape=None):
        size = getattr(self.cell, "output_size", None) or self.cell.state_size
        output = (sequences_shape[0], sequences_shape[1], size) if self.return_sequences else (sequences_shape[0], size)
        if self.return_state:
            return (output, *((sequences_shape[0], n) for n in _states_of(self.cell)))
        return output

    def _has_shape_rule(self):
        return isinstance(self.cell, _Cell)

    def reset_state(self):
        self.states = None

    reset_states = reset_state

    def _summary(self):
        if not isinstance(self.cell, _Cell):
            return type(self.cell).__name__
        return f"{self.cell.units}{activation_name(self.cell.activation)}"


def _states_of(cell):
    return list(cell.state_size) if isinstance(cell.state_size, (list, tuple)) else [cell.state_size]


def _at_time(x, t):
    return Tensor(x.value)[:, t]


# arguments of the layer that are not the cell's
_LAYER_ARGUMENTS = ("return_sequences", "return_state", "go_backwards", "stateful", "unroll", "zero_output_for_mask", "use_cudnn",
                    "time_major")
_BASE_ARGUMENTS = ("name", "trainable", "dtype", "input_shape", "input_dim", "batch_input_shape", "input_length", "activity_regularizer",
                   "weights")


def _layer_of(cell_class):
    def __init__(self, units, *args, **kwargs):
        own = {key: kwargs.pop(key) for key in _LAYER_ARGUMENTS if key in kwargs}
        own.pop("use_cudnn", None)
        own.pop("time_major", None)
        base = {key: kwargs.pop(key) for key in _BASE_ARGUMENTS if key in kwargs}
        if "input_length" in base and "input_dim" in base:
            base["input_shape"] = (base.pop("input_length"), base.pop("input_dim"))
        elif "input_dim" in base:
            base["input_shape"] = (None, base.pop("input_dim"))
        cell = cell_class(units, *args, **kwargs)
        RNN.__init__(self, cell, **own, **base)
    return __init__


class SimpleRNN(RNN):
    __init__ = _layer_of(SimpleRNNCell)


class LSTM(RNN):
    __init__ = _layer_of(LSTMCell)


class GRU(RNN):
    __init__ = _layer_of(GRUCell)


def _cell_property(name):
    return property(lambda self: getattr(self.cell, name))


for _name in ("activation", "recurrent_activation", "use_bias", "dropout", "recurrent_dropout", "kernel_initializer",
              "recurrent_initializer", "bias_initializer"):
    for _class in (SimpleRNN, LSTM, GRU):
        setattr(_class, _name, _cell_property(_name))
