"""The backward of a torch.autograd.Function as a part of the graph, of which the report takes its gradients.

It is called once, with a gradient that stands for any; where the graph is differentiated, the real one is put in its place
(`with_gradient` in src/graph/opAttributes.ts).
"""
import contextlib
import copy
import io
import math

from _lens import diagnostics, door
from _lens.recording import provenance, site
from _lens.recording.array import unwritten

from .._grad_mode import no_grad
from .._tensor import wrap

leaves = None  # while a backward is called for the graph: [(leaf, its .grad before)] of those that it adds a gradient to


class _LooksAtNumbers(Exception):
    """The backward asks for numbers of the gradient, which there are none of."""


def recorded(call, outputs):
    """The outputs (Values) with the call's backward as their gradient, or without any and a sentence to the user."""
    outputs = [door.record("detach", [value]) for value in outputs]
    if not outputs:
        return outputs
    try:
        with _undisturbed():
            return _with_backward(call, outputs)
    except _LooksAtNumbers:
        reason = "its backward asks for numbers of the gradient, which are not known when it is called"
    except Exception as error:
        reason = f"its backward raised {type(error).__name__}: {error}"
    diagnostics.report("unsupported", "warning", f"{call.cls.__name__}: no gradients are shown before it, since {reason}", site.here())
    return outputs


@contextlib.contextmanager
def _undisturbed():
    """What the backward prints, draws, writes to tensors and adds to gradients happens when the file calls for it, not now."""
    global leaves
    outer, leaves, state = leaves, [], door.generator_state()
    try:
        with contextlib.redirect_stdout(io.StringIO()), unwritten():
            yield
    finally:
        for leaf, before in leaves:
            leaf._grad = before
        leaves = outer
        door.set_generator_state(state)


def _with_backward(call, outputs):
    joined = _joined(outputs)
    seed = door.record("full", shape=list(joined.shape), value=1, dtype=joined.dtype)
    first_read, gradients_before = len(provenance.reads), provenance.gradients
    with no_grad():
        given = [wrap(part) for part in _parted(seed, outputs)]
    found = call.gradients(given, outputs, copy.copy(call.context))
    for id, _ in provenance.reads[first_read:]:
        if seed.id in provenance.ancestors([id]) or provenance.gradients > gradients_before and id > seed.id:
            raise _LooksAtNumbers
    found += [(leaf.value, leaf._grad.value) for leaf, _ in leaves if leaf._grad is not None and leaf.value.id < seed.id]
    given_by_input = dict(zip((value.id for value, _ in found), (gradient for _, gradient in found)))
    inputs = {value.id: value for value in call.inputs}
    inputs.update((value.id, value) for value, _ in found)
    results = [given_by_input[id].id if id in given_by_input else None for id in inputs]
    return _parted(door.record("with_gradient", [joined, *inputs.values()], seed=seed.id, results=results), outputs)


def _joined(values):
    """One value of all: the gradients of a function's outputs are known together."""
    if len(values) == 1:
        return values[0]
    rows = [door.record("reshape", [value], shape=[-1]) for value in values]
    return door.record("cat", [door.record("cast", [row], dtype=values[0].dtype) for row in rows], dim=0)


def _parted(value, likes):
    if len(likes) == 1:
        return [value]
    parts, start = [], 0
    for like in likes:
        size = math.prod(like.shape)
        part = door.record("slice", [value], dim=0, start=start, end=start + size, step=1)
        parts.append(door.record("cast", [door.record("reshape", [part], shape=list(like.shape))], dtype=like.dtype))
        start += size
    return parts
