"""torch.utils.checkpoint: recomputation saves memory in PyTorch. Here it does not, but what the function writes to (the running statistics of a
normalization), it writes to a second time when a gradient comes back to it, as there."""
from _lens import door
from _lens.recording import calls
from _lens.recording.array import journaled

from .._grad_mode import is_grad_enabled, no_grad
from .._tensor import Tensor


def checkpoint(function, *args, use_reentrant=None, context_fn=None, determinism_check="default", debug=False, **kwargs):
    keeps_generator = kwargs.pop("preserve_rng_state", True)
    before = door.generator_state()
    with journaled() as written:
        result = function(*args, **kwargs)
    if written and is_grad_enabled():
        outputs = result if isinstance(result, (tuple, list)) else (result,)
        passing = next((each for each in outputs if isinstance(each, Tensor) and each.requires_grad), None)
        if passing is not None:
            passing.register_hook(_Again(function, args, kwargs, before if keeps_generator else None))
    return result


class _Again:
    """Calls the function again, once, when the gradient of its result is known."""

    def __init__(self, function, args, kwargs, state):
        self._call, self._state = (function, args, kwargs), state

    def __call__(self, gradient):
        if self._call is None:
            return
        (function, args, kwargs), self._call = self._call, None
        now = door.generator_state()
        if self._state is not None:
            door.set_generator_state(self._state)
        with calls.muted(), no_grad():
            function(*args, **kwargs)
        if self._state is not None:
            door.set_generator_state(now)


def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs):
    """The functions in so many segments, of which all but the last are checkpoints."""
    functions = list(functions.children()) if hasattr(functions, "children") else list(functions)
    length = len(functions) // segments
    for start in range(0, length * (segments - 1), length or 1):
        input = checkpoint(_in_order(functions[start:start + length]), input, use_reentrant=use_reentrant, **kwargs)
    return _in_order(functions[length * (segments - 1):])(input)


def _in_order(functions):
    def run(input):
        for function in functions:
            input = function(input)
        return input
    return run


def get_device_states(*args):
    """(devices, states of their generators): of accelerators only, of which there are none."""
    return [], []


def set_device_states(devices, states, *, device_type=None):
    pass
