"""Recurrent layers and cells, composed step by step: gates, hidden states, directions and layers as PyTorch orders them."""
import math

from ..._apply import apply
from ..._creation import empty, zeros
from ..._joining import cat, stack
from .. import functional as F
from .. import init
from ..parameter import Parameter
from ..utils.rnn import PackedSequence
from .module import Module

_GATES = {"RNN_TANH": 1, "RNN_RELU": 1, "GRU": 3, "LSTM": 4}


def _gates(tensor, count):
    """The parts of a gate vector along its last axis."""
    size = tensor.value.shape[-1] // count
    last = tensor.dim() - 1
    return [apply("slice", tensor, dim=last, start=gate * size, end=(gate + 1) * size, step=1) for gate in range(count)]


def _step(mode, from_input, state, w_hh, b_hh, w_hr=None):
    """One time step. `from_input`: W_ih·x + b_ih. Returns the state after it: (h,) or (h, c)."""
    from_state = F.linear(state[0], w_hh, b_hh)
    if mode == "LSTM":
        i, f, g, o = _gates(from_input + from_state, 4)
        c = f.sigmoid() * state[1] + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        return (h if w_hr is None else F.linear(h, w_hr), c)
    if mode == "GRU":
        (ri, zi, ni), (rh, zh, nh) = _gates(from_input, 3), _gates(from_state, 3)
        r, z = (ri + rh).sigmoid(), (zi + zh).sigmoid()
        n = (ni + r * nh).tanh()
        return ((state[0] - n) * z + n,)
    total = from_input + from_state
    return (total.tanh() if mode == "RNN_TANH" else total.relu(),)


def _packed_steps(step, from_input, initial, sizes, backwards):
    """Over a packed sequence: forwards the shorter ones leave as they end, backwards they join as they begin."""
    outputs, done = [None] * len(sizes), []
    state = tuple(tensor[:sizes[-1]] for tensor in initial) if backwards else initial
    for time in reversed(range(len(sizes))) if backwards else range(len(sizes)):
        size, now = sizes[time], state[0].value.shape[0]
        if size < now:
            done.append([tensor[size:] for tensor in state])
            state = tuple(tensor[:size] for tensor in state)
        elif size > now:
            state = tuple(cat([tensor, first[now:size]]) for tensor, first in zip(state, initial))
        start = sum(sizes[:time])
        state = step(from_input[start:start + size], state)
        outputs[time] = state[0]
    return cat(outputs), tuple(cat(parts) for parts in zip(state, *reversed(done)))


def _layers(mode, weights, sequence, states, directions, dropout, training, sizes=None):
    """Layers × directions, of which each has a dict of weights and a row of `states`: the outputs of the last, and the last states of all.

    `sizes`: those of the batch at each time, of a packed sequence.
    """
    finals = []
    for first in range(0, len(weights), directions):
        outputs = []
        for row in range(first, first + directions):
            output, final = _direction(mode, weights[row], sequence, [state[row] for state in states], row > first, sizes)
            outputs.append(output)
            finals.append(final)
        sequence = outputs[0] if directions == 1 else cat(outputs, -1)
        if dropout > 0 and first + directions < len(weights):
            sequence = F.dropout(sequence, dropout, training)
    return sequence, [stack(tensors) for tensors in zip(*finals)]


def _direction(mode, weights, sequence, state, backwards, sizes):
    from_input = F.linear(sequence, weights["weight_ih"], weights.get("bias_ih"))

    def step(part, state):
        return _step(mode, part, state, weights["weight_hh"], weights.get("bias_hh"), weights.get("weight_hr"))

    if sizes is not None:
        return _packed_steps(step, from_input, tuple(state), sizes, backwards)
    steps = range(from_input.value.shape[0])
    outputs, state = [None] * len(steps), tuple(state)
    for position in reversed(steps) if backwards else steps:
        state = step(from_input[position], state)
        outputs[position] = state[0]
    return stack(outputs), state


def run_network(mode, input, *args):
    """What torch.lstm, gru, rnn_tanh and rnn_relu do: (input, hx, params, …, batch_first), or (data, batch_sizes, hx, params, …) of a packed sequence."""
    sizes, time = None, 0
    if isinstance(args[1], (list, tuple)) and isinstance(args[2], bool):
        *args, batch_first = args
        time = 1 if batch_first else 0
    else:
        sizes, *args = args
        sizes = sizes.tolist()
    hx, params, has_biases, num_layers, dropout, train, bidirectional = args
    states = list(hx) if mode == "LSTM" else [hx]
    if len(states) != (2 if mode == "LSTM" else 1):
        raise RuntimeError("lstm expects two hidden states")
    directions = 2 if bidirectional else 1
    names = ["weight_ih", "weight_hh", *(("bias_ih", "bias_hh") if has_biases else ()), "weight_hr"]
    each = len(params) // (num_layers * directions)
    weights = [dict(zip(names, params[start:start + each])) for start in range(0, len(params), each)]
    output, last = _layers(mode, weights, input.transpose(0, 1) if time else input, states, directions, dropout, train, sizes)
    return (output.transpose(0, 1) if time else output, *last)


