"""torch.autograd: gradients of what was recorded. The graph is differentiated as a whole, when `backward` or `grad` asks."""
import functools
import sys

from _lens import door
from _lens.learning import ownloss
from _lens.door import UnsupportedError

from .._apply import filled
from .._complex import of_pairs
from .._history import Node, pass_back
from .._grad_mode import enable_grad, inference_mode, is_grad_enabled, no_grad, set_grad_enabled
from .._tensor import Tensor, hooked, watched, wrap
from . import forward_ad, function, functional, graph, profiler
from . import _traced
from ._sweep import sweep
from .function import Function
from .functional import _tuple
from .gradcheck import gradcheck, gradgradcheck
from .variable import Variable

__all__ = ["Function", "Variable", "backward", "enable_grad", "function", "functional", "grad", "grad_mode", "gradcheck", "gradgradcheck", "inference_mode",
           "is_grad_enabled", "no_grad", "set_detect_anomaly", "detect_anomaly", "set_grad_enabled"]


def _seed_of(output, given):
    if not output.requires_grad:
        raise RuntimeError("element 0 of tensors does not require grad and does not have a grad_fn")
    if given is not None:
        if given.value.shape != output.value.shape:
            raise RuntimeError(f"Mismatch in shape: grad_output[0] has a shape of {given.shape} and output[0] has a shape of "
                               f"{output.shape}.")
        return given.value
    if output._is_complex:
        raise RuntimeError(f"grad can be implicitly created only for real scalar outputs but got {output.dtype}")
    if output.numel() != 1:
        raise RuntimeError("grad can be implicitly created only for scalar outputs")
    return None


def _gradients(outputs, seeds, inputs, create_graph):
    """The sum over `outputs` of their gradients with respect to each of `inputs`: Values, None where there is none. Hooks are called on the way."""
    if not inputs and not _hooked_tensors():
        return []
    by_value = {}
    for tensor in _hooked_tensors():
        hooks = by_value.setdefault(tensor.value.id, (tensor.value, []))[1]
        hooks.extend(tensor._hooks.values())
    found = [_seed_of(output, given) for output, given in zip(outputs, seeds)]
    as_tensor = functools.partial(_finished, create_graph=create_graph)
    return sweep([output.value for output in outputs], found, [tensor.value for tensor in inputs],
                 {id: (value, functools.partial(_through, hooks, as_tensor)) for id, (value, hooks) in by_value.items()}, as_tensor)


def _hooked_tensors():
    return [tensor for tensor in (reference() for reference in list(watched.values())) if tensor is not None and tensor._hooks]


def _through(hooks, as_tensor, value):
    """What hooks make of a gradient."""
    gradient = as_tensor(value)
    for hook in hooks:
        replaced = hook(gradient)
        if replaced is not None:
            gradient = replaced
    return gradient.value


def _finished(value, create_graph):
    """A gradient as a tensor: part of the graph to differentiate again only with `create_graph`."""
    if create_graph:
        result = wrap(value)
        result._node = Node("mul", ())
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
    keeps = create_graph if retain_graph is None else retain_graph
    pass_back(outputs, None if inputs is None else targets, keeps)
    if _traced.leaves is None:
        ownloss.gradients_taken(outputs)
    for target, value in zip(targets, _gradients(outputs, seeds, targets, create_graph)):
        if value is None:
            continue
        gradient = _finished(value, create_graph)
        if not (target._requires or target.retains_grad or inputs is not None):
            continue
        if _traced.leaves is not None and all(target is not leaf for leaf, _ in _traced.leaves):
            _traced.leaves.append((target, target._grad))
            target._grad = None
        if target._grad is None:
            target._grad = gradient
        elif create_graph:
            target._grad = target._grad + gradient
        else:
            target._grad.assign(door.record("add", [target._grad.value, gradient.value]))
        for hook in list(target._accumulated_hooks.values()) if target._accumulated_hooks else ():
            hook(target)
    for key in [key for key, tensor in hooked.items() if tensor._node is not None and tensor._node.is_freed]:
        del hooked[key]


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
    pass_back(outputs, inputs, create_graph if retain_graph is None else retain_graph)
    for position, (tensor, value) in enumerate(zip(inputs, _gradients(outputs, seeds, inputs, create_graph))):
        if value is not None:
            gradient = _finished(value, create_graph)
            results.append(of_pairs(gradient) if tensor._is_complex else gradient)
        elif materialize_grads:
            results.append(filled(tensor.shape, 0, tensor.dtype))
        elif allow_unused:
            results.append(None)
        else:
            raise RuntimeError(f"The differentiated Tensor at index {position} appears to not have been used in the graph. Set allow_unused=True "
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


def set_multithreading_enabled(mode):
    return _Passing()


from .. import _grad_mode as grad_mode
sys.modules[f"{__name__}.grad_mode"] = grad_mode
