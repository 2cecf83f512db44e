"""Which values were made from which: the recorder's edges as the Python side remembers them.

Kept so that questions of one run (does this output depend on that input?) are answered here, without the graph.
Gradients have no entry: what is computed from them does not count as made from the model's input.
"""
import math

_MOST_ELEMENTS = 2 ** 31
_made_from = {}  # value id -> ids of the values that its node took
empty = set()    # ids of values without elements
huge = set()     # ids of values that no memory here holds: a buffer of a million images, of which a file reads some
drawn = set()    # ids of values that were drawn for what the file does not have: inputs, targets
log_probabilities = set()  # ids of values that a distribution's `log_prob` gave
reads = []       # (value id, id of the outermost open call) of each value that Python asked for
gradients = 0    # how often gradients were taken


def note(outputs, inputs):
    ids = [value.id for value in inputs]
    for output in outputs:
        _made_from[output.id] = ids
        note_shape(output)


def note_shape(value):
    if 0 in value.shape:
        empty.add(value.id)
    elif math.prod(value.shape) > _MOST_ELEMENTS:
        huge.add(value.id)


def note_read(value, call):
    reads.append((value.id, call))


def note_gradient():
    global gradients
    gradients += 1


def made():
    """How many values were made."""
    return len(_made_from)


def is_derived(value_id):
    """True for a value that was made from others."""
    return bool(_made_from.get(value_id))


def ancestors(value_ids, until=()):
    """Ids of everything that the values were made from, themselves included; of those in `until`, not what they were made from."""
    seen = set()
    waiting = list(value_ids)
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            if current not in until:
                waiting.extend(_made_from.get(current, ()))
    return seen


def reaches(value_ids, sources):
    """Whether one of the values was made from one of `sources`, in the order of their making, or is one."""
    first = next(iter(sources), None)
    seen, waiting = set(), list(value_ids)
    while waiting and first is not None:
        current = waiting.pop()
        if current in sources:
            return True
        if current > first and current not in seen:  # what a value was made from has a lower id
            seen.add(current)
            waiting.extend(_made_from.get(current, ()))
    return False


def ends(value_ids):
    """Those of some values that no other of them was made from."""
    value_ids = set(value_ids)
    return value_ids - ancestors(source for value in value_ids for source in _made_from.get(value, ()))


def made_from_any(value_ids, sources):
    """Those of some values that were made from any of `sources`: one of these, other than the value itself, is behind it."""
    reached = set()
    for value in sorted(ancestors(value_ids)):  # what a value was made from has a lower id
        if any(source in sources or source in reached for source in _made_from.get(value, ())):
            reached.add(value)
    return reached & set(value_ids)


def is_near(value_id, most):
    """True for a value that was made from no more than `most` others."""
    seen, waiting = set(), [value_id]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            if len(seen) > most:
                return False
            waiting.extend(_made_from.get(current, ()))
    return True


def clear():
    global gradients
    gradients = 0
    _made_from.clear()
    empty.clear()
    huge.clear()
    drawn.clear()
    log_probabilities.clear()
    reads.clear()