class RNNBase(Module):
    """Layers × directions of one kind of cell over a sequence."""

    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False,
                 proj_size=0, device=None, dtype=None):
        super().__init__()
        self.mode, self.input_size, self.hidden_size, self.num_layers = mode, input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.dropout = bias, batch_first, float(dropout)
        self.bidirectional, self.proj_size = bidirectional, proj_size
        self._check()
        directions, out = 2 if bidirectional else 1, proj_size or hidden_size
        gates = _GATES[mode] * hidden_size
        self._all_weights = []
        for layer in range(num_layers):
            width = input_size if layer == 0 else out * directions
            for suffix in ("", "_reverse")[:directions]:
                shapes = {"weight_ih": (gates, width), "weight_hh": (gates, out)}
                if bias:
                    shapes |= {"bias_ih": (gates,), "bias_hh": (gates,)}
                if proj_size:
                    shapes["weight_hr"] = (proj_size, hidden_size)
                names = [f"{name}_l{layer}{suffix}" for name in shapes]
                for name, shape in zip(names, shapes.values()):
                    setattr(self, name, Parameter(empty(shape, dtype=dtype)))
                self._all_weights.append(names)
        self.reset_parameters()

    def _check(self):
        if isinstance(self.dropout, bool) or not 0 <= self.dropout <= 1:
            raise ValueError("dropout should be a number in range [0, 1] representing the probability of an element being zeroed")
        if self.dropout > 0 and self.num_layers == 1:
            import warnings
            warnings.warn(f"dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers "
                          f"greater than 1, but got dropout={self.dropout} and num_layers={self.num_layers}", stacklevel=4)
        for name in ("input_size", "hidden_size"):
            size = getattr(self, name)
            if not isinstance(size, int):
                raise TypeError(f"{name} should be of type int, got: {type(size).__name__}")
            if size <= 0:
                raise ValueError(f"{name} must be greater than zero")
        if self.num_layers <= 0:
            raise ValueError("num_layers must be greater than zero")
        if self.proj_size < 0:
            raise ValueError("proj_size should be a positive integer or zero to disable projections")
        if self.proj_size >= self.hidden_size:
            raise ValueError("proj_size has to be smaller than hidden_size")

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def flatten_parameters(self):
        """Memory layout of GPUs: nothing to do."""

    @property
    def all_weights(self):
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    def forward(self, input, hx=None):
        """(T, N, C) or, batch first, (N, T, C), or (T, C) → outputs of the last layer, last states of all."""
        if isinstance(input, PackedSequence):
            return self._forward_packed(input, hx)
        if input.dim() not in (2, 3):
            raise ValueError(f"{type(self).__name__}: Expected input to be 2D or 3D, got {input.dim()}D instead")
        batched, time = input.dim() == 3, 0
        if not batched:
            input = input.unsqueeze(1)
        elif self.batch_first:
            time = 1
        if input.value.shape[-1] != self.input_size:
            raise RuntimeError(f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.value.shape[-1]}")
        states = self._initial(hx, input.value.shape[1 - time], input.dtype, batched)
        output, last = self._run(input.transpose(0, 1) if time else input, states)
        last = [tensor if batched else tensor.squeeze(1) for tensor in last]
        if not batched:
            output = output.squeeze(1)
        elif time:
            output = output.transpose(0, 1)
        return output, (tuple(last) if self.mode == "LSTM" else last[0])

    def _forward_packed(self, packed, hx):
        if packed.data.value.shape[-1] != self.input_size:
            raise RuntimeError(f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {packed.data.value.shape[-1]}")
        sizes = packed.batch_sizes.tolist()
        states = self._initial(hx, sizes[0], packed.data.dtype, True)
        if hx is not None and packed.sorted_indices is not None:
            states = [state.index_select(1, packed.sorted_indices) for state in states]
        data, last = self._run(packed.data, states, sizes)
        if packed.unsorted_indices is not None:
            last = [state.index_select(1, packed.unsorted_indices) for state in last]
        return packed._replace(data=data), (tuple(last) if self.mode == "LSTM" else last[0])

    def _initial(self, hx, batch, dtype, batched):
        """[h] or [h, c], each (layers · directions, N, H)."""
        rows = self.num_layers * (2 if self.bidirectional else 1)
        widths = [self.proj_size or self.hidden_size] + [self.hidden_size] * (self.mode == "LSTM")
        if hx is None:
            return [zeros(rows, batch, width, dtype=dtype) for width in widths]
        given = [hx[0], hx[1]] if self.mode == "LSTM" else [hx]
        if not batched:
            given = [tensor.unsqueeze(1) for tensor in given]
        for tensor, width, name in zip(given, widths, ("hidden[0]", "hidden[1]") if self.mode == "LSTM" else ("hidden",)):
            if list(tensor.value.shape) != [rows, batch, width]:
                raise RuntimeError(f"Expected {name} size {(rows, batch, width)}, got {list(tensor.value.shape)}")
        if self.mode == "LSTM" and not isinstance(hx, (tuple, list)):
            raise TypeError("lstm() received an invalid combination of arguments - got (Tensor, Tensor, list, bool, int, float, bool, bool, bool), but expected "
                            "one of:\n * (Tensor data, Tensor batch_sizes, tuple of Tensors hx, ...)\n * (Tensor input, tuple of Tensors hx, ...)\n")
        return given

    def _run(self, sequence, states, sizes=None):
        weights = [{name.split("_l")[0]: getattr(self, name) for name in names} for names in self._all_weights]
        return _layers(self.mode, weights, sequence, states, 2 if self.bidirectional else 1, self.dropout, self.training, sizes)

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}"
        for name, default in (("proj_size", 0), ("num_layers", 1), ("bias", True), ("batch_first", False), ("dropout", 0),
                              ("bidirectional", False)):
            if getattr(self, name) != default:
                text += f", {name}={getattr(self, name)}"
        return text


