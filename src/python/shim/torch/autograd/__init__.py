"""torch.autograd: gradients of what was recorded. The graph is differentiated as a whole, when `backward` or `grad` asks."""
from _lens import door, ownloss
from _lens.door import UnsupportedError

from .._apply import filled
from .._grad_mode import enable_grad, inference_mode, is_grad_enabled, no_grad, set_grad_enabled
from .._tensor import Tensor, watched, wrap
from . import functional, graph, profiler
from .function import Function
from .functional import _tuple

Variable = Tensor

__all__ = ["Function", "Variable", "backward", "enable_grad", "functional", "grad", "grad_mode", "inference_mode",
           "is_grad_enabled", "no_grad", "set_detect_anomaly", "detect_anomaly", "set_grad_enabled"]


def _seed_of(output, given):
    if not output.requires_grad:
        raise RuntimeError("element 0 of tensors does not require grad and does not have a grad_fn")
    if given is not None:
        if given.value.shape != output.value.shape:
            raise RuntimeError(f"Mismatch in shape: grad_output[0] has a shape of {given.shape} and output[0] has a shape of "
                               f"{output.shape}.")
        return given.value
    if output.numel() != 1:
        raise RuntimeError("grad can be implicitly created only for scalar outputs")
    return None


def _gradients(outputs, seeds, inputs):
    """The sum over `outputs` of their gradients with respect to each of `inputs`: Values, None where there is none."""
    total = [None] * len(inputs)
    if not inputs:
        return total
    for output, given in zip(outputs, seeds):
        found = door.gradient(output.value, [tensor.value for tensor in inputs], _seed_of(output, given))
        total = [new if old is None else old if new is None else door.record("add", [old, new])
                 for old, new in zip(total, found)]
    return total


def _finished(value, create_graph):
    """A gradient as a tensor: part of the graph to differentiate again only with `create_graph`."""
    if create_graph:
        result = wrap(value)
        result._operation = "mul"
        return result
    return wrap(door.record("detach", [value]))


def backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None):
    """Adds the gradients of `tensors` to `.grad` of the leaves (and of what retains its gradient) that they depend on."""
    outputs, seeds = _tuple(tensors), _tuple(grad_tensors) or (None,) * len(_tuple(tensors))
    if inputs is not None:
        targets = list(_tuple(inputs))
    else:
        targets = [tensor for tensor in (reference() for reference in list(watched.values())) if tensor is not None]
    for output, given in zip(outputs, seeds):
        _seed_of(output, given)
    ownloss.gradients_taken(outputs)
    for target, value in zip(targets, _gradients(outputs, seeds, targets)):
        if value is None:
            continue
        gradient = _hooked(target, _finished(value, create_graph))
        if not (target._requires or target.retains_grad or inputs is not None):
            continue
        if target._grad is None:
            target._grad = gradient
        elif create_graph:
            target._grad = target._grad + gradient
        else:
            target._grad.assign(door.record("add", [target._grad.value, gradient.value]))


def _hooked(target, gradient):
    for hook in list(target._hooks.values()) if target._hooks else ():
        replaced = hook(gradient)
        if replaced is not None:
            gradient = replaced
    return gradient


def grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True, allow_unused=None,
         is_grads_batched=False, materialize_grads=False):
    """Gradients of the sum of `outputs` with respect to each of `inputs`, as a tuple."""
    if is_grads_batched:
        raise UnsupportedError("torch.autograd.grad with is_grads_batched=True is not supported yet")
    outputs, inputs = _tuple(outputs), _tuple(inputs)
    seeds = _tuple(grad_outputs) or (None,) * len(outputs)
    for tensor in inputs:
        if not tensor.requires_grad:
            raise RuntimeError("One of the differentiated Tensors does not require grad")
    results = []
    for tensor, value in zip(inputs, _gradients(outputs, seeds, inputs)):
        if value is not None:
            results.append(_finished(value, create_graph))
        elif materialize_grads:
            results.append(filled(tensor.value.shape, 0, tensor.dtype))
        elif allow_unused:
            results.append(None)
        else:
            raise RuntimeError("One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True "
                               "if this is the desired behavior.")
    return tuple(results)


class _Passing:
    """A context that changes nothing here (anomaly detection, profiling)."""

    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


detect_anomaly = set_detect_anomaly = _Passing
