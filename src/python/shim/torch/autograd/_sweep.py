"""The backward sweep: from outputs to what gradients are wanted of, by way of hooks and of functions with a backward of the user's own.

Between these the graph is differentiated as a whole. They are passed from the last recorded to the first, so that the gradient of each
is complete when it is seen.
"""
from _lens import door

calls = {}  # id of an output's value → the call of a torch.autograd.Function that gave it


def begin_run():
    """Forgets the functions of the run before."""
    calls.clear()


def sweep(outputs, seeds, targets, hooked, as_tensor):
    """Gradients (Values, or None) with respect to each of `targets` (Values).

    outputs, seeds: Values; a seed may be None (ones). hooked: {id of a value: (value, function)}, whose gradient becomes what the function
    returns. as_tensor: makes a tensor of a gradient, for the user's functions.
    """
    if not hooked and not calls:
        return _as_a_whole(outputs, seeds, targets)
    ends = {id: value for id, (value, _) in hooked.items()}
    for call in set(calls.values()):
        ends.update(call.outputs)
        ends.update((value.id, value) for value in call.inputs)
    wanted = {value.id: value for value in targets}
    found, pending = {}, {}  # id → its gradient so far; id → value whose gradient is to be passed on

    def add(value, gradient):
        found[value.id] = gradient if found.get(value.id) is None else door.record("add", [found[value.id], gradient])

    for output, seed in zip(outputs, seeds):
        add(output, door.record("full", shape=list(output.shape), value=1, dtype=output.dtype) if seed is None else seed)
        pending[output.id] = output
    while pending:
        id = max(pending)
        value = pending.pop(id)
        if id in hooked and found.get(id) is not None:
            found[id] = hooked[id][1](found[id])
        call = calls.get(id)
        if call is not None and id != call.first:  # its other outputs' gradients are still to come
            pending[call.first] = call.outputs[call.first]
        elif call is not None:
            for source, part in call.backward([found.get(output) for output in call.outputs], as_tensor):
                add(source, part)
                pending[source.id] = source
        elif found.get(id) is not None:
            reached = {other: end for other, end in (*ends.items(), *wanted.items()) if other < id}
            parts = door.gradient(value, list(reached.values()), found[id], [end for other, end in ends.items() if other != id])
            for end, part in zip(reached.values(), parts):
                if part is not None:
                    add(end, part)
                    if end.id in ends:
                        pending[end.id] = end
    return [found.get(value.id) for value in targets]


def _as_a_whole(outputs, seeds, targets):
    total = [None] * len(targets)
    if not targets:
        return total
    for output, seed in zip(outputs, seeds):
        found = door.gradient(output, targets, seed)
        total = [new if old is None else old if new is None else door.record("add", [old, new]) for old, new in zip(total, found)]
    return total