class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, device=None, dtype=None):
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        super().__init__(f"RNN_{nonlinearity.upper()}", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0,
                         device, dtype)
        self.nonlinearity = nonlinearity


class LSTM(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0,
                 device=None, dtype=None):
        super().__init__("LSTM", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size, device, dtype)


class GRU(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None,
                 dtype=None):
        super().__init__("GRU", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0, device, dtype)


class RNNCellBase(Module):
    """One step of a recurrent layer, with weights of its own."""

    mode: str

    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        self.weight_ih = Parameter(empty((num_chunks * hidden_size, input_size), dtype=dtype))
        self.weight_hh = Parameter(empty((num_chunks * hidden_size, hidden_size), dtype=dtype))
        for name in ("bias_ih", "bias_hh"):
            if bias:
                setattr(self, name, Parameter(empty(num_chunks * hidden_size, dtype=dtype)))
            else:
                self.register_parameter(name, None)
        self.reset_parameters()

    reset_parameters = RNNBase.reset_parameters

    def forward(self, input, hx=None):
        """(N, C) or (C,) → the new state."""
        if input.dim() not in (1, 2):
            raise ValueError(f"{type(self).__name__}: Expected input to be 1D or 2D, got {input.dim()}D instead")
        if input.value.shape[-1] != self.input_size:
            raise RuntimeError(f"input has inconsistent input_size: got {input.value.shape[-1]} expected {self.input_size}")
        batched = input.dim() == 2
        if not batched:
            input = input.unsqueeze(0)
        if hx is None:
            state = [zeros(input.value.shape[0], self.hidden_size, dtype=input.dtype)] * (2 if self.mode == "LSTM" else 1)
        else:
            state = list(hx) if self.mode == "LSTM" else [hx]
            state = state if batched else [tensor.unsqueeze(0) for tensor in state]
        state = _step(self.mode, F.linear(input, self.weight_ih, self.bias_ih), state, self.weight_hh, self.bias_hh)
        state = state if batched else tuple(tensor.squeeze(0) for tensor in state)
        return state if self.mode == "LSTM" else state[0]

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}" + ("" if self.bias else f", bias={self.bias}")
        nonlinearity = self.__dict__.get("nonlinearity", "tanh")
        return text + (f", nonlinearity={nonlinearity}" if nonlinearity != "tanh" else "")


class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    @property
    def mode(self):
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        return f"RNN_{self.nonlinearity.upper()}"


class LSTMCell(RNNCellBase):
    mode = "LSTM"

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)


class GRUCell(RNNCellBase):
    mode = "GRU"

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)
